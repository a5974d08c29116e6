//! The row of a clock: what a list or page shows without computing anything.

use crate::level::Measure;
use calendar::Counted;

/// A clock as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clock {
    /// Its id.
    pub id: i64,
    /// The ticket.
    pub ticket: i64,
    /// The ticket's organisation.
    pub organisation: i64,
    /// What it measures.
    pub measure: Measure,
    /// How it stands.
    pub state: State,
    /// The level that promised it.
    pub level: i64,
    /// The priority it was promised for.
    pub priority: i64,
    /// Working time promised.
    pub target_seconds: i64,
    /// Share of it after which the clock warns; 0: never.
    pub warn_percent: i64,
    /// Id of the version of the calendar it counts by.
    pub calendar_version: i64,
    /// For what it pauses, as bits; see [`super::pauses_for`].
    pub pauses: i64,
    /// When it began.
    pub started_at: i64,
    /// Up to when `elapsed_ms` is accounted.
    pub since: i64,
    /// Working time used by then.
    pub elapsed_ms: i64,
    /// When the promise is (or was) used up; none while it rests.
    pub due_at: Option<i64>,
    /// When it warns.
    pub warn_at: Option<i64>,
    /// When it warned.
    pub warned_at: Option<i64>,
    /// When it was met.
    pub met_at: Option<i64>,
    /// When it was broken.
    pub breached_at: Option<i64>,
    /// How often it was broken; more than once only where it starts anew with each update.
    pub broken: i64,
}

/// How a clock stands, apart from whether it is broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Not begun.
    Idle,
    /// Counting.
    Running,
    /// Resting.
    Paused,
    /// Met.
    Met,
    /// No longer owed.
    Stopped,
}

impl State {
    const WORDS: [(State, &'static str); 5] =
        [(State::Idle, "idle"), (State::Running, "running"), (State::Paused, "paused"), (State::Met, "met"), (State::Stopped, "stopped")];
    /// As the database says it.
    pub fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(state, _)| *state == self).map_or("idle", |(_, word)| word)
    }
    /// Reads what [`State::word`] wrote.
    pub fn read(text: &str) -> State {
        Self::WORDS.iter().find(|(_, word)| *word == text).map_or(State::Idle, |(state, _)| *state)
    }
}

/// Terms that others replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// When they were replaced.
    pub replaced_at: i64,
    /// The level.
    pub level: i64,
    /// The priority.
    pub priority: i64,
    /// Working time promised.
    pub target_seconds: i64,
    /// Share after which it warned.
    pub warn_percent: i64,
    /// Id of the version of the calendar.
    pub calendar_version: i64,
    /// Why they were replaced.
    pub reason: String,
}

impl Clock {
    /// Working milliseconds promised.
    pub fn target_ms(&self) -> i64 {
        self.target_seconds.max(0).saturating_mul(1000)
    }
    /// Whether something is still owed.
    pub(super) fn is_open(&self) -> bool {
        matches!(self.state, State::Idle | State::Running | State::Paused)
    }
    /// Whether the promise was kept, which one that was made good on time was, and one that broke never is; none: that is open.
    pub fn kept(&self) -> Option<bool> {
        if self.broken > 0 { Some(false) } else { self.met_at.map(|_| true) }
    }
    /// Working milliseconds used at an instant.
    pub fn used_ms(&self, calendar: &Counted, now: i64) -> i64 {
        match self.state {
            State::Running => self.elapsed_ms + calendar.elapsed_ms(self.since, now.max(self.since)),
            _ => self.elapsed_ms,
        }
    }
    /// Whether it is broken at an instant, whether or not that was noted yet.
    pub fn is_broken(&self, now: i64) -> bool {
        self.breached_at.is_some() || (self.state == State::Running && self.due_at.is_some_and(|due| due < now))
    }
    /// The next instant at which something is to be noted.
    pub(super) fn next_at(&self) -> Option<i64> {
        if self.state != State::Running || self.breached_at.is_some() {
            return None;
        }
        let warn = self.warn_at.filter(|_| self.warned_at.is_none());
        [warn, self.due_at].into_iter().flatten().min()
    }
}
