//! The versions of calendars.

use super::register::REGISTER;
use db::{Row, Tx, Value};
use kernel::Result;
use kernel::who::View;
use kernel::who::guard::guard;

/// A version as it is stored.
pub(super) struct Stored {
    pub id: i64,
    pub number: i64,
    /// JSON of [`::calendar::Spec`].
    pub spec: String,
}

const COLUMNS: &str = "id, version, spec";

fn stored(row: &Row) -> Result<Stored> {
    Ok(Stored { id: row.int(0)?, number: row.int(1)?, spec: row.text(2)?.to_owned() })
}

/// The versions of a calendar, the oldest first: number, and since when it is in force.
pub(super) fn all(tx: &mut Tx, calendar: i64) -> Result<Vec<(i64, i64)>> {
    let rows = tx.all(
        "select version, valid_from from calendar_version where calendar = ?1 order by version limit 10000",
        &[Value::Int(calendar)],
    )?;
    rows.iter().map(|row| Ok((row.int(0)?, row.int(1)?))).collect()
}

/// The version in force at an instant; the first one for anything earlier.
pub(super) fn in_force(tx: &mut Tx, calendar: i64, at: i64) -> Result<Option<Stored>> {
    let sql = format!("select {COLUMNS} from calendar_version where calendar = ?1 and valid_from <= ?2 order by version desc limit 1");
    if let Some(row) = tx.maybe(&sql, &[Value::Int(calendar), Value::Int(at)])? {
        return stored(&row).map(Some);
    }
    let sql = format!("select {COLUMNS} from calendar_version where calendar = ?1 order by version limit 1");
    tx.maybe(&sql, &[Value::Int(calendar)])?.as_ref().map(stored).transpose()
}

/// The latest version.
pub(super) fn latest(tx: &mut Tx, calendar: i64) -> Result<Option<Stored>> {
    in_force(tx, calendar, i64::MAX)
}

/// A version by its id.
pub(super) fn by_id(tx: &mut Tx, version: i64) -> Result<Option<Stored>> {
    let sql = format!("select {COLUMNS} from calendar_version where id = ?1");
    tx.maybe(&sql, &[Value::Int(version)])?.as_ref().map(stored).transpose()
}

/// Keeps a version.
pub(super) fn keep(tx: &mut Tx, calendar: i64, version: &Stored, from: i64) -> Result<()> {
    let sql = "insert into calendar_version (id, calendar, version, spec, valid_from) values (?1, ?2, ?3, ?4, ?5)";
    let spec = Value::from(version.spec.as_str());
    tx.run(sql, &[Value::Int(version.id), Value::Int(calendar), Value::Int(version.number), spec, Value::Int(from)])?;
    Ok(())
}

/// References of calendars whose version number has no version.
pub(super) fn without_version(tx: &mut Tx) -> Result<Vec<String>> {
    let sql = "select c.reference from calendar c where not exists \
               (select 1 from calendar_version v where v.calendar = c.id and v.version = c.version_number) order by c.id limit 100";
    tx.all(sql, &[])?.iter().map(|row| Ok(row.text(0)?.to_owned())).collect()
}

/// Reference, name and written holidays of the calendars that the viewer may change.
pub(super) fn holidays(tx: &mut Tx, view: &View, limit: i64) -> Result<Vec<(String, String, String)>> {
    let mut args = Vec::new();
    let Some(rows) = guard(view, &REGISTER, "edit", &mut args) else { return Ok(Vec::new()) };
    let sql = format!(
        "select t.reference, t.name, t.holidays from calendar t where t.holidays is not null and t.retired_at is null and {rows} \
         order by t.id limit {limit}"
    );
    let text = |row: &Row, column: usize| -> Result<String> { Ok(row.text(column)?.to_owned()) };
    tx.all(&sql, &args)?.iter().map(|row| Ok((text(row, 0)?, text(row, 1)?, text(row, 2)?))).collect()
}
