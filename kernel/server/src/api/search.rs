//! Search across kinds.

use super::Asked;
use crate::answer::json_of;
use crate::query::pairs;
use axum::body::Body;
use axum::http::{Response, StatusCode};
use kernel::{Error, Result, search as engine};
use serde_json::{Value as Json, json};

/// What search can be asked with.
pub(super) const PARAMETERS: &[&str] = &["q", "kind", "limit"];

/// Most characters searched for.
const LONGEST: usize = 400;

/// `GET /api/v1/search`
pub(super) async fn search((call, credential): Asked) -> Result<Response<Body>> {
    let pairs = pairs(call.query())?;
    super::known_parameters(&pairs, PARAMETERS)?;
    let asked = |name: &str| pairs.iter().rev().find(|(key, _)| key == name).map(|(_, value)| value.clone());
    let q = asked("q").filter(|q| !q.trim().is_empty()).ok_or_else(|| Error::malformed("q", "Say what to search for, like ?q=printer."))?;
    if q.chars().count() > LONGEST {
        return Err(Error::malformed("q", format!("At most {LONGEST} characters can be searched for.")));
    }
    let limit = asked("limit").map_or(Some(20), |limit| limit.parse().ok().filter(|it| (1..=100).contains(it)));
    let limit: usize = limit.ok_or_else(|| Error::malformed("limit", "This must be a whole number from 1 to 100."))?;
    let kind = asked("kind");
    let house = call.app.house.clone();
    let found = call
        .app
        .read(&credential, move |tx, seen| {
            let only = kind.as_deref().map(|kind| {
                let register = house.register(kind).filter(|register| seen.view.may(register, "read"));
                register.ok_or_else(|| Error::malformed("kind", "There is no such kind. /api/v1 names those that exist."))
            });
            let hits = engine::find(tx, &house, &seen.view, &q, only.transpose()?, limit)?;
            let one = |hit: &engine::Hit| {
                let record = &hit.record;
                let kind = record.shape.register.key;
                json!({ "kind": kind, "reference": record.reference, "title": record.title(), "state": record.state,
                        "url": format!("/api/v1/{kind}/{}", record.reference) })
            };
            Ok(hits.iter().take(limit).map(one).collect::<Vec<Json>>())
        })
        .await?;
    Ok(json_of(StatusCode::OK, &json!({ "items": found })))
}
