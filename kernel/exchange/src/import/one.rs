//! One row: found, made or changed, through the same engine as a form.

use super::plan::{Item, Plan};
use super::store;
use db::{Tx, Value};
use kernel::describe::{Kind, Register};
use kernel::register::{Filter, Op, Query, Record, Sent, by_id, create, edit, list, load, parse};
use kernel::who::View;
use kernel::{Act, Error, FieldError, House, Result};

/// What became of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    Created,
    Changed,
    Same,
    /// Nothing of it was kept, for these reasons. `link`: something it points at was missing, which a later row may bring.
    Refused {
        reasons: Vec<String>,
        link: bool,
    },
}

/// Brings one row in.
///
/// # Errors
/// As the register's own create and edit; and that the record made of the row earlier is gone.
pub(super) fn bring(act: &mut Act, register: &'static Register, plan: &Plan, source: &str, item: &Item) -> Result<Outcome> {
    match brought(act, register, plan, source, item) {
        Ok(outcome) if item.wrong.is_empty() => Ok(outcome),
        Ok(_) => Err(Error::Invalid(item.wrong.clone())),
        Err(Error::Invalid(more)) => Err(Error::Invalid(all_wrong(item, more))),
        Err(other) => Err(other),
    }
}

/// What is wrong with a row as it was read, and what else the register finds: a value that could not be sent is not missed as well.
pub(super) fn all_wrong(item: &Item, more: Vec<FieldError>) -> Vec<FieldError> {
    let known = |it: &FieldError| item.wrong.iter().any(|wrong| wrong.field == it.field);
    item.wrong.iter().cloned().chain(more.into_iter().filter(|it| !known(it))).collect()
}

fn brought(act: &mut Act, register: &'static Register, plan: &Plan, source: &str, item: &Item) -> Result<Outcome> {
    let here = match made_earlier(act.tx, act.house, act.view, register, source, item)? {
        Some((_, true)) => return Ok(Outcome::Same),
        Some((record, false)) => Some(record),
        None => find_matched(act.tx, act.house, act.view, register, plan, item)?,
    };
    let (record, outcome) = match here {
        None => (create(act, register, sent(plan, item))?, Outcome::Created),
        Some(before) => {
            let after = edit(act, register, &before.reference, sent(plan, item), None)?;
            let outcome = if after.version == before.version { Outcome::Same } else { Outcome::Changed };
            (after, outcome)
        }
    };
    let own = store::own(act.view.organisation, source);
    store::keep(act.tx, &own, register, item, record.id, act.recorded_at)?;
    Ok(outcome)
}

/// The record that was made of a row earlier, and whether the row is the same as then. What was made for another organisation is not
/// known here, whatever its row held.
pub(super) fn made_earlier(
    tx: &mut Tx,
    house: &House,
    view: &View,
    register: &'static Register,
    source: &str,
    item: &Item,
) -> Result<Option<(Record, bool)>> {
    let own = store::own(view.organisation, source);
    for place in [own.as_str(), source] {
        let Some(known) = store::find(tx, place, register, &item.foreign)? else { continue };
        match by_id(tx, house, view, register, known.record) {
            Ok(record) => return Ok(Some((record, known.digest == item.digest))),
            Err(Error::NotFound) if place == own => {
                return Err(Error::Conflict("The record made of this row earlier is no longer there, or you may not see it.".into()));
            }
            Err(Error::NotFound) => {}
            Err(other) => return Err(other),
        }
    }
    Ok(None)
}

/// What is sent to the register.
pub(super) fn sent<'a>(plan: &Plan, item: &'a Item) -> Sent<'a> {
    Sent { fields: &item.fields, source: plan.source }
}

/// The record that is here already and has the value rows are matched by; none if nothing is matched or none has it.
///
/// # Errors
/// Several have it; or rows are matched by reference and there is none.
pub(super) fn find_matched(
    tx: &mut Tx,
    house: &House,
    view: &View,
    register: &'static Register,
    plan: &Plan,
    item: &Item,
) -> Result<Option<Record>> {
    let (Some(matching), Some(value)) = (&plan.matching, &item.matched) else { return Ok(None) };
    let Some(field) = matching.field else {
        let reference = value.as_str().unwrap_or_default();
        return match load(tx, house, view, register, reference) {
            Ok(record) => Ok(Some(record)),
            Err(Error::NotFound) => {
                Err(Error::Conflict(format!("There is no {} {reference} that you may see.", register.one.to_lowercase())))
            }
            Err(other) => Err(other),
        };
    };
    let cell = match parse(tx, house, view, &field, value, plan.source)? {
        Ok(cell) => cell,
        Err(message) => return Err(Error::invalid(field.key, message)),
    };
    let wanted = match field.kind {
        Kind::Int { .. } => cell.int().map(Value::Int),
        // Addresses are kept in small letters.
        _ if field.key == "email" => Some(Value::Text(cell.text().to_lowercase())),
        _ => Some(Value::from(cell.text())),
    };
    let Some(wanted) = wanted else { return Ok(None) };
    let filter = Filter { key: field.key.to_owned(), op: Op::Is, values: vec![wanted], written: String::new() };
    let query = Query { filters: vec![filter], limit: 2, ..Query::plain(register) };
    let mut found = list(tx, house, view, register, &query)?.records;
    match found.len() {
        0 | 1 => Ok(found.pop()),
        _ => Err(Error::Conflict(format!("Several {} have this {}.", register.many.to_lowercase(), field.label.to_lowercase()))),
    }
}
