//! Clocks are counted anew when windows that concern them were added, changed or taken away.

use super::course::Course;
use super::follow::Outcome;
use super::ledger::{Kept, ledger};
use super::row::{Clock, State};
use super::store;
use crate::calendars::Calendars;
use crate::level::{Measure, book};
use calendar::clock::Ledger;
use kernel::{Act, Result};

/// What counting anew came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recounted {
    /// The clocks that read something else now: as they were and as they are.
    pub changed: Vec<(Clock, Clock)>,
    /// What the clocks say now.
    pub outcome: Outcome,
}

/// Counts the clocks of a ticket anew, from its course and the windows there are now. The caller holds the ticket's row and
/// journals what changed.
pub fn recount(act: &mut Act, ticket: i64, course: &Course) -> Result<Recounted> {
    let (before, book, calendars) = (store::of_ticket(act.tx, ticket)?, book(act.tx, act.house)?, Calendars::of(act.house));
    let mut now = before.clone();
    let mut changed = Vec::new();
    for (clock, before) in now.iter_mut().zip(before) {
        let kept = Kept::load(act.tx, &calendars, &book, clock)?;
        clock.read_from(&ledger(&kept, course, act.at), act.at);
        if differ(clock, &before) {
            store::update(act.tx, clock)?;
            changed.push((before, clock.clone()));
        } else {
            *clock = before;
        }
    }
    Ok(Recounted { outcome: Outcome::of(&now), changed })
}

/// Whether anybody would see a difference: one that only accounts for more of the same time is none.
fn differ(now: &Clock, before: &Clock) -> bool {
    let told = |clock: &Clock| (clock.due_at, clock.warn_at, clock.breached_at, clock.broken);
    let rests = now.state != State::Running && now.elapsed_ms != before.elapsed_ms;
    rests || told(now) != told(before)
}

impl Clock {
    /// Takes over what the ledger reads. One that has not begun, or is no longer owed without having been, stays as it is.
    fn read_from(&mut self, ledger: &Ledger, now: i64) {
        if self.state == State::Idle || (self.state == State::Stopped && self.met_at.is_none()) {
            return;
        }
        let reading = &ledger.reading;
        let was_broken = i64::from(self.breached_at.is_some());
        self.elapsed_ms = reading.elapsed_ms;
        self.since = reading.met_at.unwrap_or(now.max(self.since));
        self.warn_at = reading.warns_at;
        self.warned_at = self.warned_at.and(self.warn_at).filter(|at| *at <= now);
        self.breached_at = reading.breached_at;
        self.due_at = reading.due;
        let broken = i64::from(self.breached_at.is_some());
        self.broken = match self.measure {
            // Updates before this one had clocks of their own, which are gone but for their number.
            Measure::NextUpdate => self.broken - was_broken + broken,
            _ => broken + ledger.replaced.iter().filter(|old| old.reading.breached_at.is_some()).count() as i64,
        };
    }
}
