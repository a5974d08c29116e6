//! Checks a written calendar and names the field of every fault.

use crate::day::Day;
use crate::line::Line;
use crate::spec::{Hours, Spec};
use crate::{DAY, MAX_HOLIDAYS, MAX_INTERVALS, MAX_NAME, MAX_SPECIAL_DAYS, MINUTE, YEARS, zone};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::collections::BTreeMap;
use std::fmt;

/// One thing wrong with a written calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Path of the field in the written form, such as `week.mon[1]`.
    pub field: String,
    /// What is wrong and what would be right.
    pub message: String,
}

/// All faults found in a written calendar; never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invalid(pub Vec<Fault>);

impl fmt::Display for Invalid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, fault) in self.0.iter().enumerate() {
            let gap = if i == 0 { "" } else { "; " };
            write!(f, "{gap}{}: {}", fault.field, fault.message)?;
        }
        Ok(())
    }
}

impl std::error::Error for Invalid {}

/// The checked parts of a calendar.
pub(crate) struct Parts {
    pub(crate) zone: TimeZone,
    pub(crate) line: Line,
}

/// Checks everything and reports all faults at once.
pub(crate) fn check(spec: &Spec) -> Result<Parts, Invalid> {
    let mut faults = Faults(Vec::new());
    let zone = zone::find(&spec.zone);
    if zone.is_none() {
        faults.add("zone", format!("no such time zone: “{}”; use an IANA name such as Europe/Berlin", short(&spec.zone)));
    }
    let week = spec.week.days().map(|(name, hours)| faults.day(&format!("week.{name}"), hours));
    let exceptions = faults.exceptions(spec);
    match zone {
        Some(zone) if faults.0.is_empty() => Ok(Parts { zone, line: Line::new(week, exceptions) }),
        _ => Err(Invalid(faults.0)),
    }
}

/// Day number since 1970-01-01 of a date.
pub(crate) fn day_number(date: Date) -> i64 {
    let since = date.duration_since(Date::constant(1970, 1, 1));
    since.as_secs().div_euclid(24 * 60 * 60)
}

struct Faults(Vec<Fault>);

impl Faults {
    fn add(&mut self, field: &str, message: impl Into<String>) {
        self.0.push(Fault { field: field.to_owned(), message: message.into() });
    }

    fn exceptions(&mut self, spec: &Spec) -> BTreeMap<i64, Day> {
        self.count("holidays", spec.holidays.len(), MAX_HOLIDAYS);
        self.count("special_days", spec.special_days.len(), MAX_SPECIAL_DAYS);
        let mut days = BTreeMap::new();
        for (i, holiday) in spec.holidays.iter().take(MAX_HOLIDAYS).enumerate() {
            let field = format!("holidays[{i}]");
            self.name(&field, &holiday.name);
            if let Some(day) = self.date(&field, &holiday.date) {
                days.insert(day, Day::default());
            }
        }
        let mut special = BTreeMap::new();
        for (i, day) in spec.special_days.iter().take(MAX_SPECIAL_DAYS).enumerate() {
            let field = format!("special_days[{i}]");
            self.name(&field, &day.name);
            let hours = self.day(&format!("{field}.hours"), &day.hours);
            let Some(number) = self.date(&field, &day.date) else { continue };
            if special.insert(number, hours).is_some() {
                self.add(&format!("{field}.date"), format!("{} is a special day already; put all its hours into one entry", day.date));
            }
        }
        days.extend(special);
        days
    }

    fn count(&mut self, field: &str, count: usize, most: usize) {
        if count > most {
            self.add(field, format!("{count} entries; at most {most} are possible, so leave out past years"));
        }
    }

    fn name(&mut self, field: &str, name: &str) {
        if name.chars().count() > MAX_NAME {
            self.add(&format!("{field}.name"), format!("longer than {MAX_NAME} characters"));
        }
    }

    fn date(&mut self, field: &str, text: &str) -> Option<i64> {
        let date = (text.len() == 10).then(|| text.parse::<Date>().ok()).flatten();
        let known = date.filter(|d| YEARS.contains(&d.year()));
        if known.is_none() {
            let years = format!("{} to {}", YEARS.start(), YEARS.end());
            self.add(&format!("{field}.date"), format!("“{}” is not a date; write YYYY-MM-DD, years {years}", short(text)));
        }
        known.map(day_number)
    }

    fn day(&mut self, field: &str, hours: &[Hours]) -> Day {
        self.count(field, hours.len(), MAX_INTERVALS);
        let mut spans: Vec<(i64, i64, usize)> = Vec::new();
        for (i, interval) in hours.iter().take(MAX_INTERVALS).enumerate() {
            if let Some((from, until)) = self.interval(&format!("{field}[{i}]"), interval) {
                spans.push((from, until, i));
            }
        }
        spans.sort_unstable();
        for pair in spans.windows(2) {
            if pair[1].0 < pair[0].1 {
                let (earlier, later) = (&hours[pair[0].2], &hours[pair[1].2]);
                let message = format!("{}–{} overlaps {}–{}", later[0], later[1], earlier[0], earlier[1]);
                self.add(&format!("{field}[{}]", pair[1].2), message);
            }
        }
        let plain: Vec<_> = spans.iter().map(|&(from, until, _)| (from, until)).collect();
        Day::new(&plain)
    }

    fn interval(&mut self, field: &str, interval: &Hours) -> Option<(i64, i64)> {
        let [from, until] = [0, 1].map(|i| {
            let time = time_of_day(&interval[i]);
            if time.is_none() {
                self.add(&format!("{field}[{i}]"), format!("“{}” is not a time; write HH:MM from 00:00 to 24:00", short(&interval[i])));
            }
            time
        });
        let (from, until) = (from?, until?);
        if until <= from {
            let message = format!("ends at {} but starts at {}; split hours over midnight at 24:00", interval[1], interval[0]);
            self.add(field, message);
            return None;
        }
        Some((from, until))
    }
}

/// `HH:MM` as milliseconds from midnight; `24:00` is the end of the day.
fn time_of_day(text: &str) -> Option<i64> {
    let (hours, minutes) = text.split_once(':')?;
    let two_digits = |s: &str| (s.len() == 2 && s.bytes().all(|b| b.is_ascii_digit())).then(|| s.parse::<i64>().ok()).flatten();
    let (hours, minutes) = (two_digits(hours)?, two_digits(minutes)?);
    let ms = (hours * 60 + minutes) * MINUTE;
    (minutes < 60 && ms <= DAY).then_some(ms)
}

/// At most 40 characters of what was typed, for a message.
fn short(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(40).collect()
}
