//! Rows to records and back.

use super::shape::{COMMON_COUNT, columns_of};
use super::{Cell, Record, Shape};
use crate::describe::{Field, Kind};
use crate::{Error, Result};
use db::{Row, Tx, Value};
use serde_json::{Map, Value as Json};
use std::fmt::Write;
use std::sync::Arc;

/// Reads a row selected by [`Shape::select`].
pub fn read_row(shape: &Arc<Shape>, row: &mut Row) -> Result<Record> {
    let mut at = COMMON_COUNT;
    let custom_at = COMMON_COUNT + width(shape);
    let custom: Option<Map<String, Json>> = match shape.has_custom {
        true => row.maybe_text(custom_at)?.and_then(|text| serde_json::from_str(text).ok()),
        false => None,
    };
    let mut cells = Vec::with_capacity(shape.fields.len());
    for field in &shape.fields {
        cells.push(match (field.custom, field.kind) {
            (true, kind) => custom.as_ref().and_then(|it| it.get(field.key)).map_or(Cell::Null, |json| Cell::from_journal(kind, json)),
            (false, Kind::Many(_)) => Cell::Many(Vec::new()),
            (false, kind) => cell(kind, row, &mut at)?,
        });
    }
    Ok(Record {
        shape: Arc::clone(shape),
        id: row.int(0)?,
        reference: text(row.take(1)),
        organisation: row.int(2)?,
        state: text(row.take(3)),
        version: row.int(4)?,
        created_at: row.int(5)?,
        updated_at: row.int(6)?,
        retired_at: row.maybe_int(7)?,
        cells,
    })
}

fn text(value: Value) -> String {
    match value {
        Value::Text(text) => text,
        _ => String::new(),
    }
}

fn width(shape: &Shape) -> usize {
    let one = |field: &Field| match field.kind {
        _ if field.custom => 0,
        Kind::Many(_) => 0,
        Kind::Money | Kind::LinkAny => 2,
        _ => 1,
    };
    shape.fields.iter().map(one).sum()
}

fn cell(kind: Kind, row: &mut Row, at: &mut usize) -> Result<Cell> {
    let value = row.take(*at);
    *at += 1;
    Ok(match (kind, value) {
        (Kind::Money | Kind::LinkAny, value) => {
            let second = text(row.take(*at));
            *at += 1;
            match (kind, value) {
                (Kind::Money, Value::Int(minor)) => Cell::Money(minor, second),
                (_, Value::Int(id)) => Cell::Any(second, id),
                _ => Cell::Null,
            }
        }
        (_, Value::Null) => Cell::Null,
        (_, Value::Int(number)) => Cell::Int(number),
        (_, Value::Real(number)) => Cell::Real(number),
        (_, Value::Text(text)) => Cell::Text(text),
        (_, Value::Bytes(_)) => return Err(Error::Fault("A field holds bytes.".into())),
    })
}

/// The values of the own columns, in the order of [`Shape`]'s statements, then `custom`.
pub fn row_values(record: &Record) -> Vec<Value> {
    let mut values = Vec::with_capacity(record.cells.len() + 4);
    for (field, cell) in record.shape.fields.iter().zip(&record.cells).filter(|(field, _)| !field.custom) {
        push_values(field.kind, cell, &mut values);
    }
    values.push(custom_value(record));
    values
}

/// The values of the columns of one field.
fn push_values(kind: Kind, cell: &Cell, values: &mut Vec<Value>) {
    match (kind, cell) {
        (Kind::Many(_), _) => {}
        (Kind::Money, Cell::Money(minor, currency)) => values.extend([Value::Int(*minor), Value::from(currency.as_str())]),
        (Kind::LinkAny, Cell::Any(register, id)) => values.extend([Value::Int(*id), Value::from(register.as_str())]),
        (Kind::Money | Kind::LinkAny, _) => values.extend([Value::Null, Value::Null]),
        (_, Cell::Int(number)) => values.push(Value::Int(*number)),
        (_, Cell::Real(number)) => values.push(Value::Real(*number)),
        (_, Cell::Text(text)) if !text.is_empty() => values.push(Value::from(text.as_str())),
        _ => values.push(Value::Null),
    }
}

/// The organisation's own fields as the one value they are kept in.
fn custom_value(record: &Record) -> Value {
    let own = record.shape.fields.iter().zip(&record.cells).filter(|(field, cell)| field.custom && !cell.is_null());
    let custom: Map<String, Json> = own.map(|(field, cell)| (field.key.to_owned(), cell.journalled())).collect();
    if custom.is_empty() { Value::Null } else { Value::Text(Json::Object(custom).to_string()) }
}

/// Inserts a record as it is. Verbs go through [`super::save`]; imports of histories call this and journal themselves.
pub fn insert_row(tx: &mut Tx, record: &Record) -> Result<()> {
    let mut args = vec![
        Value::Int(record.id),
        Value::from(record.reference.as_str()),
        Value::Int(record.organisation),
        Value::from(record.state.as_str()),
        Value::Int(record.version),
        Value::Int(record.created_at),
        Value::Int(record.updated_at),
        record.retired_at.into(),
    ];
    args.extend(row_values(record));
    if let Some((_, value)) = record.shape.register.within {
        args.push(Value::from(value));
    }
    tx.run(&record.shape.insert, &args)?;
    Ok(())
}

/// Updates a record that was `before`; stale if it has another version by now.
///
/// Only what differs is named: an engine writes every index anew that holds a named column, whether its value differs or not.
pub fn update_row(tx: &mut Tx, record: &Record, before: &Record) -> Result<()> {
    let mut sql = format!("update {} set version = ?3, updated_at = ?4", record.shape.register.table);
    let mut args = vec![Value::Int(record.id), Value::Int(before.version), Value::Int(record.version), Value::Int(record.updated_at)];
    if record.organisation != before.organisation {
        set(&mut sql, &mut args, ("organisation", ""), Value::Int(record.organisation));
    }
    if record.state != before.state {
        set(&mut sql, &mut args, ("state", ""), Value::from(record.state.as_str()));
    }
    if record.retired_at != before.retired_at {
        set(&mut sql, &mut args, ("retired_at", ""), record.retired_at.into());
    }
    let cells = record.cells.iter().zip(&before.cells);
    let changed =
        || record.shape.fields.iter().zip(cells.clone()).filter(|(_, (now, was))| now != was).map(|(field, (now, _))| (field, now));
    for (field, cell) in changed().filter(|(field, _)| field.stored() && !field.custom) {
        let mut values = Vec::with_capacity(2);
        push_values(field.kind, cell, &mut values);
        columns_of(field).zip(values).for_each(|(suffix, value)| set(&mut sql, &mut args, (field.key, suffix), value));
    }
    if changed().any(|(field, _)| field.custom) {
        set(&mut sql, &mut args, ("custom", ""), custom_value(record));
    }
    sql.push_str(" where id = ?1 and version = ?2");
    match tx.run(&sql, &args)? {
        1 => Ok(()),
        _ => Err(Error::Stale { version: before.version }),
    }
}

fn set(sql: &mut String, args: &mut Vec<Value>, column: (&str, &str), value: Value) {
    args.push(value);
    let _ = write!(sql, ", {}{} = ?{}", column.0, column.1, args.len());
}
