//! Windows by time.

use super::register::REGISTER;
use db::{Row, Tx, Value};
use kernel::Result;
use kernel::describe::Register;
use kernel::who::View;
use kernel::who::guard::{guard, mark};
use std::collections::HashMap;

/// What a window is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Nothing may change.
    Freeze,
    /// Alerts are held back.
    Silence,
    /// Time does not count against promises.
    Exclusion,
    /// Shown on the status page.
    Notice,
}

impl Purpose {
    fn column(self) -> &'static str {
        match self {
            Purpose::Freeze => "freezes_changes",
            Purpose::Silence => "suppresses_alerts",
            Purpose::Exclusion => "excludes_clocks",
            Purpose::Notice => "announced",
        }
    }
}

/// A window as others use it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Window {
    /// Its id.
    pub id: i64,
    /// What people call it.
    pub reference: String,
    /// Its name.
    pub name: String,
    /// First instant.
    pub starts_at: i64,
    /// First instant after it.
    pub ends_at: i64,
}

/// Most windows looked at.
const MOST: i64 = 1_000;

/// Windows of a purpose that overlap a span and concern a service or item (by id), or everything; in order of time.
pub fn overlapping(tx: &mut Tx, purpose: Purpose, about: i64, from: i64, until: i64) -> Result<Vec<Window>> {
    let sql = format!(
        "select t.id, t.reference, t.name, t.starts_at, t.ends_at from span t \
         where t.{} = 1 and t.retired_at is null and t.starts_at < ?1 and t.ends_at > ?2 and \
         (exists (select 1 from relation e where e.source = t.id and e.field in ('services', 'items') and e.target = ?3 and e.valid_until is null) \
          or not exists (select 1 from relation e where e.source = t.id and e.field in ('services', 'items') and e.valid_until is null)) \
         order by t.starts_at, t.id limit {MOST}",
        purpose.column()
    );
    tx.all(&sql, &[Value::Int(until), Value::Int(from), Value::Int(about)])?.iter().map(read).collect()
}

/// A window whose time does not count against promises.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excluded {
    /// What others use of it.
    pub window: Window,
    /// Whose it is: it concerns that organisation and those below it.
    pub organisation: i64,
    /// Ids of the services and items it concerns; none: all of them.
    pub about: Vec<i64>,
}

/// Most windows that are left out of promises; of more, the latest are.
const MOST_EXCLUDED: i64 = 20_000;

/// Every window whose time does not count against promises, in order of time.
pub fn excluded(tx: &mut Tx) -> Result<Vec<Excluded>> {
    let sql = format!(
        "select t.id, t.reference, t.name, t.starts_at, t.ends_at, t.organisation from span t \
         where t.excludes_clocks = 1 and t.retired_at is null order by t.starts_at desc, t.id desc limit {MOST_EXCLUDED}"
    );
    let about = "select e.source, e.target from relation e join span t on t.id = e.source \
                 where t.excludes_clocks = 1 and t.retired_at is null and e.field in ('services', 'items') and e.valid_until is null \
                 order by e.source, e.target";
    let mut concerned: HashMap<i64, Vec<i64>> = HashMap::new();
    for row in tx.all(about, &[])? {
        concerned.entry(row.int(0)?).or_default().push(row.int(1)?);
    }
    let one = |row: &Row| -> Result<Excluded> {
        let window = read(row)?;
        Ok(Excluded { organisation: row.int(5)?, about: concerned.get(&window.id).cloned().unwrap_or_default(), window })
    };
    tx.all(&sql, &[])?.iter().rev().map(one).collect()
}

/// Windows that concern a service or item (by id), or everything, and have not ended, with what they do; the nearest first, at
/// most 8.
pub(super) fn ahead(tx: &mut Tx, view: &View, windows: &Register, about: i64, now: i64) -> Result<Vec<(Window, Vec<&'static str>)>> {
    let mut args = Vec::new();
    let Some(rows) = guard(view, windows, "read", &mut args) else { return Ok(Vec::new()) };
    let (now, about) = (mark(&mut args, now), mark(&mut args, about));
    let sql = format!(
        "select t.id, t.reference, t.name, t.starts_at, t.ends_at, t.freezes_changes, t.suppresses_alerts, t.excludes_clocks from span t \
         where {rows} and t.retired_at is null and t.ends_at > {now} and \
         (exists (select 1 from relation e where e.source = t.id and e.field in ('services', 'items') and e.target = {about} and e.valid_until is null) \
          or not exists (select 1 from relation e where e.source = t.id and e.field in ('services', 'items') and e.valid_until is null)) \
         order by t.starts_at, t.id limit 8"
    );
    const DOES: [&str; 3] = ["nothing may change", "alerts are held back", "does not count against promises"];
    let with_deeds = |row: &Row| -> Result<(Window, Vec<&'static str>)> {
        let mut does = Vec::new();
        for (at, word) in DOES.into_iter().enumerate() {
            does.extend((row.maybe_int(5 + at)? == Some(1)).then_some(word));
        }
        Ok((read(row)?, does))
    };
    tx.all(&sql, &args)?.iter().map(with_deeds).collect()
}

fn read(row: &Row) -> Result<Window> {
    Ok(Window {
        id: row.int(0)?,
        reference: row.text(1)?.to_owned(),
        name: row.text(2)?.to_owned(),
        starts_at: row.int(3)?,
        ends_at: row.int(4)?,
    })
}

/// A window as somebody sees it on a time line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// What others use of it.
    pub window: Window,
    /// Nothing may change.
    pub freezes: bool,
    /// Alerts are held back, or its time does not count.
    pub silences: bool,
    /// Shown on the status page.
    pub announced: bool,
}

/// Windows that overlap a span and to which the viewer may do `verb`, in order of time.
pub fn seen_between(tx: &mut Tx, view: &View, verb: &str, from: i64, until: i64, limit: i64) -> Result<Vec<Seen>> {
    let mut args = vec![Value::Int(until), Value::Int(from)];
    let Some(rows) = guard(view, &REGISTER, verb, &mut args) else { return Ok(Vec::new()) };
    let sql = format!(
        "select t.id, t.reference, t.name, t.starts_at, t.ends_at, coalesce(t.freezes_changes, 0), \
         coalesce(t.suppresses_alerts, 0) + coalesce(t.excludes_clocks, 0), coalesce(t.announced, 0) from span t \
         where t.starts_at < ?1 and t.ends_at > ?2 and t.retired_at is null and {rows} order by t.starts_at, t.id limit {limit}"
    );
    let seen = |row: &Row| -> Result<Seen> {
        Ok(Seen { window: read(row)?, freezes: row.int(5)? == 1, silences: row.int(6)? > 0, announced: row.int(7)? == 1 })
    };
    tx.all(&sql, &args)?.iter().map(seen).collect()
}
