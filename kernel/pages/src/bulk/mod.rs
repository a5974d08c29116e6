//! One verb for many records: what is chosen, what it asks, what would happen, what happened, and taking it back.
//!
//! More than a portion runs as a job, record by record, if the house has it ([`job::KIND`]); otherwise portion by portion.
//! A preview does everything and keeps nothing, so what it says is what would happen. A run keeps all of a portion or
//! none of it: if one record is refused, the page names it and offers to go on without it.

pub mod job;
mod pages;
mod task;
pub mod undo;

use db::Tx;
use kernel::describe::{Register, Verb};
use kernel::register::{Record, load, walk};
use kernel::web::{Reply, Request};
use kernel::{Act, Error, FieldError, House, Result};
use std::ops::ControlFlow;

use crate::list::address;
use crate::list::asked::{self, Asked};
use crate::shown::in_sentence;
use task::{Missing, Task};

/// Records tried or done in one request.
const PORTION: usize = 50;
/// Most records one task takes.
const MOST: usize = 1_000;

/// The register whose verbs and fields a task of this one has: a list that shows the records of several has those of the first,
/// which they have in common.
fn acting(house: &House, register: &'static Register) -> &'static Register {
    register.shows.first().and_then(|key| house.register(key)).unwrap_or(register)
}

/// The register that a chosen record is changed under.
fn own(house: &House, register: &'static Register, reference: &str) -> Result<&'static Register> {
    let own = house.register_of(reference).filter(|it| it.key == register.key || register.shows.contains(&it.key));
    own.ok_or(Error::NotFound)
}

/// Whether the viewer may do something to some record of the list.
fn may(request: &Request, register: &'static Register, verb: &str) -> bool {
    let shown = register.shows.iter().filter_map(|key| request.house.register(key));
    request.view.may(register, verb) || shown.into_iter().any(|it| request.view.may(it, verb))
}

/// Verbs of the register that the viewer may do to many.
fn verbs(request: &Request, register: &'static Register) -> Vec<&'static Verb> {
    acting(&request.house, register).verbs.iter().filter(|verb| verb.bulk && may(request, register, verb.key)).collect()
}

/// Whether there is anything the viewer may do to many.
pub fn offered(request: &Request, register: &'static Register) -> bool {
    !verbs(request, register).is_empty() || may(request, register, "edit") || may(request, register, "retire")
}

/// The bar under a list; none where nothing is offered or the list is of another time.
pub fn bar(request: &Request, register: &'static Register, asked: &Asked) -> Option<ui::bulk::Bulk> {
    let of_now = asked.query.as_of.is_none();
    of_now.then(|| offer(request, register, asked.address.without("cursor").query(), None)).flatten()
}

/// Verbs that stand in the bar, those with a key before all; the others are behind "More", where their keys act too.
const IN_SIGHT: usize = 5;

/// The bar under a list of what matches `query`, `all` of which may be chosen at once; none where nothing is offered.
pub fn offer(request: &Request, register: &'static Register, query: String, all: Option<String>) -> Option<ui::bulk::Bulk> {
    if !offered(request, register) {
        return None;
    }
    let verb = |label: &str, key: &str| ui::verb::Verb::submit(label).with("verb", key);
    let known = verbs(request, register);
    let keyed = known.iter().any(|it| !it.hotkey.is_empty());
    let (mut first, mut more) = (Vec::new(), Vec::new());
    for it in known {
        let (named, key) = (verb(it.label, it.key), it.hotkey);
        let sight = first.len() < IN_SIGHT && keyed != key.is_empty();
        let side = if sight { &mut first } else { &mut more };
        side.push(if key.is_empty() { named } else { named.key(key) });
    }
    more.extend(may(request, register, "edit").then(|| verb("Change a field…", "edit")));
    more.extend(may(request, register, "retire").then(|| verb("Retire", "retire")));
    let label = all.as_ref().map_or_else(|| "Select all that match".into(), |all| format!("Select all {all}"));
    Some(ui::bulk::Bulk {
        action: format!("/{}/bulk", register.key),
        csrf: request.csrf.clone(),
        verbs: first,
        more,
        all: Some(ui::verb::Verb::submit(label).with("all", "true")),
        total: all.unwrap_or_else(|| "All".into()),
        query,
    })
}

/// `POST /{kind}/bulk`: the next step of a task, by what the form says already.
pub fn post(act: &mut Act, request: &Request, register: &'static Register) -> Result<Reply> {
    let (chosen, beyond) = selection(act.tx, request, register)?;
    if chosen.is_empty() {
        let back = address(register, request.sent("query")).href();
        return Ok(Reply::redirect(back, "Nothing was selected, so nothing was done"));
    }
    let Some(task) = Task::read(request, register)? else { return pages::which(request, register, &chosen, beyond) };
    if let Some(step) = task.missing(request) {
        return pages::ask(act.tx, request, &task, &chosen, (step, &[]));
    }
    if request.sent("step") == "run" && chosen.len() > PORTION && job::runs(act.house) {
        return job::start(act, request, &task, &chosen);
    }
    let now: Vec<String> = chosen.iter().take(PORTION).cloned().collect();
    let rest = &chosen[now.len()..];
    let outcome = run(act, &task, &now)?;
    if request.sent("step") != "run" {
        if let Some(wrong) = wrong_answers(&task, &outcome) {
            let again = pages::ask(act.tx, request, &task, &chosen, (Missing::Answers, wrong))?;
            return Ok(Reply::Tried(Box::new(again.status(422))));
        }
        return Ok(Reply::Tried(Box::new(pages::preview(act.tx, request, &task, &outcome, rest)?)));
    }
    if outcome.iter().any(|one| one.refused.is_some()) {
        return Ok(pages::refused(request, &task, &outcome, rest).status(409));
    }
    pages::result(act, request, &task, &outcome, rest)
}

/// What came of one record.
#[derive(Default)]
struct One {
    reference: String,
    title: String,
    before: Option<Record>,
    after: Option<Record>,
    undoable: bool,
    refused: Option<String>,
    wrong: Vec<FieldError>,
}

/// What is wrong with the answers, if they do for none and the same is wrong wherever they count: then they are asked again instead of
/// shown with every record.
fn wrong_answers<'a>(task: &Task, outcome: &'a [One]) -> Option<&'a [FieldError]> {
    let mut all = outcome.iter().filter(|one| !one.wrong.is_empty());
    let wrong = all.next()?.wrong.as_slice();
    let asks = task.asks();
    let of_answers = wrong.iter().all(|it| asks.iter().any(|ask| ask.key == it.field));
    let for_none = outcome.iter().all(|one| one.refused.is_some());
    (of_answers && for_none && all.all(|one| one.wrong == wrong)).then_some(wrong)
}

fn run(act: &mut Act, task: &Task, references: &[String]) -> Result<Vec<One>> {
    references.iter().map(|reference| one(act, task, reference)).collect()
}

fn one(act: &mut Act, task: &Task, reference: &str) -> Result<One> {
    let mut one = One { reference: reference.to_owned(), ..One::default() };
    let found = own(act.house, task.register, reference).and_then(|own| load(act.tx, act.house, act.view, own, reference));
    let done = found.and_then(|before| {
        one.title = before.title().to_owned();
        one.before = Some(before);
        task.run(act, reference)
    });
    match done {
        Ok((after, undoable)) => {
            one.after = Some(after);
            one.undoable = undoable;
        }
        Err(fault @ (Error::Db(_) | Error::Fault(_))) => return Err(fault),
        Err(refused) => {
            one.wrong = refused.fields().to_vec();
            one.refused = Some(refused.to_string());
        }
    }
    Ok(one)
}

/// The references chosen, and whether there were more than a task takes: those ticked, or all that match the list.
fn selection(tx: &mut Tx, request: &Request, register: &'static Register) -> Result<(Vec<String>, bool)> {
    if request.sent("all") != "true" {
        let mut chosen = task::several(request, "pick");
        let beyond = chosen.len() > MOST;
        chosen.truncate(MOST);
        return Ok((chosen, beyond));
    }
    let mut asked = asked::of(tx, request, register, address(register, request.sent("query")).without("cursor"))?;
    asked.query.limit = 200;
    let mut chosen = Vec::new();
    walk(tx, &request.house, &request.view, register, &asked.query, &mut |_, records| {
        chosen.extend(records.into_iter().map(|record| record.reference));
        Ok(if chosen.len() > MOST { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
    })?;
    let beyond = chosen.len() > MOST;
    chosen.truncate(MOST);
    Ok((chosen, beyond))
}

/// "14 risks".
fn counted(register: &Register, count: usize) -> String {
    let name = if count == 1 { register.one } else { register.many };
    format!("{} {}", ui::format::number(count as i64), in_sentence(name))
}
