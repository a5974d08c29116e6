//! What an event does to a clock. Pure: the result must be what the ledger gives for the same story.

use super::row::{Clock, State};
use crate::level::{Level, Measure, Target};
use calendar::Counted;

/// Something that happens to a ticket and moves its clocks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// It waits for somebody or something: the word of the reason.
    Paused(String),
    /// It no longer waits.
    Resumed,
    /// Somebody first answered in public.
    Responded,
    /// That was taken back.
    Unanswered,
    /// The requester was told something.
    Updated,
    /// Nothing is owed any more: it was done.
    Resolved,
    /// Nothing is owed any more: it was called off.
    Cancelled,
    /// Something is owed again.
    Reopened,
}

/// The bit of a reason to wait, in [`Clock::pauses`]: 1 for the requester, 2 for a vendor, 4 for anything else.
pub fn pauses_for(reason: &str) -> i64 {
    match reason {
        "requester" => 1,
        "vendor" => 2,
        _ => 4,
    }
}

impl Clock {
    /// Lets an event act on the clock. `calendar` is the time that counts by its version.
    pub(super) fn take(&mut self, event: &Event, calendar: &Counted, at: i64) {
        use Measure::{FirstResponse, NextUpdate, Resolution};
        match (event, self.measure) {
            (Event::Paused(reason), _) if self.pauses & pauses_for(reason) != 0 => self.rest(calendar, at),
            (Event::Paused(_), _) => self.go_on(calendar, at),
            (Event::Resumed, _) => self.go_on(calendar, at),
            (Event::Responded, FirstResponse) => self.stop(calendar, at, State::Met),
            (Event::Unanswered, FirstResponse) => self.reopen(calendar, at),
            (Event::Updated, NextUpdate) => self.begin_anew(calendar, at),
            (Event::Resolved, Resolution | NextUpdate) => self.stop(calendar, at, State::Met),
            (Event::Cancelled, _) => self.stop(calendar, at, State::Stopped),
            (Event::Reopened, Resolution | NextUpdate) => self.reopen(calendar, at),
            (Event::Reopened, FirstResponse) if self.state == State::Stopped => self.reopen(calendar, at),
            _ => {}
        }
    }

    /// A fresh clock begins to count.
    pub(super) fn begin(&mut self, calendar: &Counted, at: i64) {
        (self.started_at, self.since, self.elapsed_ms) = (at, at, 0);
        self.state = State::Running;
        self.foresee(calendar, at);
    }

    /// Accounts for the time up to an instant, and notes a promise broken by then.
    fn settle(&mut self, calendar: &Counted, at: i64) {
        let at = at.max(self.since);
        if self.state == State::Running {
            self.elapsed_ms += calendar.elapsed_ms(self.since, at);
            self.note_breach(at);
        }
        self.since = at;
    }

    /// Notes a promise broken before an instant.
    pub(super) fn note_breach(&mut self, at: i64) {
        if let Some(due) = self.due_at.filter(|due| *due < at && self.breached_at.is_none()) {
            self.breached_at = Some(due);
            self.broken += 1;
        }
    }

    /// When it is due and warns, counting on from an instant. A broken one stays due when it was.
    fn foresee(&mut self, calendar: &Counted, at: i64) {
        if self.breached_at.is_none() {
            self.due_at = calendar.add_ms(at, (self.target_ms() - self.elapsed_ms).max(0));
        }
        let warns = (1..100).contains(&self.warn_percent) && self.warned_at.is_none();
        let part = (i128::from(self.target_ms()) * i128::from(self.warn_percent) / 100) as i64;
        self.warn_at = if warns { calendar.add_ms(at, (part - self.elapsed_ms).max(0)) } else { self.warn_at };
    }

    fn rest(&mut self, calendar: &Counted, at: i64) {
        if self.state == State::Running {
            self.settle(calendar, at);
            self.state = State::Paused;
            self.forget_due();
        }
    }

    fn forget_due(&mut self) {
        self.due_at = self.due_at.filter(|_| self.breached_at.is_some());
        self.warn_at = self.warn_at.filter(|_| self.warned_at.is_some());
    }

    fn go_on(&mut self, calendar: &Counted, at: i64) {
        if self.state == State::Paused {
            self.since = at.max(self.since);
            self.state = State::Running;
            self.foresee(calendar, self.since);
        }
    }

    fn stop(&mut self, calendar: &Counted, at: i64, state: State) {
        self.go_on(calendar, at);
        match self.state {
            State::Running => {
                self.settle(calendar, at);
                self.met_at = Some(self.since);
                self.state = state;
            }
            State::Idle if state == State::Stopped => self.state = state,
            _ => {}
        }
    }

    fn reopen(&mut self, calendar: &Counted, at: i64) {
        if matches!(self.state, State::Met | State::Stopped) {
            match self.met_at.take() {
                None => self.state = State::Idle,
                Some(_) => {
                    self.since = at.max(self.since);
                    self.state = State::Running;
                    self.foresee(calendar, self.since);
                }
            }
        }
    }

    /// The next update is promised from here; what became of the one before stays counted.
    fn begin_anew(&mut self, calendar: &Counted, at: i64) {
        let paused = self.state == State::Paused;
        if matches!(self.state, State::Met | State::Stopped) {
            return;
        }
        self.settle(calendar, at);
        (self.breached_at, self.warned_at, self.warn_at) = (None, None, None);
        self.begin(calendar, at.max(self.since));
        if paused {
            self.rest(calendar, self.since);
        }
    }

    /// Other windows are left out from an instant on, as it is about something else.
    pub(super) fn turn(&mut self, before: &Counted, after: &Counted, at: i64) {
        if self.state == State::Running {
            self.settle(before, at);
            self.foresee(after, self.since);
        }
    }

    /// Puts the clock under new terms; what has elapsed is carried over.
    pub(super) fn rebase(&mut self, before: &Counted, level: &Level, target: &Target, version: i64, after: &Counted, at: i64) {
        let paused = self.state == State::Paused;
        let counting = !paused && self.since < at && before.elapsed_ms(at - 1, at) > 0;
        self.settle(before, at);
        self.level = level.id;
        (self.target_seconds, self.warn_percent, self.calendar_version) = (target.seconds, target.warn_percent, version);
        (self.breached_at, self.warned_at, self.due_at) = (None, None, None);
        let (used, target) = (self.elapsed_ms, self.target_ms());
        self.foresee(after, self.since);
        // Used up by now, or exactly now: nobody can break the new terms before they were in force.
        if used > 0 && used >= target {
            self.due_at = Some(self.since);
            if used > target || !counting {
                self.breached_at = self.due_at;
                self.broken += 1;
            }
        }
        if paused {
            self.forget_due();
        }
    }
}
