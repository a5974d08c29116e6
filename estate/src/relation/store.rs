//! What is asked of the ends of a relation.

use db::{Tx, Value};
use kernel::{House, Result};

/// The reference of a record of any register; empty if there is none.
pub(super) fn reference(tx: &mut Tx, house: &House, register: &str, id: i64) -> Result<String> {
    let Some(register) = house.register(register) else { return Ok(String::new()) };
    let row = tx.maybe(&format!("select reference from {} where id = ?1", register.table), &[Value::Int(id)])?;
    Ok(row.map(|row| row.text(0).map(str::to_owned)).transpose()?.unwrap_or_default())
}
