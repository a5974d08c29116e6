//! A list of records.

use super::Asked;
use crate::answer::json_of;
use crate::query::pairs;
use axum::body::Body;
use axum::http::{Response, StatusCode};
use kernel::describe::{Kind, Register};
use kernel::register::{self, Query};
use kernel::who::View;
use kernel::{House, Result};
use serde_json::{Map, Value as Json};

/// `GET /api/v1/{kind}`
pub(super) async fn list((call, credential): Asked, register: &'static Register) -> Result<Response<Body>> {
    let pairs = pairs(call.query())?;
    let house = call.app.house.clone();
    let json = call
        .app
        .read(&credential, move |tx, seen| {
            seen.view.demand(register, "read")?;
            let mut query = Query::parse(tx, &house, &seen.view, register, &pairs)?;
            query.lean = lean(&house, register, &query);
            page(tx, &house, &seen.view, register, &query)
        })
        .await?;
    Ok(json_of(StatusCode::OK, &json))
}

fn page(tx: &mut db::Tx, house: &House, view: &View, register: &'static Register, query: &Query) -> Result<Json> {
    let page = register::list(tx, house, view, register, query)?;
    let names = register::names_of(tx, house, view, &page.records, &[])?;
    let one = |record| register::to_json(view, record, &names, &query.fields, &query.expand);
    let mut json = Map::new();
    json.insert("items".into(), page.records.iter().map(one).collect());
    json.insert("next".into(), page.next.map(|cursor| cursor.encode()).into());
    if let Some(count) = page.count {
        json.insert("count".into(), count.into());
        json.insert("count_exact".into(), (!page.more).into());
    }
    Ok(Json::Object(json))
}

/// Whether long texts can be left out because the fields asked for have none.
fn lean(house: &House, register: &'static Register, query: &Query) -> bool {
    let shape = house.shape(register);
    let long = |key: &String| shape.field(key).is_some_and(|field| !field.listed && matches!(field.kind, Kind::Text { .. }));
    !query.fields.is_empty() && query.as_of.is_none() && !query.fields.iter().any(long)
}
