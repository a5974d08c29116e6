//! What the page reads of tickets, under guard.

use super::rules::Trouble;
use db::{Tx, Value};
use desk::ticket::rules::LEAST_SERIOUS;
use kernel::Result;
use kernel::describe::Register;
use kernel::who::View;
use kernel::who::guard::{guard, mark};
use std::ops::ControlFlow;

/// Most open incidents of high priority looked at in the whole house.
const MOST: i64 = 2_000;
/// Most tickets of a service drawn or counted by month.
const MOST_TICKETS: i64 = 20_000;

/// Open incidents of critical and high priority, whatever they are about; the most pressing first.
pub fn troubles(tx: &mut Tx, view: &View, incidents: &Register) -> Result<Vec<Trouble>> {
    let mut args = Vec::new();
    let Some(rows) = guard(view, incidents, "read", &mut args) else { return Ok(Vec::new()) };
    let sql = format!("{TROUBLE} where {rows} and t.active = 1 and t.priority <= {LEAST_SERIOUS} order by t.priority, t.id limit {MOST}");
    tx.all(&sql, &args)?.iter().map(trouble).collect()
}

/// Every open incident about one service, the most pressing first.
pub fn about(tx: &mut Tx, view: &View, incidents: &Register, service: i64) -> Result<Vec<Trouble>> {
    let mut args = Vec::new();
    let Some(rows) = guard(view, incidents, "read", &mut args) else { return Ok(Vec::new()) };
    let service = mark(&mut args, service);
    let sql = format!("{TROUBLE} where {rows} and t.active = 1 and t.service = {service} order by t.priority, t.id limit 200");
    tx.all(&sql, &args)?.iter().map(trouble).collect()
}

const TROUBLE: &str = "select t.reference, t.summary, t.service, t.item, t.priority, t.opened_at from ticket t";

fn trouble(row: &db::Row) -> Result<Trouble> {
    Ok(Trouble {
        reference: row.text(0)?.to_owned(),
        summary: row.text(1)?.to_owned(),
        service: row.maybe_int(2)?,
        item: row.maybe_int(3)?,
        priority: row.maybe_int(4)?.unwrap_or(4),
        opened_at: row.int(5)?,
    })
}

/// A ticket of a service as the page counts and draws it.
#[derive(Clone, Debug)]
pub struct Past {
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
    /// When it was resolved.
    pub resolved_at: Option<i64>,
    /// When it ended: resolved, called off, merged or retired; none: something is still owed.
    pub ended_at: Option<i64>,
    /// Whether its promise was kept; none: nothing was promised.
    pub kept: Option<bool>,
}

/// Tickets of a service that changed since an instant, the latest change first: all that were opened or resolved since. Merged and
/// retired tickets count, see [`crate::address::tickets`].
pub fn since(tx: &mut Tx, view: &View, tickets: &Register, service: i64, from: i64) -> Result<Vec<Past>> {
    let mut args = Vec::new();
    let Some(rows) = guard(view, tickets, "read", &mut args) else { return Ok(Vec::new()) };
    let (service, from) = (mark(&mut args, service), mark(&mut args, from));
    let sql = format!(
        "select t.reference, t.summary, t.kind, t.priority, t.opened_at, t.resolved_at, \
         case when t.active = 0 then coalesce(t.resolved_at, t.closed_at, t.retired_at, t.updated_at) end, t.made_sla from ticket t where {rows} \
         and t.service = {service} and t.active in (0, 1) and t.updated_at >= {from} order by t.updated_at desc limit {MOST_TICKETS}"
    );
    let mut all = Vec::new();
    tx.each(&sql, &args, &mut |row| {
        all.push(Past {
            reference: row.text(0)?.to_owned(),
            summary: row.text(1)?.to_owned(),
            kind: row.text(2)?.to_owned(),
            priority: row.maybe_int(3)?.unwrap_or(4),
            opened_at: row.int(4)?,
            resolved_at: row.maybe_int(5)?,
            ended_at: row.maybe_int(6)?,
            kept: row.maybe_int(7)?.map(|yes| yes == 1),
        });
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(all)
}

/// When a ticket of a service last changed.
pub fn last_change(tx: &mut Tx, view: &View, tickets: &Register, service: i64) -> Result<Option<i64>> {
    let mut args = Vec::new();
    let Some(rows) = guard(view, tickets, "read", &mut args) else { return Ok(None) };
    let service = mark(&mut args, service);
    // Each part in the order of its index.
    let part = |active: i64| format!("select t.updated_at from ticket t where {rows} and t.service = {service} and t.active = {active}");
    let sql = format!("{} union all {} order by 1 desc limit 1", part(1), part(0));
    Ok(tx.maybe(&sql, &args)?.map(|row| row.int(0)).transpose()?)
}

/// How many tickets of a service are open.
pub fn open(tx: &mut Tx, view: &View, tickets: &Register, service: i64) -> Result<i64> {
    let mut args: Vec<Value> = Vec::new();
    let Some(rows) = guard(view, tickets, "read", &mut args) else { return Ok(0) };
    let service = mark(&mut args, service);
    Ok(tx.one(&format!("select count(*) from ticket t where {rows} and t.active = 1 and t.service = {service}"), &args)?.int(0)?)
}
