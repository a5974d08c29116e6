//! What a clock is computed from.

use crate::{Calendar, Instant, SECOND};
use serde::{Deserialize, Serialize};

/// How much working time a promise allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// Working time in seconds; a negative number counts as 0.
    pub seconds: i64,
    /// Share of the target after which the clock warns; 0, or 100 and more, for no warning.
    pub warn_at_percent: u8,
}

impl Target {
    pub(crate) fn ms(self) -> i64 {
        self.seconds.max(0).saturating_mul(SECOND)
    }

    pub(crate) fn warn_ms(self) -> Option<i64> {
        let percent = i64::from(self.warn_at_percent);
        let part = i128::from(self.ms()) * i128::from(percent) / 100;
        (1..100).contains(&percent).then_some(part as i64)
    }
}

/// The terms of a promise: how much working time, measured by which version of which calendar.
#[derive(Clone, Copy, Debug)]
pub struct Terms<'a> {
    /// Working time.
    pub calendar: &'a Calendar,
    /// The stored version `calendar` is, repeated in the ledger.
    pub calendar_version: i64,
    /// Working time allowed.
    pub target: Target,
}

/// New terms from an instant on.
#[derive(Clone, Copy, Debug)]
pub struct Change<'a> {
    /// When they came into force.
    pub at: Instant,
    /// The terms.
    pub terms: Terms<'a>,
    /// Why, for people who ask.
    pub reason: &'a str,
}

/// A stretch in which the clock rests.
#[derive(Clone, Copy, Debug)]
pub struct Pause<'a> {
    /// First instant that does not count.
    pub from: Instant,
    /// First instant that counts again; `None` while nobody knows.
    pub until: Option<Instant>,
    /// Why, for people who ask.
    pub reason: &'a str,
}

/// The promise was met (answered, updated, resolved).
#[derive(Clone, Copy, Debug)]
pub struct Stop {
    /// When.
    pub at: Instant,
    /// When that was taken back; `None` if it stands.
    pub reopened_at: Option<Instant>,
}

/// Everything a clock is computed from. Pauses, stops and changes may come in any order. What happens after the `now` of a
/// question is not known to its answer, except planned pauses.
#[derive(Clone, Copy, Debug)]
pub struct Promise<'a> {
    /// When the clock starts.
    pub start: Instant,
    /// The terms at the start.
    pub terms: Terms<'a>,
    /// Later terms.
    pub changes: &'a [Change<'a>],
    /// Times that do not count.
    pub pauses: &'a [Pause<'a>],
    /// Times it was met.
    pub stops: &'a [Stop],
}

impl<'a> Promise<'a> {
    /// A fresh promise: nothing has happened yet.
    pub fn new(start: Instant, terms: Terms<'a>) -> Self {
        Promise { start, terms, changes: &[], pauses: &[], stops: &[] }
    }
}
