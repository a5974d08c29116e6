//! One field alone: how a cell of a list or a fact of a record is changed where it stands.

use db::Tx;
use kernel::describe::{Field, Kind, Register};
use kernel::journal;
use kernel::register::{self, Record, load_for_update, names_of};
use kernel::web::{Reply, Request};
use kernel::{Act, Error, FieldError, Result};
use maud::{Markup, Render, html};
use ui::form::in_place;
use ui::head::Head;
use ui::list::{edit as cell_link, edited};
use ui::overlay::{Toast, toast_swap};
use ui::people::Who;
use ui::verb::Verb;

use super::save::{Saved, done, save as save_texts};
use super::{Sheet, crumbs, draw, field as part, refusal, texts_of, version};
use crate::address::{back, encode};
use crate::shown::{Shown, in_sentence, record_href};
use crate::typed::{self, Texts};

/// `GET /{kind}/{REF}/edit/{field}`: the field in a form; with `leave` back to where one came from, to a script the cell as it was.
pub fn page(tx: &mut Tx, request: &Request, register: &'static Register, reference: &str, key: &str) -> Result<Reply> {
    let record = register::load(tx, &request.house, &request.view, register, reference)?;
    let field = editable(request, register, key)?;
    if request.asked("leave").is_some() {
        return if request.fragment {
            cell(tx, request, &record, &field)
        } else {
            Ok(Reply::Redirect { to: leave(request, &record), toast: String::new(), undo: String::new() })
        };
    }
    crate::verb::demand(tx, request, &record, "edit")?;
    let texts = texts_of(tx, request, &record, &[field])?;
    form(tx, request, &record, &field, &texts, &[])
}

/// `POST /{kind}/{REF}/edit/{field}`: saves it and goes back; answers a script with the cell.
pub fn save(act: &mut Act, request: &Request, register: &'static Register, reference: &str, key: &str) -> Result<Reply> {
    let record = load_for_update(act.tx, act.house, act.view, register, reference, "edit")?;
    let field = editable(request, register, key)?;
    let texts = typed::sent(&request.form, &[field], true);
    if !record.reference.eq_ignore_ascii_case(reference) {
        return super::merge::elsewhere(request, &record, reference, &[field], &texts);
    }
    match save_texts(act, request, &record, &[field], &texts) {
        Ok(Saved::Asks(_)) if request.fragment => {
            let theirs = overtaken(act, request, &record, &field)?;
            Ok(form(act.tx, request, &record, &field, &texts, &[theirs])?.status(409))
        }
        Ok(Saved::Asks(reply)) => Ok(reply.status(409)),
        Ok(Saved::Done(after)) if request.fragment => {
            let Reply::Fragment(shown) = cell(act.tx, request, &after, &field)? else { return Err(Error::NotFound) };
            Ok(Reply::Fragment(html! { (shown) (told(act, request, &record, &after, &field)) }))
        }
        Ok(Saved::Done(after)) => {
            let to = leave(request, &after);
            Ok(done(act, &record, &after, to))
        }
        Err(error) => {
            let (status, errors) = refusal(error)?;
            Ok(form(act.tx, request, &record, &field, &texts, &errors)?.status(status))
        }
    }
}

/// Where one goes from here: back, or to the record.
fn leave(request: &Request, record: &Record) -> String {
    back(request).unwrap_or_else(|| record_href(&request.house, record))
}

/// That it is saved, with the way to take it back; nothing if nothing was changed.
fn told(act: &Act, request: &Request, before: &Record, after: &Record, field: &Field) -> Markup {
    if before.version == after.version {
        return html! {};
    }
    let here = record_href(act.house, after);
    let undo = Verb::post("Undo", format!("{here}/undo?act={}", act.id), request.csrf.clone());
    let undo = undo.with("back", back(request).unwrap_or(here));
    toast_swap(&Toast { text: format!("{} of {} saved", field.label, after.reference), undo: Some(undo), seconds: 8, bad: false })
}

/// Somebody else changed the field while it was open: what it is now. The form then carries the present version, so that saving
/// again is a decision.
fn overtaken(act: &mut Act, request: &Request, record: &Record, field: &Field) -> Result<FieldError> {
    let last = journal::history(act.tx, record.id, None, LATEST)?;
    let by = last.iter().find(|entry| entry.content.as_ref().is_some_and(|it| it.changes.contains_key(field.key)));
    let person: Vec<(&'static str, i64)> = by.and_then(|entry| entry.actor).map(|id| ("people", id)).into_iter().collect();
    let names = names_of(act.tx, act.house, act.view, std::slice::from_ref(record), &person)?;
    let shown = Shown { request, names: &names };
    let who = person.first().map_or_else(|| "Somebody".into(), |(_, id)| shown.name(*id));
    let value = shown.text(field, record.get(field.key));
    let value = if value.is_empty() { "emptied it".to_owned() } else { format!("set it to “{value}”") };
    Ok(FieldError::new(field.key, format!("{who} {value} while you typed. Save puts yours in its place, Leave keeps theirs.")))
}

/// Latest entries among which the change is looked for.
const LATEST: usize = 50;

fn editable(request: &Request, register: &'static Register, key: &str) -> Result<Field> {
    typed::editable(request, register).into_iter().find(|field| field.key == key).ok_or(Error::NotFound)
}

/// Where the form of a field is, coming back to `back` afterwards.
pub fn href(request: &Request, record: &Record, field: &Field, back: &str) -> String {
    let here = record_href(&request.house, record);
    let back = if back.is_empty() { String::new() } else { format!("?back={}", encode(back)) };
    format!("{here}/edit/{}{back}", field.key)
}

fn form(tx: &mut Tx, request: &Request, record: &Record, field: &Field, texts: &Texts, errors: &[FieldError]) -> Result<Reply> {
    let register = record.shape.register;
    let here = record_href(&request.house, record);
    let action = format!("{here}/edit/{}", field.key);
    if request.fragment {
        let text = texts.get(field.key).map_or("", String::as_str);
        let error = errors.first().map(|it| it.message.as_str());
        let drawn = part::draw(tx, request, field, text, error)?.focus();
        let to = back(request).unwrap_or_default();
        let leave = format!("{action}?leave=true&back={}", encode(&to));
        return Ok(Reply::Fragment(in_place(&action, &request.csrf, &version(record), &drawn, &leave, &to)));
    }
    let to = back(request);
    let sheet = Sheet {
        action,
        fields: &[*field],
        texts,
        errors,
        error: None,
        version: Some(version(record)),
        save: "Save".into(),
        leave: to.clone().unwrap_or(here),
        draft: None,
        reason: true,
        hidden: to.map(|to| vec![("back".to_owned(), to)]).unwrap_or_default(),
        focus: true,
        shows_record: true,
        folded: &[],
    };
    let head = Head {
        crumbs: crumbs(register, Some((record, request))),
        title: format!("{} of {}", field.label, record.reference),
        lead: Some(record.title().to_owned()),
        ..Head::default()
    };
    let form = draw(tx, request, &sheet)?;
    Ok(Reply::page(format!("{} of {}", field.label, record.reference), register.key, html! { (head) (form) }))
}

/// The cell as the list and the facts show it.
fn cell(tx: &mut Tx, request: &Request, record: &Record, field: &Field) -> Result<Reply> {
    let names = names_of(tx, &request.house, &request.view, std::slice::from_ref(record), &[])?;
    let to = back(request).unwrap_or_default();
    Ok(Reply::Fragment(drawn(&Shown { request, names: &names }, record, field, &to, true)))
}

/// A value that can be changed where it stands.
pub fn link(shown: &Shown, record: &Record, field: &Field, back: &str) -> Markup {
    drawn(shown, record, field, back, false)
}

fn drawn(shown: &Shown, record: &Record, field: &Field, back: &str, focus: bool) -> Markup {
    let text = shown.text(field, record.get(field.key));
    let label = format!("Change {}", in_sentence(field.label));
    let value = match field.kind {
        _ if text.is_empty() => html! { span.ink3 { "–" } },
        Kind::Link("people") => Who::person(text).render(),
        Kind::Link("teams") => Who::team(text).render(),
        // These may hold links, which cannot stand inside the link that opens the form.
        Kind::Link(_) | Kind::LinkAny | Kind::Many(_) | Kind::Line { .. } => html! { (text) },
        _ => shown.cell(field, record.get(field.key)),
    };
    let to = href(shown.request, record, field, back);
    if focus { edited(&value, &to, &label) } else { cell_link(&value, &to, &label) }
}
