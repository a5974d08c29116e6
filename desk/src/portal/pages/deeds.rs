//! What one can do to one's things: verbs of the ticket, in the portal's words.

use super::stands::href;
use super::thing::{Refused, show};
use crate::ticket::place_in_portal;
use kernel::describe::Register;
use kernel::register::{self, Done, Sent, Source, perform};
use kernel::web::{Reply, Request};
use kernel::{Act, Error, Result, file};
use pages::draft;
use serde_json::{Map, Value as Json};

fn register(request: &Request) -> Result<&'static Register> {
    request.house.register_of(request.part("reference")).filter(|it| super::thing::KINDS.contains(&it.key)).ok_or(Error::NotFound)
}

fn act_on(act: &mut Act, request: &Request, verb: &str, fields: &[(&str, &str)]) -> Result<Done> {
    let register = register(request)?;
    let verb = register.verb(verb).ok_or(Error::NotFound)?;
    let fields: Map<String, Json> = fields.iter().map(|(key, value)| ((*key).to_owned(), Json::from(*value))).collect();
    perform(act, register, request.part("reference"), verb, Sent { fields: &fields, source: Source::Text }, None)
}

/// Back to the thing with what was done; or the page with what was refused, and what was typed.
fn answer(act: &mut Act, request: &Request, done: Result<Done>, toast: &str, field: &'static str) -> Result<Reply> {
    match done {
        Ok(done) => Ok(Reply::redirect(href(&done.record), toast)),
        Err(error @ (Error::Invalid(_) | Error::Conflict(_))) => {
            let record = register::load(act.tx, act.house, act.view, register(request)?, request.part("reference"))?;
            let status = if matches!(error, Error::Conflict(_)) { 409 } else { 422 };
            let message = error.fields().first().map_or_else(|| error.to_string(), |it| it.message.clone());
            Ok(show(act.tx, request, &record, &Refused { field, text: request.sent(field).to_owned(), message })?.status(status))
        }
        Err(other) => Err(other),
    }
}

/// `POST /portal/things/{reference}/say`
pub fn say(act: &mut Act, request: &Request) -> Result<Reply> {
    let done = said(act, request);
    answer(act, request, done, "Sent", "text")
}

fn said(act: &mut Act, request: &Request) -> Result<Done> {
    let files = file::of_form(&request.files, "files")?;
    let bare = request.sent("text").trim().is_empty() && !files.is_empty();
    let done = act_on(act, request, "reply", &[("text", if bare { "See the files." } else { request.sent("text") })])?;
    if !files.is_empty() {
        file::attach_all(act, &done.record, &files, false)?;
    }
    draft::sent(act, request, &place_in_portal(&done.record))?;
    Ok(done)
}

/// `POST /portal/things/{reference}/confirm`
pub fn confirm(act: &mut Act, request: &Request) -> Result<Reply> {
    let done = act_on(act, request, "confirm", &[]);
    answer(act, request, done, "Closed. Thank you for telling us", "")
}

/// `POST /portal/things/{reference}/cancel`
pub fn cancel(act: &mut Act, request: &Request) -> Result<Reply> {
    let done = act_on(act, request, "cancel", &[("reason", "No longer needed.")]);
    answer(act, request, done, "Called off", "")
}

/// `POST /portal/things/{reference}/reopen`
pub fn reopen(act: &mut Act, request: &Request) -> Result<Reply> {
    let done = act_on(act, request, "reopen", &[("reason", request.sent("reason"))]);
    answer(act, request, done, "Open again. We look at it", "reason")
}

/// `POST /portal/things/{reference}/watch`
pub fn watch(act: &mut Act, request: &Request) -> Result<Reply> {
    let person = request.sent("person").trim();
    let done = if person.is_empty() {
        Err(Error::invalid("person", "Say who: a name or an e-mail address."))
    } else {
        act_on(act, request, "watch", &[("person", person)])
    };
    answer(act, request, done, "They follow it now", "person")
}

/// `POST /portal/things/{reference}/unwatch`
pub fn unwatch(act: &mut Act, request: &Request) -> Result<Reply> {
    let done = act_on(act, request, "unwatch", &[("person", request.sent("who"))]);
    match done {
        // Whoever takes themselves off something of somebody else's no longer sees it.
        Ok(done) if register::by_id(act.tx, act.house, act.view, done.record.shape.register, done.record.id).is_err() => {
            Ok(Reply::redirect("/portal/things", "You no longer follow it"))
        }
        done => answer(act, request, done, "They follow it no longer", "person"),
    }
}
