//! Time that people spend.

use db::Value;
use kernel::describe::Input;
use kernel::register::Draft;
use kernel::{Act, Error, Result};

/// Adds time.
pub fn add(act: &mut Act, draft: &mut Draft, input: &Input) -> Result<()> {
    let seconds = input.int("duration").unwrap_or(0);
    if seconds <= 0 {
        return Err(Error::invalid("duration", "This must be more than nothing, like 30m."));
    }
    let note = Some(input.text("text")).filter(|text| !text.is_empty());
    let args = [
        Value::Int(act.new_id()),
        Value::Int(draft.record.id),
        Some(act.view.person).filter(|id| *id != 0).into(),
        Value::Int(act.at),
        Value::Int(seconds),
        note.into(),
        Value::Int(act.id),
    ];
    act.tx.run("insert into time_entry (id, ticket, person, at, seconds, note, act) values (?1, ?2, ?3, ?4, ?5, ?6, ?7)", &args)?;
    sum(act, draft)
}

/// Takes the latest time that the act's person added out again.
pub fn take_back(act: &mut Act, draft: &mut Draft, input: &Input) -> Result<()> {
    let sql = "select id from time_entry where ticket = ?1 and person = ?2 and seconds = ?3 and removed_at is null order by at desc, id desc limit 1";
    let args = [Value::Int(draft.record.id), Value::Int(act.view.person), Value::Int(input.int("duration").unwrap_or(0))];
    let found = act.tx.maybe(sql, &args)?;
    let Some(row) = found else {
        return Err(Error::Conflict("Only whoever added this time can take it back. It stays as it is.".into()));
    };
    act.tx.run("update time_entry set removed_at = ?2 where id = ?1", &[Value::Int(row.int(0)?), Value::Int(act.at)])?;
    sum(act, draft)
}

/// The sum of the times on the ticket, which is what it shows.
fn sum(act: &mut Act, draft: &mut Draft) -> Result<()> {
    let sql = "select cast(coalesce(sum(seconds), 0) as bigint) from time_entry where ticket = ?1 and removed_at is null";
    let sum = act.tx.one(sql, &[Value::Int(draft.record.id)])?.int(0)?;
    draft.set("time_spent", sum);
    Ok(())
}
