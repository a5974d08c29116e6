//! What the promises rest on, out of the database: levels, targets, organisations and versions of calendars.

use super::book::{Level, Measure, Target};
use super::register::LEVELS;
use crate::calendars::Named;
use db::{Row, Tx, Value};
use kernel::Result;
use kernel::who::View;
use kernel::who::guard::{any_of, guard, mark};
use std::collections::HashMap;

/// Levels in force, the oldest first, still without their targets.
pub(super) fn levels(tx: &mut Tx) -> Result<Vec<Level>> {
    let sql = "select id, organisation, service, customer, tickets, calendar, pauses_requester, pauses_vendor, pauses_other \
               from level where retired_at is null and kind = 'sla' and calendar is not null order by id";
    tx.all(sql, &[])?.iter().map(level).collect()
}

fn level(row: &Row) -> Result<Level> {
    let pause = |column: usize, bit: i64| -> Result<i64> { Ok(if row.maybe_int(column)? == Some(1) { bit } else { 0 }) };
    Ok(Level {
        id: row.int(0)?,
        organisation: row.int(1)?,
        service: row.maybe_int(2)?,
        customer: row.maybe_int(3)?,
        tickets: row.maybe_text(4)?.unwrap_or("all").to_owned(),
        calendar: row.int(5)?,
        pauses: pause(6, 1)? | pause(7, 2)? | pause(8, 4)?,
        targets: Vec::new(),
    })
}

/// Targets in force with the id of their level, the oldest first; those without a level or a known measure are left out.
pub(super) fn targets(tx: &mut Tx) -> Result<Vec<(i64, Target)>> {
    let sql = "select level, measure, priority, within, warn_at_percent from target where retired_at is null order by id";
    let mut all = Vec::new();
    for row in tx.all(sql, &[])? {
        let (level, measure) = (row.maybe_int(0)?, row.maybe_text(1)?.and_then(Measure::read));
        let (Some(level), Some(measure)) = (level, measure) else { continue };
        let (seconds, warn_percent) = (row.maybe_int(3)?.unwrap_or(0), row.maybe_int(4)?.unwrap_or(0));
        all.push((level, Target { measure, priority: row.maybe_int(2)?, seconds, warn_percent }));
    }
    Ok(all)
}

/// Organisations that stand below another, each to the one above it.
pub(super) fn parents(tx: &mut Tx) -> Result<HashMap<i64, i64>> {
    let rows = tx.all("select id, parent from organisation where parent is not null", &[])?;
    rows.iter().map(|row| Ok((row.int(0)?, row.int(1)?))).collect()
}

/// Calendars to their versions: (valid from, id), the oldest first.
pub(super) fn versions(tx: &mut Tx) -> Result<HashMap<i64, Vec<(i64, i64)>>> {
    let mut all: HashMap<i64, Vec<(i64, i64)>> = HashMap::new();
    for row in tx.all("select calendar, valid_from, id from calendar_version order by calendar, version", &[])? {
        all.entry(row.int(0)?).or_default().push((row.int(1)?, row.int(2)?));
    }
    Ok(all)
}

/// The spec of a calendar's version, as JSON.
pub(crate) fn spec(tx: &mut Tx, version: i64) -> Result<Option<String>> {
    let row = tx.maybe("select spec from calendar_version where id = ?1", &[Value::Int(version)])?;
    Ok(row.map(|row| row.text(0).map(str::to_owned)).transpose()?)
}

/// What people call a version; none for one that is missing.
pub(crate) fn version_named(tx: &mut Tx, version: i64) -> Result<Option<Named>> {
    let sql = "select c.name, c.reference, v.version from calendar_version v join calendar c on c.id = v.calendar where v.id = ?1";
    let row = tx.maybe(sql, &[version.into()])?;
    let named = |row: Row| -> Result<Named> {
        Ok(Named { name: row.text(0)?.to_owned(), reference: row.text(1)?.to_owned(), number: row.int(2)? })
    };
    row.map(named).transpose()
}

/// Gives the promises another epoch, so that what is remembered of them is read anew.
pub(super) fn move_epoch(tx: &mut Tx, number: i64) -> Result<()> {
    tx.run("update epoch set value = ?1 where name = 'promises'", &[number.into()])?;
    Ok(())
}

/// How the promises to resolve stand that were made under a level since some instant.
pub(super) struct Standing {
    /// The level's reference.
    pub reference: String,
    /// Its name.
    pub name: String,
    /// The share that it promises, in per cent.
    pub promised: i64,
    /// All of them, open ones too.
    pub made: i64,
    /// Broken, whether or not still owed.
    pub broken: i64,
}

/// Levels that promise a share and that the viewer may change, with what was promised under them since `from`.
pub(super) fn standings(tx: &mut Tx, view: &View, from: i64, limit: i64) -> Result<Vec<Standing>> {
    let mut args = vec![Value::Int(from)];
    let Some(rows) = guard(view, &LEVELS, "edit", &mut args) else { return Ok(Vec::new()) };
    let reach = if view.everything { "1 = 1".to_owned() } else { any_of("c.organisation", &view.reach, &mut args) };
    let limit = mark(&mut args, limit);
    let sql = format!(
        "select t.reference, t.name, t.promised_share, count(*), sum(case when c.broken > 0 then 1 else 0 end) \
         from level t join clock c on c.level = t.id \
         where c.measure = 'resolution' and c.started_at >= ?1 and c.state <> 'stopped' and {reach} and {rows} \
         and t.promised_share is not null and t.retired_at is null \
         group by t.id, t.reference, t.name, t.promised_share order by t.id limit {limit}"
    );
    let standing = |row: &Row| -> Result<Standing> {
        Ok(Standing {
            reference: row.text(0)?.to_owned(),
            name: row.text(1)?.to_owned(),
            promised: row.int(2)?,
            made: row.int(3)?,
            broken: row.int(4)?,
        })
    };
    tx.all(&sql, &args)?.iter().map(standing).collect()
}
