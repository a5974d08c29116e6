//! Why a record shows what it shows: a page with an address for each question, to be sent and opened by anybody who may.

use db::Tx;
use kernel::describe::{Field, Kind};
use kernel::explain::{Explanation, Gave, Question, Reason, Reasons, of_field};
use kernel::journal::history;
use kernel::register::{Cell, Names, Record, names_of, resolve};
use kernel::web::{Layout, Reply, Request};
use kernel::who::why::can_see;
use kernel::{Error, Result};
use maud::{Markup, Render, html};
use ui::head::{Head, reference as number};
use ui::verb::Verb;
use ui::why::{Step, Steps};

use crate::address::Address;
use crate::form::crumbs;
use crate::shown::{Shown, exact, record_href, state};
use crate::typed::reference;

/// Entries looked through for the last change of a field that people set.
const LOOKED_THROUGH: usize = 200;
/// Longest value that stands in the question.
const SHORT: usize = 40;

/// `GET /{kind}/{REF}?why=`: `access`, or the key of a field. `NotFound` for what does not exist or may not be read.
pub fn page(tx: &mut Tx, request: &Request, record: &Record, asked: &str) -> Result<Reply> {
    if asked == "access" {
        let (title, body) = access(tx, request, record, true)?;
        return Ok(explanation(
            request,
            record,
            &title,
            Vec::new(),
            Vec::new(),
            &html! { div.cols-2 { div { (body) } (others(request, record, asked)) } },
        ));
    }
    let register = record.shape.register;
    let field = record.shape.field(asked).filter(|field| request.view.reads(register, field)).copied().ok_or(Error::NotFound)?;
    let steps = if field.computed { computed(tx, request, record, &field)? } else { set_by_people(tx, request, record, &field)? };
    if request.fragment {
        return Ok(Reply::Fragment(steps.render()));
    }
    let (_, access) = access(tx, request, record, false)?;
    let title = steps.title.clone();
    let body = html! { div.cols-3 { (steps) (access) (others(request, record, asked)) } };
    Ok(explanation(request, record, &title, Vec::new(), Vec::new(), &body))
}

/// The page of an explanation: the question as its title, what marks the record, what one can do with it besides sending it.
pub fn explanation(request: &Request, record: &Record, title: &str, marks: Vec<Markup>, mut verbs: Vec<Markup>, body: &Markup) -> Reply {
    let register = record.shape.register;
    let here = record_href(&request.house, record);
    let mut meta = vec![number(&record.reference, &here)];
    meta.extend(state(register, &record.state).filter(|_| marks.is_empty()).map(|status| status.render()));
    meta.extend(marks);
    let address = Address::of(request).href();
    let send = html! { a.verb.small href=(address) data-copy=(address) { (ui::icon::small("link")) "Copy link" } };
    let close = Verb::link(if record.title().is_empty() { record.reference.as_str() } else { "Back to it" }, here).small().render();
    verbs.extend([send, close]);
    let head = Head { crumbs: crumbs(register, Some((record, request))), title: title.to_owned(), meta, verbs, ..Head::default() };
    Reply::page(title, register.key, html! { (head) (body) }).held(Layout { extra: &["wide.css", "now.js"], ..Layout::default() })
}

/// Why the reader sees the record, or with `of=` whether somebody else does and why. Asking for others needs the
/// permission to share, since the answer names their roles.
pub fn access(tx: &mut Tx, request: &Request, record: &Record, asks: bool) -> Result<(String, Markup)> {
    let others = asks && request.view.may(record.shape.register, "share");
    let of = request.asked("of").filter(|of| others && !of.is_empty());
    let people = request.house.register("people");
    let (person, unknown) = match (of, people) {
        (Some(of), Some(people)) => match resolve(tx, &request.house, &request.view, people, reference(&request.house, of))? {
            Some(id) => (id, false),
            None => (request.view.person, true),
        },
        _ => (request.view.person, false),
    };
    let known = can_see(tx, &request.house, person, record)?;
    let here = record_href(&request.house, record);
    let foot = if asks {
        html! {}
    } else {
        html! { a href={ (here) "?why=access" } { "About access alone" } }
    };
    let title = known.title.clone();
    let body = html! {
        @if unknown { p.note.warn { "There is no such person that you may see; this is about yourself." } }
        (steps(&known, foot))
        @if others && people.is_some() {
            form.line method="get" action=(here) {
                input type="hidden" name="why" value="access";
                label for="why-of" { "Can somebody else see it?" }
                input.in.small #why-of name="of" value=(of.unwrap_or_default()) placeholder="Name, e-mail or reference" maxlength="200";
                button.verb.small type="submit" { "Ask" }
            }
        }
    };
    Ok((title, body))
}

/// An explanation as its component.
pub fn steps(of: &Explanation, foot: Markup) -> Steps {
    let one = |step: &kernel::explain::Step| {
        let drawn = Step::new(step.what.clone(), step.value.clone(), step.record.clone().unwrap_or_default());
        if step.counted { drawn } else { drawn.rejected() }
    };
    let mut steps: Vec<Step> = of.steps.iter().map(one).collect();
    steps.push(Step::new("Result", of.result.clone(), of.basis.clone()).result());
    Steps { title: of.title.clone(), steps, foot }
}

/// What else of the record can be asked.
fn others(request: &Request, record: &Record, asked: &str) -> Markup {
    let register = record.shape.register;
    let here = record_href(&request.house, record);
    let computed =
        |field: &&Field| field.computed && field.key != asked && request.view.reads(register, field) && !record.get(field.key).is_null();
    let all: Vec<&Field> = record.shape.fields.iter().filter(computed).collect();
    html! {
        @if !all.is_empty() {
            section.whybox {
                h2 { "What else can be asked" }
                ul.asks { @for field in all { li { a href={ (here) "?why=" (field.key) } { (field.label) } } } }
            }
        }
    }
}

/// The reasons of a computed field, drawn, with what they are compared to.
pub fn computed(tx: &mut Tx, request: &Request, record: &Record, field: &Field) -> Result<Steps> {
    let question = Question { house: &request.house, view: &request.view, record, field, now: request.now };
    let reasons = of_field(tx, &question)?;
    let names = named(tx, request, record, field, &reasons)?;
    let shown = Shown { request, names: &names };
    Ok(drawn(&shown, record, field, &reasons))
}

/// The names of everything that the reasons mention.
fn named(tx: &mut Tx, request: &Request, record: &Record, field: &Field, reasons: &Reasons) -> Result<Names> {
    names_of(tx, &request.house, &request.view, std::slice::from_ref(record), &reasons.links(&request.house, field))
}

fn drawn(shown: &Shown, record: &Record, field: &Field, reasons: &Reasons) -> Steps {
    let mut steps: Vec<Step> = reasons.list.iter().map(|reason| step(shown, reason)).collect();
    let value = shown.text(field, &reasons.value);
    let none = || "none".to_owned();
    steps.push(Step::new(field.label, if value.is_empty() { none() } else { value }, reasons.basis.clone()).result());
    let foot = html! {
        @if !reasons.agree(record, field) {
            b { "The record shows " (shown.text(field, record.get(field.key))) "." } " The two should be the same: tell whoever runs Reeve."
        }
    };
    Steps { title: question(shown, record, field), steps, foot }
}

fn step(shown: &Shown, reason: &Reason) -> Step {
    let value = match &reason.gave {
        Gave::Words(words) => words.clone(),
        Gave::Value(field, cell) => shown.text(field, cell),
    };
    let told = reason.told.map(|told| {
        let who = told.actor.map_or_else(|| "Reeve".to_owned(), |id| shown.name(id));
        format!("{who}, {}", exact(shown.request, told.at))
    });
    let note: Vec<&str> = [reason.note.as_str(), told.as_deref().unwrap_or_default()].into_iter().filter(|it| !it.is_empty()).collect();
    let step = Step::new(reason.what.clone(), value, note.join(" · ")).leads_to(reason.records.clone());
    if reason.counted { step } else { step.rejected() }
}

/// "Why is the score of RSK-3 20?"
fn question(shown: &Shown, record: &Record, field: &Field) -> String {
    let (label, value) = (crate::shown::in_sentence(field.label), shown.text(field, record.get(field.key)));
    match value.chars().count() {
        0 => format!("Why has {} no {label}?", record.reference),
        _ if matches!(field.kind, Kind::Bool) => format!("Why does {} say “{}: {value}”?", record.reference, field.label),
        1..=SHORT => format!("Why is the {label} of {} {value}?", record.reference),
        _ => format!("Where the {label} of {} comes from", record.reference),
    }
}

/// Where a value that people set comes from: what it is, and who set it last.
fn set_by_people(tx: &mut Tx, request: &Request, record: &Record, field: &Field) -> Result<Steps> {
    let mut steps = Vec::new();
    if !field.help.is_empty() {
        steps.push(Step::new("What it is", "", field.help));
    }
    let entries = history(tx, record.id, None, LOOKED_THROUGH)?;
    let set = entries.iter().find_map(|entry| {
        let change = entry.content.as_ref()?.changes.get(field.key)?;
        Some((entry, Cell::from_journal(field.kind, &change[0])))
    });
    let actor: Vec<(&'static str, i64)> = set.iter().filter_map(|(entry, _)| entry.actor).map(|actor| ("people", actor)).collect();
    let names = names_of(tx, &request.house, &request.view, std::slice::from_ref(record), &actor)?;
    let shown = Shown { request, names: &names };
    if let Some((entry, from)) = set {
        let who = entry.actor.map_or_else(|| "Reeve".to_owned(), |id| shown.name(id));
        let before = shown.text(field, &from);
        let note = if before.is_empty() { String::new() } else { format!("before: {before}") };
        steps.push(Step::new(format!("Last set by {who}, {}", entry.verb), exact(request, entry.at), note));
    }
    let value = shown.text(field, record.get(field.key));
    steps.push(Step::new(field.label, if value.is_empty() { "none".to_owned() } else { value }, "").result());
    Ok(Steps { title: question(&shown, record, field), steps, foot: html! {} })
}
