//! A record as it was: the present one, with later entries taken back.

use super::Content;
use crate::Result;
use crate::register::{Cell, Record};
use db::{Tx, Value};
use serde_json::Value as Json;
use std::collections::HashMap;

/// The record as it was at `at`; none if it did not exist yet.
pub fn rewind(tx: &mut Tx, record: Record, at: i64) -> Result<Option<Record>> {
    let later = "select content from journal where record = ?1 and at > ?2 order by at desc, seq desc";
    let contents = tx.all(later, &[Value::Int(record.id), Value::Int(at)])?;
    let contents: Vec<Content> = contents.iter().filter_map(|row| content(row.maybe_text(0).ok().flatten())).collect();
    Ok(undone(record, &contents, at))
}

/// Many records as they were at `at`, in their order, without those that did not exist yet.
pub fn rewind_all(tx: &mut Tx, records: Vec<Record>, at: i64) -> Result<Vec<Record>> {
    let mut later: HashMap<i64, Vec<Content>> = HashMap::new();
    for part in records.chunks(200) {
        let mut args = vec![Value::Int(at)];
        let ids: Vec<i64> = part.iter().map(|it| it.id).collect();
        let among = crate::who::guard::any_of("record", &ids, &mut args);
        let sql = format!("select record, content from journal where at > ?1 and {among} order by at desc, seq desc");
        for row in tx.all(&sql, &args)? {
            if let Some(content) = content(row.maybe_text(1)?) {
                later.entry(row.int(0)?).or_default().push(content);
            }
        }
    }
    let back = |record: Record| {
        let contents = later.remove(&record.id).unwrap_or_default();
        undone(record, &contents, at)
    };
    Ok(records.into_iter().filter_map(back).collect())
}

fn content(text: Option<&str>) -> Option<Content> {
    serde_json::from_str(text?).ok()
}

/// Takes back the changes, latest first.
fn undone(mut record: Record, later: &[Content], at: i64) -> Option<Record> {
    if record.created_at > at {
        return None;
    }
    for content in later {
        for (key, change) in &content.changes {
            put_back(&mut record, key, &change[0]);
        }
        record.version -= 1;
    }
    record.updated_at = record.updated_at.min(at);
    Some(record)
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
