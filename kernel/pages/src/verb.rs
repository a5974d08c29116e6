//! Doing a verb to one record: its button, its questions, the doing, the undoing.

use db::Tx;
use kernel::describe::{Field, Kind, Register, Verb};
use kernel::journal;
use kernel::register::{self, Names, Record, Sent, Source, names_of, perform, verbs_for};
use kernel::web::{Reply, Request};
use kernel::who::guard::permits;
use kernel::{Act, Error, FieldError, Result};
use maud::html;
use ui::head::Head;

use crate::address::{back, encode};
use crate::draft;
use crate::form::{Sheet, crumbs, draw, elsewhere, read_version, refusal, version};
use crate::shown::{Shown, in_sentence, record_href};
use crate::typed::{self, Texts};

/// Whether the viewer may do `verb` to this very record, which they can read.
pub fn may(tx: &mut Tx, request: &Request, record: &Record, verb: &str) -> Result<bool> {
    permits(tx, &request.view, record, verb)
}

/// Refuses unless the viewer may do `verb` to this record.
pub fn demand(tx: &mut Tx, request: &Request, record: &Record, verb: &str) -> Result<()> {
    if may(tx, request, record, verb)? { Ok(()) } else { Err(Error::forbidden(record.shape.register.key, verb)) }
}

/// The verbs that the viewer may do to the record as it stands.
pub fn possible(tx: &mut Tx, request: &Request, record: &Record) -> Result<Vec<&'static Verb>> {
    let mut verbs = Vec::new();
    for verb in verbs_for(&request.view, record) {
        if may(tx, request, record, verb.key)? {
            verbs.push(verb);
        }
    }
    Ok(verbs)
}

/// The button of a verb: posts at once, or leads to its questions; afterwards to `back`, or to the record where that is empty.
pub fn button(request: &Request, record: &Record, verb: &Verb, back: &str) -> ui::verb::Verb {
    let to = format!("{}/{}", record_href(&request.house, record), verb.key);
    let button = match (verb.asks, back) {
        ([], "") => ui::verb::Verb::post(verb.label, to, request.csrf.clone()),
        ([], back) => ui::verb::Verb::post(verb.label, to, request.csrf.clone()).with("back", back),
        (_, "") => ui::verb::Verb::link(verb.label, to),
        (_, back) => ui::verb::Verb::link(verb.label, format!("{to}?back={}", encode(back))),
    };
    if verb.hotkey.is_empty() { button } else { button.key(verb.hotkey) }
}

/// `GET /{kind}/{REF}/{verb}`: what the verb asks for; of `retire`, why.
pub fn page(tx: &mut Tx, request: &Request, register: &'static Register, reference: &str, key: &str) -> Result<Reply> {
    let record = register::load(tx, &request.house, &request.view, register, reference)?;
    let (asked, _) = questions(register, key)?;
    demand(tx, request, &record, key)?;
    let names = names_of(tx, &request.house, &request.view, std::slice::from_ref(&record), &[])?;
    let mut texts: Texts = asked.iter().map(|field| (field.key.to_owned(), stands(request, &record, field, &names))).collect();
    let answered = request.query.iter().filter(|(name, _)| asked.iter().any(|field| field.key == name.as_str()));
    texts.extend(answered.cloned());
    let kept = draft::kept(tx, request.view.person, &place(&record, key))?;
    if let Some(kept) = &kept {
        texts.extend(typed::sent(&kept.form, asked, true));
    }
    form(tx, request, &record, key, (&texts, &[]), kept)
}

/// What the form of a verb begins with: of a few choices those that the record has, where the verb asks for a field of it.
fn stands(request: &Request, record: &Record, asked: &Field, names: &Names) -> String {
    match taken_over(request, record, asked) {
        Some(own) if !record.get(own.key).is_null() => typed::text(request, own, record.get(own.key), names),
        _ => asked.preset.to_owned(),
    }
}

/// The field of the record whose value a question begins with.
fn taken_over<'a>(request: &Request, record: &'a Record, asked: &Field) -> Option<&'a Field> {
    record.shape.field(asked.key).filter(|own| {
        own.kind == asked.kind
            && matches!(own.kind, Kind::Level(_) | Kind::Choice(_) | Kind::Many(_))
            && !own.computed
            && request.view.reads(record.shape.register, own)
    })
}

/// What a verb asks, and its name.
fn questions(register: &'static Register, key: &str) -> Result<(&'static [Field], &'static str)> {
    match register.verb(key) {
        Some(verb) => Ok((verb.asks, verb.label)),
        None if key == "retire" => Ok((&[], "Retire")),
        None => Err(Error::NotFound),
    }
}

fn place(record: &Record, key: &str) -> String {
    format!("{}/{}/{key}", record.shape.register.key, record.reference)
}

fn form(
    tx: &mut Tx,
    request: &Request,
    record: &Record,
    key: &str,
    (texts, errors): (&Texts, &[FieldError]),
    kept: Option<draft::Kept>,
) -> Result<Reply> {
    let register = record.shape.register;
    let (all, label) = questions(register, key)?;
    let left_out = register.verb(key).map_or(Ok(&[] as &[&str]), |verb| (verb.leaves_out)(tx, &request.view, record))?;
    let asked: Vec<Field> = all.iter().filter(|field| !left_out.contains(&field.key)).copied().collect();
    let name = label.trim_end_matches('…');
    let help =
        register.verb(key).map_or("It leaves lists and choices, and stays in the history. Retiring can be undone.", |verb| verb.help);
    let here = record_href(&request.house, record);
    let to = back(request);
    let kept_version = kept.as_ref().and_then(|kept| kept.form.get("version")?.as_str().map(str::to_owned));
    let sheet = Sheet {
        action: format!("{here}/{key}"),
        fields: &asked,
        texts,
        errors,
        error: None,
        version: Some(kept_version.unwrap_or_else(|| version(record))),
        save: name.to_owned(),
        leave: to.clone().unwrap_or(here),
        draft: Some((place(record, key), kept)),
        reason: !asked.iter().any(|field| field.key == "reason"),
        hidden: to.map(|to| vec![("back".to_owned(), to)]).unwrap_or_default(),
        focus: true,
        shows_record: asked.iter().any(|field| taken_over(request, record, field).is_some()),
        folded: &[],
    };
    let head = Head {
        crumbs: crumbs(register, Some((record, request))),
        title: format!("{name}: {}", record.title()),
        lead: (!help.is_empty()).then(|| help.to_owned()),
        meta: vec![html! { span.ref { (record.reference) } }],
        ..Head::default()
    };
    let form = draw(tx, request, &sheet)?;
    Ok(Reply::page(format!("{name} {}", record.reference), register.key, html! { (head) (form) }))
}

/// `POST /{kind}/{REF}/{verb}`: does it, and goes back to where the form says, or to the record.
pub fn post(act: &mut Act, request: &Request, register: &'static Register, reference: &str, key: &str) -> Result<Reply> {
    let (asked, _) = questions(register, key)?;
    let texts = typed::sent(&request.form, asked, request.form.contains_key("whole"));
    let before = register::load(act.tx, act.house, act.view, register, reference)?;
    if !before.reference.eq_ignore_ascii_case(reference) {
        return elsewhere(request, &before, reference, asked, &texts);
    }
    if let Some(theirs) = overtaken(act, request, &before, asked)? {
        return Ok(form(act.tx, request, &before, key, (&texts, &[theirs]), None)?.status(409));
    }
    match run(act, register, reference, key, &texts) {
        Ok((after, undoable)) => {
            draft::sent(act, request, &place(&before, key))?;
            let undo = if undoable { undo_href(act, request, &after) } else { String::new() };
            let to = back(request).unwrap_or_else(|| record_href(act.house, &after));
            Ok(Reply::Redirect { to, toast: said(&before, &after, register.verb(key)), undo })
        }
        Err(error) => {
            let (status, errors) = refusal(error)?;
            Ok(form(act.tx, request, &before, key, (&texts, &errors), None)?.status(status))
        }
    }
}

/// Where what the act did to a record is taken back; it leads to where the verb leads.
fn undo_href(act: &Act, request: &Request, record: &Record) -> String {
    let to = back(request).map(|to| format!("&back={}", encode(&to))).unwrap_or_default();
    format!("{}/undo?act={}{to}", record_href(act.house, record), act.id)
}

/// What the verb asks for was changed by somebody else since its form was opened: says so once, in the form, which then carries
/// the present version.
fn overtaken(act: &mut Act, request: &Request, record: &Record, asked: &[Field]) -> Result<Option<FieldError>> {
    let seen = read_version(request.sent("version")).filter(|(number, _)| *number < record.version);
    let Some((number, at)) = seen else { return Ok(None) };
    let base = journal::rewind_to(act.tx, record.clone(), number, at)?;
    let differs =
        |key: &str| record.shape.place(key).is_some_and(|place| base.cells[place].journalled() != record.cells[place].journalled());
    let clashes: Vec<&Field> = asked.iter().filter(|field| differs(field.key)).collect();
    if clashes.is_empty() {
        return Ok(None);
    }
    let names = names_of(act.tx, act.house, act.view, std::slice::from_ref(record), &[])?;
    let shown = Shown { request, names: &names };
    let now = clashes.iter().map(|field| {
        let value = record.shape.field(field.key).map(|own| shown.text(own, record.get(field.key))).unwrap_or_default();
        format!("{} is now {}", in_sentence(field.label), if value.is_empty() { "empty" } else { &value })
    });
    let now: Vec<String> = now.collect();
    let message = format!("Somebody else was faster: {}. Nothing was done yet; press again to put yours in its place.", now.join(", "));
    Ok(Some(FieldError::new("", message)))
}

/// Does a verb of the register or of the engine with typed texts; says whether it can be undone.
pub fn run(act: &mut Act, register: &'static Register, reference: &str, key: &str, texts: &Texts) -> Result<(Record, bool)> {
    let Some(verb) = register.verb(key) else {
        return register::retire(act, register, reference, None).map(|record| (record, true));
    };
    let values = typed::values(act.house, verb.asks, texts);
    let done = perform(act, register, reference, verb, Sent { fields: &values, source: Source::Text }, None)?;
    Ok((done.record, done.undoable))
}

/// What happened, for the toast: the new state where it changed, the verb otherwise. What is no verb of the register is the engine's retiring.
fn said(before: &Record, after: &Record, verb: Option<&Verb>) -> String {
    let reference = &after.reference;
    match (after.shape.register.state(&after.state), verb) {
        (Some(state), _) if before.state != after.state => format!("{reference} is now: {}", state.label.to_lowercase()),
        (_, None) => format!("{reference} retired"),
        (_, Some(verb)) if verb.done.is_empty() => format!("{reference}: {} done", verb.label.trim_end_matches('…').to_lowercase()),
        (_, Some(verb)) => match verb.done.strip_suffix(" it") {
            Some(did) => format!("You {did} {reference}"),
            None => format!("{reference}: you {}", verb.done),
        },
    }
}

/// `POST /{kind}/{REF}/undo?act=`: takes back what an act did to the record.
pub fn undo(act: &mut Act, request: &Request, register: &'static Register, reference: &str) -> Result<Reply> {
    let undone = request.asked("act").unwrap_or_else(|| request.sent("act")).parse().map_err(|_| Error::NotFound)?;
    let record = register::undo(act, register, reference, undone)?;
    let to = back(request).unwrap_or_else(|| record_href(act.house, &record));
    Ok(Reply::redirect(to, format!("{}: taken back", record.reference)))
}
