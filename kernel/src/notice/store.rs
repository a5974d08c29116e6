//! The table `notice`.

use super::{EPOCH, NoticeKind, Told};
use crate::Result;
use crate::house::House;
use crate::journal::Entry;
use crate::memory::next_epoch;
use crate::time::Instant;
use db::{Tx, Value};

/// A notice as kept; the record is loaded under guard by whoever shows it.
#[derive(Clone, Debug)]
pub struct Notice {
    /// Id.
    pub id: i64,
    /// Key of its sort.
    pub kind: String,
    /// What was done.
    pub words: String,
    /// Register key.
    pub register: String,
    /// Id of the record.
    pub record: i64,
    /// Who did it; none: the house.
    pub actor: Option<i64>,
    /// Only for those who may read the inner side.
    pub internal: bool,
    /// When it happened.
    pub at: Instant,
    /// Whether it was read.
    pub read: bool,
}

/// Writes a notice, once for an entry and a person.
pub(super) fn insert(tx: &mut Tx, house: &House, entry: &Entry, kind: &NoticeKind, told: &Told) -> Result<()> {
    let sql = "insert into notice (id, person, kind, words, register, record, entry, actor, internal, at) \
        values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) on conflict (entry, person) do nothing";
    let args = [
        Value::Int(house.new_id()),
        Value::Int(told.person),
        Value::from(kind.key),
        Value::from(told.words.as_str()),
        Value::from(entry.register.as_str()),
        Value::Int(entry.record),
        Value::Int(entry.seq),
        entry.actor.into(),
        Value::from(told.internal),
        Value::Int(entry.at),
    ];
    tx.run(sql, &args)?;
    Ok(())
}

/// The latest notices of a person that come before `before`, at most `limit`.
pub fn latest(tx: &mut Tx, person: i64, before: Option<i64>, limit: usize) -> Result<Vec<Notice>> {
    let sql = "select id, kind, words, register, record, actor, internal, at, read_at from notice \
        where person = ?1 and id < ?2 order by id desc limit ?3";
    let args = [Value::Int(person), Value::Int(before.unwrap_or(i64::MAX)), Value::Int(limit as i64)];
    let one = |row: &db::Row| {
        Ok(Notice {
            id: row.int(0)?,
            kind: row.text(1)?.to_owned(),
            words: row.text(2)?.to_owned(),
            register: row.text(3)?.to_owned(),
            record: row.int(4)?,
            actor: row.maybe_int(5)?,
            internal: row.flag(6)?,
            at: row.int(7)?,
            read: row.maybe_int(8)?.is_some(),
        })
    };
    tx.all(sql, &args)?.iter().map(one).collect()
}

/// Marks one notice of a person as read; whether that changed anything.
pub fn read(tx: &mut Tx, person: i64, id: i64, now: Instant) -> Result<bool> {
    let sql = "update notice set read_at = ?3 where person = ?1 and id = ?2 and read_at is null";
    let changed = tx.run(sql, &[Value::Int(person), Value::Int(id), Value::Int(now)])? > 0;
    if changed {
        next_epoch(tx, EPOCH)?;
    }
    Ok(changed)
}

/// Marks all notices of a person as read; how many that were.
pub fn read_all(tx: &mut Tx, person: i64, now: Instant) -> Result<u64> {
    let changed = tx.run("update notice set read_at = ?2 where person = ?1 and read_at is null", &[Value::Int(person), Value::Int(now)])?;
    if changed > 0 {
        next_epoch(tx, EPOCH)?;
    }
    Ok(changed)
}

/// Marks as read what people were told of records before they looked at them: pairs of person and record, with the time of the look.
pub fn looked(tx: &mut Tx, looks: &[((i64, i64), Instant)]) -> Result<()> {
    let sql = "update notice set read_at = ?3 where person = ?1 and record = ?2 and read_at is null and at <= ?3";
    let mut changed = 0;
    for ((person, record), at) in looks {
        changed += tx.run(sql, &[Value::Int(*person), Value::Int(*record), Value::Int(*at)])?;
    }
    if changed > 0 {
        next_epoch(tx, EPOCH)?;
    }
    Ok(())
}
