//! The kinds of record and what each is made of.

use super::Asked;
use crate::answer::json_of;
use axum::body::Body;
use axum::http::{Response, StatusCode};
use kernel::describe::{Choice, Field, Kind, Register, Verb};
use kernel::who::View;
use kernel::{House, Result};
use serde_json::{Map, Value as Json, json};

/// `GET /api/v1`
pub(super) async fn all((call, credential): Asked) -> Result<Response<Body>> {
    super::no_parameters(&call)?;
    let house = call.app.house.clone();
    let read = move |_: &mut db::Tx, seen: &std::sync::Arc<crate::gate::Seen>| {
        let kinds = house.registers.iter().filter(|register| seen.view.may(register, "read"));
        let one = |register: &&'static Register| {
            json!({ "kind": register.key, "title": register.many, "about": register.about,
                    "url": format!("/api/v1/{}", register.key), "description": format!("/api/v1/kinds/{}", register.key) })
        };
        Ok(json!({ "kinds": kinds.map(one).collect::<Vec<_>>(), "search": "/api/v1/search", "openapi": "/api/openapi.json" }))
    };
    let json = call.app.read(&credential, read).await?;
    Ok(json_of(StatusCode::OK, &json))
}

/// `GET /api/v1/kinds/{kind}`
pub(super) async fn one((call, credential): Asked, register: &'static Register) -> Result<Response<Body>> {
    super::no_parameters(&call)?;
    let house = call.app.house.clone();
    let read = move |_: &mut db::Tx, seen: &std::sync::Arc<crate::gate::Seen>| {
        seen.view.demand(register, "read")?;
        Ok(describe(&house, &seen.view, register))
    };
    let json = call.app.read(&credential, read).await?;
    Ok(json_of(StatusCode::OK, &json))
}

fn describe(house: &House, view: &View, register: &'static Register) -> Json {
    let shape = house.shape(register);
    let fields = shape.fields.iter().filter(|field| view.reads(register, field)).map(field);
    let states = register.states.iter().map(|it| json!({ "key": it.key, "label": it.label, "starts": it.starts, "ends": it.ends }));
    let verbs = register.verbs.iter().filter(|verb| view.may(register, verb.key)).map(|it| verb(view, register, it));
    json!({
        "kind": register.key, "one": register.one, "many": register.many, "about": register.about, "prefix": register.prefix,
        "may": register.permissions().filter(|verb| view.may(register, verb)).collect::<Vec<_>>(),
        "fields": fields.collect::<Vec<_>>(), "states": states.collect::<Vec<_>>(), "verbs": verbs.collect::<Vec<_>>(),
    })
}

fn verb(view: &View, register: &'static Register, verb: &Verb) -> Json {
    let asks: Vec<Json> = verb.asks.iter().filter(|it| view.reads(register, it)).map(field).collect();
    json!({ "key": verb.key, "label": verb.label, "help": verb.help, "from": verb.from, "to": verb.to, "asks": asks })
}

fn field(field: &Field) -> Json {
    let mut json = Map::new();
    json.insert("key".into(), field.key.into());
    json.insert("label".into(), field.label.into());
    json.insert("type".into(), kind(field.kind).into());
    let about = [("help", field.help), ("to", field.target().unwrap_or_default()), ("preset", field.preset)];
    json.extend(about.iter().filter(|(_, text)| !text.is_empty()).map(|(key, text)| ((*key).to_owned(), Json::from(*text))));
    let marks = [
        ("required", field.required),
        ("computed", field.computed),
        ("filtered", field.filtered),
        ("confidential", field.confidential),
        ("internal", field.internal),
        ("custom", field.custom),
    ];
    json.extend(marks.iter().filter(|(_, on)| *on).map(|(key, _)| ((*key).to_owned(), Json::Bool(true))));
    if !field.choices().is_empty() {
        let value = |it: &Choice| if matches!(field.kind, Kind::Level(_)) { json!(it.rung) } else { json!(it.key) };
        let choices = field.choices().iter().map(|it| json!({ "value": value(it), "label": it.label }));
        json.insert("choices".into(), choices.collect());
    }
    Json::Object(json)
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Line { .. } => "line",
        Kind::Text { .. } => "text",
        Kind::Int { .. } => "integer",
        Kind::Real => "number",
        Kind::Bool => "boolean",
        Kind::Date => "date",
        Kind::Time => "time",
        Kind::Duration => "duration",
        Kind::Money => "money",
        Kind::Choice(_) => "choice",
        Kind::Level(_) => "level",
        Kind::Link(_) => "link",
        Kind::LinkAny => "link to any kind",
        Kind::Many(_) => "links",
    }
}
