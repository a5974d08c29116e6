//! Who and what stands behind the intervals of a ledger: the entries that began them, and the calendars they were counted by.

use calendar::clock::{Kind, Ledger};
use db::Tx;
use kernel::journal::history;
use kernel::register::{self, Record, names_of};
use kernel::web::Request;
use kernel::{Error, Result};
use promises::calendars::{Named, named};
use std::collections::HashMap;
use std::collections::hash_map::Entry;

/// Entries of a ticket looked through.
const MOST: usize = 2_000;

/// Names for the intervals of one ledger.
pub struct Told {
    calendars: HashMap<i64, Named>,
    /// Instant of an entry to who made it and what they did.
    entries: HashMap<i64, String>,
    /// Reference of a window that was left out to what it was and why.
    windows: HashMap<String, String>,
}

/// Windows that are named; the rest keep their references.
const MOST_WINDOWS: usize = 50;

impl Told {
    /// Reads what the intervals of a ledger rest on.
    pub fn load(tx: &mut Tx, request: &Request, record: &Record, ledger: &Ledger) -> Result<Told> {
        let mut calendars = HashMap::new();
        for line in &ledger.intervals {
            if let Entry::Vacant(entry) = calendars.entry(line.calendar_version) {
                entry.insert(named(tx, line.calendar_version)?);
            }
        }
        let edges: Vec<i64> =
            ledger.intervals.iter().filter(|it| !matches!(it.kind, Kind::Outside | Kind::Together)).map(|it| it.from).collect();
        let all = history(tx, record.id, None, MOST)?;
        let at_edge: Vec<_> = all.iter().filter(|it| edges.contains(&it.at)).collect();
        let people: Vec<(&'static str, i64)> = at_edge.iter().filter_map(|it| it.actor).map(|id| ("people", id)).collect();
        let names = names_of(tx, &request.house, &request.view, &[], &people)?;
        let register = record.shape.register;
        let mut entries = HashMap::new();
        for entry in at_edge.iter().rev() {
            let who = entry.actor.map(|id| names.get(&id).map_or("Somebody", |name| name.title.as_str())).unwrap_or("Reeve");
            let label = register.verb(&entry.verb).map_or(entry.verb.as_str(), |verb| verb.label.trim_end_matches('…'));
            let what = if entry.verb == "create" { "opened it".to_owned() } else { label.to_lowercase() };
            entries.insert(entry.at, format!("{who}: {what}"));
        }
        Ok(Told { calendars, entries, windows: windows(tx, request, ledger)? })
    }

    /// What a window was, if the reason of a pause is one: its name and its own reason.
    pub fn window(&self, reason: &str) -> Option<&str> {
        self.windows.get(reason).map(String::as_str)
    }

    /// The calendar of a version, by name.
    pub fn calendar(&self, version: i64) -> String {
        let unknown = || "Calendar".to_owned();
        self.calendars.get(&version).map_or_else(unknown, |it| format!("Calendar: {}, version {}", it.name, it.number))
    }

    /// Who did what at an instant.
    pub fn entry(&self, at: i64) -> &str {
        self.entries.get(&at).map_or("Journal, no change", String::as_str)
    }
}

/// The windows among the reasons of pauses. What the reader may not see is told without its name.
fn windows(tx: &mut Tx, request: &Request, ledger: &Ledger) -> Result<HashMap<String, String>> {
    let mut told = HashMap::new();
    for line in &ledger.intervals {
        let Kind::Paused(reason) = &line.kind else { continue };
        if told.len() >= MOST_WINDOWS || told.contains_key(reason) || !estate::window::is_reference(reason) {
            continue;
        }
        let name = match register::load(tx, &request.house, &request.view, &estate::window::REGISTER, reason) {
            Ok(window) if window.text("reason").is_empty() => format!("Window: {}", window.title()),
            Ok(window) => format!("Window: {}. {}", window.title(), window.text("reason")),
            Err(Error::NotFound | Error::Forbidden(_)) => "A window that does not count".to_owned(),
            Err(error) => return Err(error),
        };
        told.insert(reason.clone(), name);
    }
    Ok(told)
}
