//! Checks the seals: nobody altered, removed, added or swapped an entry.

use super::entry::{Content, digest};
use super::redact::{ENTRY, LEFT};
use super::seal::{HEADER, chain};
use crate::{Result, id};
use db::{Tx, Value};
use serde_json::Value as Json;

/// Something that is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What it is about: `journal entry 1042`, `INC-7`.
    pub what: String,
    /// What is wrong, and what it means.
    pub wrong: String,
}

impl Finding {
    /// A finding.
    pub fn new(what: impl Into<String>, wrong: impl Into<String>) -> Finding {
        Finding { what: what.into(), wrong: wrong.into() }
    }
}

/// Entries read at a time.
const BATCH: i64 = 5_000;

/// Walks the whole chain and stops at the first entry that breaks it. Also says how many entries it checked.
pub fn verify(tx: &mut Tx) -> Result<(i64, Option<Finding>)> {
    let sql = format!(
        "select {HEADER}, s.position, s.entry, s.hash, j.content, j.salt, r.act, j.record from seal s \
         left join journal j on j.seq = s.entry left join redaction r on r.entry = s.entry \
         where s.position > ?1 order by s.position limit {BATCH}"
    );
    let (mut position, mut hash) = (0, Vec::new());
    loop {
        let rows = tx.all(&sql, &[Value::Int(position)])?;
        for row in &rows {
            if let Some(finding) = broken(tx, row, position, &hash)? {
                return Ok((position, Some(finding)));
            }
            position = row.int(13)?;
            hash = row.bytes(15)?.to_vec();
        }
        if rows.len() < BATCH as usize {
            return Ok((position, unsealed_among_sealed(tx)?));
        }
    }
}

fn broken(tx: &mut Tx, row: &db::Row, position: i64, before: &[u8]) -> Result<Option<Finding>> {
    let (at, entry) = (row.int(13)?, row.int(14)?);
    let finding = |wrong: &str| Ok(Some(Finding::new(format!("journal entry {entry} at position {at}"), wrong)));
    if at != position + 1 {
        return finding("the seal before it is missing: seals were removed");
    }
    if *row.value(0)? == Value::Null {
        return finding("the entry is missing: it was removed after it was sealed");
    }
    let content = row.maybe_text(16)?;
    let whole = match content {
        Some(content) => digest(row.bytes(17)?, content.as_bytes()) == row.bytes(12)?,
        None => false,
    };
    if !whole && !announced(tx, row, entry, content)? {
        return finding(match content {
            Some(_) => "its content was altered after it was written",
            None => "its content is missing and no redaction was journalled",
        });
    }
    if chain(before, at, row)? != row.bytes(15)? {
        return finding("its header was altered, or entries were swapped, after it was sealed");
    }
    Ok(None)
}

/// Whether a redaction that the journal tells of left an entry with the content it has.
fn announced(tx: &mut Tx, row: &db::Row, entry: i64, content: Option<&str>) -> Result<bool> {
    let Some(act) = row.maybe_int(18)? else { return Ok(false) };
    let sql = "select content from journal where record = ?1 and act = ?2 and verb = 'redact'";
    for told in tx.all(sql, &[Value::Int(row.int(19)?), Value::Int(act)])? {
        let told: Content = told.maybe_text(0)?.and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default();
        if told.input.get(ENTRY).and_then(Json::as_i64) == Some(entry) {
            // Redactions from before anything was left say nothing of it.
            let left = told.input.get(LEFT).and_then(Json::as_str);
            return Ok(left == content.map(id::digest).as_deref());
        }
    }
    Ok(false)
}

/// A content that was erased.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Redaction {
    /// Number of the entry.
    pub entry: i64,
    /// Id of the person who erased it; 0: the house.
    pub person: i64,
    /// When.
    pub at: i64,
}

/// What was erased, the latest first, at most so many.
pub fn redactions(tx: &mut Tx, limit: i64) -> Result<Vec<Redaction>> {
    let sql = "select entry, person, at from redaction order by at desc, entry desc limit ?1";
    let one = |row: &db::Row| Ok(Redaction { entry: row.int(0)?, person: row.int(1)?, at: row.int(2)? });
    tx.all(sql, &[Value::Int(limit)])?.iter().map(one).collect()
}

/// An entry that stands before sealed ones and has no seal was slipped in.
fn unsealed_among_sealed(tx: &mut Tx) -> Result<Option<Finding>> {
    let sql = "select j.seq from journal j left join seal s on s.entry = j.seq where s.position is null \
               and (j.xact, j.seq) < (select x.xact, x.entry from seal x order by x.position desc limit 1) order by j.seq limit 1";
    let row = tx.maybe(sql, &[])?;
    let entry = row.map(|row| row.int(0)).transpose()?;
    Ok(entry.map(|entry| Finding::new(format!("journal entry {entry}"), "it has no seal though later entries have: it was slipped in")))
}
