//! A ledger drawn to scale, day by day.

use super::super::address::local;
use super::ledger::span;
use calendar::Calendar;
use calendar::clock::{Kind, Ledger};
use jiff::{Timestamp, ToSpan};
use kernel::web::Request;
use maud::{Markup, Render, html};
use promises::clock::closed;
use ui::why::{Band, Day, Drawn, Stretch};

/// Most days drawn side by side: the latest.
const MOST: usize = 14;

/// The picture, from the start (or the last two weeks) to the end of the day on which the ledger ends.
pub fn drawn(request: &Request, ledger: &Ledger, calendar: &Calendar) -> Markup {
    let end = ledger.intervals.last().map_or(ledger.start, |last| last.until);
    let days = days(request, ledger.start, end, calendar);
    let Some(first) = days.first().map(|day| day.from) else { return html! {} };
    let mut stretches = Vec::new();
    for line in ledger.intervals.iter().filter(|it| it.until > first) {
        let lasted = span((line.until - line.from) / 1_000);
        let (band, label) = match &line.kind {
            Kind::Counting | Kind::Together => (Band::Counted, span(line.seconds_counted)),
            Kind::Paused(_) => (Band::Rested, format!("paused {lasted}")),
            Kind::Met => (Band::Rested, format!("done {lasted}")),
            Kind::Outside => continue,
        };
        stretches.push(Stretch { from: line.from.max(first), until: line.until, band, label });
    }
    let counted = stretches.iter().filter(|it| it.band == Band::Counted).count();
    let rested = stretches.len() - counted;
    let finding = format!(
        "{} {} drawn to scale: the clock ran in {counted} intervals and rested in {rested}. The table below holds the same figures.",
        days.len(),
        ui::text::noun(days.len() as i64, "day", "days")
    );
    let word = if ledger.reading.met_at.is_some() { "met" } else { "now" };
    Drawn { finding, days, stretches, now: Some((end, format!("{word}, {}", local(request, end, "%H:%M")))) }.render()
}

/// Days of the reader's zone, with the name of the holiday if it is one, and when work is open on them.
fn days(request: &Request, from: i64, until: i64, calendar: &Calendar) -> Vec<Day> {
    let zone = &request.view.zone;
    let date = |at: i64| zone.to_datetime(Timestamp::from_millisecond(at).unwrap_or_default()).date();
    let begins = |day: jiff::civil::Date| zone.to_timestamp(day.into()).map_or(0, |at| at.as_millisecond());
    let last = date(until);
    let mut day = date(from).max(last.checked_sub((MOST as i64 - 1).days()).unwrap_or(last));
    let mut days = Vec::new();
    while day <= last && days.len() < MOST {
        let Ok(next) = day.checked_add(1.day()) else { break };
        let (begin, end) = (begins(day), begins(next));
        let open: Vec<(i64, i64)> = calendar.intervals(begin, end).map(|span| (span.from, span.until)).collect();
        let named = closed(calendar, begin + (end - begin) / 2);
        let holiday = named.strip_prefix("holiday: ").filter(|_| open.is_empty()).unwrap_or_default();
        let label = format!("{} {holiday}", ui::manner::written(day, "%a %-d")).trim().to_owned();
        days.push(Day { label, from: begin, until: end, open });
        day = next;
    }
    days
}
