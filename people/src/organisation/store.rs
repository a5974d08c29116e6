//! What is asked of organisations beyond what the engine asks.

use db::{Tx, Value};
use kernel::Result;

/// The organisation directly above.
pub(super) fn parent(tx: &mut Tx, id: i64) -> Result<Option<i64>> {
    let row = tx.maybe("select parent from organisation where id = ?1", &[Value::Int(id)])?;
    Ok(row.map(|row| row.maybe_int(0)).transpose()?.flatten())
}

/// The time zone of an organisation; none if it does not exist or has none.
pub fn zone(tx: &mut Tx, id: i64) -> Result<Option<String>> {
    let row = tx.maybe("select zone from organisation where id = ?1", &[Value::Int(id)])?;
    Ok(row.map(|row| row.maybe_text(0).map(|zone| zone.map(str::to_owned))).transpose()?.flatten())
}
