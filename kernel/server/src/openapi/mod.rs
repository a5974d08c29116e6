//! The OpenAPI document, generated from the registers.

mod files;
mod operation;
mod parameter;
mod schema;

use crate::answer::json_of;
use crate::call::Call;
use crate::query;
use axum::body::Body;
use axum::http::{Response, StatusCode};
use kernel::House;
use kernel::Result;
use kernel::describe::Register;
use kernel::who::View;
use serde_json::{Map, Value as Json, json};
use std::sync::Arc;

/// Who reads the document decides what stands in it; nobody in particular: what ships.
#[derive(Clone, Copy)]
struct Reader<'a>(Option<&'a View>);

impl Reader<'_> {
    fn may(self, register: &Register, verb: &str) -> bool {
        self.0.is_none_or(|view| view.may(register, verb))
    }
    fn reads(self, register: &Register, field: &kernel::describe::Field) -> bool {
        self.0.map_or(!field.custom, |view| view.reads(register, field))
    }
}

/// `GET /api/openapi.json`: for whoever asks, or for nobody the document of what ships.
pub(crate) async fn serve(call: &Call) -> Result<Response<Body>> {
    query::pairs(call.query())?;
    let bearer = call.bearer();
    let credential = if bearer.digest().is_empty() { call.session() } else { bearer };
    let house = Arc::clone(&call.app.house);
    let json = if credential.digest().is_empty() {
        document(&house, None)
    } else {
        call.app.read(&credential, move |_, seen| Ok(document(&house, Some(&seen.view)))).await?
    };
    Ok(json_of(StatusCode::OK, &json))
}

/// The document. Without a viewer: everything that ships, without fields that an organisation added.
pub fn document(house: &House, view: Option<&View>) -> Json {
    let reader = Reader(view);
    let mut paths = Map::new();
    let mut schemas = schema::shared();
    paths.insert("/api/v1".into(), operation::index());
    paths.insert("/api/v1/search".into(), operation::search());
    for register in house.registers.iter().filter(|register| reader.may(register, "read")) {
        schema::of(house, reader, register, &mut schemas);
        operation::of(house, reader, register, &mut paths);
    }
    let tags = house.registers.iter().filter(|register| reader.may(register, "read"));
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Reeve", "version": env!("CARGO_PKG_VERSION"), "license": { "name": "Apache-2.0", "identifier": "Apache-2.0" },
            "description": "Every kind of record is reached in the same way. Times are RFC 3339 in UTC, durations ISO 8601, money an amount with its currency. Filters are query parameters named after fields, with the operators __ne, __gt, __gte, __lt, __lte, __contains and __empty; a comma means any of. What went wrong is application/problem+json (RFC 9457).",
        },
        "servers": [{ "url": "/" }],
        "security": [{ "token": [] }],
        "tags": tags.map(|it| json!({ "name": it.key, "description": it.about })).collect::<Vec<_>>(),
        "paths": paths,
        "components": {
            "securitySchemes": { "token": { "type": "http", "scheme": "bearer", "description": "An API token, made on the page of one's profile or with `reeve token create`." } },
            "schemas": schemas,
            "responses": operation::problems(),
        },
    })
}
