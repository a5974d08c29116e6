//! Creating, changing and retiring: rules, checks, row, edges, search, journal, reactions; in this order, in one transaction.

use super::parse::{fill, refusals};
use super::validate::validate;
use super::{Cell, Draft, Record, Source, edges, insert_row, load_for_update, names, update_row};
use crate::act::Act;
use crate::describe::{self, Register};
use crate::journal::{self, Content, NewEntry};
use crate::who::View;
use crate::{Error, FieldError, Result, search};
use serde_json::{Map, Value as Json};
use std::sync::Arc;

/// Values as they came in, and from what sort of sender.
#[derive(Clone, Copy)]
pub struct Sent<'a> {
    /// Field key to value.
    pub fields: &'a Map<String, Json>,
    /// API or text.
    pub source: Source,
}

/// An empty record of a register, with the presets of its fields.
pub fn blank(act: &mut Act, register: &'static Register) -> Result<Draft> {
    let shape = act.house.shape(register);
    let cells = shape.fields.iter().map(|field| if let describe::Kind::Many(_) = field.kind { Cell::Many(Vec::new()) } else { Cell::Null });
    let record = Record {
        id: 0,
        reference: String::new(),
        organisation: act.view.organisation,
        state: register.first_state().to_owned(),
        version: 0,
        created_at: act.at,
        updated_at: act.at,
        retired_at: None,
        cells: cells.collect(),
        shape: Arc::clone(&shape),
    };
    let mut draft = Draft { record, before: None, errors: Vec::new() };
    for field in shape.fields.iter().filter(|field| !field.preset.is_empty()) {
        let preset = Json::from(field.preset);
        if let Ok(cell) = super::parse(act.tx, act.house, act.view, field, &preset, Source::Text)? {
            draft.set(field.key, cell);
        }
    }
    Ok(draft)
}

/// Makes a record of what was sent.
pub fn create(act: &mut Act, register: &'static Register, sent: Sent) -> Result<Record> {
    act.view.demand(register, "create")?;
    if register.closed {
        return Err(Error::Conflict(format!("{} are not made directly.", register.many)));
    }
    let mut draft = blank(act, register)?;
    fill(act.tx, act.house, act.view, &mut draft, sent.fields, sent.source)?;
    save(act, draft, "create", Map::new())
}

/// Changes a record to what was sent. `if_match`: the version it was read at; refused if it has another by now.
pub fn edit(act: &mut Act, register: &'static Register, reference: &str, sent: Sent, if_match: Option<i64>) -> Result<Record> {
    let record = load_for_update(act.tx, act.house, act.view, register, reference, "edit")?;
    fresh(&record, if_match)?;
    let mut draft = Draft::of(record);
    fill(act.tx, act.house, act.view, &mut draft, sent.fields, sent.source)?;
    save(act, draft, "edit", Map::new())
}

/// Retires a record: it leaves lists and choices, and stays in history. Doing it twice changes nothing.
pub fn retire(act: &mut Act, register: &'static Register, reference: &str, if_match: Option<i64>) -> Result<Record> {
    let record = load_for_update(act.tx, act.house, act.view, register, reference, "retire")?;
    fresh(&record, if_match)?;
    let mut draft = Draft::of(record);
    draft.record.retired_at = draft.record.retired_at.or(Some(act.at));
    save(act, draft, "retire", Map::new())
}

pub(super) fn fresh(record: &Record, if_match: Option<i64>) -> Result<()> {
    match if_match {
        Some(version) if version != record.version => Err(Error::Stale { version: record.version }),
        _ => Ok(()),
    }
}

/// Saves a draft under a verb. Everything that writes a record comes through here.
pub fn save(act: &mut Act, mut draft: Draft, verb: &str, input: Map<String, Json>) -> Result<Record> {
    let register = draft.record.shape.register;
    missing(act.view, &mut draft);
    refusals(&mut draft.errors)?;
    (register.rules)(&mut draft);
    (register.completes)(act, &mut draft)?;
    validate(act.view, &mut draft);
    refusals(&mut draft.errors)?;
    let mut content = Content { changes: changes(&draft), input, reason: act.reason.clone(), ..Content::default() };
    let idempotent = matches!(verb, "edit" | "retire") || register.verb(verb).is_some_and(|it| it.idempotent);
    if content.changes.is_empty() && idempotent {
        return Ok(draft.record);
    }
    write(act, &mut draft)?;
    content.version = Some(draft.record.version);
    act.changed += 1;
    let record = &draft.record;
    let entry = NewEntry {
        register: register.key,
        record: record.id,
        organisation: record.organisation,
        verb,
        at: act.at,
        actor: Some(act.view.person).filter(|id| *id != 0),
        content: &content,
    };
    journal::write(act, &entry)?;
    search::follow(act, &draft)?;
    names::follow(act.tx, &draft)?;
    let change = describe::Change { register, verb, before: draft.before.as_ref(), after: &draft.record };
    for reaction in act.house.reactions(register.key).to_vec() {
        (reaction.run)(act, &change)?;
    }
    Ok(draft.record)
}

/// Beside what was refused as it was read, what is not there at all, so that all of it is said at once: required fields that people fill in
/// and rules do not.
fn missing(view: &View, draft: &mut Draft) {
    if draft.errors.is_empty() {
        return;
    }
    let register = draft.record.shape.register;
    let mut trial = Draft { errors: Vec::new(), ..draft.clone() };
    (register.rules)(&mut trial);
    trial.errors = std::mem::take(&mut draft.errors);
    let known = trial.errors.len();
    validate(view, &mut trial);
    let shape = Arc::clone(&trial.record.shape);
    let absent = |key: &str| shape.field(key).is_some_and(|it| it.required && !it.computed && trial.get(key).is_null());
    let found: Vec<FieldError> = trial.errors[known..].iter().filter(|it| absent(&it.field)).cloned().collect();
    draft.errors = trial.errors;
    draft.errors.truncate(known);
    draft.errors.extend(found);
}

fn write(act: &mut Act, draft: &mut Draft) -> Result<()> {
    let record = &mut draft.record;
    record.updated_at = act.at.max(record.updated_at);
    if let Some(before) = &draft.before {
        record.version += 1;
        update_row(act.tx, record, before)?;
    } else {
        if record.id == 0 {
            record.id = act.new_id();
        }
        if record.reference.is_empty() {
            let number = act.tx.next_number(&record.shape.register.prefix.to_ascii_lowercase())?;
            record.reference = format!("{}-{number}", record.shape.register.prefix);
        }
        record.version = 1;
        insert_row(act.tx, record)?;
    }
    edges::save_many(act, draft)
}

/// From what to what, for every field that differs.
fn changes(draft: &Draft) -> journal::Changes {
    let mut content = Content::default();
    let record = &draft.record;
    for (place, field) in record.shape.fields.iter().enumerate() {
        let was = draft.before.as_ref().map_or(&Cell::Null, |before| &before.cells[place]);
        let now = &record.cells[place];
        if was != now && !(was.is_null() && now.is_null()) {
            content.change(field.key, was, now);
        }
    }
    let before = draft.before.as_ref();
    let state = before.map_or("", |it| it.state.as_str());
    if state != record.state {
        content.change("state", &Cell::from(state), &Cell::from(record.state.as_str()));
    }
    if let Some(before) = before {
        if before.organisation != record.organisation {
            content.change("organisation", &before.organisation.into(), &record.organisation.into());
        }
        if before.retired_at != record.retired_at {
            content.change("retired_at", &before.retired_at.into(), &record.retired_at.into());
        }
    }
    content.changes
}
