//! Checks the seals: nobody altered, removed, added or swapped an entry.

use super::entry::digest;
use super::seal::{HEADER, chain};
use crate::Result;
use db::{Tx, Value};

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
        "select {HEADER}, s.position, s.entry, s.hash, j.content, j.salt, r.entry from seal s \
         left join journal j on j.seq = s.entry left join redaction r on r.entry = s.entry \
         where s.position > ?1 order by s.position limit {BATCH}"
    );
    let (mut position, mut hash) = (0, Vec::new());
    loop {
        let rows = tx.all(&sql, &[Value::Int(position)])?;
        for row in &rows {
            if let Some(finding) = broken(row, position, &hash)? {
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

fn broken(row: &db::Row, position: i64, before: &[u8]) -> Result<Option<Finding>> {
    let (at, entry) = (row.int(13)?, row.int(14)?);
    let finding = |wrong: &str| Ok(Some(Finding::new(format!("journal entry {entry} at position {at}"), wrong)));
    if at != position + 1 {
        return finding("the seal before it is missing: seals were removed");
    }
    if *row.value(0)? == Value::Null {
        return finding("the entry is missing: it was removed after it was sealed");
    }
    let redacted = *row.value(18)? != Value::Null;
    match row.value(16)? {
        Value::Null if redacted => {}
        Value::Null => return finding("its content is missing and no redaction was journalled"),
        Value::Text(content) if digest(row.bytes(17)?, content.as_bytes()) != row.bytes(12)? => {
            return finding("its content was altered after it was written");
        }
        _ => {}
    }
    if chain(before, at, row)? != row.bytes(15)? {
        return finding("its header was altered, or entries were swapped, after it was sealed");
    }
    Ok(None)
}

/// An entry that stands before sealed ones and has no seal was slipped in.
fn unsealed_among_sealed(tx: &mut Tx) -> Result<Option<Finding>> {
    let sql = "select j.seq from journal j left join seal s on s.entry = j.seq where s.position is null \
               and (j.xact, j.seq) < (select x.xact, x.entry from seal x order by x.position desc limit 1) order by j.seq limit 1";
    let row = tx.maybe(sql, &[])?;
    let entry = row.map(|row| row.int(0)).transpose()?;
    Ok(entry.map(|entry| Finding::new(format!("journal entry {entry}"), "it has no seal though later entries have: it was slipped in")))
}
