//! One record.

use super::{Asked, tag};
use crate::answer::{json_of, set};
use crate::query::pairs;
use axum::body::Body;
use axum::http::{Response, StatusCode, header};
use kernel::describe::Register;
use kernel::register::{self, Query, Record};
use kernel::{Error, House, Result, journal, time};
use serde_json::Value as Json;

/// What one record can be asked with.
pub(super) const PARAMETERS: &[&str] = &["fields", "expand", "as_of"];

/// `GET /api/v1/{kind}/{id}`
pub(super) async fn get((call, credential): Asked, register: &'static Register, id: String) -> Result<Response<Body>> {
    let pairs = pairs(call.query())?;
    super::known_parameters(&pairs, PARAMETERS)?;
    let house = call.app.house.clone();
    let (json, tag) = call
        .app
        .read(&credential, move |tx, seen| {
            seen.view.demand(register, "read")?;
            let query = Query::parse(tx, &house, &seen.view, register, &pairs)?;
            let record = register::load(tx, &house, &seen.view, register, &id)?;
            let record = as_of(tx, record, query.as_of)?;
            let tag = (query.expand.is_empty() && query.as_of.is_none()).then(|| tag::tag(record.version, seen.epoch));
            Ok((said(tx, &house, &seen.view, &record, &query.fields, &query.expand)?, tag))
        })
        .await?;
    let Some(tag) = tag else { return Ok(json_of(StatusCode::OK, &json)) };
    let mut answer = if tag::has(&call, &tag) {
        let mut answer = Response::new(Body::empty());
        *answer.status_mut() = StatusCode::NOT_MODIFIED;
        answer
    } else {
        json_of(StatusCode::OK, &json)
    };
    set(&mut answer, header::ETAG, &tag);
    Ok(answer)
}

fn as_of(tx: &mut db::Tx, record: Record, at: Option<time::Instant>) -> Result<Record> {
    match at {
        Some(at) => journal::rewind(tx, record, at)?.ok_or(Error::NotFound),
        None => Ok(record),
    }
}

/// A record as JSON, with the names of what it links to.
pub(super) fn said(
    tx: &mut db::Tx,
    house: &House,
    view: &kernel::who::View,
    record: &Record,
    fields: &[String],
    expand: &[String],
) -> Result<Json> {
    let names = register::names_of(tx, house, view, std::slice::from_ref(record), &[])?;
    Ok(register::to_json(view, record, &names, fields, expand))
}
