//! Counting in working days: days with any opening hours, whatever their length.

use crate::calendar::{Calendar, timestamp};
use crate::{Instant, YEARS};
use jiff::civil::{Date, Time};

impl Calendar {
    /// The working day `days` after `date` (before it, if negative).
    ///
    /// A date that is no working day first moves to the nearest one in the direction of counting, so that one working day from a
    /// holiday is the second working day after it; 0 moves forward. `None` if there is none in [`YEARS`].
    pub fn add_working_days(&self, date: Date, days: i32) -> Option<Date> {
        let mut date = self.working_day_from(date, days < 0)?;
        for _ in 0..days.unsigned_abs() {
            date = self.working_day_from(step(date, days < 0)?, days < 0)?;
        }
        Some(date)
    }

    /// As [`Calendar::add_working_days`], at the same wall time. A time that a clock change skips moves past the gap, of a
    /// repeated one the first is meant.
    pub fn add_working_days_at(&self, start: Instant, days: i32) -> Option<Instant> {
        let local = self.zone.to_datetime(timestamp(start));
        let date = self.add_working_days(local.date(), days)?;
        let moved = self.zone.to_ambiguous_timestamp(date.to_datetime(local.time()));
        let exact = moved.compatible().ok()?.as_millisecond();
        Some(exact)
    }

    /// As [`Calendar::add_working_days`], at the end of the last opening of that day.
    pub fn add_working_days_to_close(&self, start: Instant, days: i32) -> Option<Instant> {
        self.closing(self.add_working_days(self.date(start), days)?)
    }

    /// The end of the last opening of a date; `None` if closed all day.
    pub fn closing(&self, date: Date) -> Option<Instant> {
        if !self.is_working_day(date) {
            return None;
        }
        let midnight = self.zone.to_ambiguous_timestamp(date.tomorrow().ok()?.to_datetime(Time::midnight()));
        let end = midnight.later().ok()?.as_millisecond();
        Some(self.select(self.rank(end) - 1)? + 1)
    }

    fn working_day_from(&self, mut date: Date, back: bool) -> Option<Date> {
        while !self.is_working_day(date) {
            date = step(date, back)?;
        }
        Some(date)
    }
}

/// The neighbouring date, if still within [`YEARS`].
fn step(date: Date, back: bool) -> Option<Date> {
    let next = if back { date.yesterday() } else { date.tomorrow() };
    next.ok().filter(|d| YEARS.contains(&d.year()))
}
