//! Clocks follow their ticket, in the transaction of its change.

use super::row::{Clock, State};
use super::step::Event;
use super::store;
use crate::calendars::Calendars;
use crate::level::{About, Book, Level, Measure, book};
use calendar::Counted;
use kernel::{Act, Result};

/// What the clocks of a ticket say after a change.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// A resolution is or was promised, so that what it came to is known here.
    pub resolution_promised: bool,
    /// Whether that promise was kept; none: that is not decided yet.
    pub resolution_kept: Option<bool>,
    /// When the promise that is due next is used up, or was; none while no clock runs.
    pub due_at: Option<i64>,
}

impl Outcome {
    pub(super) fn of(clocks: &[Clock]) -> Outcome {
        let resolution = clocks.iter().find(|clock| clock.measure == Measure::Resolution && clock.state != State::Stopped);
        let running = clocks.iter().filter(|clock| clock.state == State::Running);
        Outcome {
            resolution_promised: resolution.is_some(),
            resolution_kept: resolution.and_then(Clock::kept),
            due_at: running.filter_map(|clock| clock.due_at).min(),
        }
    }
}

const MEASURES: [Measure; 3] = [Measure::FirstResponse, Measure::NextUpdate, Measure::Resolution];

/// Starts the clocks of a new ticket: those that the level it gets has targets for. The next update is promised from the
/// first answer on.
pub fn start(act: &mut Act, about: &About, at: i64) -> Result<Outcome> {
    let book = book(act.tx, act.house)?;
    let Some(level) = book.choose(about) else { return Ok(Outcome::default()) };
    let mut clocks = Vec::with_capacity(MEASURES.len());
    for measure in MEASURES {
        clocks.extend(fresh(act, &book, level, about, measure, at)?);
    }
    store::insert(act.tx, &clocks)?;
    Ok(Outcome::of(&clocks))
}

pub(super) fn fresh(act: &mut Act, book: &Book, level: &Level, about: &About, measure: Measure, at: i64) -> Result<Option<Clock>> {
    let Some(target) = level.target(measure, about.priority) else { return Ok(None) };
    let Some(version) = book.version(level.calendar, at) else { return Ok(None) };
    let mut clock = Clock {
        id: act.new_id(),
        ticket: about.ticket,
        organisation: about.organisation,
        measure,
        state: State::Idle,
        level: level.id,
        priority: about.priority,
        target_seconds: target.seconds,
        warn_percent: target.warn_percent,
        calendar_version: version,
        pauses: level.pauses,
        started_at: at,
        since: at,
        elapsed_ms: 0,
        due_at: None,
        warn_at: None,
        warned_at: None,
        met_at: None,
        breached_at: None,
        broken: 0,
    };
    if measure != Measure::NextUpdate {
        let calendar = Calendars::of(act.house).get(act.tx, version)?;
        clock.begin(&Counted::new(&calendar, &about.out(book, at)), at);
    }
    Ok(Some(clock))
}

/// Lets events act on the clocks of a ticket, which was about `was` until now, and, if `terms` gives a reason, puts them under
/// the terms that hold for it now.
pub fn follow(act: &mut Act, was: &About, about: &About, events: &[Event], terms: Option<&str>, at: i64) -> Result<Outcome> {
    let before = store::of_ticket(act.tx, about.ticket)?;
    let calendars = Calendars::of(act.house);
    let book = book(act.tx, act.house)?;
    let since = before.iter().map(|clock| clock.since).min().unwrap_or(at);
    let (out_before, out) = (was.out(&book, since), about.out(&book, since));
    let mut clocks = before.clone();
    for clock in &mut clocks {
        let calendar = calendars.get(act.tx, clock.calendar_version)?;
        let counted = Counted::new(&calendar, &out);
        if out_before != out {
            clock.turn(&Counted::new(&calendar, &out_before), &counted, at);
        }
        for event in events {
            clock.take(event, &counted, at);
        }
    }
    if let Some(reason) = terms {
        rebase(act, about, &mut clocks, reason, at)?;
    }
    for (clock, before) in clocks.iter().zip(&before).filter(|(clock, before)| clock != before) {
        debug_assert_eq!(clock.id, before.id);
        store::update(act.tx, clock)?;
    }
    Ok(Outcome::of(&clocks))
}

/// Puts what is still owed under the terms that hold for the ticket now. A promise that was not made before begins now; one
/// that is made no longer is not owed any more.
fn rebase(act: &mut Act, about: &About, clocks: &mut Vec<Clock>, reason: &str, at: i64) -> Result<()> {
    let book = book(act.tx, act.house)?;
    let level = book.choose(about);
    for measure in MEASURES {
        let Some(clock) = clocks.iter_mut().find(|clock| clock.measure == measure) else {
            clocks.extend(add(act, &book, level, about, measure, at)?);
            continue;
        };
        if clock.is_open() {
            renew(act, &book, level, about, clock, reason, at)?;
        }
    }
    Ok(())
}

fn add(act: &mut Act, book: &Book, level: Option<&Level>, about: &About, measure: Measure, at: i64) -> Result<Option<Clock>> {
    let made = match level {
        Some(level) if measure != Measure::FirstResponse => fresh(act, book, level, about, measure, at)?,
        _ => None,
    };
    store::insert(act.tx, made.as_slice())?;
    Ok(made)
}

pub(super) fn renew(
    act: &mut Act,
    book: &Book,
    level: Option<&Level>,
    about: &About,
    clock: &mut Clock,
    reason: &str,
    at: i64,
) -> Result<()> {
    let calendars = Calendars::of(act.house);
    let (before, out) = (calendars.get(act.tx, clock.calendar_version)?, about.out(book, clock.since));
    let before = Counted::new(&before, &out);
    let terms = level.and_then(|level| {
        let target = level.target(clock.measure, about.priority)?;
        Some((level, target, book.version(level.calendar, at)?))
    });
    let Some((level, target, version)) = terms else {
        clock.take(&Event::Cancelled, &before, at);
        return Ok(());
    };
    clock.organisation = about.organisation;
    let same = clock.level == level.id && (clock.target_seconds, clock.warn_percent) == (target.seconds, target.warn_percent);
    if !same {
        store::keep_term(act.tx, clock, at, reason)?;
        let after = calendars.get(act.tx, version)?;
        if clock.state == State::Idle {
            (clock.level, clock.target_seconds, clock.warn_percent) = (level.id, target.seconds, target.warn_percent);
            clock.calendar_version = version;
        } else {
            clock.rebase(&before, level, target, version, &Counted::new(&after, &out), at);
        }
    }
    clock.priority = about.priority;
    Ok(())
}
