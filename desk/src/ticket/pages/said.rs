//! The composer's form: a reply or a note, sent at once or held for a moment, with files, readers and what follows.

use super::address::href;
use super::near;
use super::ticket::show;
use super::write::Refused;
use crate::template;
use crate::ticket::held::{self, Back, Came, Reply as Sending};
use crate::ticket::{INCIDENTS, REQUESTS, mention, place_of_draft, store};
use kernel::describe::Register;
use kernel::file;
use kernel::register::{self, Record, Sent, Source, perform};
use kernel::web::{Reply, Request};
use kernel::{Act, Error, Result};
use serde_json::{Map, Value as Json};

/// `POST /incidents/{reference}/said`
pub fn incident(act: &mut Act, request: &Request) -> Result<Reply> {
    said(act, request, &INCIDENTS)
}

/// `POST /requests/{reference}/said`
pub fn request(act: &mut Act, request: &Request) -> Result<Reply> {
    said(act, request, &REQUESTS)
}

fn said(act: &mut Act, request: &Request, register: &'static Register) -> Result<Reply> {
    let reference = request.part("reference");
    let record = register::load(act.tx, act.house, act.view, register, reference)?;
    let internal = request.sent("mode") == "internal";
    let done = if internal { note(act, request, &record) } else { reply(act, request, &record) };
    match done {
        Ok(reply) => Ok(reply),
        Err(error @ (Error::Invalid(_) | Error::Conflict(_) | Error::TooLarge(_))) => {
            let status = match error {
                Error::Conflict(_) => 409,
                Error::TooLarge(_) => 413,
                _ => 422,
            };
            let message = error.fields().first().map_or_else(|| error.to_string(), |it| it.message.clone());
            let leaks = error.fields().first().is_some_and(|it| it.field == LEAKS);
            let refused =
                Refused { text: request.sent("text"), cc: request.sent("cc"), internal, error: Some(message), leaks, kept: kept(request) };
            Ok(show(act.tx, request, &record, &refused)?.status(status))
        }
        Err(error) => Err(error),
    }
}

/// The name of the field that confirms a reply which repeats an internal note.
pub const LEAKS: &str = "leaks";

fn note(act: &mut Act, request: &Request, record: &Record) -> Result<Reply> {
    let register = record.shape.register;
    let verb = register.verb("note").ok_or(Error::NotFound)?;
    let fields = text(request);
    let done = perform(act, register, &record.reference, verb, Sent { fields: &fields, source: Source::Text }, None)?;
    let message = store::message::latest_own(act, done.record.id, true)?.ok_or(Error::NotFound)?.id;
    files(act, request, &done.record, message, true)?;
    drop_draft(act, request, &done.record)?;
    let toast = told(act, request, "Note kept")?;
    let undo = undo(act, request, &done.record);
    Ok(Reply::Redirect { to: format!("{}#composer", near::home(request, &done.record)), toast, undo })
}

fn reply(act: &mut Act, request: &Request, record: &Record) -> Result<Reply> {
    let register = record.shape.register;
    if request.sent(LEAKS).is_empty()
        && let Some(words) = held::leaks(act, register, record, request.sent("text"))?
    {
        let words: String = words.chars().take(60).collect();
        return Err(Error::invalid(LEAKS, format!("This repeats an internal note (“{words}…”), and the requester would read it.")));
    }
    let sending = sending(act, request)?;
    if request.sent("hold").is_empty() { at_once(act, request, record, &sending) } else { hold(act, request, record, sending) }
}

/// Where what was just said is taken back; it leads to the ticket again.
fn undo(act: &Act, request: &Request, record: &Record) -> String {
    let back = pages::Address::encode(&near::home(request, record));
    format!("{}/undo?act={}&back={back}", href(&request.house, record), act.id)
}

fn text(request: &Request) -> Map<String, Json> {
    [("text".to_owned(), Json::from(request.sent("text")))].into_iter().collect()
}

/// What is to be sent; what follows is the button's, else the template's.
fn sending(act: &mut Act, request: &Request) -> Result<Sending> {
    let template = match request.sent("template") {
        "" => None,
        reference => template::by_reference(act.tx, act.view, reference)?,
    };
    let next = match (request.sent("then"), &template) {
        ("", Some(template)) => template.next.clone(),
        (next, _) => next.to_owned(),
    };
    Ok(Sending { text: request.sent("text").to_owned(), cc: request.sent("cc").to_owned(), next, template: template.map(|it| it.id) })
}

fn at_once(act: &mut Act, request: &Request, record: &Record, sending: &Sending) -> Result<Reply> {
    let alone = sending.cc.is_empty() && sending.next.is_empty() && sending.template.is_none();
    let (after, message) = held::send(act, record.shape.register, &record.reference, sending)?;
    files(act, request, &after, message, false)?;
    drop_draft(act, request, &after)?;
    // What follows from a reply has acts of its own, so that only a plain one can be taken back as a whole.
    let undo = if alone { undo(act, request, &after) } else { String::new() };
    let toast = told(act, request, "Reply sent")?;
    Ok(Reply::Redirect { to: format!("{}#composer", near::home(request, &after)), toast, undo })
}

fn hold(act: &mut Act, request: &Request, record: &Record, sending: Sending) -> Result<Reply> {
    held::check(act, record, &sending)?;
    held::few(act, record)?;
    let files = file::of_form(&request.files, "files")?;
    let holder = held::hold(act, record, sending)?;
    file::lay_aside(act, holder, &files)?;
    file::hand_over(act, &few(kept(request))?, holder)?;
    drop_draft(act, request, record)?;
    Ok(Reply::redirect(format!("{}#composer", near::home(request, record)), told(act, request, "")?))
}

/// What is said once it is done, with what its author should know of the names in it.
fn told(act: &mut Act, request: &Request, done: &str) -> Result<String> {
    let warning = mention::warning(act, request.sent("text"))?;
    Ok(match warning {
        Some(warning) if done.is_empty() => warning,
        Some(warning) => format!("{done}. {warning}"),
        None => done.to_owned(),
    })
}

/// Files that go along with a message: those just sent, and those kept from before.
fn files(act: &mut Act, request: &Request, record: &Record, message: i64, internal: bool) -> Result<()> {
    file::attach_said(act, record, Some(message), &file::of_form(&request.files, "files")?, internal)?;
    let kept = few(kept(request))?;
    if kept.is_empty() {
        return Ok(());
    }
    let holder = act.new_id();
    file::hand_over(act, &kept, holder)?;
    file::bring(act, holder, record, message, internal)
}

/// Ids of files that were laid aside and go along now.
fn kept(request: &Request) -> Vec<i64> {
    let texts = match request.form.get("kept") {
        Some(Json::Array(all)) => all.iter().filter_map(Json::as_str).collect(),
        Some(Json::String(one)) => vec![one.as_str()],
        _ => Vec::new(),
    };
    texts.into_iter().filter_map(|id| id.parse().ok()).collect()
}

/// Most files that were laid aside and go along with one message: those of several that were taken back may come together.
const MOST_KEPT: usize = 3 * file::AT_ONCE;

fn few(kept: Vec<i64>) -> Result<Vec<i64>> {
    if kept.len() <= MOST_KEPT {
        return Ok(kept);
    }
    Err(Error::TooLarge(format!("At most {MOST_KEPT} files go along with a message; take some out. Nothing was sent.")))
}

/// What was sent need not be kept any more. The draft may stand under the reference it was typed at.
fn drop_draft(act: &mut Act, request: &Request, record: &Record) -> Result<()> {
    let typed_at = format!("{}/{}/said", record.shape.register.key, request.part("reference").to_ascii_uppercase());
    pages::draft::sent(act, request, &place_of_draft(record))?;
    pages::draft::sent(act, request, &typed_at)
}

/// `POST /incidents/{reference}/held/{held}/{what}`: takes back what waits, or sends it now.
pub fn held_incident(act: &mut Act, request: &Request) -> Result<Reply> {
    waiting(act, request, &INCIDENTS)
}

/// `POST /requests/{reference}/held/{held}/{what}`
pub fn held_request(act: &mut Act, request: &Request) -> Result<Reply> {
    waiting(act, request, &REQUESTS)
}

fn waiting(act: &mut Act, request: &Request, register: &'static Register) -> Result<Reply> {
    let record = register::load(act.tx, act.house, act.view, register, request.part("reference"))?;
    let id = request.part("held").parse().map_err(|_| Error::NotFound)?;
    let toast = match request.part("what") {
        "undo" => match held::take_back(act, id)? {
            Back::Composer => "Not sent. It stands in the composer again",
            Back::Beside => "Not sent. It waits above, as your note stands in the composer",
            Back::Gone => "It was sent already",
        },
        "send" => match held::send_now(act, id)? {
            Came::Sent => "Reply sent",
            Came::Before => "It was sent already",
            Came::Stopped => "Not sent. The reason stands beside it",
        },
        _ => return Err(Error::NotFound),
    };
    Ok(Reply::redirect(format!("{}#composer", near::home(request, &record)), toast))
}
