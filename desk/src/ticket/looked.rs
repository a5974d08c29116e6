//! When people last looked at tickets, so that what changed since is told apart. Kept in memory at once and written some seconds
//! later, since a page is read on a connection that does not write. What a crash takes is read once more.

use super::store;
use db::Database;
use kernel::register::Record;
use kernel::web::Request;
use kernel::{House, Result, notice};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// What changed longer ago than this is not news, in milliseconds: 30 days. Older looks are forgotten.
const NEWS_FOR: i64 = 30 * 86_400_000;
/// Looks that wait to be written; beyond that the oldest are lost, and their tickets told apart once more.
const MOST: usize = 20_000;

/// The ticket that stands for having a queue at all.
const ANY: i64 = 0;

/// Person and ticket.
type Place = (i64, i64);

/// What is not written yet.
#[derive(Default)]
struct Waiting(Mutex<HashMap<Place, i64>>);

impl Waiting {
    fn lock(&self) -> MutexGuard<'_, HashMap<Place, i64>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Somebody looks at a ticket, or has changed it themselves.
pub fn note(house: &House, person: i64, ticket: i64, at: i64) {
    let waiting = house.memory.shared::<Waiting>();
    let mut all = waiting.lock();
    if all.len() >= MOST {
        all.clear();
    }
    let last = all.entry((person, ticket)).or_insert(at);
    *last = at.max(*last);
}

/// When somebody looked at a ticket, as far as it is not written yet.
pub fn noted(house: &House, person: i64, ticket: i64) -> Option<i64> {
    house.memory.shared::<Waiting>().lock().get(&(person, ticket)).copied()
}

/// When the viewer last looked at some tickets.
pub struct Looks {
    since: i64,
    at: HashMap<i64, i64>,
}

impl Looks {
    /// Whether a ticket changed since, or came to be since they first had a queue.
    pub fn unread(&self, record: &Record) -> bool {
        record.updated_at > self.at.get(&record.id).copied().unwrap_or(i64::MIN).max(self.since)
    }
    /// When they last looked at a ticket, if that is known.
    pub fn last(&self, ticket: i64) -> Option<i64> {
        self.at.get(&ticket).copied()
    }
}

/// When the viewer of a request last looked at some tickets.
pub fn looks(tx: &mut db::Tx, request: &Request, tickets: &[i64]) -> Result<Looks> {
    let person = request.view.person;
    let mut at = store::looked::of(tx, person, ANY, tickets)?;
    {
        let waiting = request.house.memory.shared::<Waiting>();
        let all = waiting.lock();
        for ticket in tickets.iter().chain([&ANY]) {
            if let Some(noted) = all.get(&(person, *ticket)) {
                let last = at.entry(*ticket).or_insert(*noted);
                *last = (*last).max(*noted);
            }
        }
    }
    let first = at.get(&ANY).copied();
    if first.is_none() {
        note(&request.house, person, ANY, request.now);
    }
    Ok(Looks { since: first.unwrap_or(request.now).max(request.now - NEWS_FOR), at })
}

/// Writes what waits.
pub(super) fn write(db: &Database, house: &Arc<House>) -> Result<usize> {
    let waiting = house.memory.shared::<Waiting>();
    let some: Vec<(Place, i64)> = waiting.lock().iter().map(|(place, at)| (*place, *at)).collect();
    if some.is_empty() {
        return Ok(0);
    }
    let written = some.clone();
    db.write_wait(move |tx| {
        store::looked::keep(tx, &some)?;
        notice::looked(tx, &some)
    })?;
    waiting.lock().retain(|place, at| !written.contains(&(*place, *at)));
    Ok(written.len())
}

/// Forgets looks that no longer tell anything.
pub(super) fn sweep(db: &Database, house: &Arc<House>) -> Result<usize> {
    let before = house.clock.now() - NEWS_FOR;
    db.write_wait(move |tx| store::looked::forget(tx, ANY, before))
}
