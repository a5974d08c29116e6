//! What a clock reads at one instant.

use super::cuts::OPEN;
use super::promise::{Promise, Target};
use super::walk::{Known, Piece};
use crate::{Instant, LATEST, SECOND};
use serde::Serialize;

/// State of a clock. `Breached` stands once the promise is broken, whether it is met later or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Time is left. Also outside working hours.
    Running,
    /// Time is left, but less than the target sets for a warning.
    Warning,
    /// Resting, with time left.
    Paused,
    /// Met in time.
    Met,
    /// Not met in time.
    Breached,
}

/// Why a clock has no due time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NoDue {
    /// It is paused, and nobody knows until when.
    Paused,
    /// The calendar has not enough working time left, ever.
    NeverOpen,
}

/// What a clock reads at one instant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reading {
    /// State at that instant.
    pub state: State,
    /// The target in force.
    pub target: Target,
    /// Version of the calendar in force.
    pub calendar_version: i64,
    /// Working time used, whole seconds.
    pub elapsed_seconds: i64,
    /// Target less elapsed; negative once overdrawn.
    pub remaining_seconds: i64,
    /// Working time used, exact, in milliseconds.
    pub elapsed_ms: i64,
    /// When the target is (or was) used up. Once met: when it would have been.
    pub due: Option<Instant>,
    /// Why `due` is missing.
    pub no_due: Option<NoDue>,
    /// When the warning is (or was) due, if there is one.
    pub warns_at: Option<Instant>,
    /// When it was met, if it still is.
    pub met_at: Option<Instant>,
    /// When it was broken: at the due time, or when terms came into force that were broken already.
    pub breached_at: Option<Instant>,
}

impl<'a> Promise<'a> {
    /// What the clock reads at `now`. Costs a few look-ups per pause and change; a fresh promise needs no memory.
    pub fn reading(&self, now: Instant) -> Reading {
        Known::at(self, now).reading()
    }

    /// When the promise is due as known at `now`; see [`Reading::due`].
    pub fn due(&self, now: Instant) -> Option<Instant> {
        self.reading(now).due
    }
}

/// Finds the instant at which an amount of working time is used up.
struct Reach {
    ms: Option<i64>,
    at: Option<Instant>,
}

impl Reach {
    /// Looks in one piece, before which `used` milliseconds have counted.
    fn look(&mut self, piece: &Piece<'_>, used: i64) {
        let Some(ms) = self.ms.filter(|_| self.at.is_none()) else { return };
        let rest = (ms - used).max(0);
        let at = piece.terms.calendar.add_ms(piece.from, rest);
        self.at = at.filter(|&at| at < piece.until || (rest > 0 && at == piece.until));
    }
}

impl Known<'_> {
    pub(super) fn reading(&self) -> Reading {
        let (terms, since) = self.current();
        let target = terms.target;
        let mut due = Reach { ms: Some(target.ms()), at: None };
        let mut warning = Reach { ms: target.warn_ms(), at: None };
        let (mut used, mut elapsed_ms, mut paused) = (0, 0, false);
        let mut endless = false;
        for piece in self.pieces() {
            if let Some(cut) = piece.cut {
                paused |= cut.reason.is_some() && piece.from <= self.end && self.end < piece.until;
                endless |= piece.until == OPEN;
                continue;
            }
            due.look(&piece, used);
            warning.look(&piece, used);
            let calendar = piece.terms.calendar;
            if piece.from < self.end {
                elapsed_ms += calendar.elapsed_ms(piece.from, piece.until.min(self.end));
            }
            used += calendar.elapsed_ms(piece.from, piece.until.min(LATEST).max(piece.from));
        }
        let met_at = self.cuts.met_at;
        let breached_at = due.at.filter(|&due| due < self.end).map(|due| due.max(since));
        let warned = warning.at.is_some_and(|at| at <= self.end);
        let elapsed_seconds = elapsed_ms / SECOND;
        Reading {
            state: match () {
                () if breached_at.is_some() => State::Breached,
                () if met_at.is_some() => State::Met,
                () if paused => State::Paused,
                () if warned => State::Warning,
                () => State::Running,
            },
            target,
            calendar_version: terms.calendar_version,
            elapsed_seconds,
            remaining_seconds: target.seconds.max(0) - elapsed_seconds,
            elapsed_ms,
            due: due.at,
            no_due: match due.at {
                Some(_) => None,
                None if endless => Some(NoDue::Paused),
                None => Some(NoDue::NeverOpen),
            },
            warns_at: warning.at,
            met_at,
            breached_at,
        }
    }
}
