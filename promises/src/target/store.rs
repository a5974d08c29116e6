//! The targets of a level, out of the database.

use super::TARGETS;
use crate::level::{Measure, Target};
use db::{Tx, Value};
use kernel::Result;
use kernel::who::View;
use kernel::who::guard::{guard, mark};

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

/// A target as the page of its level lists it.
pub(super) struct Listed {
    /// Its reference.
    pub reference: String,
    /// What is promised, for which priority.
    pub name: String,
    /// Seconds of working time.
    pub within: i64,
}

/// Targets in force of a level that the viewer may read: by measure in the order in which they fall due, the most pressing priority
/// first, the one for any last; at most 60.
pub(super) fn of_level(tx: &mut Tx, view: &View, level: i64) -> Result<Vec<Listed>> {
    let mut args = Vec::new();
    let Some(rows) = guard(view, &TARGETS, "read", &mut args) else { return Ok(Vec::new()) };
    let level = mark(&mut args, level);
    let sql = format!(
        "select t.reference, t.name, t.within from target t where {rows} and t.level = {level} and t.retired_at is null and t.within is not null \
         order by case t.measure when 'first_response' then 0 when 'next_update' then 1 else 2 end, coalesce(t.priority, 9), t.id limit 60"
    );
    let listed = |row: &db::Row| -> Result<Listed> {
        Ok(Listed { reference: row.text(0)?.to_owned(), name: row.text(1)?.to_owned(), within: row.int(2)? })
    };
    tx.all(&sql, &args)?.iter().map(listed).collect()
}
