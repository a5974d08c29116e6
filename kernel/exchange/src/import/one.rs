//! One row: found, made or changed, through the same engine as a form.

use super::plan::{Item, Plan};
use super::store;
use db::{Tx, Value};
use kernel::describe::{Kind, Register};
use kernel::register::{Filter, Op, Query, Record, Sent, by_id, create, edit, list, load, parse};
use kernel::who::View;
use kernel::{Act, Error, House, Result};

/// What became of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    Created,
    Changed,
    Same,
    /// Nothing of it was kept, for this reason. `link`: something it points at was missing, which a later row may bring.
    Refused {
        reason: String,
        link: bool,
    },
}

/// Brings one row in.
///
/// # Errors
/// As the register's own create and edit; and that the record made of the row earlier is gone.
pub(super) fn bring(act: &mut Act, register: &'static Register, plan: &Plan, source: &str, item: &Item) -> Result<Outcome> {
    let known = store::find(act.tx, source, register, &item.foreign)?;
    let here = match known {
        Some(known) if known.digest == item.digest => return Ok(Outcome::Same),
        Some(known) => Some(made_earlier(act, register, known.record)?),
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
    store::keep(act.tx, source, register, item, record.id, act.recorded_at)?;
    Ok(outcome)
}

fn made_earlier(act: &mut Act, register: &'static Register, id: i64) -> Result<Record> {
    by_id(act.tx, act.house, act.view, register, id).map_err(|error| match error {
        Error::NotFound => Error::Conflict("The record made of this row earlier is no longer there, or you may not see it.".into()),
        other => other,
    })
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
