//! The history of a record, with what the reader may not read taken out.

use super::Asked;
use crate::answer::json_of;
use crate::query::pairs;
use axum::body::Body;
use axum::http::{Response, StatusCode};
use db::Tx;
use kernel::describe::{self, Field, Kind, Register};
use kernel::journal::{self, Entry};
use kernel::register::{self, Cell, Names, Record, cell_json};
use kernel::who::View;
use kernel::{Error, House, Result, time};
use serde_json::{Map, Value as Json, json};

/// What a history can be asked with.
pub(super) const PARAMETERS: &[&str] = &["limit", "cursor"];

/// `GET /api/v1/{kind}/{id}/journal`
pub(super) async fn journal((call, credential): Asked, register: &'static Register, id: String) -> Result<Response<Body>> {
    let pairs = pairs(call.query())?;
    super::known_parameters(&pairs, PARAMETERS)?;
    let (limit, before) = page(&pairs)?;
    let house = call.app.house.clone();
    let json = call
        .app
        .read(&credential, move |tx, seen| {
            seen.view.demand(register, "read")?;
            let record = register::load(tx, &house, &seen.view, register, &id)?;
            let mut entries = journal::history(tx, record.id, before, limit + 1)?;
            let more = entries.len() > limit;
            entries.truncate(limit);
            let next = entries.last().filter(|_| more).map(|it| format!("{}.{}", it.at, it.seq));
            let inner = seen.view.may(register, "internal");
            entries.retain(|entry| inner || !journal::inner(register, entry));
            let items = told(tx, &house, &seen.view, &record, &entries)?;
            Ok(json!({ "items": items, "next": next }))
        })
        .await?;
    Ok(json_of(StatusCode::OK, &json))
}

fn page(pairs: &[(String, String)]) -> Result<(usize, Option<(i64, i64)>)> {
    let asked = |name: &str| pairs.iter().rev().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
    let limit = asked("limit").map_or(Some(50), |limit| limit.parse().ok().filter(|it| (1..=200).contains(it)));
    let limit = limit.ok_or_else(|| Error::malformed("limit", "This must be a whole number from 1 to 200."))?;
    let before = asked("cursor").map(|cursor| {
        let parts = cursor.split_once('.').and_then(|(at, seq)| Some((at.parse().ok()?, seq.parse().ok()?)));
        parts.ok_or_else(|| Error::malformed("cursor", "This cursor is not one that Reeve gave out. Begin without a cursor."))
    });
    Ok((limit, before.transpose()?))
}

/// Entries as JSON.
fn told(tx: &mut Tx, house: &House, view: &View, record: &Record, entries: &[Entry]) -> Result<Vec<Json>> {
    let mut linked = Vec::new();
    for entry in entries {
        linked.extend(entry.actor.map(|id| ("people", id)));
        for (field, cells) in values(record, entry) {
            cells.iter().for_each(|cell| links(house, field.kind, cell, &mut linked));
        }
    }
    let names = register::names_of(tx, house, view, &[], &linked)?;
    Ok(entries.iter().map(|entry| one(view, record, entry, &names)).collect())
}

fn one(view: &View, record: &Record, entry: &Entry, names: &Names) -> Json {
    let register = record.shape.register;
    let content = entry.content.clone();
    let mut changes = Map::new();
    let mut input = Map::new();
    for (field, cells) in values(record, entry).into_iter().filter(|(field, _)| view.reads(register, field)) {
        match cells.as_slice() {
            [from, to] => {
                let pair = json!({ "from": cell_json(&field, from, names, false), "to": cell_json(&field, to, names, false) });
                changes.insert(field.key.to_owned(), pair);
            }
            [asked] => drop(input.insert(field.key.to_owned(), cell_json(&field, asked, names, false))),
            _ => {}
        }
    }
    let actor = entry.actor.and_then(|id| names.get(&id)).map(|it| json!({ "reference": it.reference, "title": it.title }));
    json!({
        "act": entry.act.to_string(), "verb": entry.verb, "at": time::rfc3339(entry.at), "recorded_at": time::rfc3339(entry.recorded_at),
        "actor": actor, "means": entry.means, "through": entry.through, "changes": changes, "input": input,
        "reason": content.as_ref().and_then(|it| it.reason.clone()), "redacted": entry.redacted(),
    })
}

/// Fields of an entry with their values: two for a change (from, to), one for an answer to the verb's questions.
fn values(record: &Record, entry: &Entry) -> Vec<(Field, Vec<Cell>)> {
    let Some(content) = &entry.content else { return Vec::new() };
    let shape = &record.shape;
    let changed = content.changes.iter().filter_map(|(key, change)| {
        let field = common(key).or_else(|| shape.field(key).copied())?;
        let cell = |at: usize| Cell::from_journal(field.kind, change.get(at).unwrap_or(&Json::Null));
        Some((field, vec![cell(0), cell(1)]))
    });
    let asks = shape.register.verb(&entry.verb).map_or(&[][..], |verb| verb.asks);
    let asked = asks.iter().filter_map(|field| Some((*field, vec![Cell::from_journal(field.kind, content.input.get(field.key)?)])));
    changed.chain(asked).collect()
}

/// What every record has, as fields.
fn common(key: &str) -> Option<Field> {
    match key {
        "state" => Some(describe::line("state", "State")),
        "organisation" => Some(describe::link("organisation", "Organisation", "organisations")),
        "retired_at" => Some(describe::time("retired_at", "Retired")),
        _ => None,
    }
}

fn links(house: &House, kind: Kind, cell: &Cell, linked: &mut Vec<(&'static str, i64)>) {
    match (kind, cell) {
        (Kind::Link(to), Cell::Int(id)) => linked.push((to, *id)),
        (Kind::Many(to), Cell::Many(ids)) => linked.extend(ids.iter().map(|id| (to, *id))),
        (Kind::LinkAny, Cell::Any(to, id)) => linked.extend(house.register(to).map(|register| (register.key, *id))),
        _ => {}
    }
}
