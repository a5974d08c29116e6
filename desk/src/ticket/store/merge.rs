//! What leads from a merged ticket to the one it lives on in.

use db::Value;
use kernel::register::Record;
use kernel::{Act, Result};

/// Moves the files of one ticket to another.
pub fn move_files(act: &mut Act, from: i64, to: i64) -> Result<()> {
    act.tx.run("update file set record = ?2 where record = ?1", &[Value::Int(from), Value::Int(to)])?;
    Ok(())
}

/// Lets the reference of a ticket, and every reference that led to it, lead to another.
pub fn lead_on(act: &mut Act, own: &Record, into: i64) -> Result<()> {
    act.tx.run("update alias set record = ?2 where record = ?1", &[Value::Int(own.id), Value::Int(into)])?;
    let sql = "insert into alias (reference, record) values (?1, ?2)";
    act.tx.run(sql, &[Value::from(own.reference.as_str()), Value::Int(into)])?;
    Ok(())
}

/// Gives a ticket another reference.
pub fn rename(act: &mut Act, ticket: i64, reference: &str) -> Result<()> {
    act.tx.run("update ticket set reference = ?2 where id = ?1", &[Value::Int(ticket), Value::from(reference)])?;
    Ok(())
}

/// Shares a ticket with a person no longer; says whether it was.
pub fn unshare(act: &mut Act, ticket: i64, person: i64) -> Result<bool> {
    Ok(act.tx.run("delete from share where record = ?1 and person = ?2", &[Value::Int(ticket), Value::Int(person)])? > 0)
}

/// Shares a ticket with a person from now on.
pub fn share(act: &mut Act, record: &Record, person: i64) -> Result<()> {
    let sql = "insert into share (id, record, register, person, created_at) values (?1, ?2, ?3, ?4, ?5)";
    let register = Value::from(record.shape.register.key);
    let args = [Value::Int(act.new_id()), Value::Int(record.id), register, Value::Int(person), Value::Int(act.at)];
    act.tx.run(sql, &args)?;
    Ok(())
}
