//! What is asked of roles beyond what the engine asks.

use db::{Tx, Value};
use kernel::Result;

/// The id of a role by its key; retired ones too, as a key is never used twice.
pub fn id_of(tx: &mut Tx, key: &str) -> Result<Option<i64>> {
    let row = tx.maybe("select id from role where key = ?1", &[Value::from(key)])?;
    Ok(row.map(|row| row.int(0)).transpose()?)
}

/// What the organisation changed about the grants of a role follows its new key.
pub(super) fn rename_grants(tx: &mut Tx, from: &str, to: &str) -> Result<()> {
    tx.run("update role_grant set role = ?2 where role = ?1", &[Value::from(from), Value::from(to)])?;
    Ok(())
}

/// The difference from what ships that a role has on one permission; none if it is as it ships.
pub(super) fn difference(tx: &mut Tx, role: &str, register: &str, permission: &str) -> Result<Option<String>> {
    let sql = "select scopes from role_grant where role = ?1 and register = ?2 and verb = ?3";
    let row = tx.maybe(sql, &[Value::from(role), Value::from(register), Value::from(permission)])?;
    Ok(row.map(|row| row.text(0).map(str::to_owned)).transpose()?)
}
