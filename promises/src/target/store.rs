//! The targets of a level, out of the database.

use crate::level::{Measure, Target};
use db::{Tx, Value};
use kernel::Result;

/// Most targets of a level that are looked at: a few measures times a few priorities.
const MOST: usize = 200;

/// Targets in force of a level, besides one, the oldest first. The level is locked until the transaction ends, so that two who
/// promise at the same time see each other's.
pub(super) fn others(tx: &mut Tx, level: i64, but: i64) -> Result<Vec<Target>> {
    tx.maybe("select id from level where id = ?1 FOR UPDATE", &[Value::Int(level)])?;
    let sql = format!(
        "select measure, priority, within from target where level = ?1 and id <> ?2 and retired_at is null and within is not null \
         order by id limit {MOST}"
    );
    let mut all = Vec::new();
    for row in tx.all(&sql, &[Value::Int(level), Value::Int(but)])? {
        let Some(measure) = row.maybe_text(0)?.and_then(Measure::read) else { continue };
        all.push(Target { measure, priority: row.maybe_int(1)?, seconds: row.int(2)?, warn_percent: 0 });
    }
    Ok(all)
}
