//! Days and times as people write them.

use serde::{Deserialize, Serialize};

/// Which number comes first in `03/04/2026`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DateOrder {
    /// 3 April.
    DayFirst,
    /// 4 March.
    MonthFirst,
}

/// What the values of a column show about their order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Evidence {
    /// Values that can only have the day first.
    pub day_first: u64,
    /// Values that can only have the month first.
    pub month_first: u64,
    /// Values that could be either.
    pub either: u64,
    /// Values with a year of two digits.
    pub short_year: u64,
}

impl Evidence {
    /// Looks at one more value.
    pub fn see(&mut self, text: &str) {
        let Some(found) = find(text.trim()) else { return };
        self.short_year += u64::from(found.short_year());
        if let Parts::Numbers { a, b, dotted: false, .. } = found.parts {
            match (a > 12, b > 12) {
                (true, false) => self.day_first += 1,
                (false, true) => self.month_first += 1,
                (false, false) if a != b => self.either += 1,
                _ => {}
            }
        }
    }
    /// The order, if the values leave no doubt.
    pub fn order(&self) -> Option<DateOrder> {
        match (self.day_first, self.month_first) {
            (1.., 0) => Some(DateOrder::DayFirst),
            (0, 1..) => Some(DateOrder::MonthFirst),
            _ => None,
        }
    }
    /// Whether someone has to say which order it is.
    pub fn is_open(&self) -> bool {
        self.order().is_none() && self.day_first + self.month_first + self.either > 0
    }
}

/// How to read the days of a column.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Reading {
    pub order: Option<DateOrder>,
    pub short_years: bool,
}

struct Found<'a> {
    parts: Parts,
    /// Digits of the year.
    digits: usize,
    rest: &'a str,
}

enum Parts {
    /// Two numbers and a year; with dots the day is always first.
    Numbers { a: u32, b: u32, year: i32, dotted: bool },
    /// Year, month, day.
    Plain { year: i32, month: u32, day: u32 },
}

impl Found<'_> {
    fn short_year(&self) -> bool {
        self.digits == 2
    }
}

/// A day or time as the registers read it (`2026-04-03`, `2026-04-03T08:00:00`). Texts that are nothing of the sort come back as they are.
///
/// # Errors
/// What is doubtful, with what would settle it.
pub(super) fn read(text: &str, day_only: bool, reading: Reading) -> Result<String, String> {
    let text = text.trim();
    let Some(found) = find(text) else { return Ok(text.to_owned()) };
    if found.short_year() && !reading.short_years {
        return Err(format!("The year in {text} has two digits. Write four, or choose that 70 to 99 mean 19.. and 00 to 69 mean 20.."));
    }
    let (year, month, day) = settle(text, &found, reading.order)?;
    let year = if found.short_year() { year + if year < 70 { 2000 } else { 1900 } } else { year };
    let date = format!("{year:04}-{month:02}-{day:02}");
    match time_of_day(found.rest) {
        None => Err(format!("What follows the day in {text} is no time of day.")),
        Some(time) if time.is_empty() => Ok(date),
        Some(time) if day_only && time.starts_with("T00:00:00") => Ok(date),
        Some(_) if day_only => Err(format!("This field takes a day, and {text} has a time of day.")),
        Some(time) => Ok(format!("{date}{time}")),
    }
}

fn settle(text: &str, found: &Found, order: Option<DateOrder>) -> Result<(i32, u32, u32), String> {
    let (a, b, year, dotted) = match found.parts {
        Parts::Plain { year, month, day } => return Ok((year, month, day)),
        Parts::Numbers { a, b, year, dotted } => (a, b, year, dotted),
    };
    let order = if dotted { Some(DateOrder::DayFirst) } else { order };
    match order {
        _ if a == b => Ok((year, a, b)),
        Some(DateOrder::DayFirst) if b <= 12 => Ok((year, b, a)),
        Some(DateOrder::MonthFirst) if a <= 12 => Ok((year, a, b)),
        Some(DateOrder::DayFirst) => Err(format!("{text} is no day: this column has the day before the month.")),
        Some(DateOrder::MonthFirst) => Err(format!("{text} is no day: this column has the month before the day.")),
        None if a > 12 && b <= 12 => Ok((year, b, a)),
        None if b > 12 && a <= 12 => Ok((year, a, b)),
        None => Err(format!("{text} can be read with the day or the month first. Choose which it is.")),
    }
}

/// The day at the beginning of a text, if it begins with one.
fn find(text: &str) -> Option<Found<'_>> {
    let (first, rest) = digits(text)?;
    let between = rest.chars().next().filter(|c| "/-. ".contains(*c))?;
    let rest = rest.trim_start_matches([between, ' ']);
    let named = month(rest);
    let (second, rest) = match named {
        Some((month, rest)) => (month, rest),
        None => digits(rest).and_then(|(number, rest)| Some((number.parse().ok()?, rest)))?,
    };
    let rest = rest.strip_prefix(between).or_else(|| rest.strip_prefix(", "))?;
    let (third, rest) = digits(rest.trim_start())?;
    let number = |text: &str| text.parse::<u32>().ok();
    let (parts, year) = match (first.len(), third.len()) {
        (4, 1 | 2) => (Parts::Plain { year: first.parse().ok()?, month: second, day: number(third)? }, 4),
        (1 | 2, 2 | 4) if named.is_some() => (Parts::Plain { year: third.parse().ok()?, month: second, day: number(first)? }, third.len()),
        (1 | 2, 2 | 4) if between != ' ' => {
            (Parts::Numbers { a: number(first)?, b: second, year: third.parse().ok()?, dotted: between == '.' }, third.len())
        }
        _ => return None,
    };
    Some(Found { parts, digits: year, rest })
}

fn digits(text: &str) -> Option<(&str, &str)> {
    let count = text.bytes().take_while(u8::is_ascii_digit).count();
    (1..=4).contains(&count).then(|| text.split_at(count))
}

/// An English name of a month, whole or its first three letters.
fn month(text: &str) -> Option<(u32, &str)> {
    const NAMES: [&str; 12] =
        ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];
    let count = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let word = text[..count].to_ascii_lowercase();
    let place = NAMES.iter().position(|name| *name == word || count == 3 && name.starts_with(&word))?;
    Some((place as u32 + 1, &text[count..]))
}

/// ` 14:05`, `T14:05:09.120Z`, ` 2:05 PM` as `T14:05:00`; empty for nothing; none for anything else.
fn time_of_day(text: &str) -> Option<String> {
    let text = text.trim_start_matches(',').trim();
    let text = text.strip_prefix(['T', 't']).unwrap_or(text);
    if text.is_empty() {
        return Some(String::new());
    }
    let end = text.find(|c: char| !c.is_ascii_digit() && c != ':' && c != '.').unwrap_or(text.len());
    let (clock, tail) = (&text[..end], text[end..].trim());
    let mut parts = clock.splitn(3, ':');
    let mut hour: u32 = parts.next()?.parse().ok()?;
    let minute: u32 = parts.next()?.parse().ok()?;
    let second = parts.next().unwrap_or("00");
    let whole: u32 = second.split('.').next()?.parse().ok()?;
    let upper = tail.to_ascii_uppercase();
    let zone = match upper.as_str() {
        "AM" | "PM" if !(1..=12).contains(&hour) => return None,
        "AM" => {
            hour %= 12;
            String::new()
        }
        "PM" => {
            hour = hour % 12 + 12;
            String::new()
        }
        "" => String::new(),
        "Z" | "UTC" | "GMT" => "Z".to_owned(),
        offset if offset.starts_with(['+', '-']) && offset[1..].bytes().all(|it| it.is_ascii_digit() || it == b':') => offset.to_owned(),
        _ => return None,
    };
    let fraction = second.split_once('.').map_or(String::new(), |(_, part)| format!(".{part}"));
    (hour < 24 && minute < 60 && whole < 60).then(|| format!("T{hour:02}:{minute:02}:{whole:02}{fraction}{zone}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reading(order: Option<DateOrder>) -> Reading {
        Reading { order, short_years: false }
    }

    #[test]
    fn days_are_read_in_the_order_chosen() {
        let (day, month) = (reading(Some(DateOrder::DayFirst)), reading(Some(DateOrder::MonthFirst)));
        assert_eq!(read("03/04/2026", true, day).unwrap(), "2026-04-03");
        assert_eq!(read("03/04/2026", true, month).unwrap(), "2026-03-04");
        assert_eq!(read("3.4.2026", true, month).unwrap(), "2026-04-03");
        assert!(read("25/04/2026", true, month).is_err());
        assert!(read("04/25/2026", true, day).is_err());
        assert!(read("03/04/2026", true, reading(None)).unwrap_err().contains("Choose"));
        assert_eq!(read("25/04/2026", true, reading(None)).unwrap(), "2026-04-25");
        assert_eq!(read("2026/4/5", true, reading(None)).unwrap(), "2026-04-05");
        assert_eq!(read("24-Nov-2026", true, reading(None)).unwrap(), "2026-11-24");
        assert_eq!(read("5 May 2026", true, reading(None)).unwrap(), "2026-05-05");
        assert_eq!(read("soon", true, day).unwrap(), "soon");
    }

    #[test]
    fn years_of_two_digits_are_refused_unless_chosen() {
        assert!(read("03/04/26", true, reading(Some(DateOrder::DayFirst))).unwrap_err().contains("two digits"));
        let chosen = Reading { order: Some(DateOrder::DayFirst), short_years: true };
        assert_eq!(read("03/04/26", true, chosen).unwrap(), "2026-04-03");
        assert_eq!(read("03/04/71", true, chosen).unwrap(), "1971-04-03");
        assert_eq!(read("3-Apr-99", true, chosen).unwrap(), "1999-04-03");
    }

    #[test]
    fn times_of_day_are_kept_and_checked() {
        let day = reading(Some(DateOrder::DayFirst));
        assert_eq!(read("29/02/2016 01:16", false, day).unwrap(), "2016-02-29T01:16:00");
        assert_eq!(read("29/02/2016 1:16 PM", false, day).unwrap(), "2016-02-29T13:16:00");
        assert_eq!(read("29/02/2016 12:16:05 AM", false, day).unwrap(), "2016-02-29T00:16:05");
        assert_eq!(read("2016-02-29T01:16:00.5+01:00", false, day).unwrap(), "2016-02-29T01:16:00.5+01:00");
        assert_eq!(read("2016-02-29 01:16:00Z", false, day).unwrap(), "2016-02-29T01:16:00Z");
        assert_eq!(read("29/02/2016 00:00", true, day).unwrap(), "2016-02-29");
        for wrong in ["29/02/2016 25:00", "29/02/2016 noon", "29/02/2016 13:00 PM"] {
            assert!(read(wrong, false, day).is_err(), "{wrong}");
        }
        assert!(read("29/02/2016 01:16", true, day).is_err());
    }

    #[test]
    fn the_order_is_told_from_the_values() {
        let see = |values: &[&str]| {
            let mut evidence = Evidence::default();
            values.iter().for_each(|value| evidence.see(value));
            evidence
        };
        assert_eq!(see(&["01/02/2026", "25/02/2026"]).order(), Some(DateOrder::DayFirst));
        assert_eq!(see(&["01/02/2026", "02/25/2026"]).order(), Some(DateOrder::MonthFirst));
        assert!(see(&["01/02/2026", "03/04/2026"]).is_open());
        assert!(see(&["25/02/2026", "02/25/2026"]).is_open());
        assert!(!see(&["2026-02-25", "x", ""]).is_open());
        assert_eq!(see(&["01/02/26"]).short_year, 1);
    }
}
