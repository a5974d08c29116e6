//! The calendar: working time as a numbered line of open milliseconds.

use crate::check::{self, Invalid, day_number};
use crate::line::Line;
use crate::open::Open;
use crate::spec::Spec;
use crate::{EARLIEST, Instant, LATEST, SECOND, zone};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

/// Working time in one zone. Immutable; a change is a new calendar (and a new version where it is stored).
///
/// Serialises as [`Spec`]; deserialising checks it and compiles it, so questions cost well under a microsecond.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(try_from = "Spec", into = "Spec")]
pub struct Calendar {
    spec: Spec,
    pub(crate) zone: TimeZone,
    pub(crate) line: Line,
    stretches: Vec<Ranked>,
    /// Open milliseconds between `EARLIEST` and `LATEST`.
    total: i64,
}

/// A stretch of constant offset with the numbers of its first open millisecond.
#[derive(Clone, Copy, Debug)]
struct Ranked {
    start: Instant,
    offset: i64,
    /// Open milliseconds since `EARLIEST`.
    rank: i64,
    /// The same point on the local line.
    local_rank: i64,
}

/// Whether a calendar is open at an instant and, if not, why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "why", content = "name")]
pub enum Closed {
    /// It is open.
    No,
    /// Outside the hours of the weekday.
    Hours,
    /// Outside the hours of a special day, which is named.
    SpecialDay(String),
    /// A holiday, which is named.
    Holiday(String),
}

impl Calendar {
    /// Checks and compiles a written calendar. Errors name every faulty field.
    pub fn new(spec: Spec) -> Result<Self, Invalid> {
        let parts = check::check(&spec)?;
        let (mut rank, mut stretches) = (0, Vec::new());
        let all = zone::stretches(&parts.zone);
        for (i, s) in all.iter().enumerate() {
            let end = all.get(i + 1).map_or(LATEST, |next| next.start);
            let local_rank = parts.line.rank(s.start + s.offset);
            stretches.push(Ranked { start: s.start, offset: s.offset, rank, local_rank });
            rank += parts.line.rank(end + s.offset) - local_rank;
        }
        Ok(Calendar { spec, zone: parts.zone, line: parts.line, stretches, total: rank })
    }

    /// The written form it was made from.
    pub fn spec(&self) -> &Spec {
        &self.spec
    }

    /// Whole seconds of working time from `from` to `to`; negative if `to` is earlier. Part seconds are cut off.
    pub fn elapsed(&self, from: Instant, to: Instant) -> i64 {
        self.elapsed_ms(from, to) / SECOND
    }

    /// Milliseconds of working time from `from` to `to`, exact; negative if `to` is earlier.
    pub fn elapsed_ms(&self, from: Instant, to: Instant) -> i64 {
        self.rank(to) - self.rank(from)
    }

    /// The earliest instant at which `seconds` of working time have passed since `start`: eight hours from opening of an
    /// eight-hour day end at its closing, not at the next opening. 0 gives [`Calendar::next_open`]; a negative number goes
    /// back, see [`Calendar::subtract`]. `None` if that is never, or not before [`LATEST`].
    pub fn add(&self, start: Instant, seconds: i64) -> Option<Instant> {
        if seconds < 0 {
            return self.subtract(start, seconds.checked_neg()?);
        }
        self.add_ms(start, seconds.checked_mul(SECOND)?)
    }

    /// As [`Calendar::add`], in milliseconds; a negative number counts as 0.
    pub fn add_ms(&self, start: Instant, ms: i64) -> Option<Instant> {
        match ms {
            ..=0 => self.next_open(start),
            _ => self.select(self.rank(start).checked_add(ms - 1)?).map(|last| last + 1),
        }
    }

    /// The latest instant from which `seconds` of working time pass until `end`; with 0 or less, `end` itself. `None` if there
    /// is not that much working time after [`EARLIEST`].
    pub fn subtract(&self, end: Instant, seconds: i64) -> Option<Instant> {
        if seconds <= 0 {
            return Some(end);
        }
        self.select(self.rank(end).checked_sub(seconds.checked_mul(SECOND)?)?)
    }

    /// Whether the wall clock shows an opening time at `at`.
    pub fn is_open(&self, at: Instant) -> bool {
        self.next_open(at) == Some(at)
    }

    /// `at` itself if open then, else the next opening. `None` if it never opens again.
    pub fn next_open(&self, at: Instant) -> Option<Instant> {
        self.select(self.rank(at))
    }

    /// When the opening that holds `at` ends, `limit` at the latest; `None` if closed at `at`.
    ///
    /// Openings that touch are one, so a calendar that never closes gives `limit`.
    pub fn closes(&self, at: Instant, limit: Instant) -> Option<Instant> {
        let mut end = self.interval_end(at)?;
        while end < limit {
            match self.interval_end(end) {
                Some(next) => end = next,
                None => return Some(end),
            }
        }
        Some(limit.max(at))
    }

    /// The openings between `from` and `to` in order, cut to these bounds; touching ones are one.
    pub fn intervals(&self, from: Instant, to: Instant) -> Open<'_> {
        Open::new(self, from, to)
    }

    /// Why the calendar is closed at `at`, for people who ask.
    pub fn closed(&self, at: Instant) -> Closed {
        if self.is_open(at) {
            return Closed::No;
        }
        let date = self.date(at).to_string();
        if let Some(day) = self.spec.special_days.iter().find(|d| d.date == date) {
            return Closed::SpecialDay(day.name.clone());
        }
        match self.spec.holidays.iter().find(|h| h.date == date) {
            Some(holiday) => Closed::Holiday(holiday.name.clone()),
            None => Closed::Hours,
        }
    }

    /// The date the wall clock of the zone shows at `at`; beyond what jiff knows, its nearest.
    pub fn date(&self, at: Instant) -> Date {
        self.zone.to_datetime(timestamp(at)).date()
    }

    /// Opening hours of a date exist.
    pub fn is_working_day(&self, date: Date) -> bool {
        crate::YEARS.contains(&date.year()) && self.line.day(day_number(date)).total() > 0
    }

    /// Whether each day of its week is open for all its 24 hours, so that working time may be told in days. Holidays and
    /// special days do not count: the other days are whole all the same.
    pub fn around_the_clock(&self) -> bool {
        self.line.whole_week()
    }

    /// Open milliseconds from `EARLIEST` to `at`.
    pub(crate) fn rank(&self, at: Instant) -> i64 {
        let at = at.clamp(EARLIEST, LATEST);
        let Some(s) = self.stretch(at) else { return 0 };
        s.rank + self.line.rank(at + s.offset) - s.local_rank
    }

    /// When open millisecond number `n` since `EARLIEST` starts.
    pub(crate) fn select(&self, n: i64) -> Option<Instant> {
        if n < 0 || n >= self.total {
            return None;
        }
        let i = self.stretches.partition_point(|s| s.rank <= n);
        let s = self.stretches.get(i.checked_sub(1)?)?;
        Some(self.line.select(s.local_rank + n - s.rank)? - s.offset)
    }

    /// End of the interval that holds `at`: within its day and before the next change of offset.
    fn interval_end(&self, at: Instant) -> Option<Instant> {
        if !(EARLIEST..LATEST).contains(&at) {
            return None;
        }
        let i = self.stretches.partition_point(|s| s.start <= at);
        let s = self.stretches.get(i.checked_sub(1)?)?;
        let change = self.stretches.get(i).map_or(LATEST, |next| next.start);
        Some((self.line.end(at + s.offset)? - s.offset).min(change))
    }

    fn stretch(&self, at: Instant) -> Option<&Ranked> {
        let i = self.stretches.partition_point(|s| s.start <= at);
        self.stretches.get(i.checked_sub(1)?)
    }
}

impl PartialEq for Calendar {
    fn eq(&self, other: &Self) -> bool {
        self.spec == other.spec
    }
}

impl Eq for Calendar {}

impl TryFrom<Spec> for Calendar {
    type Error = Invalid;

    fn try_from(spec: Spec) -> Result<Self, Invalid> {
        Calendar::new(spec)
    }
}

impl From<Calendar> for Spec {
    fn from(calendar: Calendar) -> Spec {
        calendar.spec
    }
}

/// The instant as jiff has it, cut to what a calendar knows.
pub(crate) fn timestamp(at: Instant) -> Timestamp {
    Timestamp::from_millisecond(at.clamp(EARLIEST, LATEST)).unwrap_or_default()
}
