//! What the morning reads beside the lines of the practices, under guard.

use db::{Row, Tx, Value};
use desk::ticket::rules::{LEAST_SERIOUS, serious};
use kernel::Result;
use kernel::describe::Register;
use kernel::who::View;
use kernel::who::guard::{guard, mark};
use std::ops::ControlFlow;

/// A calendar that the night may be told by.
pub struct Hours {
    /// Its id.
    pub id: i64,
    /// Its reference.
    pub reference: String,
    /// Its name.
    pub name: String,
    /// Its zone.
    pub zone: String,
}

/// Calendars, the oldest first.
pub fn calendars(tx: &mut Tx, view: &View, calendars: &Register) -> Result<Vec<Hours>> {
    let mut args = Vec::new();
    let Some(rows) = guard(view, calendars, "read", &mut args) else { return Ok(Vec::new()) };
    let sql =
        format!("select t.id, t.reference, t.name, t.zone from calendar t where {rows} and t.retired_at is null order by t.id limit 100");
    let hours = |row: &Row| -> Result<Hours> {
        Ok(Hours {
            id: row.int(0)?,
            reference: row.text(1)?.to_owned(),
            name: row.text(2)?.to_owned(),
            zone: row.maybe_text(3)?.unwrap_or("UTC").to_owned(),
        })
    };
    tx.all(&sql, &args)?.iter().map(hours).collect()
}

/// Most tickets named in one address.
pub const MOST_NAMED: usize = 60;
/// Most breaches of a night that are looked at.
pub const MOST_BROKEN: i64 = 2_000;

/// References of the tickets on which a promise was broken between two instants, by the journal, and how many of them are critical incidents.
pub fn broken(tx: &mut Tx, view: &View, tickets: &Register, from: i64, until: i64) -> Result<(Vec<String>, i64)> {
    let mut args = vec![Value::Int(from), Value::Int(until)];
    let Some(rows) = guard(view, tickets, "read", &mut args) else { return Ok((Vec::new(), 0)) };
    let sql = format!(
        "select distinct t.reference, t.priority, t.kind from journal j join ticket t on t.id = j.record \
         where j.verb = 'clock-breached' and j.at >= ?1 and j.at < ?2 and t.retired_at is null and {rows} order by t.reference limit {MOST_BROKEN}"
    );
    let (mut references, mut critical) = (Vec::new(), 0);
    for row in tx.all(&sql, &args)? {
        references.push(row.text(0)?.to_owned());
        critical += i64::from(serious(row.int(1)?) && row.text(2)? == "incident");
    }
    Ok((references, critical))
}

/// A critical incident.
pub struct Critical {
    /// Its reference.
    pub reference: String,
    /// Its summary.
    pub summary: String,
    /// One of the serious ones.
    pub priority: i64,
    /// When it was opened.
    pub opened_at: i64,
    /// When it was resolved.
    pub resolved_at: Option<i64>,
    /// Something is still owed.
    pub active: bool,
}

/// Critical incidents opened between two instants, the most critical first; more than `limit` are not looked at.
pub fn critical(tx: &mut Tx, view: &View, tickets: &Register, from: i64, until: i64, limit: i64) -> Result<Vec<Critical>> {
    let mut args = vec![Value::Int(from), Value::Int(until)];
    let Some(rows) = guard(view, tickets, "read", &mut args) else { return Ok(Vec::new()) };
    let sql = format!(
        "select t.reference, t.summary, t.priority, t.opened_at, t.resolved_at, t.active from ticket t \
         where t.opened_at >= ?1 and t.opened_at < ?2 and t.priority <= {LEAST_SERIOUS} and t.kind = 'incident' and t.retired_at is null and {rows} \
         order by t.priority, t.opened_at, t.id limit {limit}"
    );
    let one = |row: &Row| -> Result<Critical> {
        Ok(Critical {
            reference: row.text(0)?.to_owned(),
            summary: row.text(1)?.to_owned(),
            priority: row.int(2)?,
            opened_at: row.int(3)?,
            resolved_at: row.maybe_int(4)?,
            active: row.int(5)? == 1,
        })
    };
    tx.all(&sql, &args)?.iter().map(one).collect()
}

/// Calls `each` with service, time of resolution and whether its promises were kept, of every promised ticket of a service resolved
/// between two instants. Merged and retired ones count, see [`crate::address::tickets`].
pub fn resolved(
    tx: &mut Tx,
    view: &View,
    tickets: &Register,
    (from, until): (i64, i64),
    each: &mut dyn FnMut(i64, i64, bool),
) -> Result<()> {
    let mut args = vec![Value::Int(from), Value::Int(until)];
    let Some(rows) = guard(view, tickets, "read", &mut args) else { return Ok(()) };
    let sql = format!(
        "select t.service, t.resolved_at, t.made_sla from ticket t where t.resolved_at >= ?1 and t.resolved_at < ?2 and {rows} \
         and t.service is not null and t.made_sla is not null"
    );
    tx.each(&sql, &args, &mut |row| {
        each(row.int(0)?, row.int(1)?, row.int(2)? == 1);
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(())
}

/// Open incidents by service.
pub fn open_incidents(tx: &mut Tx, view: &View, tickets: &Register) -> Result<Vec<(i64, i64)>> {
    let mut args = Vec::new();
    let Some(rows) = guard(view, tickets, "read", &mut args) else { return Ok(Vec::new()) };
    let sql = format!(
        "select t.service, count(*) from ticket t where t.active = 1 and t.service is not null and t.kind = 'incident' \
         and t.retired_at is null and {rows} group by t.service limit 5000"
    );
    tx.all(&sql, &args)?.iter().map(|row| Ok((row.int(0)?, row.int(1)?))).collect()
}

/// A service in use.
pub struct Service {
    /// Its id.
    pub id: i64,
    /// Its reference.
    pub reference: String,
    /// Its name.
    pub name: String,
    /// 1 vital to 4 low.
    pub criticality: i64,
}

/// Most services looked at.
const MOST_SERVICES: i64 = 2_000;

/// Live services, the most critical first.
pub fn services(tx: &mut Tx, view: &View, services: &Register) -> Result<Vec<Service>> {
    let mut args = Vec::new();
    let Some(rows) = guard(view, services, "read", &mut args) else { return Ok(Vec::new()) };
    let limit = mark(&mut args, MOST_SERVICES);
    let sql = format!(
        "select t.id, t.reference, t.name, coalesce(t.criticality, 9) from service t where {rows} and t.state <> 'retired' \
         and t.retired_at is null order by coalesce(t.criticality, 9), t.id limit {limit}"
    );
    let service = |row: &Row| -> Result<Service> {
        Ok(Service { id: row.int(0)?, reference: row.text(1)?.to_owned(), name: row.text(2)?.to_owned(), criticality: row.int(3)? })
    };
    tx.all(&sql, &args)?.iter().map(service).collect()
}

/// Promised shares: of one service, or (none) of any, in per cent; the oldest level first. Promises to single customers are left out.
pub fn shares(tx: &mut Tx, view: &View, levels: &Register) -> Result<Vec<(Option<i64>, i64)>> {
    let mut args = Vec::new();
    let Some(rows) = guard(view, levels, "read", &mut args) else { return Ok(Vec::new()) };
    let sql = format!(
        "select t.service, t.promised_share from level t where {rows} and t.kind = 'sla' and t.promised_share is not null \
         and t.customer is null and t.retired_at is null order by t.id limit 2000"
    );
    tx.all(&sql, &args)?.iter().map(|row| Ok((row.maybe_int(0)?, row.int(1)?))).collect()
}
