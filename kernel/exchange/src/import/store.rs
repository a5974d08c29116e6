//! What an import made of which row of a source: the table `imported`.

use super::plan::Item;
use db::{Tx, Value};
use kernel::Result;
use kernel::describe::Register;

/// A row that was imported before.
pub(super) struct Known {
    /// Id of the record made of it.
    pub record: i64,
    /// Digest of what was sent then.
    pub digest: String,
}

/// The name of a source within the organisation that one imports for: two that call theirs alike share nothing.
pub(super) fn own(organisation: i64, source: &str) -> String {
    format!("{organisation}/{source}")
}

/// What was made of a row of a source, which is an [`own`] one or a plain one from before sources were told apart.
pub(super) fn find(tx: &mut Tx, source: &str, register: &Register, foreign: &str) -> Result<Option<Known>> {
    let sql = "select record, digest from imported where source = ?1 and register = ?2 and foreign_id = ?3";
    let row = tx.maybe(sql, &[Value::from(source), Value::from(register.key), Value::from(foreign)])?;
    row.map(|row| Ok(Known { record: row.int(0)?, digest: row.text(1)?.to_owned() })).transpose()
}

/// Remembers what was made of a row.
pub(super) fn keep(tx: &mut Tx, source: &str, register: &Register, item: &Item, record: i64, at: i64) -> Result<()> {
    let sql = "insert into imported (source, foreign_id, register, record, digest, imported_at) values (?1, ?2, ?3, ?4, ?5, ?6) \
        on conflict (source, register, foreign_id) do update set record = excluded.record, digest = excluded.digest, \
        imported_at = excluded.imported_at";
    let args = [
        Value::from(source),
        Value::from(item.foreign.as_str()),
        Value::from(register.key),
        Value::Int(record),
        Value::from(item.digest.as_str()),
        Value::Int(at),
    ];
    tx.run(sql, &args)?;
    Ok(())
}
