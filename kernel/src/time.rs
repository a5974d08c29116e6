//! Instants: milliseconds since the epoch, UTC, everywhere inside; RFC 3339 outside.

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// Milliseconds since 1970-01-01T00:00:00Z.
pub type Instant = i64;

/// Where the time comes from: the system's clock, or one that a test moves.
#[derive(Clone, Debug, Default)]
pub enum Clock {
    /// The system's.
    #[default]
    System,
    /// Stands where it was put.
    Set(Arc<AtomicI64>),
}

impl Clock {
    /// A clock that stands at `at` until moved.
    pub fn set(at: Instant) -> Clock {
        Clock::Set(Arc::new(AtomicI64::new(at)))
    }
    /// Now.
    pub fn now(&self) -> Instant {
        match self {
            Clock::System => Timestamp::now().as_millisecond(),
            Clock::Set(at) => at.load(Ordering::SeqCst),
        }
    }
    /// Moves a set clock; the system's stays.
    pub fn advance(&self, milliseconds: i64) {
        if let Clock::Set(at) = self {
            at.fetch_add(milliseconds, Ordering::SeqCst);
        }
    }
}

/// RFC 3339 in UTC, with milliseconds only when there are any. Out of range (year 9999): the nearest end.
pub fn rfc3339(at: Instant) -> String {
    let at = Timestamp::from_millisecond(at).unwrap_or(if at < 0 { Timestamp::MIN } else { Timestamp::MAX });
    at.to_string()
}

/// The wall clock of a zone, as spreadsheets read and order it: `2026-01-31 13:00`.
pub fn local(at: Instant, zone: &TimeZone) -> String {
    let at = Timestamp::from_millisecond(at).unwrap_or(if at < 0 { Timestamp::MIN } else { Timestamp::MAX });
    at.to_zoned_datetime(zone.clone()).strftime("%Y-%m-%d %H:%M").to_string()
}

/// Reads RFC 3339 (`2026-01-31T12:00:00Z`, `...+01:00`) or a day, which means its first instant in UTC.
pub fn parse(text: &str) -> Option<Instant> {
    let text = text.trim();
    if text.len() <= 10 {
        let day: Date = text.parse().ok()?;
        return Some(TimeZone::UTC.to_timestamp(day.into()).ok()?.as_millisecond());
    }
    let at: Timestamp = text.replacen(' ', "T", 1).parse().ok()?;
    Some(at.as_millisecond())
}

/// Reads what a form's `datetime-local` sends, in a zone; RFC 3339 too.
pub fn parse_local(text: &str, zone: &TimeZone) -> Option<Instant> {
    parse(text).filter(|_| text.len() > 16).or_else(|| {
        let local: jiff::civil::DateTime = text.trim().parse().ok()?;
        Some(zone.to_timestamp(local).ok()?.as_millisecond())
    })
}

/// The last instant of a day `YYYY-MM-DD` in a zone; none for anything else.
pub fn end_of_day(day: &str, zone: &TimeZone) -> Option<Instant> {
    let day: Date = Some(day.trim()).filter(|day| is_day(day))?.parse().ok()?;
    let next = zone.to_timestamp(day.tomorrow().ok()?.into()).ok()?;
    Some(next.as_millisecond() - 1)
}

/// The instant that "as of" asks for: a day means its end in the zone, as books are closed; else as [`parse_local`] reads it.
pub fn parse_as_of(text: &str, zone: &TimeZone) -> Option<Instant> {
    end_of_day(text, zone).or_else(|| parse_local(text, zone))
}

/// The day that `today`, `today+14` or `today-7` means at an instant in a zone, as `YYYY-MM-DD`; none for anything else, and for
/// more than a century.
pub fn from_today(text: &str, now: Instant, zone: &TimeZone) -> Option<String> {
    let days = match text.strip_prefix("today")? {
        "" => 0,
        // A plus in an address means a blank.
        rest => rest.trim_start_matches(['+', ' ']).parse::<i64>().ok().filter(|days| (-36_525..=36_525).contains(days))?,
    };
    let today = Timestamp::from_millisecond(now).ok()?.to_zoned_datetime(zone.clone()).date();
    today.checked_add(jiff::Span::new().days(days)).ok().map(|day| day.to_string())
}

/// Whether a text is a day `YYYY-MM-DD` that exists.
pub fn is_day(text: &str) -> bool {
    text.len() == 10 && text.parse::<Date>().is_ok()
}

/// ISO 8601 of some seconds: `PT4H30M`.
pub fn iso_duration(seconds: i64) -> String {
    let (sign, rest) = if seconds < 0 { ("-", -seconds) } else { ("", seconds) };
    let (hours, minutes, seconds) = (rest / 3600, rest / 60 % 60, rest % 60);
    let part = |n: i64, unit: char| if n > 0 { format!("{n}{unit}") } else { String::new() };
    match rest {
        0 => "PT0S".into(),
        _ => format!("{sign}PT{}{}{}", part(hours, 'H'), part(minutes, 'M'), part(seconds, 'S')),
    }
}

/// Seconds as people type them: `28h 30m`.
pub fn typed_duration(seconds: i64) -> String {
    let (sign, s) = (if seconds < 0 { "-" } else { "" }, seconds.unsigned_abs());
    let parts = [(s / 3_600, 'h'), (s / 60 % 60, 'm'), (s % 60, 's')];
    let said: Vec<String> = parts.iter().filter(|(n, _)| *n > 0).map(|(n, unit)| format!("{n}{unit}")).collect();
    if said.is_empty() { "0s".into() } else { format!("{sign}{}", said.join(" ")) }
}

/// Reads ISO 8601 durations of weeks, days, hours, minutes and seconds (a day is 24 h), `4h 30m`, and what pages show of
/// hours and minutes: `4:30` and `4 h 30 min`.
pub fn parse_duration(text: &str) -> Option<i64> {
    let text = text.trim().replace('\u{a0}', " ");
    if let Some(seconds) = text.split_once(':').and_then(|(hours, minutes)| hours_and_minutes(hours, minutes)) {
        return Some(seconds);
    }
    let span: jiff::Span = text.parse().ok()?;
    if span.get_years() != 0 || span.get_months() != 0 {
        return None;
    }
    let seconds = span.total((jiff::Unit::Second, jiff::SpanRelativeTo::days_are_24_hours())).ok()?;
    (seconds.abs() < 1e12).then_some(seconds.round() as i64)
}

fn hours_and_minutes(hours: &str, minutes: &str) -> Option<i64> {
    let digits =
        |text: &str, length: std::ops::RangeInclusive<usize>| length.contains(&text.len()) && text.bytes().all(|it| it.is_ascii_digit());
    if !digits(hours, 1..=6) || !digits(minutes, 2..=2) {
        return None;
    }
    let minutes = minutes.parse::<i64>().ok().filter(|it| *it < 60)?;
    Some(hours.parse::<i64>().ok()? * 3_600 + minutes * 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_from_today_are_those_of_a_century_whatever_is_asked() {
        let day = |text: &str| from_today(text, 1_456_708_560_000, &TimeZone::UTC);
        assert_eq!(day("today-1").as_deref(), Some("2016-02-28"));
        assert!(day("today-36525").is_some() && day("today+36525").is_some());
        for far in [i64::MIN, i64::MIN + 1, -36_526, 36_526, i64::MAX] {
            assert_eq!(day(&format!("today{far}")), None, "{far}");
        }
    }

    #[test]
    fn as_of_a_day_is_its_end_where_the_reader_is() {
        let zone = TimeZone::get("America/New_York").expect("a zone");
        let at = |text: &str| parse_as_of(text, &zone).map(rfc3339);
        assert_eq!(at("2026-11-24").as_deref(), Some("2026-11-25T04:59:59.999Z"));
        assert_eq!(at("2026-11-01").as_deref(), Some("2026-11-02T04:59:59.999Z"), "a day of 25 hours");
        assert_eq!(at("2026-11-24T08:00").as_deref(), Some("2026-11-24T13:00:00Z"));
        assert_eq!(at("2026-11-24T08:00:00Z").as_deref(), Some("2026-11-24T08:00:00Z"));
        for wrong in ["", "yesterday", "2026-02-30", "99999-01-01", "9999-12-31"] {
            assert_eq!(at(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn instants_and_durations_survive_the_way_out_and_in() {
        assert_eq!(parse("2016-02-29T01:16:00Z"), Some(1_456_708_560_000));
        assert_eq!(rfc3339(1_456_708_560_000), "2016-02-29T01:16:00Z");
        assert_eq!(parse("2016-02-29"), Some(1_456_704_000_000));
        assert_eq!(parse("2015-02-29"), None);
        assert_eq!(parse("soon"), None);
        for seconds in [0, 59, 3600, 16_200, 102_600, 90_061, -60, -5_400] {
            assert_eq!(parse_duration(&iso_duration(seconds)), Some(seconds), "{seconds}");
            assert_eq!(parse_duration(&typed_duration(seconds)), Some(seconds), "{}", typed_duration(seconds));
        }
        assert_eq!([900, 5_400, 86_400].map(typed_duration), ["15m", "1h 30m", "24h"]);
        assert_eq!(["1:30", "0:05", "28:00", "4\u{a0}h 30\u{a0}min"].map(parse_duration), [5_400, 300, 100_800, 16_200].map(Some));
        assert_eq!(["P1Y", "1:60", "1:5", ":30", "-1:30", "90"].map(parse_duration), [None; 6]);
        assert!(is_day("2024-02-29") && !is_day("2023-02-29"));
    }
}
