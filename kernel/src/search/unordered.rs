//! The newest hits on PostgreSQL, whose index of words knows no order.
//!
//! It gives all documents with some words at once, which is quick for rare words and slow for common ones. Going through the newest
//! documents one by one is quick for common words and in vain for rare ones. So a glance at the newest and at a sample of all tells
//! which it is.

use super::engine::{Found, documents};
use crate::Result;
use db::{Tx, Value};

/// So many of the newest documents are always looked at, about a millisecond's worth.
const GLANCE: i64 = 1_000;
/// With so many hits among those the words are common.
const COMMON_OF_GLANCE: usize = 5;
/// So many documents of the sample are looked at, whatever their age: after a flood of alike ones the newest tell little.
const SAMPLE: i64 = 500;
/// With so many hits among those the words are common.
const COMMON_OF_SAMPLE: i64 = 5;
/// Common words are looked for among so many before the index is asked all the same.
const LOOKED_THROUGH: i64 = 20_000;

/// See [`super::engine::newest`]. `scattered`: what is looked for stands among many documents that cannot match, so a glance is in vain.
pub(super) fn newest(tx: &mut Tx, expression: String, before: i64, limit: usize, scattered: bool) -> Result<Vec<Found>> {
    let args = [Value::Text(expression), Value::Int(before), Value::Int(limit as i64)];
    let glance = if scattered { Vec::new() } else { among(tx, GLANCE, &args)? };
    if glance.len() == limit {
        return Ok(glance);
    }
    if glance.len() >= COMMON_OF_GLANCE || common(tx, &args[..1])? {
        let found = among(tx, LOOKED_THROUGH, &args)?;
        if found.len() == limit {
            return Ok(found);
        }
    }
    // An order that no index has keeps the planner from walking all documents in the hope of a hit.
    let all = "select id from words where words @@ to_tsquery('simple', ?1) and id < ?2 order by id + 0 desc limit ?3";
    documents(tx, all, &args)
}

/// Hits among so many of the newest documents.
fn among(tx: &mut Tx, many: i64, args: &[Value]) -> Result<Vec<Found>> {
    let ids = format!(
        "select w.id from (select id, words from words where id < ?2 order by id desc limit {many}) w \
         where w.words @@ to_tsquery('simple', ?1) order by w.id desc limit ?3"
    );
    documents(tx, &ids, args)
}

/// Whether many of all documents match. The sample is the same pages each time, which are soon in memory.
fn common(tx: &mut Tx, expression: &[Value]) -> Result<bool> {
    let percent = format!("100.0 * {SAMPLE} / greatest((select reltuples from pg_class where oid = 'words'::regclass), {SAMPLE})");
    let sql = format!("select count(*) from words tablesample system ({percent}) repeatable (1) where words @@ to_tsquery('simple', ?1)");
    Ok(tx.one(&sql, expression)?.int(0)? >= COMMON_OF_SAMPLE)
}
