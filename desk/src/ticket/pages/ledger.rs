//! Why a clock reads what it reads, and why a ticket has its priority: the answer as a part of the page with an address.

use super::address::{href, local};
use crate::ticket::course::course;
use crate::ticket::rules::priority;
use calendar::Calendar;
use calendar::clock::{Interval as Line, Kind, Ledger};
use db::Tx;
use kernel::Result;
use kernel::register::Record;
use kernel::web::Request;
use maud::{Markup, Render, html};
use pages::Shown;
use promises::calendars::{Calendars, version_number};
use promises::clock::{Clock, Kept, closed, ledger, level_name};
use promises::level::Measure;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use ui::marks::{Stage, Status};
use ui::why::{Interval, Step, Steps, Sum};

/// Longest ledger shown on a page; the sum is of all of it.
const MOST: usize = 200;

/// The ledger of one clock.
pub fn clock(tx: &mut Tx, request: &Request, record: &Record, clock: &Clock) -> Result<Markup> {
    let kept = Kept::load(tx, &Calendars::of(&request.house), clock)?;
    let ledger = ledger(&kept, &course(tx, record.id)?, request.now);
    let (level, reference) = level_name(tx, clock)?;
    let calendar = kept.calendar();
    let sum = Sum {
        caption: format!("Ledger of the clock: {}", clock.measure.word()),
        intervals: intervals(request, &ledger, calendar, &numbers(tx, &ledger)?),
        total_label: format!("Used of {}", span(ledger.reading.target.seconds)),
        total: span(ledger.reading.elapsed_seconds),
        basis: basis(request, clock, &ledger, (&level, &reference), calendar),
    };
    let title = match clock.measure {
        Measure::FirstResponse => "Why does the clock of the first response read this?",
        Measure::NextUpdate => "Why does the clock of the next update read this?",
        Measure::Resolution => "Why does the clock of the resolution read this?",
    };
    Ok(html! {
        section.block #why { header { h2 { (title) } a.small.push href=(href(&request.house, record)) { "Close" } } (sum) (replaced(request, &ledger)) }
    })
}

/// What the versions of calendars in a ledger are called.
fn numbers(tx: &mut Tx, ledger: &Ledger) -> Result<HashMap<i64, i64>> {
    let mut numbers = HashMap::new();
    for line in &ledger.intervals {
        if let Entry::Vacant(entry) = numbers.entry(line.calendar_version) {
            entry.insert(version_number(tx, line.calendar_version)?);
        }
    }
    Ok(numbers)
}

fn intervals(request: &Request, ledger: &Ledger, calendar: &Calendar, numbers: &HashMap<i64, i64>) -> Vec<Interval> {
    let skip = ledger.intervals.len().saturating_sub(MOST);
    let mut sum: i64 = ledger.intervals[..skip].iter().map(|it| it.seconds_counted).sum();
    let mut all = Vec::new();
    if skip > 0 {
        let because = format!("{skip} earlier intervals");
        all.push(Interval { because, counted: span(sum), sum: span(sum), ..Interval::default() });
    }
    for line in &ledger.intervals[skip..] {
        sum += line.seconds_counted;
        let number = numbers.get(&line.calendar_version).copied().unwrap_or_default();
        all.push(interval(request, line, calendar, number, sum));
    }
    all
}

fn interval(request: &Request, line: &Line, calendar: &Calendar, number: i64, sum: i64) -> Interval {
    let (stage, was, because, off) = match &line.kind {
        Kind::Counting => (Stage::Active, "Running", "Working time".to_owned(), false),
        Kind::Together => (Stage::Active, "Running", "All that followed, together".to_owned(), false),
        Kind::Paused(reason) => (Stage::Waiting, "Paused", format!("Waiting for the {reason}"), true),
        Kind::Met => (Stage::Done, "Stopped", "Done, until it was reopened".to_owned(), true),
        Kind::Outside => (Stage::Closed, "Outside hours", closed(calendar, line.from), true),
    };
    let ends = if line.until - line.from > 86_400_000 { "%a %H:%M" } else { "%H:%M" };
    Interval {
        day: local(request, line.from, "%a %-d %b"),
        span: format!("{} – {}", local(request, line.from, "%H:%M"), local(request, line.until, ends)),
        was: Status::new(stage, was).render(),
        because,
        by: html! { @match &line.kind { Kind::Paused(_) | Kind::Met => { "Journal" } _ => { "Calendar, version " (number) } } },
        counted: if line.seconds_counted == 0 { "–".into() } else { span(line.seconds_counted) },
        sum: span(sum),
        off,
    }
}

fn basis(request: &Request, clock: &Clock, ledger: &Ledger, level: (&str, &str), calendar: &Calendar) -> Markup {
    html! {
        "Promised by "
        @if level.1.is_empty() { (level.0) } @else { a href={ "/levels/" (level.1) } { (level.0) } }
        " for priority " (clock.priority) ", in working time of " (calendar.spec().zone) ". "
        @match (ledger.reading.met_at, ledger.reading.due) {
            (Some(met), _) => { "Met on " (local(request, met, "%a %-d %b, %H:%M:%S")) ". " }
            (None, Some(due)) => { "At this pace it is due on " b.ink2 { (local(request, due, "%a %-d %b, %H:%M")) } ". " }
            (None, None) => { "It has no due time while it rests. " }
        }
        @if let Some(at) = ledger.reading.breached_at { "Broken on " (local(request, at, "%a %-d %b, %H:%M")) ". " }
        "The sum of the intervals is the figure on the chip; both come from the journal and the calendar."
    }
}

fn replaced(request: &Request, ledger: &Ledger) -> Markup {
    html! {
        @for old in &ledger.replaced {
            p.small.ink3 { (old.reason) " on " (local(request, old.replaced_at, "%a %-d %b, %H:%M")) ": until then " (span(old.reading.target.seconds))
                " were promised, of which " (span(old.reading.elapsed_seconds)) " were used; what was used counts on." }
        }
    }
}

/// Hours and minutes, with seconds where there are any.
fn span(seconds: i64) -> String {
    let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if rest == 0 { format!("{hours}:{minutes:02}") } else { format!("{hours}:{minutes:02}:{rest:02}") }
}

/// Why the ticket has its priority.
pub fn of_priority(shown: &Shown, record: &Record) -> Markup {
    let text = |key: &str| record.shape.field(key).map(|field| shown.text(field, record.get(key))).unwrap_or_default();
    let follows = priority(record.int("impact").unwrap_or(3), record.int("urgency").unwrap_or(3));
    let is = record.int("priority").unwrap_or(follows);
    let reason = record.text("priority_reason");
    let mut steps = vec![
        Step::new("Impact: how much it harms", text("impact"), ""),
        Step::new("Urgency: how soon it must be mended", text("urgency"), ""),
        Step::new("Matrix of impact and urgency", format!("P{follows}"), ""),
    ];
    let changed = Step::new("Set to another by a person?", if reason.is_empty() { "no".to_owned() } else { format!("P{is}") }, reason);
    steps.push(if reason.is_empty() { changed.rejected() } else { changed });
    if reason.is_empty() && is != follows {
        steps.push(Step::new("Given by the system it came from", format!("P{is}"), record.text("source_system")));
    }
    steps.push(Step::new("Priority", format!("P{is}"), "").result());
    let here = href(&shown.request.house, record);
    let foot = html! { a href={ (here) "/set-priority" } { "Set another priority" } " and say why; the reason is kept. " a href=(here) { "Close" } };
    Steps { title: format!("Why is {} P{is}?", record.reference), steps, foot }.render()
}
