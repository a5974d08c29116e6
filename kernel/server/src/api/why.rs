//! Why a computed field is what it is, with the same reasons as the page shows.

use super::Asked;
use crate::answer::json_of;
use axum::body::Body;
use axum::http::{Response, StatusCode};
use kernel::describe::{Field, Register};
use kernel::explain::{Gave, Question, Reason, Reasons, of_field};
use kernel::register::{self, Names, Record, cell_json};
use kernel::who::why::can_see;
use kernel::{Error, Result, time};
use serde_json::{Value as Json, json};

/// `GET /api/v1/{kind}/{id}/why/{field}`; `access` for why the caller sees the record.
pub(super) async fn why((call, credential): Asked, register: &'static Register, id: String, key: String) -> Result<Response<Body>> {
    super::no_parameters(&call)?;
    let (house, now) = (call.app.house.clone(), call.app.now());
    let json = call
        .app
        .read(&credential, move |tx, seen| {
            seen.view.demand(register, "read")?;
            let view = &seen.view;
            let record = register::load(tx, &house, view, register, &id)?;
            if key == "access" {
                let known = can_see(tx, &house, view.person, &record)?;
                let step = |it: &kernel::explain::Step| one(&it.what, json!(it.value), "", it.counted);
                let steps: Vec<Json> = known.steps.iter().map(step).collect();
                return Ok(json!({ "field": key, "steps": steps, "result": known.result, "basis": known.basis, "agrees": true }));
            }
            let field = record.shape.field(&key).filter(|field| view.reads(register, field)).copied().ok_or(Error::NotFound)?;
            let reasons = of_field(tx, &Question { house: &house, view, record: &record, field: &field, now })?;
            let names = register::names_of(tx, &house, view, std::slice::from_ref(&record), &reasons.links(&house, &field))?;
            Ok(told(&record, &field, &reasons, &names))
        })
        .await?;
    Ok(json_of(StatusCode::OK, &json))
}

fn one(what: &str, value: Json, note: &str, counted: bool) -> Json {
    json!({ "what": what, "value": value, "note": note, "by": null, "at": null, "records": null, "counted": counted })
}

fn told(record: &Record, field: &Field, reasons: &Reasons, names: &Names) -> Json {
    let step = |reason: &Reason| {
        let value = match &reason.gave {
            Gave::Words(words) => json!(words),
            Gave::Value(field, cell) => cell_json(field, cell, names, true),
        };
        let mut step = one(&reason.what, value, &reason.note, reason.counted);
        if let Some(told) = reason.told {
            let person = told.actor.and_then(|id| names.get(&id));
            step["by"] = person.map_or(Json::Null, |it| json!({ "reference": it.reference, "title": it.title }));
            step["at"] = json!(time::rfc3339(told.at));
        }
        if !reason.records.is_empty() {
            step["records"] = json!(reason.records);
        }
        step
    };
    let steps: Vec<Json> = reasons.list.iter().map(step).collect();
    let result = cell_json(field, &reasons.value, names, false);
    json!({ "field": field.key, "steps": steps, "result": result, "basis": reasons.basis, "agrees": reasons.agree(record, field) })
}
