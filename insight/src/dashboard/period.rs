//! The time a dashboard looks at, in whole weeks.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

/// Most weeks shown at once.
const MOST_WEEKS: i64 = 60;

/// From the beginning of a Monday to the end of a week, in the viewer's zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Period {
    /// First instant.
    pub from: i64,
    /// First instant after it.
    pub until: i64,
    /// First day.
    pub first: Date,
    /// How many weeks.
    pub weeks: i64,
    /// The first instant of each week, and the one after the last: one in which the clocks change is an hour longer or shorter.
    edges: Vec<i64>,
}

impl Period {
    /// The weeks from `from` to `until` (days, either may be missing), by default the twelve that end now; of more than 60, the last.
    pub fn read(from: Option<&str>, until: Option<&str>, now: i64, zone: &TimeZone) -> Period {
        let today = day_of(now, zone);
        let day = |text: Option<&str>| text.and_then(|text| text.parse::<Date>().ok());
        let last = day(until).unwrap_or(today);
        let begin = day(from).filter(|from| *from <= last).unwrap_or_else(|| back(last, 11 * 7));
        let first = back(begin, i64::from(begin.weekday().to_monday_zero_offset()));
        let days = i64::from((last - first).get_days()).max(0);
        let weeks = (days / 7 + 1).min(MOST_WEEKS);
        let first = forth(first, (days / 7 + 1 - weeks) * 7);
        let edges: Vec<i64> = (0..=weeks).map(|week| instant(forth(first, week * 7), zone)).collect();
        Period { from: edges[0], until: edges[edges.len() - 1], first, weeks, edges }
    }

    /// Why it is not what was asked for, in a sentence; none: it is.
    pub fn remark(&self, from: Option<&str>, until: Option<&str>) -> Option<String> {
        let day = |text: &str| text.parse::<Date>().ok();
        let odd = [from, until].into_iter().flatten().find(|text| !text.is_empty() && day(text).is_none());
        if let Some(odd) = odd {
            return Some(format!("“{odd}” is no day like 2026-11-24 and was left out."));
        }
        match (from.and_then(day), until.and_then(day)) {
            (Some(from), Some(until)) if from > until => Some("The first day asked for comes after the last, so it was left out.".into()),
            (Some(from), _) if from < self.first => {
                Some(format!("At most {MOST_WEEKS} weeks are shown at once: these are the last of those asked for."))
            }
            _ => None,
        }
    }

    /// So many weeks, of which the last is the one of an instant.
    pub fn ending(at: i64, weeks: i64, zone: &TimeZone) -> Period {
        let last = day_of(at, zone);
        let first = back(last, (weeks.clamp(1, MOST_WEEKS) - 1) * 7);
        Period::read(Some(&first.to_string()), Some(&last.to_string()), at, zone)
    }

    /// Its weeks that are over by an instant.
    pub fn over(&self, now: i64) -> usize {
        self.edges[1..].partition_point(|end| *end <= now)
    }

    /// From when until when a week goes.
    pub fn span(&self, week: usize) -> (i64, i64) {
        let edge = |at: usize| self.edges.get(at).copied().unwrap_or(self.until);
        (edge(week), edge(week + 1))
    }

    /// As the query of an address.
    pub fn query(&self) -> String {
        format!("from={}&until={}", self.first, self.last())
    }

    /// Which week an instant falls into; one before or after all of them, into the first or the last.
    pub fn week(&self, at: i64) -> usize {
        self.edges[1..self.weeks as usize].partition_point(|end| *end <= at)
    }

    /// The last day.
    pub fn last(&self) -> Date {
        forth(self.first, self.weeks * 7 - 1)
    }

    /// First day of a week.
    pub fn monday(&self, week: usize) -> Date {
        forth(self.first, week as i64 * 7)
    }
}

fn day_of(at: i64, zone: &TimeZone) -> Date {
    zone.to_datetime(Timestamp::from_millisecond(at).unwrap_or(Timestamp::UNIX_EPOCH)).date()
}

fn back(day: Date, days: i64) -> Date {
    day.checked_sub(days.days()).unwrap_or(day)
}

fn forth(day: Date, days: i64) -> Date {
    day.checked_add(days.days()).unwrap_or(day)
}

fn instant(day: Date, zone: &TimeZone) -> i64 {
    zone.to_timestamp(day.into()).map_or(0, |at| at.as_millisecond())
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i64 = 3_600_000;

    #[test]
    fn a_period_begins_on_a_monday_and_ends_with_the_week_of_its_last_day() {
        let zone = TimeZone::UTC;
        let now = 1_795_507_200_000; // Tuesday, 24 November 2026
        let period = Period::read(None, None, now, &zone);
        assert_eq!((period.weeks, period.first.to_string()), (12, "2026-09-07".into()));
        assert!(period.from <= now && now < period.until);
        assert_eq!((Period::ending(now, 12, &zone), period.over(now)), (period.clone(), 11));
        assert_eq!(period.span(11), (period.until - 7 * 24 * HOUR, period.until));
        let year = Period::read(Some("2016-02-29"), Some("2017-02-18"), now, &zone);
        assert_eq!((year.weeks, year.first.to_string()), (51, "2016-02-29".into()));
        assert_eq!(
            Period::read(Some("2026-12-01"), Some("2026-11-01"), now, &zone).weeks,
            12,
            "an end before its begin counts for nothing"
        );
        let long = Period::read(Some("1900-01-01"), None, now, &zone);
        assert_eq!((long.weeks, long.until), (MOST_WEEKS, period.until), "the last of so many");
    }

    #[test]
    fn weeks_begin_on_monday_at_midnight_on_either_side_of_a_change_of_the_clocks() {
        let zone = TimeZone::get("Europe/Amsterdam").expect("a zone");
        let now = 1_795_507_200_000; // Tuesday, 24 November 2026; the clocks went back on 25 October
        let period = Period::read(None, None, now, &zone);
        for week in 0..12 {
            let (from, until) = period.span(week);
            let begins = zone.to_datetime(Timestamp::from_millisecond(from).expect("a time"));
            assert_eq!(begins, period.monday(week).at(0, 0, 0, 0), "week {week}");
            assert_eq!((period.week(from), period.week(until - 1)), (week, week));
            assert_eq!((period.over(until - 1), period.over(until)), (week, week + 1));
        }
        let length = |week| period.span(week).1 - period.span(week).0;
        assert_eq!((length(5), length(6), length(7)), (168 * HOUR, 169 * HOUR, 168 * HOUR), "the week of 19 October has an hour more");
        assert_eq!((period.week(0), period.week(i64::MAX)), (0, 11));
        assert_eq!(period.over(0), 0);
    }

    #[test]
    fn another_period_than_the_one_asked_for_says_why() {
        let now = 1_795_507_200_000;
        let remark = |from, until| Period::read(from, until, now, &TimeZone::UTC).remark(from, until).unwrap_or_default();
        assert_eq!(remark(None, None), "");
        assert_eq!(remark(Some("2026-11-04"), Some("2026-11-24")), "", "whole weeks hold the days asked for");
        assert!(remark(Some("x"), None).starts_with("“x” is no day"));
        assert!(remark(Some("2026-12-01"), Some("2026-11-01")).contains("comes after the last"));
        assert!(remark(Some("2016-01-01"), Some("2026-11-24")).contains("the last of those asked for"));
    }
}
