//! The clock of a ticket whose past is told at once, as an import does.

use super::follow::{fresh, renew};
use super::step::Event;
use super::store;
use crate::calendars::Calendars;
use crate::level::{About, Measure, book};
use calendar::Counted;
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
    let mut out_before = about.out(&book, at);
    for moment in &settled(past) {
        let calendar = calendars.get(act.tx, clock.calendar_version)?;
        let out = moment.about.out(&book, at);
        let counted = Counted::new(&calendar, &out);
        if out_before != out {
            clock.turn(&Counted::new(&calendar, &out_before), &counted, moment.at);
        }
        for event in &moment.events {
            clock.take(event, &counted, moment.at);
        }
        if let (Some(reason), true) = (moment.terms, clock.is_open()) {
            renew(act, &book, book.choose(&moment.about), &moment.about, &mut clock, reason, moment.at)?;
        }
        out_before = out;
    }
    store::insert(act.tx, &[clock])
}

/// Without reopenings that lasted no time at all: a log of whole minutes may reopen and resolve in the same one, and a ledger
/// knows no such interval.
fn settled(past: &[Past]) -> Vec<Past> {
    let mut settled: Vec<Past> = past.to_vec();
    for last in 0..settled.len() {
        let at = settled[last].at;
        let ends = settled[last].events.iter().rposition(|it| matches!(it, Event::Resolved | Event::Cancelled));
        let begins = (0..=last).find(|it| settled[*it].at == at && settled[*it].events.contains(&Event::Reopened));
        let (Some(ends), Some(begins)) = (ends, begins) else { continue };
        if begins < last {
            settled[last].events.drain(..=ends);
            settled[begins..last].iter_mut().for_each(|it| it.events.clear());
        }
    }
    settled
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moment(at: i64, events: &[Event]) -> Past {
        let about = About { ticket: 1, organisation: 1, service: None, item: None, request: false, priority: 3 };
        Past { at, about, events: events.to_vec(), terms: None }
    }

    #[test]
    fn a_reopening_that_lasted_no_time_did_not_happen() {
        let told = [
            moment(1, &[]),
            moment(2, &[Event::Resolved]),
            moment(3, &[Event::Reopened]),
            moment(3, &[Event::Paused("vendor".into())]),
            moment(3, &[Event::Resumed, Event::Resolved]),
            moment(4, &[Event::Reopened]),
            moment(5, &[Event::Resolved]),
        ];
        let events: Vec<Vec<Event>> = settled(&told).into_iter().map(|it| it.events).collect();
        let none: Vec<Event> = Vec::new();
        let expected =
            [none.clone(), vec![Event::Resolved], none.clone(), none.clone(), none, vec![Event::Reopened], vec![Event::Resolved]];
        assert_eq!(events, expected);
    }
}
