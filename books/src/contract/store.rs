//! Contracts whose term has moved on.

use db::{Tx, Value};
use kernel::Result;

/// Ids of contracts that renew themselves and whose last safe day lies before `today` (`YYYY-MM-DD`), oldest day first.
pub(super) fn passed(tx: &mut Tx, today: &str, limit: i64) -> Result<Vec<i64>> {
    let sql = "select id from contract where last_cancel_on < ?1 and retired_at is null order by last_cancel_on, id limit ?2";
    tx.all(sql, &[Value::from(today), Value::Int(limit)])?.iter().map(|row| Ok(row.int(0)?)).collect()
}
