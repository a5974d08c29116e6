//! The sealer: gives entries dense positions in order of recording and chains them by hash.
//!
//! Runs in the background. On PostgreSQL several nodes may run it: a lock makes one of them seal at a time, and only
//! entries below the oldest running transaction are sealed, so that one which commits late is never skipped.

use super::order::visible_below;
use crate::house::House;
use crate::{Error, Result};
use db::{Database, Engine, Row, Tx, Value};
use sha2::{Digest, Sha256};
use std::sync::Arc;

/// Most entries sealed in one transaction.
const BATCH: i64 = 2_000;

/// What one run of the sealer did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SealerReport {
    /// Entries sealed.
    pub sealed: usize,
    /// Position of the last sealed entry.
    pub position: i64,
}

/// Columns an entry's hash covers, in order; `digest` stands for the content.
pub(super) const HEADER: &str = "j.seq, j.xact, j.act, j.at, j.recorded_at, j.actor, j.means, j.through, j.organisation, \
    j.register, j.record, j.verb, j.digest";

/// Seals the next entries, at most a batch. Call again while it seals something.
pub fn seal_next(tx: &mut Tx, house: &House) -> Result<SealerReport> {
    tx.lock("journal-sealer")?;
    let last = tx.maybe("select position, entry, xact, hash from seal order by position desc limit 1", &[])?;
    let (mut position, seq, xact, mut hash) = match &last {
        Some(row) => (row.int(0)?, row.int(1)?, row.int(2)?, row.bytes(3)?.to_vec()),
        None => (0, 0, 0, Vec::new()),
    };
    let rows = unsealed(tx, house, xact, seq)?;
    let now = house.clock.now();
    for row in &rows {
        position += 1;
        hash = chain(&hash, position, row)?;
        let args = [Value::Int(position), Value::Int(row.int(0)?), Value::Int(row.int(1)?), Value::Bytes(hash.clone()), Value::Int(now)];
        tx.run("insert into seal (position, entry, xact, hash, sealed_at) values (?1, ?2, ?3, ?4, ?5)", &args)?;
    }
    Ok(SealerReport { sealed: rows.len(), position })
}

/// Seals all that can be sealed now, for work that must find it so. False when entries are left: on PostgreSQL those wait that a
/// running transaction of any database of the server may still come before. Blocks its thread.
pub fn seal_all(db: &Database, house: &Arc<House>) -> Result<bool> {
    loop {
        let house = Arc::clone(house);
        if db.write_wait(move |tx| seal_next(tx, &house))?.sealed == 0 {
            break;
        }
    }
    let left = "select 1 from journal j where not exists (select 1 from seal s where s.entry = j.seq) limit 1";
    if db.engine() == Engine::Sqlite { Ok(true) } else { db.read_wait(move |tx| Ok(tx.maybe(left, &[])?.is_none())) }
}

fn unsealed(tx: &mut Tx, house: &House, xact: i64, seq: i64) -> Result<Vec<Row>> {
    if tx.engine() == Engine::Sqlite {
        let sql = format!("select {HEADER} from journal j where j.seq > ?1 order by j.seq limit {BATCH}");
        return Ok(tx.all(&sql, &[Value::Int(seq)])?);
    }
    let below = visible_below(tx, house)?;
    // What is sealed was below this number once, and on one server the number never goes back.
    if below <= xact {
        return Err(Error::Fault(
            "The database was put in the place of another while this program ran. Start it again: until then nothing is sealed.".into(),
        ));
    }
    let sql =
        format!("select {HEADER} from journal j where (j.xact, j.seq) > (?1, ?2) and j.xact < ?3 order by j.xact, j.seq limit {BATCH}");
    Ok(tx.all(&sql, &[Value::Int(xact), Value::Int(seq), Value::Int(below)])?)
}

/// The hash of an entry: SHA-256 over the hash before, the position, and each header column with its length.
pub(super) fn chain(before: &[u8], position: i64, row: &Row) -> Result<Vec<u8>> {
    let mut hash = Sha256::new();
    hash.update(before);
    hash.update(position.to_be_bytes());
    for column in 0..13 {
        match row.value(column)? {
            Value::Null => hash.update([0]),
            Value::Int(number) => hash.update([&[1][..], &number.to_be_bytes()].concat()),
            Value::Text(text) => hash.update([&[2][..], &(text.len() as u64).to_be_bytes(), text.as_bytes()].concat()),
            Value::Bytes(bytes) => hash.update([&[3][..], &(bytes.len() as u64).to_be_bytes(), bytes.as_slice()].concat()),
            Value::Real(number) => hash.update([&[4][..], &number.to_be_bytes()].concat()),
        }
    }
    Ok(hash.finalize().to_vec())
}
