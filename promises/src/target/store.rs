//! The targets of a level, out of the database.

use crate::level::{Measure, Target};
use db::{Tx, Value};
use kernel::Result;

/// Targets in force of a level with their ids, besides one, the oldest first: of several for the same measure and priority the oldest,
/// which is the one that tickets get. The level is locked until the transaction ends, so that two who promise at the same time see
/// each other's.
pub(super) fn others(tx: &mut Tx, level: i64, but: i64) -> Result<Vec<(i64, Target)>> {
    tx.maybe("select id from level where id = ?1 FOR UPDATE", &[Value::Int(level)])?;
    let mine = "level = ?1 and id <> ?2 and retired_at is null and within is not null";
    let sql = format!(
        "select id, measure, priority, within from target where {mine} \
         and id in (select min(id) from target where {mine} group by measure, priority) order by id"
    );
    let mut all = Vec::new();
    for row in tx.all(&sql, &[Value::Int(level), Value::Int(but)])? {
        let Some(measure) = row.maybe_text(1)?.and_then(Measure::read) else { continue };
        all.push((row.int(0)?, Target { measure, priority: row.maybe_int(2)?, seconds: row.int(3)?, warn_percent: 0 }));
    }
    Ok(all)
}
