//! One record, under guard.

use super::{Record, edges, read_row};
use crate::describe::Register;
use crate::house::House;
use crate::who::{View, guard::any_of, guard::guard};
use crate::{Error, Result};
use db::{Tx, Value};

/// The record of a reference (any case), with its `Many` fields; `NotFound` if it does not exist or may not be seen.
///
/// A merged record's reference leads to the survivor.
pub fn load(tx: &mut Tx, house: &House, view: &View, register: &'static Register, reference: &str) -> Result<Record> {
    find(tx, house, view, register, ("t.reference", Value::Text(reference.to_ascii_uppercase())), "read", false)
}

/// The same, locked until the transaction ends (on PostgreSQL; SQLite has one writer), and checked for `verb`:
/// a record that may be seen but not done this to is `Forbidden`.
pub fn load_for_update(
    tx: &mut Tx,
    house: &House,
    view: &View,
    register: &'static Register,
    reference: &str,
    verb: &str,
) -> Result<Record> {
    let by = || ("t.reference", Value::Text(reference.to_ascii_uppercase()));
    match find(tx, house, view, register, by(), verb, true) {
        Err(Error::NotFound) if verb != "read" => {
            find(tx, house, view, register, by(), "read", false)?;
            Err(Error::forbidden(register.key, verb))
        }
        found => found,
    }
}

/// The record of an id, under guard.
pub fn by_id(tx: &mut Tx, house: &House, view: &View, register: &'static Register, id: i64) -> Result<Record> {
    find(tx, house, view, register, ("t.id", Value::Int(id)), "read", false)
}

/// The record of an id, for reactions and rules of the house itself, without guard. Never for what a person sees.
pub fn by_id_unguarded(tx: &mut Tx, house: &House, register: &'static Register, id: i64) -> Result<Option<Record>> {
    let shape = house.shape(register);
    let sql = format!("{} where t.id = ?1", shape.select);
    let row = tx.maybe(&sql, &[Value::Int(id)])?;
    row.map(|mut row| read_row(&shape, &mut row)).transpose()
}

/// The records of some ids that the viewer may see, without those retired, long texts and many links; at most a page of them.
pub fn by_ids(tx: &mut Tx, house: &House, view: &View, register: &'static Register, ids: &[i64]) -> Result<Vec<Record>> {
    let shape = house.shape(register);
    let mut args = Vec::new();
    let Some(rows) = guard(view, register, "read", &mut args).filter(|_| !ids.is_empty()) else { return Ok(Vec::new()) };
    let among = any_of("t.id", ids, &mut args);
    let mut found = tx.all(&format!("{} where {rows} and t.retired_at is null and {among}", shape.lean), &args)?;
    found.iter_mut().map(|row| read_row(&shape, row)).collect()
}

fn find(tx: &mut Tx, house: &House, view: &View, register: &'static Register, by: (&str, Value), verb: &str, lock: bool) -> Result<Record> {
    let shape = house.shape(register);
    let mut args = vec![by.1];
    let rows = guard(view, register, verb, &mut args).ok_or(Error::NotFound)?;
    let lock = if lock { " FOR UPDATE" } else { "" };
    let sql = format!("{} where {} = ?1 and {rows}{lock}", shape.select, by.0);
    let Some(mut row) = tx.maybe(&sql, &args)? else {
        return moved(tx, house, view, register, &args[0], verb);
    };
    let mut records = [read_row(&shape, &mut row)?];
    edges::fill_many(tx, &mut records)?;
    let [record] = records;
    Ok(record)
}

/// The survivor of a merged record.
fn moved(tx: &mut Tx, house: &House, view: &View, register: &'static Register, reference: &Value, verb: &str) -> Result<Record> {
    let Value::Text(reference) = reference else { return Err(Error::NotFound) };
    let sql = "select record from alias where reference = ?1";
    let row = tx.maybe(sql, &[Value::Text(reference.clone())])?.ok_or(Error::NotFound)?;
    find(tx, house, view, register, ("t.id", Value::Int(row.int(0)?)), verb, false)
}
