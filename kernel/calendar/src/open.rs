//! The openings of a calendar one after another.

use crate::calendar::Calendar;
use crate::{Instant, LATEST};
use serde::Serialize;

/// A stretch of time, the end exclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Span {
    /// First instant.
    pub from: Instant,
    /// First instant after.
    pub until: Instant,
}

/// The openings between two instants; made by [`Calendar::intervals`]. Ends at its upper bound, [`LATEST`] at the latest.
#[derive(Clone, Debug)]
pub struct Open<'a> {
    calendar: &'a Calendar,
    at: Instant,
    to: Instant,
}

impl<'a> Open<'a> {
    pub(crate) fn new(calendar: &'a Calendar, from: Instant, to: Instant) -> Self {
        Open { calendar, at: from, to: to.min(LATEST) }
    }
}

impl Iterator for Open<'_> {
    type Item = Span;

    fn next(&mut self) -> Option<Span> {
        if self.at >= self.to {
            return None;
        }
        let from = self.calendar.next_open(self.at).filter(|&from| from < self.to);
        let Some(from) = from else {
            self.at = self.to;
            return None;
        };
        let until = self.calendar.closes(from, self.to)?;
        self.at = until;
        Some(Span { from, until })
    }
}
