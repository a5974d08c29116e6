//! What happened lately, kept in memory so that a hundred streams do not read it a hundred times.

use kernel::live::Happened;
use std::collections::VecDeque;

/// Entries kept; about 200 bytes each.
const KEPT: usize = 2_000;

/// The latest entries without a gap.
#[derive(Default)]
pub(super) struct Log {
    /// Holds everything after this position.
    begin: i64,
    /// Up to this one; none: nothing is followed now.
    end: Option<i64>,
    entries: VecDeque<Happened>,
}

impl Log {
    /// The position up to which it knows everything.
    pub(super) fn end(&self) -> Option<i64> {
        self.end
    }

    /// Begins anew at a position.
    pub(super) fn begin(&mut self, position: i64) {
        *self = Log { begin: position, end: Some(position), entries: VecDeque::new() };
    }

    /// Forgets everything.
    pub(super) fn forget(&mut self) {
        *self = Log::default();
    }

    /// Takes what came after its end. What does not follow on without a gap begins it anew.
    pub(super) fn take(&mut self, entries: Vec<Happened>, position: i64) {
        let whole = entries.last().map_or(self.end == Some(position), |last| last.position == position);
        if self.end.is_none() || !whole {
            return self.begin(position);
        }
        self.entries.extend(entries);
        self.end = Some(position);
        while self.entries.len() > KEPT {
            if let Some(gone) = self.entries.pop_front() {
                self.begin = gone.position;
            }
        }
    }

    /// What came after a position, and up to where; none if that is further back than is kept.
    pub(super) fn after(&self, position: i64) -> Option<(Vec<Happened>, i64)> {
        let end = self.end.filter(|_| position >= self.begin)?;
        let new = self.entries.iter().rev().take_while(|entry| entry.position > position).cloned();
        let mut new: Vec<Happened> = new.collect();
        new.reverse();
        Some((new, end.max(position)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(position: i64) -> Happened {
        Happened { position, entry: position, act: 0, at: 0, actor: None, register: "x".into(), record: 1, verb: "edit".into() }
    }

    fn after(log: &Log, position: i64) -> Option<(Vec<i64>, i64)> {
        log.after(position).map(|(all, end)| (all.iter().map(|it| it.position).collect(), end))
    }

    #[test]
    fn what_it_holds_has_no_gap() {
        let mut log = Log::default();
        assert_eq!(after(&log, 5), None, "nothing is followed");
        log.take(Vec::new(), 7);
        assert_eq!((after(&log, 7), after(&log, 6)), (Some((vec![], 7)), None));
        log.take(vec![entry(8), entry(9)], 9);
        assert_eq!(after(&log, 7), Some((vec![8, 9], 9)));
        assert_eq!(after(&log, 8), Some((vec![9], 9)));
        log.take(vec![entry(10)], 5_000);
        assert_eq!((after(&log, 9), after(&log, 5_000)), (None, Some((vec![], 5_000))), "more came than was read");
        for position in 5_001..5_001 + KEPT as i64 + 10 {
            log.take(vec![entry(position)], position);
        }
        assert_eq!(after(&log, 5_009), None, "what is old is let go");
        assert_eq!(after(&log, 5_010).map(|(all, _)| all.len()), Some(KEPT));
    }
}
