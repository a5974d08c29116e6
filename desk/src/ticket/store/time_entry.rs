//! Rows of times spent in and out of the database.

use db::{Tx, Value};
use kernel::{Act, Result};

/// Stores time that the act's person spent on a ticket.
pub fn insert(act: &mut Act, ticket: i64, seconds: i64, note: Option<&str>) -> Result<()> {
    let args = [
        Value::Int(act.new_id()),
        Value::Int(ticket),
        Some(act.view.person).filter(|id| *id != 0).into(),
        Value::Int(act.at),
        Value::Int(seconds),
        note.into(),
        Value::Int(act.id),
    ];
    act.tx.run("insert into time_entry (id, ticket, person, at, seconds, note, act) values (?1, ?2, ?3, ?4, ?5, ?6, ?7)", &args)?;
    Ok(())
}

/// The latest time of this many seconds that the act's person added to a ticket: its id.
pub fn latest_own(act: &mut Act, ticket: i64, seconds: i64) -> Result<Option<i64>> {
    let sql = "select id from time_entry where ticket = ?1 and person = ?2 and seconds = ?3 and removed_at is null order by at desc, id desc limit 1";
    let args = [Value::Int(ticket), Value::Int(act.view.person), Value::Int(seconds)];
    Ok(act.tx.maybe(sql, &args)?.map(|row| row.int(0)).transpose()?)
}

/// Marks a time as taken back.
pub fn remove(act: &mut Act, id: i64) -> Result<()> {
    act.tx.run("update time_entry set removed_at = ?2 where id = ?1", &[Value::Int(id), Value::Int(act.at)])?;
    Ok(())
}

/// Takes out what an act noted with its times on a ticket; the times stay.
pub fn erase_notes(act: &mut Act, ticket: i64, of: i64) -> Result<()> {
    act.tx.run("update time_entry set note = null where ticket = ?1 and act = ?2", &[Value::Int(ticket), Value::Int(of)])?;
    Ok(())
}

/// A time as it stands.
pub struct Spent {
    pub person: Option<i64>,
    pub at: i64,
    pub seconds: i64,
    pub note: String,
}

/// The times on a ticket that were not taken back, the oldest first; at most 1,000.
pub fn of_ticket(tx: &mut Tx, ticket: i64) -> Result<Vec<Spent>> {
    let sql = "select person, at, seconds, note from time_entry where ticket = ?1 and removed_at is null order by at, id limit 1000";
    let spent = |row: &db::Row| -> Result<Spent> {
        let note = row.maybe_text(3)?.unwrap_or_default().to_owned();
        Ok(Spent { person: row.maybe_int(0)?, at: row.int(1)?, seconds: row.int(2)?, note })
    };
    tx.all(sql, &[Value::Int(ticket)])?.iter().map(spent).collect()
}

/// The sum of the times on a ticket, in seconds.
pub fn sum(tx: &mut Tx, ticket: i64) -> Result<i64> {
    let sql = "select cast(coalesce(sum(seconds), 0) as bigint) from time_entry where ticket = ?1 and removed_at is null";
    Ok(tx.one(sql, &[Value::Int(ticket)])?.int(0)?)
}

/// Moves all times of one ticket to another.
pub fn move_all(act: &mut Act, from: i64, to: i64) -> Result<()> {
    act.tx.run("update time_entry set ticket = ?2 where ticket = ?1", &[Value::Int(from), Value::Int(to)])?;
    Ok(())
}

/// References of tickets whose time spent is not the sum of the times on them, at most `limit`.
pub fn wrong_sums(tx: &mut Tx, limit: usize) -> Result<Vec<String>> {
    let sql = format!(
        "select t.reference from ticket t join (select ticket, sum(seconds) as seconds from time_entry where removed_at is null \
         group by ticket) e on e.ticket = t.id where coalesce(t.time_spent, 0) <> e.seconds and t.merged_into is null limit {limit}"
    );
    tx.all(&sql, &[])?.iter().map(|row| Ok(row.text(0)?.to_owned())).collect()
}
