//! The life of a promise as pieces in which nothing changes but the time.

use super::cuts::{Cut, Cuts, OPEN};
use super::promise::{Change, Promise, Terms};
use crate::Instant;

/// A promise as known at one instant, made ready for walking through it.
pub(super) struct Known<'a> {
    pub(super) start: Instant,
    first: Terms<'a>,
    /// Changes in force, in order.
    pub(super) changes: Vec<Change<'a>>,
    pub(super) cuts: Cuts<'a>,
    /// Until when time is accounted for: now, or when it was met.
    pub(super) end: Instant,
}

/// A stretch under one set of terms that counts as a whole (in working time) or not at all.
pub(super) struct Piece<'a> {
    pub(super) from: Instant,
    pub(super) until: Instant,
    pub(super) terms: Terms<'a>,
    pub(super) cut: Option<Cut<'a>>,
}

impl<'a> Known<'a> {
    pub(super) fn at(promise: &Promise<'a>, now: Instant) -> Self {
        let cuts = Cuts::of(promise, now);
        let end = cuts.met_at.unwrap_or(now);
        let mut changes: Vec<_> = promise.changes.iter().filter(|c| c.at <= end).copied().collect();
        changes.sort_by_key(|c| c.at);
        Known { start: promise.start, first: promise.terms, changes, cuts, end }
    }

    /// The terms in force at the end, and since when.
    pub(super) fn current(&self) -> (Terms<'a>, Instant) {
        match self.changes.last() {
            Some(change) => (change.terms, change.at.max(self.start)),
            None => (self.first, self.start),
        }
    }

    /// All pieces from the start on; the last has no end. As many as there are cuts and changes, about twice.
    pub(super) fn pieces(&self) -> Pieces<'_, 'a> {
        Pieces { known: self, at: self.start, change: 0, cut: 0 }
    }
}

/// Iterator of [`Known::pieces`].
pub(super) struct Pieces<'k, 'a> {
    known: &'k Known<'a>,
    at: Instant,
    change: usize,
    cut: usize,
}

impl<'a> Iterator for Pieces<'_, 'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        let (from, known) = (self.at, self.known);
        if from == OPEN {
            return None;
        }
        while known.changes.get(self.change).is_some_and(|c| c.at <= from) {
            self.change += 1;
        }
        while known.cuts.list.get(self.cut).is_some_and(|c| c.until <= from) {
            self.cut += 1;
        }
        let terms = self.change.checked_sub(1).map_or(known.first, |i| known.changes[i].terms);
        let next = known.cuts.list.get(self.cut);
        let cut = next.filter(|c| c.from <= from).copied();
        let edge = next.map_or(OPEN, |c| if cut.is_some() { c.until } else { c.from });
        let changed = known.changes.get(self.change).map_or(OPEN, |c| c.at);
        self.at = edge.min(changed);
        Some(Piece { from, until: self.at, terms, cut })
    }
}
