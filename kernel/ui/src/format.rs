//! How numbers, sizes, durations and times read, in the manner of the present [`reader`]; the zone and the moment are given.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ZonedDateTime};

use crate::manner::written;
use crate::reader;
use crate::time::When;

/// The reader's mark before a fraction.
pub fn point() -> &'static str {
    marks().1
}

/// The reader's marks between thousands and before a fraction.
fn marks() -> (&'static str, &'static str) {
    reader::with(|it| it.manner().marks)
}

/// A whole number with commas between thousands: 24918 is "24,918", -1200 is "−1,200".
pub fn number(value: i64) -> String {
    let digits = value.unsigned_abs().to_string();
    let (thousands, _) = marks();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3 + 3);
    if value < 0 {
        out.push('−');
    }
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push_str(thousands);
        }
        out.push(digit);
    }
    out
}

/// A number with a fixed count of decimals: `decimal(99.954, 2)` is "99.95", `decimal(12345.6, 1)` is "12,345.6".
pub fn decimal(value: f64, places: usize) -> String {
    if !value.is_finite() {
        return "–".into();
    }
    let text = format!("{:.places$}", value.abs());
    let (whole, rest) = text.split_once('.').unwrap_or((&text, ""));
    let zero = text.bytes().all(|b| b == b'0' || b == b'.');
    let sign = if value < 0.0 && !zero { "−" } else { "" };
    let whole = whole.parse::<i64>().map_or_else(|_| whole.to_string(), number);
    if rest.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}{}{rest}", point()) }
}

/// A share of one as per cent with a no-break space: 0.712 with no decimals is "71 %".
pub fn percent(share: f64, places: usize) -> String {
    format!("{}\u{a0}%", decimal(share * 100.0, places))
}

/// A size in bytes, kilobytes of 1,000 bytes and so on: "184 KB", "2.4 MB".
pub fn bytes(size: u64) -> String {
    const UNITS: [&str; 5] = ["bytes", "KB", "MB", "GB", "TB"];
    let mut value = size as f64;
    let mut unit = 0;
    while value >= 999.5 && unit + 1 < UNITS.len() {
        value /= 1000.0;
        unit += 1;
    }
    let places = usize::from(unit > 1 && value < 10.0);
    format!("{}\u{a0}{}", decimal(value, places), if size == 1 { "byte" } else { UNITS[unit] })
}

/// Money: a currency sign and whole units, above a million in millions: "€20,520", "€1.58 m".
pub fn money(sign: &str, units: i64) -> String {
    let minus = if units < 0 { "−" } else { "" };
    let size = units.unsigned_abs();
    if size >= 1_000_000 {
        return format!("{minus}{sign}{}\u{a0}m", decimal(size as f64 / 1e6, 2));
    }
    format!("{minus}{sign}{}", number(size as i64))
}

/// A duration in a sentence, two units at most: "38 min", "3 h 22 min", "2 d 4 h". Seconds only below a minute.
pub fn duration(seconds: i64) -> String {
    let (sign, s) = (if seconds < 0 { "−" } else { "" }, seconds.unsigned_abs());
    let (days, hours, minutes) = (s / 86_400, s / 3_600 % 24, s / 60 % 60);
    let text = match (days, hours, minutes) {
        (0, 0, 0) => format!("{s}\u{a0}s"),
        (0, 0, m) => format!("{m}\u{a0}min"),
        (0, h, 0) => format!("{h}\u{a0}h"),
        (0, h, m) => format!("{h}\u{a0}h {m}\u{a0}min"),
        (d, 0, _) => format!("{d}\u{a0}d"),
        (d, h, _) => format!("{d}\u{a0}d {h}\u{a0}h"),
    };
    format!("{sign}{text}")
}

/// A duration of working time in a sentence: "28 h", "28 h 30 min". A desk's day has no 24 hours, so days are told only with
/// `whole_days`: where time counts around the clock. There it reads as [`duration`], "1 d 4 h".
pub fn working(seconds: i64, whole_days: bool) -> String {
    let s = seconds.unsigned_abs();
    if whole_days || s < 86_400 {
        return duration(seconds);
    }
    let sign = if seconds < 0 { "−" } else { "" };
    match (s / 3_600, s / 60 % 60) {
        (hours, 0) => format!("{sign}{hours}\u{a0}h"),
        (hours, minutes) => format!("{sign}{hours}\u{a0}h {minutes}\u{a0}min"),
    }
}

/// A duration in a clock chip: "3:22" (hours and minutes), below a quarter of an hour "11 min", in the last five minutes with seconds,
/// "1:57 min". From 24 hours on whole hours,
/// "28 h", since the days of most calendars are shorter; with `whole_days`, where time counts around the clock, "1 d 4 h".
/// The sign is dropped: the chip's state says "over". The script `clock.js` writes the same.
pub fn chip(seconds: i64, whole_days: bool) -> String {
    let s = seconds.unsigned_abs();
    match s {
        0..300 => format!("{}:{:02}\u{a0}min", s / 60, s % 60),
        300..900 => format!("{}\u{a0}min", s / 60),
        900..86_400 => format!("{}:{:02}", s / 3_600, s / 60 % 60),
        _ if !whole_days => format!("{}\u{a0}h", s / 3_600),
        _ if (s / 3_600).is_multiple_of(24) => format!("{}\u{a0}d", s / 86_400),
        _ => format!("{}\u{a0}d {}\u{a0}h", s / 86_400, s / 3_600 % 24),
    }
}

/// A moment as a reader in this zone meets it at `now`: today "08:05", in the last six days "Mon", in the next six "Mon 08:05", this year "2 Oct", else "2 Oct 2025".
/// The exact moment with its zone goes into the hover text, the machine form into `datetime`.
pub fn when(moment: Timestamp, now: Timestamp, zone: &TimeZone) -> When {
    said(moment, zone, |there| shown(there, &now.to_zoned_datetime(zone.clone())))
}

fn said(moment: Timestamp, zone: &TimeZone, shown: impl FnOnce(&ZonedDateTime) -> String) -> When {
    let there = moment.to_zoned_datetime(zone.clone());
    When { iso: moment.to_string(), shown: shown(&there), exact: written(&there, "%a %-d %b %Y %H:%M:%S %Z") }
}

fn shown(there: &ZonedDateTime, here: &ZonedDateTime) -> String {
    let form = match days_from(here.date(), there.date()) {
        0 => "%H:%M",
        -6..=-1 => "%a",
        // What is to come says when, so that no day ahead is taken for the same day of the week behind.
        1..=6 => "%a %H:%M",
        _ if there.year() == here.year() => "%-d %b",
        _ => "%-d %b %Y",
    };
    written(there, form)
}

/// A number as a sentence has it: words up to twelve.
pub fn words(count: i64) -> String {
    const WORDS: [&str; 13] = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    usize::try_from(count).ok().and_then(|at| WORDS.get(at)).map_or_else(|| number(count), |word| (*word).to_owned())
}

/// The same at the beginning of a sentence.
pub fn upper(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// How long ago, for the last column of a list: "1 min", "2 h", then as [`when`] shows it.
pub fn ago(moment: Timestamp, now: Timestamp, zone: &TimeZone) -> When {
    let seconds = now.as_second() - moment.as_second();
    said(moment, zone, |there| match seconds {
        0..60 => "now".into(),
        60..3_600 => format!("{}\u{a0}min", seconds / 60),
        3_600..43_200 => format!("{}\u{a0}h", seconds / 3_600),
        _ => shown(there, &now.to_zoned_datetime(zone.clone())),
    })
}

/// A day as a reader meets it: "2 Oct", with the year when it is not this one.
pub fn day(day: Date, today: Date) -> When {
    let form = if day.year() == today.year() { "%-d %b" } else { "%-d %b %Y" };
    When { iso: day.to_string(), shown: written(day, form), exact: written(day, "%A %-d %B %Y") }
}

fn days_from(one: Date, other: Date) -> i32 {
    other.since(one).map_or(i32::MAX, |span| span.get_days())
}
