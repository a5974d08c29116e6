//! The rows of a clock's ledger: intervals that add up, nights and holidays by name.

use super::super::address::local;
use super::told::Told;
use calendar::Calendar;
use calendar::clock::{Interval as Line, Kind, Ledger};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use kernel::register::Record;
use kernel::web::{Reply, Request};
use maud::{Markup, Render, html};
use promises::clock::{Clock, closed};
use ui::marks::{Stage, Status};
use ui::why::{Interval, Sum};

/// Longest ledger shown on a page; the sum is of all of it.
const MOST: usize = 200;

/// A row, still with its instants.
pub struct Row {
    from: i64,
    until: i64,
    stage: Stage,
    was: &'static str,
    because: String,
    by: String,
    counted: i64,
}

/// The rows of a ledger. What lies outside working time is told apart where its reason changes.
pub fn lines(ledger: &Ledger, calendar: &Calendar, told: &Told) -> Vec<Row> {
    let mut rows = Vec::new();
    for line in &ledger.intervals {
        match &line.kind {
            Kind::Outside => rows.extend(outside(line, calendar, told)),
            kind => rows.push(inside(line, kind, told)),
        }
    }
    rows
}

fn inside(line: &Line, kind: &Kind, told: &Told) -> Row {
    let window = if let Kind::Paused(reason) = kind { told.window(reason).map(|name| (name, reason)) } else { None };
    let (stage, was, because) = match kind {
        Kind::Paused(_) if window.is_some() => (Stage::Waiting, "Left out", window.map_or(String::new(), |(name, _)| name.to_owned())),
        Kind::Paused(reason) => (Stage::Waiting, "Paused", format!("Waiting for the {reason}")),
        Kind::Met => (Stage::Done, "Stopped", "Done, until it was reopened".to_owned()),
        Kind::Together => (Stage::Active, "Running", "All that followed, together".to_owned()),
        Kind::Counting | Kind::Outside => (Stage::Active, "Running", "Working time".to_owned()),
    };
    let by = match kind {
        Kind::Paused(_) if window.is_some() => window.map_or(String::new(), |(_, reference)| reference.clone()),
        Kind::Paused(_) | Kind::Met => told.entry(line.from).to_owned(),
        _ => told.calendar(line.calendar_version),
    };
    Row { from: line.from, until: line.until, stage, was, because, by, counted: line.seconds_counted }
}

/// A stretch outside working time, cut where the reason changes: a night, a holiday, a weekend.
fn outside(line: &Line, calendar: &Calendar, told: &Told) -> Vec<Row> {
    let zone = TimeZone::get(&calendar.spec().zone).unwrap_or(TimeZone::UTC);
    let mut rows: Vec<Row> = Vec::new();
    let mut at = line.from;
    while at < line.until && rows.len() < MOST {
        let until = midnight(at, &zone).min(line.until);
        let because = closed(calendar, at);
        match rows.last_mut() {
            Some(last) if last.because == because => last.until = until,
            _ => {
                let was = if because.starts_with("holiday") { "Holiday" } else { "Outside hours" };
                let by = told.calendar(line.calendar_version);
                rows.push(Row { from: at, until, stage: Stage::Closed, was, because, by, counted: 0 });
            }
        }
        at = until;
    }
    rows
}

/// The next midnight of a zone.
fn midnight(at: i64, zone: &TimeZone) -> i64 {
    let day = zone.to_datetime(Timestamp::from_millisecond(at).unwrap_or_default()).date();
    let next = day.checked_add(1.day()).ok().and_then(|next| zone.to_timestamp(next.into()).ok());
    next.map_or(at + 86_400_000, |next| next.as_millisecond().max(at + 1))
}

/// The table; `rests`: why the clock stands still now.
pub fn sum(request: &Request, clock: &Clock, ledger: &Ledger, rows: Vec<Row>, rests: Option<&str>) -> Sum {
    let skip = rows.len().saturating_sub(MOST);
    let mut sum: i64 = rows[..skip].iter().map(|row| row.counted).sum();
    let mut intervals = Vec::new();
    if skip > 0 {
        intervals.push(Interval {
            because: format!("{skip} earlier intervals"),
            counted: span(sum),
            sum: span(sum),
            ..Interval::default()
        });
    }
    for row in &rows[skip..] {
        sum += row.counted;
        intervals.push(interval(request, row, sum));
    }
    Sum {
        caption: format!("Ledger of the clock: {}", clock.measure.word()),
        intervals,
        total_label: format!("Used of {}", span(ledger.reading.target.seconds)),
        total: span(ledger.reading.elapsed_seconds),
        basis: basis(request, ledger, rests),
    }
}

/// Intervals shown beside the figure: the latest.
const BESIDE: usize = 8;

/// The ledger beside the figure: the latest intervals in which the clock ran or rested, the sum, and why it stands still now.
pub fn short(request: &Request, title: &str, ledger: &Ledger, rows: &[Row], rests: Option<&str>) -> Markup {
    let told: Vec<&Row> = rows.iter().filter(|row| row.stage != Stage::Closed).collect();
    let skip = told.len().saturating_sub(BESIDE);
    let line = |row: &&Row| {
        let what = format!("{} – {}, {}", local(request, row.from, "%a %-d %b %H:%M"), local(request, row.until, "%H:%M"), row.because);
        (what, if row.counted == 0 { "–".to_owned() } else { span(row.counted) })
    };
    let mut intervals: Vec<(String, String)> = Vec::new();
    if skip > 0 {
        intervals.push((format!("{skip} earlier"), span(told[..skip].iter().map(|row| row.counted).sum())));
    }
    intervals.extend(told[skip..].iter().map(line));
    let used = format!("Used of {}", span(ledger.reading.target.seconds));
    let sum = span(ledger.reading.elapsed_seconds);
    ui::clock::ledger(
        title,
        &intervals,
        (&used, &sum),
        &html! { @if let Some(rests) = rests { p { (now(rests)) } } p.ink3 { "Nights, days off and the rest stand on the page." } },
    )
}

fn interval(request: &Request, row: &Row, sum: i64) -> Interval {
    let whole_days = local(request, row.from, "%H:%M") == "00:00" && local(request, row.until, "%H:%M") == "00:00";
    let (first, last) = (local(request, row.from, "%a %-d %b"), local(request, row.until - 1, "%a %-d %b"));
    let mut to = local(request, row.until, "%H:%M");
    if to == "00:00" {
        "24:00".clone_into(&mut to);
    }
    let by = if estate::window::is_reference(&row.by) {
        html! { a href={ "/windows/" (row.by) } { (row.by) } }
    } else {
        html! { (row.by) }
    };
    Interval {
        day: if first == last { first } else { format!("{first} – {last}") },
        span: if whole_days { "all day".into() } else { format!("{} – {to}", local(request, row.from, "%H:%M")) },
        was: Status::new(row.stage, row.was).render(),
        because: capital(&row.because),
        by,
        counted: if row.counted == 0 { "–".into() } else { span(row.counted) },
        sum: span(sum),
        off: row.stage != Stage::Active,
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// That the clock stands still, as a sentence.
fn now(rests: &str) -> String {
    format!("It stands still now: {rests}.")
}

fn basis(request: &Request, ledger: &Ledger, rests: Option<&str>) -> Markup {
    html! {
        "The sum of the intervals is the figure on the chip; both come from the journal, the calendar and the windows. "
        @if let Some(rests) = rests { (now(rests)) " " }
        @match (ledger.reading.met_at, ledger.reading.due) {
            (Some(met), _) => { "Met on " (local(request, met, "%a %-d %b, %H:%M:%S")) ". " }
            (None, Some(due)) => { "At this pace it is due on " b.ink2 { (local(request, due, "%a %-d %b, %H:%M")) } " if nothing more pauses it. " }
            (None, None) => { "It has no due time while it rests. " }
        }
        @if let Some(at) = ledger.reading.breached_at { "Broken on " (local(request, at, "%a %-d %b, %H:%M")) ". " }
        "Computed at " (local(request, request.now, "%H:%M:%S")) "."
    }
}

/// The same rows as a file: instants in UTC, counted seconds and their sum.
pub fn csv(record: &Record, clock: &Clock, rows: &[Row]) -> Reply {
    let mut text = String::from("from,until,clock,because,recorded_by,counted_seconds,sum_seconds\n");
    let mut sum = 0;
    for row in rows {
        sum += row.counted;
        let quoted = |words: &str| format!("\"{}\"", words.replace('"', "\"\""));
        let (from, until) = (kernel::time::rfc3339(row.from), kernel::time::rfc3339(row.until));
        text += &format!("{from},{until},{},{},{},{},{sum}\n", quoted(row.was), quoted(&row.because), quoted(&row.by), row.counted);
    }
    Reply::File {
        name: format!("{}-{}.csv", record.reference, clock.measure.key()),
        media: "text/csv; charset=utf-8",
        bytes: text.into_bytes(),
    }
}

/// Hours and minutes, with seconds where there are any.
pub fn span(seconds: i64) -> String {
    let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if rest == 0 { format!("{hours}:{minutes:02}") } else { format!("{hours}:{minutes:02}:{rest:02}") }
}
