//! Opening hours of one day, as milliseconds from local midnight.

/// Opening hours of one day: ordered, apart from each other, within 0..=24 h.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Day {
    spans: Vec<DaySpan>,
    total: i64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct DaySpan {
    from: i64,
    until: i64,
    /// Open milliseconds of the day before this span.
    before: i64,
}

impl Day {
    /// From ordered intervals that do not overlap; touching ones become one.
    pub(crate) fn new(intervals: &[(i64, i64)]) -> Self {
        let mut day = Day::default();
        for &(from, until) in intervals {
            match day.spans.last_mut() {
                Some(last) if last.until == from => last.until = until,
                _ => day.spans.push(DaySpan { from, until, before: day.total }),
            }
            day.total += until - from;
        }
        day
    }

    /// Open milliseconds of the whole day.
    pub(crate) fn total(&self) -> i64 {
        self.total
    }

    /// Open milliseconds before `ms` of the day.
    pub(crate) fn rank(&self, ms: i64) -> i64 {
        self.spans.iter().rev().find(|s| s.from <= ms).map_or(0, |s| s.before + ms.min(s.until) - s.from)
    }

    /// Where in the day its open millisecond number `n` (from 0) starts; `n` must be below the total.
    pub(crate) fn select(&self, n: i64) -> i64 {
        self.spans.iter().rev().find(|s| s.before <= n).map_or(0, |s| s.from + n - s.before)
    }

    /// End of the interval that holds `ms`, if one does.
    pub(crate) fn end(&self, ms: i64) -> Option<i64> {
        self.spans.iter().find(|s| s.from <= ms && ms < s.until).map(|s| s.until)
    }
}
