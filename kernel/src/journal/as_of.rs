//! A record as it was: the present one, with later entries taken back.

use super::Content;
use crate::Result;
use crate::register::{Cell, Record};
use db::{Tx, Value};
use serde_json::Value as Json;
use std::collections::HashMap;
use std::ops::ControlFlow;

/// The record as it was at `at`; none if it did not exist yet.
pub fn rewind(tx: &mut Tx, record: Record, at: i64) -> Result<Option<Record>> {
    Ok(rewind_all(tx, vec![record], at)?.pop())
}

/// The record as it was at a version that somebody saw, made at `at`. Goes by the versions that the entries made, in the order they
/// were written: two versions may be of one millisecond, and the clocks of nodes differ. Entries that tell no version (those of before
/// it was kept) go by their time.
pub fn rewind_to(tx: &mut Tx, mut record: Record, version: i64, at: i64) -> Result<Record> {
    let later = "select content, at from journal where record = ?1 order by seq desc";
    tx.each(later, &[Value::Int(record.id)], &mut |row| {
        let Some(content) = content(row.maybe_text(0)?) else { return Ok(ControlFlow::Continue(())) };
        let seen = match content.version {
            Some(made) => made <= version,
            None => !content.changes.is_empty() && row.int(1)? <= at,
        };
        if seen {
            return Ok(ControlFlow::Break(()));
        }
        take_back(&mut record, &content);
        Ok(ControlFlow::Continue(()))
    })?;
    (record.version, record.updated_at) = (version, at);
    Ok(record)
}

/// Many records as they were at `at`, in their order, without those that did not exist yet. Entries are read one by one.
pub fn rewind_all(tx: &mut Tx, mut records: Vec<Record>, at: i64) -> Result<Vec<Record>> {
    records.retain(|record| record.created_at <= at);
    for part in records.chunks_mut(200) {
        take_back_later(tx, part, at)?;
    }
    Ok(records)
}

fn take_back_later(tx: &mut Tx, records: &mut [Record], at: i64) -> Result<()> {
    let mut args = vec![Value::Int(at)];
    let ids: Vec<i64> = records.iter().map(|it| it.id).collect();
    let among = crate::who::guard::any_of("record", &ids, &mut args);
    // The order of the index: nothing is gathered to be sorted.
    let sql = format!("select record, content from journal where at > ?1 and {among} order by record desc, at desc, seq desc");
    let places: HashMap<i64, usize> = ids.iter().enumerate().map(|(place, id)| (*id, place)).collect();
    tx.each(&sql, &args, &mut |row| {
        if let (Some(place), Some(content)) = (places.get(&row.int(0)?), content(row.maybe_text(1)?)) {
            take_back(&mut records[*place], &content);
        }
        Ok(ControlFlow::Continue(()))
    })?;
    for record in records {
        record.updated_at = record.updated_at.min(at);
    }
    Ok(())
}

fn content(text: Option<&str>) -> Option<Content> {
    serde_json::from_str(text?).ok()
}

fn take_back(record: &mut Record, content: &Content) {
    for (key, change) in &content.changes {
        put_back(record, key, &change[0]);
    }
    match content.version {
        Some(made) => record.version = made - 1,
        None if !content.changes.is_empty() => record.version -= 1,
        None => {}
    }
}

fn put_back(record: &mut Record, key: &str, from: &Json) {
    match key {
        "state" => record.state = from.as_str().unwrap_or_default().to_owned(),
        "organisation" => record.organisation = from.as_i64().unwrap_or_default(),
        "retired_at" => record.retired_at = from.as_i64(),
        _ => {
            if let Some(place) = record.shape.place(key) {
                record.cells[place] = Cell::from_journal(record.shape.fields[place].kind, from);
            }
        }
    }
}
