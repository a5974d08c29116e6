//! The pages of a task for many.

use db::Tx;
use kernel::describe::{Field, Kind as FieldType, Register};
use kernel::register::{Names, Record, names_of};
use kernel::web::{Reply, Request};
use kernel::{Act, FieldError, Result};
use maud::{Markup, Render, html};
use ui::control::{Choice, Kind};
use ui::form::{Form, Part};
use ui::head::Head;
use ui::marks::Tone;
use ui::states::notice;
use ui::verb::Verb;

use super::task::{Missing, Task, fields, several};
use super::{MOST, One, counted, may, verbs};
use crate::form::{crumbs, field};
use crate::list::address;
use crate::shown::{Shown, record_href, state};

/// A form that carries a task and its records to the next step.
fn carrying(request: &Request, register: &Register, pairs: &[(String, String)], picks: &[String], verbs: &[Verb]) -> Markup {
    html! {
        form.form method="post" action={ "/" (register.key) "/bulk" } {
            input type="hidden" name="csrf" value=(request.csrf);
            input type="hidden" name="query" value=(request.sent("query"));
            @if !request.sent("reason").is_empty() { input type="hidden" name="reason" value=(request.sent("reason")); }
            @for (name, value) in pairs { input type="hidden" name=(name) value=(value); }
            @for pick in picks { input type="hidden" name="pick" value=(pick); }
            div.form-foot { @for verb in verbs { (verb) } }
        }
    }
}

fn leave(request: &Request, register: &Register) -> Verb {
    Verb::link("Leave", address(register, request.sent("query")).href()).bare()
}

fn page(request: &Request, register: &'static Register, title: String, lead: Option<String>, body: &Markup) -> Reply {
    let mut crumbs = crumbs(register, None);
    if let Some(last) = crumbs.last_mut() {
        last.1 = address(register, request.sent("query")).href();
    }
    let head = Head { crumbs, title: title.clone(), lead, ..Head::default() };
    Reply::page(title, register.key, html! { (head) (body) })
}

/// Which verb: asked when records were chosen first.
pub fn which(request: &Request, register: &'static Register, chosen: &[String], beyond: bool) -> Result<Reply> {
    let button = |label: &str, key: &str| Verb::submit(label.to_owned()).with("verb", key);
    let mut buttons: Vec<Verb> = verbs(request, register).iter().map(|verb| button(verb.label, verb.key)).collect();
    if may(request, register, "edit") {
        buttons.push(button("Change a field…", "edit"));
    }
    if may(request, register, "retire") {
        buttons.push(button("Retire", "retire"));
    }
    buttons.push(leave(request, register));
    let lead = beyond.then(|| format!("These are the first {MOST}; more than that go in several turns."));
    let body = carrying(request, register, &[], chosen, &buttons);
    Ok(page(request, register, format!("What to do with {}?", counted(register, chosen.len())), lead, &body))
}

/// The field to be changed, or what the verb asks; with what was wrong with it, if it was asked before.
pub fn ask(tx: &mut Tx, request: &Request, task: &Task, chosen: &[String], (missing, wrong): (Missing, &[FieldError])) -> Result<Reply> {
    let register = task.register;
    let mut asked = Vec::new();
    if missing == Missing::Field {
        let all = fields(request, register).iter().map(|field| Choice::new(field.key, field.label)).collect();
        asked.push(ui::field::Field::new("field", "Field", Kind::Choice(all)));
    } else {
        for one in &task.asks() {
            let text = task.texts.get(one.key).map_or(one.preset, String::as_str);
            let error = wrong.iter().find(|it| it.field == one.key).map(|it| it.message.as_str());
            asked.extend(field::roomy(tx, request, one, text, error)?);
        }
        asked
            .push(ui::field::Field::new("reason", "Why", Kind::Text).value(request.sent("reason")).help("Kept in the history.").optional());
    }
    if let Some(first) = asked.iter_mut().find(|it| !matches!(it.kind, Kind::Hidden)) {
        first.focus = true;
    }
    let hidden = |name: &str, value: &str| ui::field::Field::new(name, "", Kind::Hidden).value(value);
    let mut carried: Vec<ui::field::Field> = chosen.iter().map(|pick| hidden("pick", pick)).collect();
    carried.extend([hidden("query", request.sent("query")), hidden("verb", &task.verb)]);
    if missing == Missing::Answers {
        carried.push(hidden("answered", "true"));
        carried.extend(task.field.map(|field| hidden("field", field.key)));
    }
    let form = Form {
        action: format!("/{}/bulk", register.key),
        csrf: request.csrf.clone(),
        parts: vec![Part { fields: carried, ..Part::default() }, Part { fields: asked, ..Part::default() }],
        verbs: vec![Verb::submit("Preview").first(), leave(request, register)],
        ..Form::default()
    };
    let lead = some_of(chosen);
    Ok(page(request, register, task.of(&counted(register, chosen.len())), Some(lead), &form.render()))
}

/// Records named in one sentence.
const NAMED: usize = 12;

/// The first of many references, and how many more there are.
fn some_of(references: &[String]) -> String {
    let named = references.iter().take(NAMED).map(String::as_str).collect::<Vec<_>>().join(", ");
    match references.len().saturating_sub(NAMED) {
        0 => named,
        more => format!("{named} and {more} more"),
    }
}

/// Leads back to what was asked, with what was answered.
fn ask_again(request: &Request, task: &Task, picks: &[String]) -> Markup {
    if task.asks().is_empty() {
        return html! {};
    }
    let mut pairs = task.carried();
    pairs.retain(|(name, _)| name != "answered");
    carrying(request, task.register, &pairs, picks, &[Verb::submit("Change the answers")])
}

/// What would happen.
pub fn preview(tx: &mut Tx, request: &Request, task: &Task, outcome: &[One], rest: &[String]) -> Result<Reply> {
    let register = task.register;
    let passing = passing(outcome, rest);
    let all: Vec<String> = outcome.iter().map(|one| one.reference.clone()).chain(rest.iter().cloned()).collect();
    let refused = outcome.iter().filter(|one| one.refused.is_some()).count();
    let lead = match (refused, rest.len()) {
        (0, 0) => None,
        (0, rest) => Some(format!("The first {} were tried, {rest} more follow in turns.", outcome.len())),
        (refused, _) => Some(format!("{refused} would be refused and are left out.")),
    };
    let body = html! {
        (table(tx, request, register, outcome, "What would happen")?)
        @if passing.is_empty() { (notice(Tone::Warn, &html! { "None of them can be done, so there is nothing to run." })) }
        (go_on(request, task, &passing, &[], &task.of(&counted(register, passing.len()))))
        (ask_again(request, task, &all))
    };
    let what = task.of(&counted(register, outcome.len() + rest.len()));
    let title = if passing.is_empty() { format!("{what}? None of it can be done") } else { format!("{what}? This is what would happen") };
    Ok(page(request, register, title, lead.filter(|_| !passing.is_empty()), &body))
}

fn passing(outcome: &[One], rest: &[String]) -> Vec<String> {
    let tried = outcome.iter().filter(|one| one.refused.is_none()).map(|one| one.reference.clone());
    tried.chain(rest.iter().cloned()).collect()
}

fn go_on(request: &Request, task: &Task, picks: &[String], done: &[String], label: &str) -> Markup {
    let mut pairs = task.carried();
    pairs.push(("step".to_owned(), "run".to_owned()));
    pairs.extend(done.iter().map(|it| ("done".to_owned(), it.clone())));
    let mut buttons = Vec::new();
    if !picks.is_empty() {
        buttons.push(Verb::submit(label.to_owned()).first().focus());
    }
    buttons.push(leave(request, task.register));
    carrying(request, task.register, &pairs, picks, &buttons)
}

/// Some were refused that the preview did not see: nothing was kept of this portion.
pub fn refused(request: &Request, task: &Task, outcome: &[One], rest: &[String]) -> Reply {
    let register = task.register;
    let passing = passing(outcome, rest);
    let count = outcome.iter().filter(|one| one.refused.is_some()).count();
    let lead = format!(
        "Nothing was changed: {} refused meanwhile. Go on without?",
        if count == 1 { "one was".into() } else { format!("{count} were") }
    );
    let failed: Vec<&One> = outcome.iter().filter(|one| one.refused.is_some()).collect();
    let body = html! {
        (rows(request, register, &failed, &Names::new(), "What happens"))
        (go_on(request, task, &passing, &several(request, "done"), &task.of(&format!("the other {}", counted(register, passing.len())))))
        (undo_all(request, register, &several(request, "done")))
    };
    page(request, register, task.of(&counted(register, outcome.len())), Some(lead), &body)
}

/// What happened, record by record, with what is left and how to take it back.
pub fn result(act: &mut Act, request: &Request, task: &Task, outcome: &[One], rest: &[String]) -> Result<Reply> {
    let register = task.register;
    let mut done = several(request, "done");
    done.extend(outcome.iter().filter(|one| one.undoable && changed(one)).map(|one| format!("{} {}", one.reference, act.id)));
    let body = html! {
        @if !rest.is_empty() { (go_on(request, task, rest, &done, &format!("Go on with {} more", rest.len()))) }
        (table(act.tx, request, register, outcome, "What happened")?)
        (undo_all(request, register, &done))
        @if rest.is_empty() { p { a href=(address(register, request.sent("query")).href()) { "Back to the list" } } }
    };
    let title = format!("{}: done", task.of(&counted(register, outcome.len())));
    let lead = (!rest.is_empty()).then(|| format!("{} are left.", rest.len()));
    Ok(page(request, register, title, lead, &body))
}

fn changed(one: &One) -> bool {
    match (&one.before, &one.after) {
        (Some(before), Some(after)) => before.version != after.version,
        _ => false,
    }
}

/// Takes back everything a task did.
pub fn undo_all(request: &Request, register: &Register, done: &[String]) -> Markup {
    html! {
        @if !done.is_empty() {
            form.form method="post" action={ "/" (register.key) "/bulk/undo" } {
                input type="hidden" name="csrf" value=(request.csrf);
                input type="hidden" name="query" value=(request.sent("query"));
                @for it in done { input type="hidden" name="done" value=(it); }
                div.form-foot data-undo { (Verb::submit(format!("Undo all {}", done.len())).key("Ctrl Z")) }
            }
        }
    }
}

fn table(tx: &mut Tx, request: &Request, register: &'static Register, outcome: &[One], head: &str) -> Result<Markup> {
    let records: Vec<Record> = outcome.iter().flat_map(|one| one.before.iter().chain(&one.after)).cloned().collect();
    let names = names_of(tx, &request.house, &request.view, &records, &[])?;
    Ok(rows(request, register, &outcome.iter().collect::<Vec<_>>(), &names, head))
}

fn rows(request: &Request, register: &Register, outcome: &[&One], names: &Names, head: &str) -> Markup {
    let shown = Shown { request, names };
    let label = format!("{} one by one", register.many);
    html! {
        div.over-x tabindex="0" role="group" aria-label=(label) {
            table.list.fold.tops aria-label=(label) {
                thead { tr { th.f-main scope="col" { (register.one) } th scope="col" { (head) } } }
                tbody { @for one in outcome {
                    tr role="row" {
                        th.f-main scope="row" role="rowheader" {
                            @match &one.before {
                                Some(record) => { a.subject href=(record_href(&request.house, record)) { (one.title) } " " span.ref { (one.reference) } }
                                None => { span.ref { (one.reference) } }
                            }
                        }
                        td.f-c role="cell" { @match &one.refused {
                            Some(why) => { span.bad { "Refused: " (why) } }
                            None => { (difference(&shown, one)) }
                        } }
                    }
                } }
            }
        }
    }
}

/// From what to what, for every field that differs.
fn difference(shown: &Shown, one: &One) -> Markup {
    let (Some(before), Some(after)) = (&one.before, &one.after) else { return html! {} };
    let register = before.shape.register;
    let mut lines: Vec<(&str, String, String)> = Vec::new();
    if before.state != after.state {
        let label = |key: &str| state(register, key).map_or_else(|| key.to_owned(), |status| status.label);
        lines.push(("State", label(&before.state), label(&after.state)));
    }
    // Counters and flags follow from what was done; nobody asks what becomes of those that no list shows unasked.
    let follows = |field: &Field| field.computed && !field.listed && matches!(field.kind, FieldType::Int { .. } | FieldType::Bool);
    let readable = |field: &&Field| shown.request.view.reads(register, field) && !follows(field);
    for field in before.shape.fields.iter().filter(readable) {
        let (was, is) = (before.get(field.key), after.get(field.key));
        if was != is && !(was.is_null() && is.is_null()) {
            lines.push((field.label, shown.text(field, was), shown.text(field, is)));
        }
    }
    if before.retired_at.is_none() && after.retired_at.is_some() {
        lines.push(("Retired", "no".into(), "yes".into()));
    }
    let some = |text: &str| if text.is_empty() { "nothing".to_owned() } else { text.chars().take(120).collect() };
    html! {
        @if lines.is_empty() { span.ink3 { "Nothing changes" } }
        @for (label, was, is) in lines { div { (label) ": " del { (some(&was)) } " → " ins { (some(&is)) } } }
    }
}
