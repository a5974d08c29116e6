//! Working time with stretches taken out of it: what is left is what counts.

use crate::calendar::Calendar;
use crate::open::Span;
use crate::{Instant, LATEST};

/// The working time of a calendar outside some stretches. A question costs a look-up for each stretch it meets.
#[derive(Clone, Copy, Debug)]
pub struct Counted<'a> {
    calendar: &'a Calendar,
    /// In order and apart, as [`apart`] makes them.
    out: &'a [Span],
}

/// Stretches in order; those that overlap or touch are one, and those that end before they begin are none.
pub fn apart(mut spans: Vec<Span>) -> Vec<Span> {
    spans.retain(|span| span.from < span.until);
    spans.sort_by_key(|span| (span.from, span.until));
    let mut list: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match list.last_mut() {
            Some(last) if span.from <= last.until => last.until = last.until.max(span.until),
            _ => list.push(span),
        }
    }
    list
}

impl<'a> Counted<'a> {
    /// The calendar without `out`, which [`apart`] has ordered.
    pub fn new(calendar: &'a Calendar, out: &'a [Span]) -> Self {
        Counted { calendar, out }
    }

    /// What counts between two instants, in milliseconds; 0 if the second is not later.
    pub fn elapsed_ms(&self, from: Instant, to: Instant) -> i64 {
        if to <= from {
            return 0;
        }
        let met = self.after(from).iter().take_while(|span| span.from < to);
        let left_out: i64 = met.map(|span| self.calendar.elapsed_ms(span.from.max(from), span.until.min(to))).sum();
        self.calendar.elapsed_ms(from, to) - left_out
    }

    /// The earliest instant at which `ms` have counted since `start`, as [`Calendar::add_ms`] has it: with 0 or less, when it
    /// first counts. `None` if that is never, or not before [`LATEST`].
    pub fn add_ms(&self, start: Instant, ms: i64) -> Option<Instant> {
        let (mut at, mut rest) = (start, ms.max(0));
        for span in self.after(start) {
            if at < span.from {
                let reached = self.calendar.add_ms(at, rest)?;
                if reached < span.from || (rest > 0 && reached == span.from) {
                    return Some(reached);
                }
                rest -= self.calendar.elapsed_ms(at, span.from);
            }
            at = span.until;
        }
        if at >= LATEST { None } else { self.calendar.add_ms(at, rest) }
    }

    /// Whether time counts at an instant.
    pub fn is_open(&self, at: Instant) -> bool {
        self.calendar.is_open(at) && self.after(at).first().is_none_or(|span| at < span.from)
    }

    /// Until when time counts that counts at `at`, `limit` at the latest; `None` if it does not count then.
    pub fn closes(&self, at: Instant, limit: Instant) -> Option<Instant> {
        let next = self.after(at).first().map_or(limit, |span| span.from.min(limit));
        if self.is_open(at) { self.calendar.closes(at, next) } else { None }
    }

    /// Stretches that end after an instant.
    fn after(&self, at: Instant) -> &[Span] {
        &self.out[self.out.partition_point(|span| span.until <= at)..]
    }
}
