//! What the dashboard reads, under guard: narrow columns over the indexes by time.

use super::period::Period;
use db::{Row, Tx, Value};
use kernel::Result;
use kernel::describe::Register;
use kernel::who::View;
use kernel::who::guard::{guard, mark};
use std::collections::BTreeMap;
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

/// Opened in each week of the period.
pub fn opened(tx: &mut Tx, view: &View, tickets: &Register, period: &Period) -> Result<Vec<i64>> {
    let mut weeks = vec![0; period.weeks as usize];
    each(tx, view, tickets, "t.opened_at", ("t.opened_at", period.from, period.until), &mut |row| {
        weeks[period.week(row.int(0)?)] += 1;
        Ok(())
    })?;
    Ok(weeks)
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

/// How many were open at an instant: opened by then, and not resolved by then.
pub fn backlog_at(tx: &mut Tx, view: &View, tickets: &Register, at: i64) -> Result<i64> {
    let mut args = Vec::new();
    let Some(rows) = guard(view, tickets, "read", &mut args) else { return Ok(0) };
    let at = mark(&mut args, at);
    let opened = format!("select count(*) from ticket t where {rows} and t.opened_at < {at}");
    let ended = format!("select count(*) from ticket t where {rows} and t.resolved_at < {at}");
    Ok(tx.one(&opened, &args)?.int(0)? - tx.one(&ended, &args)?.int(0)?)
}

/// Titles of teams by id.
pub fn team_names(tx: &mut Tx) -> Result<BTreeMap<i64, (String, String)>> {
    let rows = tx.all("select id, reference, name from team limit 5000", &[])?;
    rows.iter().map(|row| Ok((row.int(0)?, (row.text(1)?.to_owned(), row.text(2)?.to_owned())))).collect()
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
