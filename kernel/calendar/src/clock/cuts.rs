//! Pauses and reopened stops as one ordered list of stretches that do not count.

use super::promise::{Pause, Promise};
use crate::Instant;

/// End of a stretch without a known end.
pub(super) const OPEN: Instant = Instant::MAX;

/// A stretch that does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cut<'a> {
    pub(super) from: Instant,
    pub(super) until: Instant,
    /// Why it pauses; `None` where it was met and later reopened.
    pub(super) reason: Option<&'a str>,
}

/// The ordered cuts of a promise as known at `now`.
pub(super) struct Cuts<'a> {
    pub(super) list: Vec<Cut<'a>>,
    /// When it was met, if it still is.
    pub(super) met_at: Option<Instant>,
    /// Pauses and stops left out because they end before they begin.
    pub(super) ignored: usize,
}

impl<'a> Cuts<'a> {
    pub(super) fn of(promise: &Promise<'a>, now: Instant) -> Self {
        let mut cuts = Cuts { list: Vec::new(), met_at: None, ignored: 0 };
        let stopped = cuts.stops(promise, now);
        let end = cuts.met_at.unwrap_or(OPEN);
        let paused = cuts.pauses(promise, end);
        cuts.list = if stopped.is_empty() { paused } else { join(stopped, &paused) };
        cuts
    }

    fn stops(&mut self, promise: &Promise<'a>, now: Instant) -> Vec<Cut<'a>> {
        let mut spans = Vec::new();
        for stop in promise.stops.iter().filter(|s| s.at <= now) {
            let until = stop.reopened_at.filter(|&r| r <= now).unwrap_or(OPEN);
            self.keep(&mut spans, Cut { from: stop.at, until, reason: None }, promise.start);
        }
        let mut list = apart(spans);
        if list.last().is_some_and(|last| last.until == OPEN) {
            self.met_at = list.pop().map(|last| last.from);
        }
        list
    }

    fn pauses(&mut self, promise: &Promise<'a>, end: Instant) -> Vec<Cut<'a>> {
        let mut spans = Vec::new();
        // One with a known end moves the due time also of a promise that is met: when it would have been due.
        for &Pause { from, until, reason } in promise.pauses.iter().filter(|p| p.from < end || p.until.is_some()) {
            let cut = Cut { from, until: until.unwrap_or(OPEN), reason: Some(reason) };
            self.keep(&mut spans, cut, promise.start);
        }
        apart(spans)
    }

    /// Keeps what lies after the start.
    fn keep(&mut self, spans: &mut Vec<Cut<'a>>, cut: Cut<'a>, start: Instant) {
        if cut.until < cut.from {
            self.ignored += 1;
        } else if cut.until > start && cut.until > cut.from {
            spans.push(Cut { from: cut.from.max(start), ..cut });
        }
    }
}

/// Orders spans and takes from each what an earlier one covers.
fn apart(mut spans: Vec<Cut<'_>>) -> Vec<Cut<'_>> {
    spans.sort_by_key(|c| (c.from, c.until));
    let mut covered = Instant::MIN;
    spans.retain_mut(|cut| {
        cut.from = cut.from.max(covered);
        let left = cut.from < cut.until;
        covered = covered.max(cut.until);
        left
    });
    merge_stops(spans)
}

/// Stops that touch are one, so that the time it was met is the first.
fn merge_stops(spans: Vec<Cut<'_>>) -> Vec<Cut<'_>> {
    let mut list: Vec<Cut> = Vec::with_capacity(spans.len());
    for cut in spans {
        match list.last_mut() {
            Some(last) if last.until == cut.from && last.reason.is_none() && cut.reason.is_none() => last.until = cut.until,
            _ => list.push(cut),
        }
    }
    list
}

/// Both lists in order; where they overlap, the stop counts.
fn join<'a>(stopped: Vec<Cut<'a>>, paused: &[Cut<'a>]) -> Vec<Cut<'a>> {
    let mut list = Vec::with_capacity(stopped.len() + paused.len());
    let mut first = 0;
    for pause in paused {
        let mut from = pause.from;
        while stopped.get(first).is_some_and(|s| s.until <= from) {
            first += 1;
        }
        for stop in stopped[first..].iter().take_while(|s| s.from < pause.until) {
            if from < stop.from {
                list.push(Cut { from, until: stop.from, ..*pause });
            }
            from = stop.until;
        }
        if from < pause.until {
            list.push(Cut { from, ..*pause });
        }
    }
    list.extend(stopped);
    list.sort_by_key(|c| c.from);
    list
}
