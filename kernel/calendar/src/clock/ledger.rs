//! The ledger of a clock: its reading with everything it is made of.

use super::promise::Promise;
use super::reading::Reading;
use super::walk::{Known, Piece};
use crate::{Instant, SECOND};
use serde::Serialize;

/// Most intervals listed one by one; the rest is one interval of kind [`Kind::Together`].
pub const MAX_LEDGER: usize = 10_000;

/// Most replaced promises listed; the latest are.
pub const MAX_PROMISES: usize = 100;

/// Why an interval counts or not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "kind", content = "reason")]
pub enum Kind {
    /// Working time; counts whole.
    Counting,
    /// Closed by the calendar; [`crate::Calendar::closed`] says why.
    Outside,
    /// Paused, with the reason.
    Paused(String),
    /// Met, and reopened at the end.
    Met,
    /// All that is left after [`MAX_LEDGER`] intervals, with its sum.
    Together,
}

/// One line of the ledger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Interval {
    /// First instant.
    pub from: Instant,
    /// First instant after.
    pub until: Instant,
    /// Why it counts or not.
    #[serde(flatten)]
    pub kind: Kind,
    /// Working time that counted, exact, in milliseconds. These sum to [`Reading::elapsed_ms`].
    pub counted_ms: i64,
    /// The same in whole seconds, rounded so that these sum to [`Reading::elapsed_seconds`].
    pub seconds_counted: i64,
    /// Version of the calendar in force.
    pub calendar_version: i64,
}

/// A promise that new terms replaced, and what became of it until then.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Promised {
    /// When it was replaced.
    pub replaced_at: Instant,
    /// Why it was replaced.
    pub reason: String,
    /// What the clock read at that instant.
    pub reading: Reading,
}

/// What a clock reads and everything needed to add it up again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Ledger {
    /// What the clock reads.
    #[serde(flatten)]
    pub reading: Reading,
    /// When the clock started.
    pub start: Instant,
    /// All time from the start to now, or to when it was met, without gap or overlap.
    pub intervals: Vec<Interval>,
    /// Promises replaced by new terms, oldest first, the latest [`MAX_PROMISES`].
    pub replaced: Vec<Promised>,
    /// How many replaced promises there were in all.
    pub replaced_count: usize,
    /// Pauses and stops left out because they end before they begin.
    pub ignored: usize,
}

impl Ledger {
    /// Whether the intervals follow one another without gap and sum to what the clock reads.
    pub fn adds_up(&self) -> bool {
        let sum = |part: fn(&Interval) -> i64| self.intervals.iter().map(part).sum::<i64>();
        sum(|i| i.counted_ms) == self.reading.elapsed_ms
            && sum(|i| i.seconds_counted) == self.reading.elapsed_seconds
            && self.intervals.first().is_none_or(|i| i.from == self.start)
            && self.intervals.windows(2).all(|pair| pair[0].until == pair[1].from)
    }
}

impl Promise<'_> {
    /// The ledger of the clock as known at `now`, or at the time it was met.
    pub fn ledger(&self, now: Instant) -> Ledger {
        let known = Known::at(self, now);
        let mut lines = Lines { list: Vec::new(), sum_ms: 0 };
        for piece in known.pieces().take_while(|p| p.from < known.end) {
            lines.piece(&piece, known.end);
        }
        Ledger {
            reading: known.reading(),
            start: self.start,
            intervals: lines.list,
            replaced: self.replaced(&known),
            replaced_count: known.changes.len(),
            ignored: known.cuts.ignored,
        }
    }

    fn replaced(&self, known: &Known<'_>) -> Vec<Promised> {
        let skip = known.changes.len().saturating_sub(MAX_PROMISES);
        let before = |i: usize| {
            let change = &known.changes[i];
            let old = Promise { changes: &known.changes[..i], ..*self };
            Promised { replaced_at: change.at, reason: change.reason.to_owned(), reading: old.reading(change.at) }
        };
        (skip..known.changes.len()).map(before).collect()
    }
}

struct Lines {
    list: Vec<Interval>,
    sum_ms: i64,
}

impl Lines {
    fn piece(&mut self, piece: &Piece<'_>, end: Instant) {
        let until = piece.until.min(end);
        let version = piece.terms.calendar_version;
        if let Some(cut) = piece.cut {
            let kind = cut.reason.map_or(Kind::Met, |reason| Kind::Paused(reason.to_owned()));
            return self.push(piece.from, until, kind, 0, version);
        }
        let mut at = piece.from;
        for open in piece.terms.calendar.intervals(piece.from, until) {
            if self.list.len() >= MAX_LEDGER {
                let rest = piece.terms.calendar.elapsed_ms(at, until);
                return self.push(at, until, Kind::Together, rest, version);
            }
            self.push(at, open.from, Kind::Outside, 0, version);
            self.push(open.from, open.until, Kind::Counting, open.until - open.from, version);
            at = open.until;
        }
        self.push(at, until, Kind::Outside, 0, version);
    }

    fn push(&mut self, from: Instant, until: Instant, kind: Kind, counted_ms: i64, calendar_version: i64) {
        if from >= until {
            return;
        }
        let before = self.sum_ms / SECOND;
        self.sum_ms += counted_ms;
        let seconds_counted = self.sum_ms / SECOND - before;
        let full = self.list.len() > MAX_LEDGER;
        match self.list.last_mut() {
            Some(last) if full => {
                last.until = until;
                last.counted_ms += counted_ms;
                last.seconds_counted += seconds_counted;
                last.kind = Kind::Together;
            }
            _ => self.list.push(Interval { from, until, kind, counted_ms, seconds_counted, calendar_version }),
        }
    }
}
