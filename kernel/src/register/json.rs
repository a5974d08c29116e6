//! Records as JSON: what the API gives.

use super::parse::exponent;
use super::{Cell, Name, Record};
use crate::describe::{Field, Kind};
use crate::time;
use crate::who::View;
use serde_json::{Map, Value as Json, json};
use std::collections::HashMap;

/// Names of linked records by id, from [`super::names_of`].
pub type Names = HashMap<i64, Name>;

/// A record as the API gives it. `fields` empty: all that the viewer may read; `expand`: link fields given with title.
pub fn to_json(view: &View, record: &Record, names: &Names, fields: &[String], expand: &[String]) -> Json {
    let mut map = Map::new();
    let wanted = |key: &str| fields.is_empty() || fields.iter().any(|it| it == key);
    let mut put = |key: &str, value: Json| {
        if wanted(key) || key == "reference" {
            map.insert(key.to_owned(), value);
        }
    };
    put("reference", json!(record.reference));
    put("id", json!(record.id.to_string()));
    put("organisation", link(record.organisation, names, expand.iter().any(|it| it == "organisation")));
    if !record.shape.register.states.is_empty() {
        put("state", json!(record.state));
    }
    for (field, cell) in record.shape.fields.iter().zip(&record.cells) {
        if wanted(field.key) && view.reads(record.shape.register, field) {
            map.insert(field.key.to_owned(), cell_json(field, cell, names, expand.iter().any(|it| it == field.key)));
        }
    }
    let mut put = |key: &str, value: Json| {
        if wanted(key) {
            map.insert(key.to_owned(), value);
        }
    };
    put("created_at", json!(time::rfc3339(record.created_at)));
    put("updated_at", json!(time::rfc3339(record.updated_at)));
    put("version", json!(record.version));
    if let Some(at) = record.retired_at {
        put("retired_at", json!(time::rfc3339(at)));
    }
    Json::Object(map)
}

/// One value as the API gives it.
pub fn cell_json(field: &Field, cell: &Cell, names: &Names, expand: bool) -> Json {
    match (field.kind, cell) {
        (Kind::Many(_), Cell::Many(ids)) => ids.iter().map(|id| link(*id, names, expand)).filter(|it| !it.is_null()).collect(),
        (Kind::Many(_), _) => json!([]),
        (_, Cell::Null) => Json::Null,
        (Kind::Link(_), Cell::Int(id)) | (Kind::LinkAny, Cell::Any(_, id)) => link(*id, names, expand),
        (Kind::Bool, Cell::Int(yes)) => json!(*yes == 1),
        (Kind::Time, Cell::Int(at)) => json!(time::rfc3339(*at)),
        (Kind::Duration, Cell::Int(seconds)) => json!(time::iso_duration(*seconds)),
        (_, Cell::Money(minor, currency)) => json!({ "amount": amount(*minor, currency), "currency": currency }),
        (_, cell) => cell.journalled(),
    }
}

fn link(id: i64, names: &Names, expand: bool) -> Json {
    match names.get(&id) {
        None => Json::Null,
        Some(name) if expand => json!({ "reference": name.reference, "title": name.title }),
        Some(name) => json!(name.reference),
    }
}

/// Minor units as a decimal text.
pub fn amount(minor: i64, currency: &str) -> String {
    let exponent = exponent(currency);
    let scale = 10_u64.pow(exponent);
    let sign = if minor < 0 { "-" } else { "" };
    let minor = minor.unsigned_abs();
    match exponent {
        0 => format!("{sign}{minor}"),
        digits => format!("{sign}{}.{:0width$}", minor / scale, minor % scale, width = digits as usize),
    }
}
