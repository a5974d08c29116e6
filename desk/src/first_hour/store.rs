//! What the organisation has already: its own, not what others of the house have.

use db::{Tx, Value};
use kernel::Result;

/// Whether there is any ticket in the whole house.
pub fn any_ticket(tx: &mut Tx) -> Result<bool> {
    Ok(tx.maybe("select 1 from ticket limit 1", &[])?.is_some())
}

/// Which of the five steps are done: working time, people, services, promises, a ticket.
pub fn done(tx: &mut Tx, organisation: i64) -> Result<[bool; 5]> {
    let mut any = |table: &str| -> Result<bool> {
        let sql = format!("select 1 from {table} where organisation = ?1 and retired_at is null limit 1");
        Ok(tx.maybe(&sql, &[organisation.into()])?.is_some())
    };
    Ok([any("calendar")?, any("team")?, any("service")?, any("target")?, any("ticket")?])
}

/// The reference of the record of a table that was made first, among those that are not retired.
pub fn first(tx: &mut Tx, organisation: i64, table: &'static str) -> Result<Option<String>> {
    let sql = format!("select reference from {table} where organisation = ?1 and retired_at is null order by id limit 1");
    Ok(tx.maybe(&sql, &[organisation.into()])?.map(|row| row.text(0).map(str::to_owned)).transpose()?)
}

/// The reference of a record by its name, among those of a table that are not retired.
pub fn named(tx: &mut Tx, organisation: i64, table: &'static str, name: &str) -> Result<Option<String>> {
    let (kept, wanted) = (Tx::lower_sql("name"), Tx::lower_sql("?1"));
    let sql =
        format!("select reference from {table} where {kept} = {wanted} and organisation = ?2 and retired_at is null order by id limit 1");
    Ok(tx.maybe(&sql, &[Value::from(name), organisation.into()])?.map(|row| row.text(0).map(str::to_owned)).transpose()?)
}

/// Name of the organisation, its zone and its currency.
pub fn organisation(tx: &mut Tx, id: i64) -> Result<[String; 4]> {
    let row = tx.one("select reference, name, coalesce(zone, ''), coalesce(currency, '') from organisation where id = ?1", &[id.into()])?;
    Ok([row.text(0)?.to_owned(), row.text(1)?.to_owned(), row.text(2)?.to_owned(), row.text(3)?.to_owned()])
}

/// Hours and holidays of a calendar, as written.
pub fn calendar(tx: &mut Tx, reference: &str) -> Result<Option<[String; 2]>> {
    let sql = "select coalesce(hours, ''), coalesce(holidays, '') from calendar where reference = ?1";
    let row = tx.maybe(sql, &[Value::from(reference)])?;
    row.map(|row| Ok([row.text(0)?.to_owned(), row.text(1)?.to_owned()])).transpose()
}

/// Names of the records of a table that are not retired, by name, at most `limit`.
pub fn names(tx: &mut Tx, organisation: i64, table: &'static str, limit: usize) -> Result<Vec<String>> {
    let sql = format!("select name from {table} where organisation = ?1 and retired_at is null order by lower(name), id limit {limit}");
    tx.all(&sql, &[organisation.into()])?.iter().map(|row| Ok(row.text(0)?.to_owned())).collect()
}

/// Whether somebody has an e-mail address.
pub fn known(tx: &mut Tx, email: &str) -> Result<bool> {
    Ok(tx.maybe("select 1 from person where email = ?1", &[Value::from(email)])?.is_some())
}

/// The reference of a role by its key.
pub fn role(tx: &mut Tx, key: &str) -> Result<Option<String>> {
    let row = tx.maybe("select reference from role where key = ?1 and retired_at is null", &[Value::from(key)])?;
    Ok(row.map(|row| row.text(0).map(str::to_owned)).transpose()?)
}

/// The reference of a level's target for a measure and a priority, and its working time in seconds.
pub fn target(tx: &mut Tx, level: &str, measure: &str, priority: i64) -> Result<Option<(String, i64)>> {
    let sql = "select t.reference, t.within from target t join level l on l.id = t.level \
               where l.reference = ?1 and t.measure = ?2 and t.priority = ?3 and t.retired_at is null order by t.id limit 1";
    let row = tx.maybe(sql, &[Value::from(level), Value::from(measure), Value::Int(priority)])?;
    row.map(|row| Ok((row.text(0)?.to_owned(), row.int(1)?))).transpose()
}
