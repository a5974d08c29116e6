//! The ledger of a clock: computed anew from the course of the ticket and the calendars it was promised under.

use super::course::{Course, Reason};
use super::row::{Clock, State, Term};
use super::step::pauses_for;
use crate::calendars::Calendars;
use crate::level::{Book, Measure};
use calendar::clock::{Change, Ledger, Pause, Promise, Stop, Target, Terms};
use calendar::{Calendar, Counted, Span, apart};
use db::Tx;
use kernel::Result;
use std::sync::Arc;

/// Compiled calendars and words that a promise borrows.
pub struct Kept {
    clock: Clock,
    terms: Vec<Term>,
    /// One per term, and the present one last.
    calendars: Vec<Arc<Calendar>>,
    book: Arc<Book>,
}

impl Kept {
    /// Reads what a clock's ledger needs besides the course of its ticket.
    pub fn load(tx: &mut Tx, calendars: &Calendars, book: &Arc<Book>, clock: &Clock) -> Result<Kept> {
        let terms = super::store::terms_of(tx, clock)?;
        let versions = terms.iter().map(|term| term.calendar_version).chain([clock.calendar_version]);
        let calendars = versions.map(|version| calendars.get(tx, version)).collect::<Result<Vec<_>>>()?;
        Ok(Kept { clock: clock.clone(), terms, calendars, book: Arc::clone(book) })
    }

    /// The calendar that it counts by now.
    pub fn calendar(&self) -> &Calendar {
        self.calendars.last().expect("there is one for the present terms")
    }

    /// The windows that were left out, as pauses whose reason is the reference; each as long as the ticket was about what it
    /// concerns.
    fn windows(&self, course: &Course) -> Vec<Pause<'_>> {
        let mut all = Vec::new();
        for (place, (from, subject)) in course.subjects.iter().enumerate() {
            let from = if place == 0 { i64::MIN } else { *from };
            let until = course.subjects.get(place + 1).map_or(i64::MAX, |(next, _)| *next);
            for window in self.book.excluded(*subject, self.clock.started_at) {
                let (from, until) = (window.starts_at.max(from), window.ends_at.min(until));
                if from < until {
                    all.push(Pause { from, until: Some(until), reason: &window.reference });
                }
            }
        }
        all
    }

    /// The stretches of time that were left out.
    pub fn out(&self, course: &Course) -> Vec<Span> {
        let ended = |pause: Pause<'_>| Some(Span { from: pause.from, until: pause.until? });
        apart(self.windows(course).into_iter().filter_map(ended).collect())
    }

    fn target(&self, place: usize) -> (Target, i64) {
        let (seconds, percent, version) = match self.terms.get(place) {
            Some(term) => (term.target_seconds, term.warn_percent, term.calendar_version),
            None => (self.clock.target_seconds, self.clock.warn_percent, self.clock.calendar_version),
        };
        (Target { seconds, warn_at_percent: u8::try_from(percent).unwrap_or(0) }, version)
    }

    fn terms(&self, place: usize) -> Terms<'_> {
        let (target, calendar_version) = self.target(place);
        Terms { calendar: &self.calendars[place], calendar_version, target }
    }
}

/// Everything the clock is made of, up to now or until it was met.
pub fn ledger(kept: &Kept, course: &Course, now: i64) -> Ledger {
    let clock = &kept.clock;
    // A promise that is met was due when it was due then: what the ticket waited for afterwards moves nothing.
    let met = clock.met_at.unwrap_or(i64::MAX);
    let waits = course.waits.iter().filter(|wait| clock.pauses & pauses_for(&wait.reason) != 0 && wait.from < met);
    let waits = waits.map(|wait| Pause { from: wait.from, until: wait.until.filter(|until| *until <= met), reason: &wait.reason });
    let pauses: Vec<Pause> = waits.chain(kept.windows(course)).collect();
    let of: &[Reason] = match clock.measure {
        Measure::FirstResponse => &[Reason::Responded, Reason::Cancelled],
        _ => &[Reason::Resolved, Reason::Cancelled],
    };
    let stops: Vec<Stop> = course
        .stops
        .iter()
        .filter(|(reason, at, until)| of.contains(reason) && (*at >= clock.started_at || until.is_some()))
        .map(|(_, at, until)| Stop { at: *at, reopened_at: *until })
        .collect();
    let changes: Vec<Change> = (0..kept.terms.len())
        .map(|place| Change { at: kept.terms[place].replaced_at, terms: kept.terms(place + 1), reason: &kept.terms[place].reason })
        .collect();
    let promise = Promise { start: clock.started_at, terms: kept.terms(0), changes: &changes, pauses: &pauses, stops: &stops };
    promise.ledger(now)
}

/// How a clock's row differs from its ledger; none if they agree.
pub fn disagreement(kept: &Kept, course: &Course, ledger: &Ledger, now: i64) -> Option<String> {
    let clock = &kept.clock;
    if clock.state == State::Idle || (clock.state == State::Stopped && clock.met_at.is_none()) {
        return None;
    }
    if !ledger.adds_up() {
        return Some("the intervals of its ledger do not add up".into());
    }
    let reading = &ledger.reading;
    let out = kept.out(course);
    let used = clock.used_ms(&Counted::new(kept.calendar(), &out), now);
    if used != reading.elapsed_ms {
        return Some(format!("its row says {used} ms of working time, its ledger {} ms", reading.elapsed_ms));
    }
    if clock.met_at != reading.met_at {
        return Some(format!("its row says it was met {}, its ledger {}", told(clock.met_at), told(reading.met_at)));
    }
    let broken = clock.is_broken(now);
    if broken != reading.breached_at.is_some() {
        return Some(format!("its row says {}, its ledger the opposite", if broken { "broken" } else { "kept" }));
    }
    if !broken && clock.due_at != reading.due {
        return Some(format!("its row is due {}, its ledger {}", told(clock.due_at), told(reading.due)));
    }
    None
}

/// An instant as a person reads it.
fn told(at: Option<i64>) -> String {
    at.map_or_else(|| "at no time".into(), |at| format!("at {}", kernel::time::rfc3339(at)))
}
