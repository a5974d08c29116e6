//! Values of properties: dates, lengths and text.

use super::lines::Line;
use crate::MAX_NAME;
use jiff::civil::Date;

/// When an event starts or ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum When {
    /// A whole day.
    Day(Date),
    /// Midnight on somebody's wall clock (floating or with a zone): many calendars write whole days so.
    Midnight(Date),
    /// Some time of day.
    Timed,
}

/// `DTSTART` and its kin.
pub(super) fn when(line: &Line) -> Option<When> {
    let (day, time) = line.value.split_once('T').unwrap_or((&line.value, ""));
    let date = date(day)?;
    let digits = time.strip_suffix('Z').unwrap_or(time);
    match time {
        "" => Some(When::Day(date)),
        _ if digits.len() != 6 || !digits.bytes().all(|b| b.is_ascii_digit()) => None,
        "000000" => Some(When::Midnight(date)),
        _ => Some(When::Timed),
    }
}

/// `YYYYMMDD`.
pub(super) fn date(text: &str) -> Option<Date> {
    if text.len() != 8 || !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let part = |range: std::ops::Range<usize>| text[range].parse::<i16>().ok();
    Date::new(part(0..4)?, part(4..6)? as i8, part(6..8)? as i8).ok()
}

/// `DURATION` of whole days (`P2D`, `P1W`); `None` for anything else.
pub(super) fn days(text: &str) -> Option<i64> {
    let text = text.trim_start_matches('+').strip_prefix('P')?;
    let number = |s: &str| (s.len() <= 4).then(|| s.parse::<u16>().ok()).flatten().map(i64::from);
    match text.strip_suffix('W') {
        Some(weeks) => number(weeks).map(|w| w * 7),
        None => number(text.strip_suffix('D')?),
    }
}

/// Text without escapes and control characters, cut to what a name may have.
pub(super) fn text(raw: &str) -> String {
    let (mut out, mut escaped) = (String::new(), false);
    for c in raw.chars() {
        match c {
            '\\' if !escaped => escaped = true,
            'n' | 'N' if escaped => (out.push(' '), escaped = false).1,
            c if c.is_control() => escaped = false,
            c => (out.push(c), escaped = false).1,
        }
    }
    out.trim().chars().take(MAX_NAME).collect()
}

/// At most 40 characters of what stood there, for a message.
pub(super) fn short(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(40).collect()
}
