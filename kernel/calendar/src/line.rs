//! The local time line of a calendar: wall time without any zone, in which every week is like the next but for exceptions.
//!
//! Local milliseconds count from 1970-01-01T00:00 wall time; open ones are numbered (`rank`) and found by number (`select`).

use crate::DAY;
use crate::day::Day;

/// Monday is 0; 1970-01-01 was a Thursday.
const EPOCH_WEEKDAY: i64 = 3;

/// The week and the days that differ from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Line {
    week: [Day; 7],
    /// Open milliseconds of the week before each day, and of the whole week.
    before: [i64; 8],
    exceptions: Vec<Exception>,
}

/// A day that does not follow its weekday.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Exception {
    day: i64,
    hours: Day,
    /// Rank of its midnight.
    rank: i64,
    /// What all exceptions up to and with this one add to the plain weeks.
    shift: i64,
}

impl Line {
    /// `exceptions` by day number since 1970-01-01, in order, each day once.
    pub(crate) fn new(week: [Day; 7], exceptions: impl IntoIterator<Item = (i64, Day)>) -> Self {
        let mut before = [0; 8];
        for (i, day) in week.iter().enumerate() {
            before[i + 1] = before[i] + day.total();
        }
        let mut line = Line { week, before, exceptions: Vec::new() };
        let mut shift = 0;
        for (day, hours) in exceptions {
            let rank = line.plain(day) + shift;
            shift += hours.total() - line.weekday(day).total();
            line.exceptions.push(Exception { day, hours, rank, shift });
        }
        line
    }

    /// How many open milliseconds lie before `local`, counted from the epoch (negative before it).
    pub(crate) fn rank(&self, local: i64) -> i64 {
        let (day, ms) = (local.div_euclid(DAY), local.rem_euclid(DAY));
        match self.last_exception(day) {
            Some(e) if e.day == day => e.rank + e.hours.rank(ms),
            Some(e) => self.plain(day) + e.shift + self.weekday(day).rank(ms),
            None => self.plain(day) + self.weekday(day).rank(ms),
        }
    }

    /// Where open millisecond number `n` starts; `None` if there is none.
    pub(crate) fn select(&self, n: i64) -> Option<i64> {
        let i = self.exceptions.partition_point(|e| e.rank <= n);
        let last = i.checked_sub(1).map(|i| &self.exceptions[i]);
        if let Some(e) = last
            && n - e.rank < e.hours.total()
        {
            return Some(e.day * DAY + e.hours.select(n - e.rank));
        }
        self.select_plain(n - last.map_or(0, |e| e.shift))
    }

    /// Hours of one day by its number since 1970-01-01.
    pub(crate) fn day(&self, day: i64) -> &Day {
        match self.last_exception(day) {
            Some(e) if e.day == day => &e.hours,
            _ => self.weekday(day),
        }
    }

    /// Whether no hour of the week is closed.
    pub(crate) fn whole_week(&self) -> bool {
        self.before[7] == 7 * DAY
    }

    /// End of the opening interval that holds `local`, within its day; `None` if closed.
    pub(crate) fn end(&self, local: i64) -> Option<i64> {
        let day = local.div_euclid(DAY);
        self.day(day).end(local.rem_euclid(DAY)).map(|end| day * DAY + end)
    }

    fn last_exception(&self, day: i64) -> Option<&Exception> {
        let i = self.exceptions.partition_point(|e| e.day <= day);
        i.checked_sub(1).map(|i| &self.exceptions[i])
    }

    fn weekday(&self, day: i64) -> &Day {
        &self.week[(day + EPOCH_WEEKDAY).rem_euclid(7) as usize]
    }

    /// Rank of a midnight if there were no exceptions.
    fn plain(&self, day: i64) -> i64 {
        let day = day + EPOCH_WEEKDAY;
        day.div_euclid(7) * self.before[7] + self.before[day.rem_euclid(7) as usize]
    }

    fn select_plain(&self, n: i64) -> Option<i64> {
        let week = n.checked_div_euclid(self.before[7])?;
        let rest = n.rem_euclid(self.before[7]);
        let weekday = self.before[1..7].partition_point(|&b| b <= rest);
        let day = week.checked_mul(7)? + weekday as i64 - EPOCH_WEEKDAY;
        day.checked_mul(DAY)?.checked_add(self.week[weekday].select(rest - self.before[weekday]))
    }
}
