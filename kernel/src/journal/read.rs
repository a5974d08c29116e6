//! Reading the journal: one record's history, and everything since a cursor.

use super::Content;
use crate::Result;
use crate::describe::Register;
use crate::memory::sealed;
use db::{Row, Tx, Value};

/// An entry as read.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its number in order of writing; names it.
    pub seq: i64,
    /// The act it belongs to.
    pub act: i64,
    /// When it happened.
    pub at: i64,
    /// When Reeve learned of it.
    pub recorded_at: i64,
    /// Id of the person; none: the house.
    pub actor: Option<i64>,
    /// Through what (`page`, `api`, ...).
    pub means: String,
    /// Which token, source, job.
    pub through: String,
    /// Organisation of the record.
    pub organisation: i64,
    /// Register key.
    pub register: String,
    /// Id of the record.
    pub record: i64,
    /// The verb.
    pub verb: String,
    /// What changed. What is left of it once it was redacted; none when that was before anything was left.
    pub content: Option<Content>,
}

impl Entry {
    /// Whether its content was erased.
    pub fn redacted(&self) -> bool {
        self.content.as_ref().is_none_or(|content| content.redacted)
    }
}

const COLUMNS: &str =
    "j.seq, j.act, j.at, j.recorded_at, j.actor, j.means, j.through, j.organisation, j.register, j.record, j.verb, j.content";

fn entry(row: &Row) -> Result<Entry> {
    Ok(Entry {
        seq: row.int(0)?,
        act: row.int(1)?,
        at: row.int(2)?,
        recorded_at: row.int(3)?,
        actor: row.maybe_int(4)?,
        means: row.text(5)?.to_owned(),
        through: row.text(6)?.to_owned(),
        organisation: row.int(7)?,
        register: row.text(8)?.to_owned(),
        record: row.int(9)?,
        verb: row.text(10)?.to_owned(),
        content: row.maybe_text(11)?.and_then(|text| serde_json::from_str(text).ok()),
    })
}

/// The history of one record, latest first: at most `limit` entries that come before `before` (an `at` and `seq`).
///
/// The caller has loaded the record under guard; fields the viewer may not read are taken out by the caller too.
pub fn history(tx: &mut Tx, record: i64, before: Option<(i64, i64)>, limit: usize) -> Result<Vec<Entry>> {
    let (at, seq) = before.unwrap_or((i64::MAX, i64::MAX));
    let sql =
        format!("select {COLUMNS} from journal j where j.record = ?1 and (j.at, j.seq) < (?2, ?3) order by j.at desc, j.seq desc limit ?4");
    let args = [Value::Int(record), Value::Int(at), Value::Int(seq), Value::Int(limit as i64)];
    tx.all(&sql, &args)?.iter().map(entry).collect()
}

/// Whether an entry is only for those with the grant `internal`: everything its verb asks is internal, as with a note.
pub fn inner(register: &Register, entry: &Entry) -> bool {
    let verb = register.verb(&entry.verb);
    verb.is_some_and(|verb| !verb.asks.is_empty() && verb.asks.iter().all(|field| field.internal))
}

/// Positions looked through at once for what was not imported.
const WINDOW: i64 = 20_000;

/// A reader with a durable cursor over sealed entries: never skips one that commits late, and knows what it has handled
/// because the cursor is saved in the transaction of its work.
pub struct Reader {
    /// Names the cursor.
    pub name: &'static str,
}

impl Reader {
    /// The next sealed entries after the cursor, with their positions.
    pub fn next(&self, tx: &mut Tx, limit: usize) -> Result<Vec<(i64, Entry)>> {
        let position = self.position(tx)?;
        since(tx, position, limit)
    }
    /// Whether anything is sealed after the cursor. Asked by the last place, which the index knows at once.
    pub fn behind(&self, tx: &mut Tx) -> Result<bool> {
        Ok(sealed(tx)? > self.position(tx)?)
    }
    fn position(&self, tx: &mut Tx) -> Result<i64> {
        let cursor = tx.maybe("select position from reader where name = ?1", &[Value::from(self.name)])?;
        Ok(cursor.map(|row| row.int(0)).transpose()?.unwrap_or(0))
    }
    /// The next sealed entries after the cursor that were not imported, and the position up to which they are all; none when there is
    /// nothing new. The cursor is locked until the transaction ends, so that nodes take turns.
    pub fn next_live(&self, tx: &mut Tx, limit: i64) -> Result<Option<(Vec<Entry>, i64)>> {
        let cursor = tx.maybe("select position from reader where name = ?1 FOR UPDATE", &[Value::from(self.name)])?;
        let from = cursor.map(|row| row.int(0)).transpose()?.unwrap_or(0);
        let until = sealed(tx)?.min(from + WINDOW);
        if until <= from {
            return Ok(None);
        }
        let sql = format!(
            "select {COLUMNS}, s.position from seal s join journal j on j.seq = s.entry \
             where s.position > ?1 and s.position <= ?2 and j.means <> 'import' order by s.position limit ?3"
        );
        let rows = tx.all(&sql, &[Value::Int(from), Value::Int(until), Value::Int(limit)])?;
        let end = match rows.last().filter(|_| rows.len() as i64 == limit) {
            Some(last) => last.int(12)?,
            None => until,
        };
        Ok(Some((rows.iter().map(entry).collect::<Result<Vec<_>>>()?, end)))
    }
    /// Moves the cursor to the position of the last entry handled.
    pub fn handled(&self, tx: &mut Tx, position: i64) -> Result<()> {
        let sql = "insert into reader (name, position) values (?1, ?2) on conflict (name) do update set position = excluded.position";
        tx.run(sql, &[Value::from(self.name), Value::Int(position)])?;
        Ok(())
    }
}

/// Sealed entries after a position.
pub fn since(tx: &mut Tx, position: i64, limit: usize) -> Result<Vec<(i64, Entry)>> {
    let sql = format!(
        "select {COLUMNS}, s.position from seal s join journal j on j.seq = s.entry where s.position > ?1 order by s.position limit ?2"
    );
    let rows = tx.all(&sql, &[Value::Int(position), Value::Int(limit as i64)])?;
    rows.iter().map(|row| Ok((row.int(12)?, entry(row)?))).collect()
}
