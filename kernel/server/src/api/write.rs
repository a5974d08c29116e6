//! Writing: create, change, retire, and verbs.

use super::body::{Refused, json};
use super::replay::{self, Key};
use super::{Asked, one, tag};
use crate::answer::{bytes, problem_of, set};
use axum::body::Body;
use axum::http::{HeaderName, Response, StatusCode, header};
use kernel::describe::{Register, Verb};
use kernel::journal;
use kernel::register::{self, Record, Sent, Source};
use kernel::{Act, Error, Result};
use serde_json::{Map, Value as Json};

/// The header that names the act of a write, by which it can be undone.
pub(crate) const ACT: HeaderName = HeaderName::from_static("x-reeve-act");

/// What a write answers; kept beside an idempotency key.
pub(super) struct Written {
    pub status: StatusCode,
    pub body: Vec<u8>,
    pub location: String,
    pub etag: String,
    /// The act; 0 for an answer from before.
    pub act: i64,
}

impl Written {
    pub(super) fn answer(self) -> Response<Body> {
        let mut answer = bytes(self.status, self.body);
        let act = if self.act == 0 { String::new() } else { self.act.to_string() };
        for (name, value) in [(header::LOCATION, self.location), (header::ETAG, self.etag), (ACT, act)] {
            if !value.is_empty() {
                set(&mut answer, name, &value);
            }
        }
        answer
    }
}

fn written(act: &mut Act, epoch: i64, status: StatusCode, record: &Record) -> Result<Written> {
    let json = one::said(act.tx, act.house, act.view, record, &[], &[])?;
    let register = record.shape.register.key;
    let location = if status == StatusCode::CREATED { format!("/api/v1/{register}/{}", record.reference) } else { String::new() };
    let body = serde_json::to_vec(&json).map_err(|fault| Error::Fault(fault.to_string()))?;
    Ok(Written { status, body, location, etag: tag::tag(record.version, epoch), act: act.id })
}

fn refused(refused: Refused, accepted: &str) -> Result<Response<Body>> {
    match refused {
        Refused::Error(error) => Err(error),
        Refused::Media => {
            let detail = format!("The body must be sent with Content-Type: {accepted}.");
            Ok(problem_of(StatusCode::UNSUPPORTED_MEDIA_TYPE, &detail, Vec::new()))
        }
    }
}

/// `POST /api/v1/{kind}`
pub(super) async fn create((call, credential): Asked, register: &'static Register, body: Body) -> Result<Response<Body>> {
    super::no_parameters(&call)?;
    let (bytes, fields) = match json(&call, body, "", false).await {
        Ok(json) => json,
        Err(why) => return refused(why, "application/json"),
    };
    let key = Key::of(&call, &credential, &bytes)?;
    let deed = move |act: &mut Act, seen: &std::sync::Arc<crate::gate::Seen>| {
        replay::once(act, key.as_ref(), |act| {
            let record = register::create(act, register, Sent { fields: &fields, source: Source::Api })?;
            written(act, seen.epoch, StatusCode::CREATED, &record)
        })
    };
    Ok(call.app.write::<_, Error>(&credential, deed).await?.answer())
}

/// `PATCH /api/v1/{kind}/{id}`
pub(super) async fn patch((call, credential): Asked, register: &'static Register, id: String, body: Body) -> Result<Response<Body>> {
    super::no_parameters(&call)?;
    let (_, fields) = match json(&call, body, "application/merge-patch+json", false).await {
        Ok(json) => json,
        Err(why) => return refused(why, "application/merge-patch+json"),
    };
    let wanted = tag::if_match(&call);
    let deed = move |act: &mut Act, seen: &std::sync::Arc<crate::gate::Seen>| {
        let record = register::edit(act, register, &id, Sent { fields: &fields, source: Source::Api }, wanted)?;
        written(act, seen.epoch, StatusCode::OK, &record)
    };
    Ok(call.app.write::<_, Error>(&credential, deed).await?.answer())
}

/// `DELETE /api/v1/{kind}/{id}`: retires it; it stays in history.
pub(super) async fn retire((call, credential): Asked, register: &'static Register, id: String) -> Result<Response<Body>> {
    super::no_parameters(&call)?;
    let wanted = tag::if_match(&call);
    let deed = move |act: &mut Act, _: &std::sync::Arc<crate::gate::Seen>| {
        register::retire(act, register, &id, wanted)?;
        Ok(act.id)
    };
    let act = call.app.write::<_, Error>(&credential, deed).await?;
    let mut answer = Response::new(Body::empty());
    *answer.status_mut() = StatusCode::NO_CONTENT;
    set(&mut answer, ACT, &act.to_string());
    Ok(answer)
}

/// `POST /api/v1/{kind}/{id}/{verb}`
pub(super) async fn verb(
    (call, credential): Asked,
    register: &'static Register,
    id: String,
    verb: String,
    body: Body,
) -> Result<Response<Body>> {
    super::no_parameters(&call)?;
    let deed = Deed::of(register, &verb).ok_or(Error::NotFound)?;
    let (bytes, fields) = match json(&call, body, "", true).await {
        Ok(json) => json,
        Err(why) => return refused(why, "application/json"),
    };
    let key = Key::of(&call, &credential, &bytes)?;
    let wanted = tag::if_match(&call);
    let deed = move |act: &mut Act, seen: &std::sync::Arc<crate::gate::Seen>| {
        replay::once(act, key.as_ref(), |act| {
            let record = deed.perform(act, register, &id, &fields, wanted)?;
            written(act, seen.epoch, StatusCode::OK, &record)
        })
    };
    Ok(call.app.write::<_, Error>(&credential, deed).await?.answer())
}

/// A verb of the register, or one of the engine's on an act.
#[derive(Clone, Copy)]
enum Deed {
    Verb(&'static Verb),
    Undo,
    Redact,
}

impl Deed {
    fn of(register: &'static Register, key: &str) -> Option<Deed> {
        register.verb(key).map(Deed::Verb).or(match key {
            "undo" => Some(Deed::Undo),
            "redact" => Some(Deed::Redact),
            _ => None,
        })
    }

    fn perform(
        self,
        act: &mut Act,
        register: &'static Register,
        id: &str,
        fields: &Map<String, Json>,
        wanted: Option<i64>,
    ) -> Result<Record> {
        match self {
            Deed::Verb(verb) => {
                let sent = Sent { fields, source: Source::Api };
                Ok(register::perform(act, register, id, verb, sent, wanted)?.record)
            }
            Deed::Undo => register::undo(act, register, id, meant(fields, "Undo asks for act alone.")?),
            Deed::Redact => {
                act.reason = fields.get("reason").and_then(Json::as_str).map(|reason| reason.chars().take(1_000).collect());
                journal::redact(act, register, id, meant(fields, "Redact asks for act and reason.")?)
            }
        }
    }
}

/// The act that is meant, as `X-Reeve-Act` and the journal name it; `asks` says what may be sent.
fn meant(fields: &Map<String, Json>, asks: &str) -> Result<i64> {
    if let Some(unknown) = fields.keys().find(|key| *key != "act" && !(*key == "reason" && asks.contains("reason"))) {
        return Err(Error::invalid(unknown.as_str(), format!("There is no such field. {asks}")));
    }
    let act = fields.get("act");
    let number = act.and_then(|act| act.as_i64().or_else(|| act.as_str().and_then(|text| text.parse().ok())));
    number.ok_or_else(|| Error::invalid("act", "Send the act that is meant, as X-Reeve-Act and the journal name it."))
}
