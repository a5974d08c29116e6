//! What the dashboard reads, under guard: narrow columns over the indexes by time. Merged and retired tickets count, see
//! [`crate::address::tickets`].

use super::period::Period;
use db::{Row, Tx, Value};
use desk::ticket::ACTIVE;
use kernel::Result;
use kernel::describe::Register;
use kernel::who::View;
use kernel::who::guard::{guard, mark};
use std::ops::ControlFlow;

/// A ticket resolved in the period.
#[derive(Clone, Copy, Debug)]
pub struct Resolved {
    /// When.
    pub at: i64,
    /// Id of its team.
    pub team: Option<i64>,
    /// Seconds from opening to resolution.
    pub seconds: i64,
    /// Whether its promises were kept; none: nothing was promised.
    pub kept: Option<bool>,
    /// Changes of its team.
    pub reassigned: i64,
}

/// Milliseconds of a quarter of an hour: every zone is a multiple of it away from UTC.
pub const QUARTER: i64 = 900_000;

/// How many were opened in each quarter of an hour of the period: its first instant and the count.
pub fn opened(tx: &mut Tx, view: &View, tickets: &Register, period: &Period) -> Result<Vec<(i64, i64)>> {
    let mut args = Vec::new();
    let Some(rows) = guard(view, tickets, "read", &mut args) else { return Ok(Vec::new()) };
    let (from, until) = (mark(&mut args, period.from), mark(&mut args, period.until));
    let sql = format!(
        "select t.opened_at / {QUARTER}, count(*) from ticket t where {rows} and t.opened_at >= {from} and t.opened_at < {until} group by 1"
    );
    let mut all = Vec::new();
    tx.each(&sql, &args, &mut |row| {
        all.push((row.int(0)? * QUARTER, row.int(1)?));
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(all)
}

/// Every ticket resolved in the period.
pub fn resolved(tx: &mut Tx, view: &View, tickets: &Register, period: &Period) -> Result<Vec<Resolved>> {
    let mut all = Vec::new();
    let columns = "t.resolved_at, t.team, t.opened_at, t.made_sla, t.reassignment_count";
    each(tx, view, tickets, columns, ("t.resolved_at", period.from, period.until), &mut |row| {
        let at = row.int(0)?;
        all.push(Resolved {
            at,
            team: row.maybe_int(1)?,
            seconds: ((at - row.int(2)?) / 1000).max(0),
            kept: row.maybe_int(3)?.map(|yes| yes == 1),
            reassigned: row.maybe_int(4)?.unwrap_or(0),
        });
        Ok(())
    })?;
    Ok(all)
}

/// Active tickets: (opened at, priority).
pub fn active(tx: &mut Tx, view: &View, tickets: &Register) -> Result<Vec<(i64, i64)>> {
    let mut all = Vec::new();
    each(tx, view, tickets, "t.opened_at, t.priority", ("t.active", 1, 2), &mut |row| {
        all.push((row.int(0)?, row.int(1)?));
        Ok(())
    })?;
    Ok(all)
}

/// Instants since another one at which tickets ended that were never resolved: called off, merged, closed by other means, or retired
/// while something was owed.
pub fn ended_otherwise(tx: &mut Tx, view: &View, tickets: &Register, from: i64) -> Result<Vec<i64>> {
    let mut args = Vec::new();
    let Some(rows) = guard(view, tickets, "read", &mut args) else { return Ok(Vec::new()) };
    let from = mark(&mut args, from);
    let owed = ACTIVE.join("', '");
    // No index knows when they were retired; but those in an open state that were changed since then are few.
    let sql = format!(
        "select t.closed_at from ticket t where {rows} and t.resolved_at is null and t.closed_at >= {from} \
         union all select t.retired_at from ticket t where {rows} and t.state in ('{owed}') and t.updated_at >= {from} \
         and t.retired_at >= {from} and t.resolved_at is null and t.closed_at is null"
    );
    let mut all = Vec::new();
    tx.each(&sql, &args, &mut |row| {
        all.push(row.int(0)?);
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(all)
}

/// How many have a time (`opened_at` or `resolved_at`) at an instant or later.
pub fn since(tx: &mut Tx, view: &View, tickets: &Register, column: &str, from: i64) -> Result<i64> {
    let mut args = Vec::new();
    let Some(rows) = guard(view, tickets, "read", &mut args) else { return Ok(0) };
    let from = mark(&mut args, from);
    Ok(tx.one(&format!("select count(*) from ticket t where {rows} and t.{column} >= {from}"), &args)?.int(0)?)
}

/// When the ticket was opened that comes so many places after the latest one before an instant; none: there are not so many.
pub fn latest(tx: &mut Tx, view: &View, tickets: &Register, before: i64, places: i64) -> Result<Option<i64>> {
    let mut args = Vec::new();
    let Some(rows) = guard(view, tickets, "read", &mut args) else { return Ok(None) };
    let (before, places) = (mark(&mut args, before), mark(&mut args, places));
    let sql = format!(
        "select t.opened_at from ticket t where {rows} and t.opened_at < {before} order by t.opened_at desc limit 1 offset {places}"
    );
    Ok(tx.maybe(&sql, &args)?.map(|row| row.int(0)).transpose()?)
}

/// A ticket as a list of arrivals names it.
#[derive(Clone, Debug)]
pub struct Arrived {
    /// Its reference.
    pub reference: String,
    /// Its summary.
    pub summary: String,
    /// `incident` or `request`.
    pub kind: String,
    /// 1 critical to 5 planning.
    pub priority: i64,
    /// When it was opened.
    pub opened_at: i64,
}

/// Tickets opened from one instant until another, the latest first.
pub fn arrived(tx: &mut Tx, view: &View, tickets: &Register, from: i64, until: i64, limit: usize) -> Result<Vec<Arrived>> {
    let mut args = Vec::new();
    let Some(rows) = guard(view, tickets, "read", &mut args) else { return Ok(Vec::new()) };
    let (from, until) = (mark(&mut args, from), mark(&mut args, until));
    let sql = format!(
        "select t.reference, t.summary, t.kind, t.priority, t.opened_at from ticket t where {rows} and t.opened_at >= {from} \
         and t.opened_at < {until} order by t.opened_at desc, t.id desc limit {limit}"
    );
    let one = |row: &Row| -> Result<Arrived> {
        Ok(Arrived {
            reference: row.text(0)?.to_owned(),
            summary: row.text(1)?.to_owned(),
            kind: row.text(2)?.to_owned(),
            priority: row.maybe_int(3)?.unwrap_or(4),
            opened_at: row.int(4)?,
        })
    };
    tx.all(&sql, &args)?.iter().map(one).collect()
}

type Visit<'a> = &'a mut dyn FnMut(&Row) -> db::Result<()>;

fn each(tx: &mut Tx, view: &View, tickets: &Register, columns: &str, range: (&str, i64, i64), visit: Visit) -> Result<()> {
    let mut args: Vec<Value> = Vec::new();
    let Some(rows) = guard(view, tickets, "read", &mut args) else { return Ok(()) };
    let (column, from, until) = range;
    let (from, until) = (mark(&mut args, from), mark(&mut args, until));
    let sql = format!("select {columns} from ticket t where {rows} and {column} >= {from} and {column} < {until}");
    tx.each(&sql, &args, &mut |row| visit(row).map(|()| ControlFlow::Continue(())))?;
    Ok(())
}
