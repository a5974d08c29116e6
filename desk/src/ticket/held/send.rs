//! Sending: the reply, and all that follows from it.

use super::Reply;
use super::check::readers;
use crate::ticket::store;
use kernel::describe::Register;
use kernel::register::{self, Record, Sent, Source, by_id_unguarded, perform, verbs_for};
use kernel::who::{View, is_here};
use kernel::{Act, Error, Result};
use serde_json::{Map, Value as Json, json};

/// Sends a reply with all that follows from it; gives the ticket afterwards and the id of the message.
pub fn send(act: &mut Act, register: &'static Register, reference: &str, reply: &Reply) -> Result<(Record, i64)> {
    let ticket = register::load(act.tx, act.house, act.view, register, reference)?;
    let following = ticket.get("watchers").ids();
    for person in readers(act, &reply.cc)?.into_iter().filter(|id| !following.contains(id)) {
        let person = reference_of(act, "people", person)?;
        does(act, register, reference, "watch", json!({ "person": person }))?;
    }
    let mut record = does(act, register, reference, "reply", json!({ "text": reply.text }))?;
    let sent = store::message::latest_own(act, record.id, false)?.ok_or(Error::NotFound)?.id;
    if let Some(template) = reply.template {
        let (team, person) = store::held::gives_to(act.tx, template)?;
        let person = match person {
            Some(id) if is_here(act.tx, id)? => Some(id),
            _ => None,
        };
        let given: Map<String, Json> = [("team", "teams", team), ("assignee", "people", person)]
            .into_iter()
            .filter_map(|(key, of, id)| Some((key, of, id?)))
            .map(|(key, of, id)| Ok((key.to_owned(), Json::from(reference_of(act, of, id)?))))
            .collect::<Result<_>>()?;
        // Somebody may have ended it meanwhile, it is not the author's to give, or whom it was for has left: the reply leaves all the same.
        if !given.is_empty() && possible(act.view, &record, "assign") {
            record = does(act, register, reference, "assign", Json::Object(given))?;
        }
    }
    let waits = record.state == "pending" && record.text("pending_reason") == "requester";
    match reply.next.as_str() {
        "pend" if !waits && possible(act.view, &record, "pend") => {
            record = does(act, register, reference, "pend", json!({ "reason": "requester" }))?
        }
        "resolve" if possible(act.view, &record, "resolve") => {
            record = does(act, register, reference, "resolve", json!({ "resolution": reply.text }))?
        }
        _ => {}
    }
    Ok((record, sent))
}

/// The reference of a record that the house itself names by its id.
pub(super) fn reference_of(act: &mut Act, kind: &str, id: i64) -> Result<String> {
    let register = act.house.register(kind).ok_or(Error::NotFound)?;
    Ok(by_id_unguarded(act.tx, act.house, register, id)?.ok_or(Error::NotFound)?.reference)
}

fn does(act: &mut Act, register: &'static Register, reference: &str, verb: &str, input: Json) -> Result<Record> {
    let verb = register.verb(verb).ok_or(Error::NotFound)?;
    let fields = input.as_object().cloned().unwrap_or_default();
    Ok(perform(act, register, reference, verb, Sent { fields: &fields, source: Source::Text }, None)?.record)
}

/// Whether the state of a ticket and the grants of the viewer allow a verb.
pub fn possible(view: &View, record: &Record, key: &str) -> bool {
    verbs_for(view, record).iter().any(|verb| verb.key == key)
}
