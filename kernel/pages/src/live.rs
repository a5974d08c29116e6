//! How the engine's pages follow what happens: lists, whose rows change in place while the list stands still, and records.

use db::Tx;
use kernel::describe::Register;
use kernel::journal::{self, Entry};
use kernel::live::{Concern, Event, Followed, Happened, Live, moved};
use kernel::register::{self, Record, names_of};
use kernel::web::Request;
use kernel::{Error, Result};
use maud::{Markup, html};
use std::collections::BTreeSet;

use crate::address::Address;
use crate::detail;
use crate::list;
use crate::shown::Shown;

/// A list of any register.
pub const LIST: Live = Live { path: "/{kind}", may: "", concerns: listed, tell: list_tells };

/// A record of any register.
pub const RECORD: Live = Live { path: "/{kind}/{reference}", may: "", concerns: recorded, tell: record_tells };

/// The address of the stream of the page that a request asks for.
pub fn stream(request: &Request) -> Option<String> {
    Some(format!("/live{}", Address::of(request).href()))
}

fn register(request: &Request) -> Result<&'static Register> {
    request.house.register(request.part("kind")).ok_or(Error::NotFound)
}

/// The registers whose records a list of this one shows.
pub fn shown_in(register: &'static Register) -> Concern {
    let own = [register.key];
    Concern::Registers(if register.shows.is_empty() { own.to_vec() } else { register.shows.to_vec() })
}

fn listed(_: &mut Tx, request: &Request) -> Result<Concern> {
    let register = register(request)?;
    request.view.demand(register, "read")?;
    Ok(shown_in(register))
}

fn list_tells(tx: &mut Tx, request: &Request, followed: &Followed) -> Result<Vec<Event>> {
    let register = register(request)?;
    let Some((now, columns, asked)) = list::now(tx, request, register)? else { return Ok(Vec::new()) };
    let changed = changed_rows(tx, request, register, followed, &now)?;
    let rows = list::rows(tx, request, register, &asked, &changed, &columns)?;
    let drawer = list::open_now(tx, request, register, &asked, (&now, &|record| followed.touched(record.id)))?;
    Ok(told(&now, followed, html! { @for row in &rows.rows { (rows.row(row)) } @if let Some(drawer) = drawer { (drawer) } }))
}

/// What a list says: its changed rows, and how many would enter, leave or move.
pub fn told(now: &[Record], followed: &Followed, rows: Markup) -> Vec<Event> {
    let references: Vec<String> = now.iter().map(|record| record.reference.clone()).collect();
    let mut events = vec![Event::Newer(moved(followed.rows, &references))];
    if !rows.0.is_empty() {
        events.insert(0, Event::Patch(rows));
    }
    events
}

/// Most records that are no longer in the list and are looked at for one event.
const ROWS: usize = 200;

/// Records of the rows on the page to which something happened; also those that would no longer be in the list, while they
/// may be seen. `now` are the records that the list would have.
pub fn changed_rows(
    tx: &mut Tx,
    request: &Request,
    register: &'static Register,
    followed: &Followed,
    now: &[Record],
) -> Result<Vec<Record>> {
    let shown = |record: &Record| followed.rows.contains(&record.reference);
    let mut changed: Vec<Record> = now.iter().filter(|it| followed.touched(it.id) && shown(it)).cloned().collect();
    let others: BTreeSet<i64> = followed.happened.iter().map(|it| it.record).filter(|id| !now.iter().any(|it| it.id == *id)).collect();
    for id in others.into_iter().take(ROWS) {
        match register::by_id(tx, &request.house, &request.view, register, id) {
            Ok(record) if shown(&record) => changed.push(record),
            Ok(_) | Err(Error::NotFound) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(changed)
}

fn recorded(tx: &mut Tx, request: &Request) -> Result<Concern> {
    record_of(tx, request, register(request)?)
}

/// The record that the address names, if its viewer may see it.
pub fn record_of(tx: &mut Tx, request: &Request, register: &'static Register) -> Result<Concern> {
    let record = register::load(tx, &request.house, &request.view, register, request.part("reference"))?;
    Ok(Concern::Record { id: record.id, reference: record.reference, register: record.shape.register })
}

fn record_tells(tx: &mut Tx, request: &Request, followed: &Followed) -> Result<Vec<Event>> {
    let record = register::load(tx, &request.house, &request.view, register(request)?, request.part("reference"))?;
    let (head, margin) = detail::parts(tx, request, &record)?;
    let mut events = vec![Event::Patch(html! { (head) (margin) })];
    events.extend(by_others(tx, request, &record, followed.happened)?.map(Event::Changed));
    Ok(events)
}

/// Latest entries among which those that are followed are looked for.
const LATEST: usize = 50;
/// Most fields that are named.
const NAMED: usize = 4;

/// A sentence on what others than the viewer changed: "Dana Okafor changed priority and team."; none if they changed nothing that
/// the viewer may read.
pub fn by_others(tx: &mut Tx, request: &Request, record: &Record, happened: &[Happened]) -> Result<Option<String>> {
    let others = |it: &&Happened| it.actor != Some(request.view.person);
    let entries: Vec<i64> = happened.iter().filter(others).map(|it| it.entry).collect();
    if entries.is_empty() {
        return Ok(None);
    }
    let mut latest = journal::history(tx, record.id, None, LATEST)?;
    latest.retain(|entry| entries.contains(&entry.seq));
    let fields = changed_fields(request, record, &latest);
    if fields.is_empty() {
        return Ok(None);
    }
    let people: Vec<(&'static str, i64)> = latest.iter().filter_map(|it| it.actor).map(|id| ("people", id)).collect();
    let names = names_of(tx, &request.house, &request.view, &[], &people)?;
    let shown = Shown { request, names: &names };
    let mut who: Vec<String> = latest.iter().rev().map(|it| it.actor.map_or_else(|| "Reeve".into(), |id| shown.name(id))).collect();
    who.dedup();
    Ok(Some(format!("{} changed {}", listing(&who), listing(&fields))))
}

/// Names of the fields that entries changed, as far as they may be read; what is computed follows from others.
fn changed_fields(request: &Request, record: &Record, entries: &[Entry]) -> Vec<String> {
    let register = record.shape.register;
    let mut fields: Vec<String> = Vec::new();
    for key in entries.iter().rev().filter_map(|it| it.content.as_ref()).flat_map(|it| it.changes.keys()) {
        let label = match (key.as_str(), record.shape.field(key)) {
            ("state", _) => "the status".to_owned(),
            (_, Some(field)) if !field.computed && request.view.reads(register, field) => crate::shown::in_sentence(field.label),
            _ => continue,
        };
        if !fields.contains(&label) {
            fields.push(label);
        }
    }
    fields
}

/// "a", "a and b", "a, b and c", "a, b, c, d and 2 more".
fn listing(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] if words.len() <= NAMED => format!("{} and {last}", most.join(", ")),
        _ => format!("{} and {} more", words[..NAMED].join(", "), words.len() - NAMED),
    }
}

#[cfg(test)]
mod tests {
    use super::listing;

    #[test]
    fn a_listing_ends_with_and() {
        let of = |words: &str| listing(&words.chars().map(String::from).collect::<Vec<_>>());
        assert_eq!((of("a"), of("ab"), of("abc")), ("a".into(), "a and b".into(), "a, b and c".into()));
        assert_eq!(of("abcdef"), "a, b, c, d and 2 more");
    }
}
