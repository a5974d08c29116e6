//! The clock of a ticket whose past is told at once, as an import does.

use super::follow::{fresh, renew};
use super::step::Event;
use super::store;
use crate::calendars::Calendars;
use crate::level::{About, Measure, book};
use kernel::{Act, Result};

/// A moment of the past that moved clocks.
#[derive(Clone, Debug)]
pub struct Past {
    /// When.
    pub at: i64,
    /// What the promise is about from then on.
    pub about: About,
    /// What happened.
    pub events: Vec<Event>,
    /// Why other terms may hold from then on; none: they are the same.
    pub terms: Option<&'static str>,
}

/// Makes the clock of the resolution as it would stand had it run since `at`, if the level the ticket gets promises one. A
/// log of updates does not tell answers from other updates, so that no other clock can be made of it.
pub fn replay(act: &mut Act, about: &About, at: i64, past: &[Past]) -> Result<()> {
    let book = book(act.tx, act.house)?;
    let Some(level) = book.choose(about) else { return Ok(()) };
    let Some(mut clock) = fresh(act, &book, level, about, Measure::Resolution, at)? else { return Ok(()) };
    let calendars = Calendars::of(act.house);
    for moment in past {
        let calendar = calendars.get(act.tx, clock.calendar_version)?;
        for event in &moment.events {
            clock.take(event, &calendar, moment.at);
        }
        if let (Some(reason), true) = (moment.terms, clock.is_open()) {
            renew(act, &book, book.choose(&moment.about), &moment.about, &mut clock, reason, moment.at)?;
        }
    }
    store::insert(act.tx, &[clock])
}
