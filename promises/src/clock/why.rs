//! Why a clock reads what it reads, as steps that add up.

use super::row::Clock;
use super::store;
use calendar::Calendar;
use calendar::clock::{Interval, Kind, Ledger, State};
use db::Tx;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use kernel::Result;
use kernel::explain::{Explanation, Step};

/// Name and reference of the level that promised a clock.
pub fn level_name(tx: &mut Tx, clock: &Clock) -> Result<(String, String)> {
    let known = store::level_name(tx, clock.level)?;
    Ok(known.unwrap_or_else(|| ("a level that is no longer kept".into(), String::new())))
}

/// The ledger as an explanation: intervals whose seconds sum to the result.
pub fn explain(clock: &Clock, ledger: &Ledger, calendar: &Calendar, level: &str, zone: &TimeZone) -> Explanation {
    let target = span(clock.target_seconds);
    let word = clock.measure.word();
    let mut all = Explanation::new(format!("{} of {target} used to {word}", span(ledger.reading.elapsed_seconds)));
    all.basis = format!("{level}; working time of {}", calendar.spec().zone);
    all.sum = true;
    for interval in &ledger.intervals {
        let (because, counted) = because(interval, calendar);
        all.steps.push(Step {
            what: format!("{} to {}: {because}", clock_time(interval.from, zone), clock_time(interval.until, zone)),
            value: span(interval.seconds_counted),
            record: None,
            counted,
        });
    }
    let state = match ledger.reading.state {
        State::Running => "running",
        State::Warning => "running, most of it used",
        State::Paused => "paused",
        State::Met => "kept",
        State::Breached => "broken",
    };
    all.result(format!("{} ({state})", span(ledger.reading.elapsed_seconds)))
}

fn because(interval: &Interval, calendar: &Calendar) -> (String, bool) {
    match &interval.kind {
        Kind::Counting => ("working time".into(), true),
        Kind::Together => ("all intervals after these".into(), true),
        Kind::Paused(reason) if estate::window::is_reference(reason) => (format!("window {reason}, which does not count"), false),
        Kind::Paused(reason) => (format!("waiting: {reason}"), false),
        Kind::Met => ("done, until it was reopened".into(), false),
        Kind::Outside => (closed(calendar, interval.from), false),
    }
}

/// Why a calendar is closed at an instant, in words.
pub fn closed(calendar: &Calendar, at: i64) -> String {
    match calendar.closed(at) {
        calendar::Closed::Holiday(name) if !name.is_empty() => format!("holiday: {name}"),
        calendar::Closed::Holiday(_) => "holiday".into(),
        calendar::Closed::SpecialDay(name) if !name.is_empty() => format!("outside the hours of {name}"),
        _ => "outside working hours".into(),
    }
}

fn clock_time(at: i64, zone: &TimeZone) -> String {
    match Timestamp::from_millisecond(at) {
        Ok(at) => zone.to_datetime(at).strftime("%a %-d %b %Y %H:%M").to_string(),
        Err(_) => String::new(),
    }
}

/// `7:34` or `7:34:10`: hours, minutes and, if there are any, seconds.
fn span(seconds: i64) -> String {
    let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if rest == 0 { format!("{hours}:{minutes:02}") } else { format!("{hours}:{minutes:02}:{rest:02}") }
}
