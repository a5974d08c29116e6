//! Files laid aside: sent along with something that has not happened yet. They belong to no record, so nobody can open them;
//! they are brought to one when it happens.

use super::deed::moved;
use super::row::{Attached, COLUMNS, read, room};
use super::{Stored, sniff, tidy_name};
use crate::Result;
use crate::act::Act;
use crate::register::Record;
use crate::who::guard::any_of;
use db::{Tx, Value};

/// What stands in place of a register.
const ASIDE: &str = "aside";

/// Lays files aside for `holder`, an id of the caller's choosing.
pub fn lay_aside(act: &mut Act, holder: i64, files: &[Stored]) -> Result<()> {
    for file in files {
        let args = [
            Value::Int(act.new_id()),
            Value::from(file.digest.as_str()),
            Value::Text(tidy_name(&file.name)),
            Value::from(sniff(&file.bytes)),
            Value::Int(file.bytes.len() as i64),
            Value::from(ASIDE),
            Value::Int(holder),
            Value::Int(act.view.person),
            Value::Int(act.recorded_at),
        ];
        let sql = "insert into file (id, digest, name, media, size, register, record, internal, person, created_at) \
                   values (?1, ?2, ?3, ?4, ?5, ?6, ?7, 1, ?8, ?9)";
        act.tx.run(sql, &args)?;
    }
    Ok(())
}

/// Files that wait at a holder.
pub fn aside_of(tx: &mut Tx, holder: i64) -> Result<Vec<Attached>> {
    let sql = format!("select {COLUMNS} from file where record = ?1 and register = ?2 and removed_at is null order by id");
    tx.all(&sql, &[Value::Int(holder), Value::from(ASIDE)])?.iter().map(read).collect()
}

/// Those of some files that a person laid aside.
pub fn aside(tx: &mut Tx, person: i64, ids: &[i64]) -> Result<Vec<Attached>> {
    let mut args = vec![Value::Int(person), Value::from(ASIDE)];
    let among = any_of("id", ids, &mut args);
    let sql = format!("select {COLUMNS} from file where person = ?1 and register = ?2 and {among} and removed_at is null order by id");
    tx.all(&sql, &args)?.iter().map(read).collect()
}

/// Moves those of some files that the act's person laid aside to another holder.
pub fn hand_over(act: &mut Act, ids: &[i64], holder: i64) -> Result<()> {
    let mut args = vec![Value::Int(holder), Value::Int(act.view.person), Value::from(ASIDE)];
    let among = any_of("id", ids, &mut args);
    let sql = format!("update file set record = ?1 where person = ?2 and register = ?3 and {among} and removed_at is null");
    act.tx.run(&sql, &args)?;
    Ok(())
}

/// Attaches what waits at a holder to a record, which the caller has locked, and a message of it, in one entry of the journal.
pub fn bring(act: &mut Act, holder: i64, record: &Record, message: i64, internal: bool) -> Result<()> {
    let files = aside_of(act.tx, holder)?;
    if files.is_empty() {
        return Ok(());
    }
    room(act.tx, record, files.len())?;
    let register = record.shape.register.key;
    let args = [
        Value::from(register),
        Value::Int(record.id),
        Value::Int(message),
        Value::from(internal),
        Value::Int(act.at),
        Value::Int(holder),
        Value::from(ASIDE),
    ];
    let sql =
        "update file set register = ?1, record = ?2, message = ?3, internal = ?4, created_at = ?5 where record = ?6 and register = ?7";
    act.tx.run(sql, &args)?;
    act.changed += 1;
    moved(act, record, false, &files, internal)
}

/// Takes the files of a message off its record, which the caller has locked, and lays them aside for `holder`; gives their ids. They
/// are the act's person's from then on.
pub fn take_off(act: &mut Act, record: &Record, message: i64, holder: i64) -> Result<Vec<i64>> {
    let register = record.shape.register.key;
    let sql = format!("select {COLUMNS} from file where record = ?1 and register = ?2 and message = ?3 and removed_at is null order by id");
    let files: Vec<Attached> =
        act.tx.all(&sql, &[record.id.into(), register.into(), message.into()])?.iter().map(read).collect::<Result<_>>()?;
    let Some(first) = files.first() else { return Ok(Vec::new()) };
    // When they came stays, by which they are found when what was said is erased.
    let sql = "update file set register = ?1, record = ?2, message = null, internal = 1, person = ?3 \
               where record = ?4 and register = ?5 and message = ?6 and removed_at is null";
    let args = [
        Value::from(ASIDE),
        Value::Int(holder),
        Value::Int(act.view.person),
        Value::Int(record.id),
        Value::from(register),
        Value::Int(message),
    ];
    act.tx.run(sql, &args)?;
    act.changed += 1;
    moved(act, record, true, &files, first.internal)?;
    Ok(files.iter().map(|file| file.id).collect())
}

/// Most files forgotten at once.
const AT_ONCE: usize = 500;

/// Forgets what was laid aside before a moment and is awaited no more: no draft of whoever laid it aside names it, and no row of
/// `holders`, the table whose ids files are laid aside under, holds it. Says how many, at most 500 at once.
pub fn forget_aside(tx: &mut Tx, holders: &'static str, before: i64, now: i64) -> Result<usize> {
    let sql = format!(
        "update file set removed_at = ?2 where id in (select f.id from file f where f.register = '{ASIDE}' and f.created_at < ?1 \
         and f.removed_at is null and not exists (select 1 from {holders} h where h.id = f.record) and not exists (select 1 from draft d \
         where d.person = f.person and lower(d.content) like lower('%\"' || cast(f.id as text) || '\"%')) order by f.created_at limit {AT_ONCE})"
    );
    Ok(tx.run(&sql, &[Value::Int(before), Value::Int(now)])? as usize)
}
