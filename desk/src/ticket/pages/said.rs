//! The composer's form: a reply or a note.

use super::address::href;
use super::talk::Refused;
use super::ticket::show;
use crate::ticket::{INCIDENTS, REQUESTS, place_of_draft, store};
use kernel::describe::Register;
use kernel::register::{self, Sent, Source, perform};
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
    let internal = request.sent("mode") == "internal";
    let verb = register.verb(if internal { "note" } else { "reply" }).ok_or(Error::NotFound)?;
    let fields: Map<String, Json> = [("text".to_owned(), Json::from(request.sent("text")))].into_iter().collect();
    match perform(act, register, reference, verb, Sent { fields: &fields, source: Source::Text }, None) {
        Ok(done) => {
            drop_draft(act, request, &done.record)?;
            let here = href(&request.house, &done.record);
            Ok(Reply::Redirect {
                to: format!("{here}#composer"),
                toast: if internal { "Note kept".into() } else { "Reply sent".into() },
                undo: format!("{here}/undo?act={}", act.id),
            })
        }
        Err(error @ (Error::Invalid(_) | Error::Conflict(_))) => {
            let record = register::load(act.tx, act.house, act.view, register, reference)?;
            let status = if matches!(error, Error::Conflict(_)) { 409 } else { 422 };
            let message = error.fields().first().map_or_else(|| error.to_string(), |it| it.message.clone());
            let refused = Refused { text: request.sent("text"), internal, error: Some(message) };
            Ok(show(act.tx, request, &record, &refused)?.status(status))
        }
        Err(error) => Err(error),
    }
}

/// What was sent need not be kept any more. The draft may stand under the reference it was typed at.
fn drop_draft(act: &mut Act, request: &Request, record: &kernel::register::Record) -> Result<()> {
    let typed_at = format!("{}/{}/said", record.shape.register.key, request.part("reference").to_ascii_uppercase());
    store::draft::remove(act.tx, act.view.person, [place_of_draft(record), typed_at])
}
