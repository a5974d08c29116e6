//! Clocks as chips.

use super::address::local;
use crate::ticket::course::subject;
use calendar::{Calendar, Counted, Span};
use db::Tx;
use kernel::Result;
use kernel::register::Record;
use kernel::web::Request;
use promises::calendars::Calendars;
use promises::clock::{Clock, State};
use promises::level::book;
use std::sync::Arc;
use ui::clock::{Clock as Chip, State as Shown};
use ui::format;

/// A day ahead is far enough to say when a clock stands still.
const SOON: i64 = 86_400_000;

/// As long as the name of a weekday means one day.
const WEEK: i64 = 6 * SOON;

/// How a clock stands, as one word of the chip; none for one that says nothing (not begun, no longer owed).
pub fn stands(clock: &Clock, now: i64) -> Option<Shown> {
    Some(match clock.state {
        State::Idle | State::Stopped => return None,
        _ if clock.is_broken(now) => Shown::Breached,
        State::Met => Shown::Met,
        State::Paused => Shown::Paused,
        State::Running if clock.warn_at.is_some_and(|at| at <= now) => Shown::Warning,
        State::Running => Shown::Running,
    })
}

/// A clock with the time that counts for it.
pub struct Timed {
    /// The clock.
    pub clock: Clock,
    calendar: Arc<Calendar>,
    /// Windows that are left out of it.
    out: Vec<Span>,
}

impl Timed {
    /// A clock of a ticket that was loaded under guard.
    pub fn load(tx: &mut Tx, request: &Request, record: &Record, clock: Clock) -> Result<Timed> {
        let calendar = Calendars::of(&request.house).get(tx, clock.calendar_version)?;
        let out = book(tx, &request.house)?.out(subject(record), clock.since);
        Ok(Timed { clock, calendar, out })
    }

    /// The seconds that it tells: those left (negative when it is over), or those it took if it was met; none if it says nothing.
    pub fn tells(&self, now: i64) -> Option<i64> {
        let used = self.clock.used_ms(&self.counted(), now);
        let met = stands(&self.clock, now)? == Shown::Met;
        Some(if met { used / 1000 } else { (self.clock.target_ms() - used).div_euclid(1000) })
    }

    /// The same in a sentence, "3 h 16 min".
    pub fn said(&self, now: i64) -> Option<String> {
        self.tells(now).map(|seconds| format::working(seconds.abs(), self.calendar.around_the_clock()))
    }

    /// Its chip; `href` leads to the ticket.
    pub fn chip(&self, request: &Request, href: &str) -> Option<Chip> {
        let (clock, counted, now) = (&self.clock, self.counted(), request.now);
        let state = stands(clock, now)?;
        let used = clock.used_ms(&counted, now);
        let seconds = self.tells(now)?;
        let runs = clock.state == State::Running;
        let open = runs && counted.is_open(now);
        let closes = if open { counted.closes(now, now + SOON) } else { None };
        let still = if open { closes } else { Some(now) };
        let whole_days = self.calendar.around_the_clock();
        Some(Chip {
            state,
            used: if clock.target_ms() > 0 { used as f64 / clock.target_ms() as f64 } else { 1.0 },
            time: format::chip(seconds, whole_days),
            promise: clock.measure.word().into(),
            left: open.then_some(seconds),
            stops_in: closes.map(|at| (at - now) / 1000),
            rests: still.filter(|at| runs && !counted.is_open(*at)).map(|at| self.rests(request, at)),
            why: Some(format!("{href}?why={}", clock.measure.key())),
            whole_days,
            ..Chip::default()
        })
    }

    /// Why it stands still at an instant, and when it goes on in the reader's zone.
    fn rests(&self, request: &Request, at: i64) -> String {
        let why = if self.calendar.is_open(at) { "left out for a window" } else { "outside hours" };
        let Some(on) = self.counted().add_ms(at, 0) else { return why.into() };
        let day = |at| local(request, at, "%-d %b %Y");
        let form = match on - request.now {
            ..SOON if day(on) == day(request.now) => "%H:%M",
            ..WEEK => "%a %H:%M",
            _ => "%-d %b %H:%M",
        };
        format!("{why}, goes on {}", local(request, on, form))
    }

    /// The time that counts for it.
    fn counted(&self) -> Counted<'_> {
        Counted::new(&self.calendar, &self.out)
    }
}

/// Which clock a list shows: one that is broken and still owed, else the one that is due next, else one that rests.
pub fn most_urgent<'a>(clocks: impl Iterator<Item = &'a Clock>, now: i64) -> Option<&'a Clock> {
    let rank = |clock: &&Clock| match (clock.state, clock.is_broken(now)) {
        (State::Running, _) => (0, clock.due_at.unwrap_or(i64::MAX)),
        (State::Paused, true) => (1, 0),
        (State::Paused, false) => (2, 0),
        (State::Met, true) => (3, 0),
        (State::Met, false) => (4, 0),
        _ => (9, 0),
    };
    clocks.filter(|clock| stands(clock, now).is_some()).min_by_key(rank)
}
