//! Repetitions (`RRULE`) as holidays have them, bounded.

use super::{Budget, value};
use jiff::civil::{Date, Weekday};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Every {
    Year,
    Month,
    Week,
    Day,
}

/// A repetition that is understood.
pub(super) struct Rule {
    every: Every,
    interval: i64,
    count: Option<usize>,
    until: Option<Date>,
    months: Vec<i8>,
    month_days: Vec<i8>,
    /// Weekday and which of the month; negative from its end.
    weekdays: Vec<(i8, Weekday)>,
}

impl Rule {
    /// Reads a rule of an event that starts at `start`; an error says what is not understood.
    pub(super) fn parse(text: &str, start: Date) -> Result<Rule, String> {
        let mut rule = Rule {
            every: Every::Year,
            interval: 1,
            count: None,
            until: None,
            months: Vec::new(),
            month_days: Vec::new(),
            weekdays: Vec::new(),
        };
        let mut every = None;
        for part in text.split(';').filter(|p| !p.is_empty()) {
            let (name, given) = part.split_once('=').ok_or_else(|| bad(part))?;
            let number = || given.parse::<u16>().ok().filter(|&n| n > 0);
            match name.to_ascii_uppercase().as_str() {
                "FREQ" => every = Some(frequency(given).ok_or_else(|| bad(part))?),
                "INTERVAL" => rule.interval = i64::from(number().ok_or_else(|| bad(part))?),
                "COUNT" => rule.count = Some(usize::from(number().ok_or_else(|| bad(part))?)),
                "UNTIL" => rule.until = Some(until(given).ok_or_else(|| bad(part))?),
                "BYMONTH" => rule.months = list(given, |m| m.parse().ok().filter(|m| (1..=12).contains(m))).ok_or_else(|| bad(part))?,
                "BYMONTHDAY" => rule.month_days = list(given, month_day).ok_or_else(|| bad(part))?,
                "BYDAY" => rule.weekdays = list(given, weekday).ok_or_else(|| bad(part))?,
                "WKST" => {}
                _ => return Err(bad(part)),
            }
        }
        rule.every = every.ok_or("the rule has no FREQ")?;
        rule.complete(text, start)
    }

    /// Fills in what follows from the start, and refuses combinations that are not understood.
    fn complete(mut self, text: &str, start: Date) -> Result<Rule, String> {
        let by = !(self.months.is_empty() && self.month_days.is_empty() && self.weekdays.is_empty());
        let understood = match self.every {
            Every::Year => self.weekdays.is_empty() || !self.months.is_empty(),
            Every::Month => self.months.is_empty(),
            Every::Week | Every::Day => !by,
        };
        if !understood || (!self.weekdays.is_empty() && !self.month_days.is_empty()) {
            return Err(bad(text));
        }
        if self.every == Every::Year && self.months.is_empty() {
            let all_year = !self.month_days.is_empty();
            self.months = if all_year { (1..=12).collect() } else { vec![start.month()] };
        }
        self.months.sort_unstable();
        self.months.dedup();
        if self.month_days.is_empty() && self.weekdays.is_empty() {
            self.month_days.push(start.day());
        }
        Ok(self)
    }

    /// The dates between `from` and `to`, as far as the budget goes.
    pub(super) fn dates(&self, start: Date, from: Date, to: Date, budget: &mut Budget) -> Vec<Date> {
        let (mut dates, mut counted) = (Vec::new(), 0);
        let last = self.until.map_or(to, |u| u.min(to));
        let first = if self.count.is_some() { 0 } else { self.skip(start, from) };
        for period in first.. {
            let Some(candidates) = period.checked_mul(self.interval).and_then(|n| self.period(start, n)) else { break };
            if candidates.0 > last || !budget.spend(1 + candidates.1.len()) {
                break;
            }
            for date in candidates.1.into_iter().filter(|&d| d >= start) {
                counted += 1;
                if date > last || self.count.is_some_and(|c| counted > c) {
                    return dates;
                }
                if date >= from {
                    dates.push(date);
                }
            }
        }
        dates
    }

    /// Periods that certainly lie before `from`.
    fn skip(&self, start: Date, from: Date) -> i64 {
        let days = i64::from((from - start).get_days());
        let length = match self.every {
            Every::Year => 366,
            Every::Month => 31,
            Every::Week => 7,
            Every::Day => 1,
        };
        (days / (length * self.interval) - 1).max(0)
    }

    /// First day of a period `n` units after the start, and the dates in it in order.
    fn period(&self, start: Date, n: i64) -> Option<(Date, Vec<Date>)> {
        match self.every {
            Every::Day | Every::Week => {
                let days = if self.every == Every::Week { n.checked_mul(7)? } else { n };
                let date = start.checked_add(jiff::Span::new().try_days(days).ok()?).ok()?;
                Some((date, vec![date]))
            }
            Every::Month => {
                let month = i64::from(start.year()) * 12 + i64::from(start.month()) - 1 + n;
                let (year, month) = (i16::try_from(month.div_euclid(12)).ok()?, month.rem_euclid(12) as i8 + 1);
                Some((Date::new(year, month, 1).ok()?, self.month(year, month)))
            }
            Every::Year => {
                let year = i16::try_from(i64::from(start.year()) + n).ok()?;
                let dates = self.months.iter().flat_map(|&m| self.month(year, m)).collect();
                Some((Date::new(year, 1, 1).ok()?, dates))
            }
        }
    }

    fn month(&self, year: i16, month: i8) -> Vec<Date> {
        let Ok(first) = Date::new(year, month, 1) else { return Vec::new() };
        let by_day = self.month_days.iter().filter_map(|&d| match d {
            1.. => Date::new(year, month, d).ok(),
            _ => Date::new(year, month, first.days_in_month() + d + 1).ok(),
        });
        let by_weekday = self.weekdays.iter().flat_map(|&(nth, weekday)| match nth {
            0 => (1..=5).filter_map(|n| first.nth_weekday_of_month(n, weekday).ok()).collect(),
            _ => Vec::from_iter(first.nth_weekday_of_month(nth, weekday).ok()),
        });
        let mut dates: Vec<Date> = by_day.chain(by_weekday).collect();
        dates.sort_unstable();
        dates.dedup();
        dates
    }
}

fn bad(part: &str) -> String {
    format!("the rule has “{}”, which is not understood", value::short(part))
}

fn frequency(text: &str) -> Option<Every> {
    match text.to_ascii_uppercase().as_str() {
        "YEARLY" => Some(Every::Year),
        "MONTHLY" => Some(Every::Month),
        "WEEKLY" => Some(Every::Week),
        "DAILY" => Some(Every::Day),
        _ => None,
    }
}

fn until(text: &str) -> Option<Date> {
    value::date(text.split('T').next()?)
}

/// A list of at most 62 entries.
fn list<T>(text: &str, one: impl Fn(&str) -> Option<T>) -> Option<Vec<T>> {
    let all = text.split(',').take(63).map(one).collect::<Option<Vec<T>>>()?;
    (all.len() <= 62).then_some(all)
}

fn month_day(text: &str) -> Option<i8> {
    text.parse().ok().filter(|d: &i8| *d != 0 && (-31..=31).contains(d))
}

/// `MO`, `1MO`, `-1SU`.
fn weekday(text: &str) -> Option<(i8, Weekday)> {
    let at = text.len().checked_sub(2).filter(|&at| text.is_char_boundary(at))?;
    let weekday = match text[at..].to_ascii_uppercase().as_str() {
        "MO" => Weekday::Monday,
        "TU" => Weekday::Tuesday,
        "WE" => Weekday::Wednesday,
        "TH" => Weekday::Thursday,
        "FR" => Weekday::Friday,
        "SA" => Weekday::Saturday,
        "SU" => Weekday::Sunday,
        _ => return None,
    };
    let nth = if at == 0 { 0 } else { text[..at].parse().ok().filter(|n: &i8| *n != 0 && (-5..=5).contains(n))? };
    Some((nth, weekday))
}
