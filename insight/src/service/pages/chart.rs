//! Promises by month, and incidents on one axis of time.

use super::super::rules::Month;
use super::super::store::Past;
use super::DAY;
use crate::address::{span, tickets};
use crate::dashboard::rules::attainment;
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use kernel::web::Request;
use maud::{Markup, Render, html};
use ui::chart::{Control, Lane, Lanes, Point, Span, Table};
use ui::format::{duration, number, percent};
use ui::marks::Tone;

/// Months of the control chart, the present one last.
const MONTHS: i64 = 12;
/// Days of the lanes.
pub const LANES: i64 = 90;

/// Fewer months than this tell no rise or fall from chance.
const FEWEST: usize = 3;

/// The twelve months that end with the one of `last`, in the reader's zone, with what was promised and kept in each.
pub fn months(request: &Request, last: i64, past: &[Past]) -> Vec<Month> {
    let zone = &request.view.zone;
    let instant = |day: Date| zone.to_timestamp(day.into()).map_or(0, |at| at.as_millisecond());
    let this = zone.to_datetime(Timestamp::from_millisecond(last).unwrap_or_default()).date().first_of_month();
    let mut months: Vec<Month> = (0..MONTHS)
        .rev()
        .filter_map(|back| {
            let first = this.checked_sub(back.months()).ok()?;
            Some(Month { from: instant(first), until: instant(first.checked_add(1.month()).ok()?), ..Month::default() })
        })
        .collect();
    for (at, kept) in past.iter().filter_map(|it| it.resolved_at.zip(it.kept)) {
        if let Some(month) = months.iter_mut().find(|month| (month.from..month.until).contains(&at)) {
            month.promised += 1;
            month.kept += i64::from(kept);
        }
    }
    months
}

/// The first instant that [`months`] looks at.
pub fn first(request: &Request, last: i64) -> i64 {
    months(request, last, &[]).first().map_or(0, |month| month.from)
}

/// The control chart of promises kept, by month.
pub fn kept(request: &Request, reference: &str, months: &[Month]) -> Markup {
    let chart = attainment(months.iter().map(|month| (month.kept, month.promised)).collect());
    let Some(mean) = chart.mean else {
        return html! { p.ink3 { "Nothing with a promise was resolved in the 12 months before its last change." } };
    };
    let filled = months.iter().filter(|month| month.promised > 0).count();
    if filled < FEWEST {
        let (kept, promised) = months.iter().fold((0, 0), |sum, month| (sum.0 + month.kept, sum.1 + month.promised));
        return html! { p.ink2 { (number(kept)) " of " (number(promised)) " promises were kept, in " (filled) " " (ui::text::noun(filled as i64, "month", "months"))
        ". From " (FEWEST) " months on a chart tells change from chance." } };
    }
    let name = |month: &Month| day(request, month.from, "%b %Y");
    let share = |month: &Month| month.kept as f64 / month.promised.max(1) as f64;
    let filled = months.iter().enumerate().filter(|(_, month)| month.promised > 0);
    let points = filled.clone().map(|(at, month)| Point {
        label: name(month),
        value: share(month) * 100.0,
        shown: percent(share(month), 0),
        href: Some(tickets(&format!("service={reference}&{}&made_sla=false", span("resolved_at", month.from, month.until)))),
        outside: chart.outside[at],
    });
    let rows = filled.clone().map(|(_, month)| vec![name(month), number(month.kept), number(month.promised), percent(share(month), 1)]);
    let outside = chart.outside.iter().filter(|it| **it).count();
    let control = Control {
        finding: format!("{} of promises kept in the 12 months to its last change; {outside} {} outside what chance explains", percent(mean, 1), ui::text::noun(outside as i64, "month lies", "months lie")),
        caption: "Of the tickets about it resolved in the month with a promise, the share whose resolution promise was kept. The band is three standard errors for a month of mean size; a point opens those that were not kept.".into(),
        points: points.collect(),
        phases: vec![chart.phase(filled.clone().count())],
        goal: None,
        table: Table { heads: ["Month", "Kept", "Promised", "Share"].map(str::to_owned).to_vec(), rows: rows.collect(), csv: None },
    };
    control.render()
}

fn day(request: &Request, at: i64, form: &str) -> String {
    ui::manner::written(request.view.zone.to_datetime(Timestamp::from_millisecond(at).unwrap_or_default()), form)
}

/// Incidents of the last 90 days: a lane a priority, from opening to the end.
pub fn lanes(request: &Request, past: &[Past]) -> Option<Markup> {
    let (from, until) = (request.now - LANES * DAY, request.now);
    let share = |at: i64| (at - from) as f64 / (until - from) as f64;
    let mut shown: Vec<&Past> =
        past.iter().filter(|it| it.kind == "incident" && it.opened_at < until && it.ended_at.is_none_or(|at| at > from)).collect();
    if shown.is_empty() {
        return None;
    }
    shown.sort_by_key(|it| (it.priority, it.opened_at));
    let lasted = |it: &Past| duration((it.ended_at.unwrap_or(until) - it.opened_at) / 1_000);
    let span = |it: &&Past| Span {
        from: share(it.opened_at),
        until: share(it.ended_at.unwrap_or(until)),
        label: format!("{} {}, {}{}", it.reference, it.summary, lasted(it), if it.ended_at.is_none() { ", still open" } else { "" }),
        href: format!("/incidents/{}", it.reference),
        tone: match it.priority {
            1 => Tone::Bad,
            2 => Tone::Warn,
            _ => Tone::Plain,
        },
    };
    let lane = |priority: i64| Lane {
        label: format!("P{priority}"),
        spans: shown.iter().filter(|it| it.priority == priority).take(400).map(span).collect(),
    };
    let rows = shown.iter().take(200).map(|it| {
        let ended = it.ended_at.map_or_else(|| "open".into(), |at| day(request, at, "%-d %b %H:%M"));
        vec![
            format!("{} {}", it.reference, it.summary),
            format!("P{}", it.priority),
            day(request, it.opened_at, "%-d %b %H:%M"),
            ended,
            lasted(it),
        ]
    });
    let chart = Lanes {
        finding: format!(
            "{} {} in {LANES} days, {} of them critical",
            shown.len(),
            ui::text::noun(shown.len() as i64, "incident", "incidents"),
            shown.iter().filter(|it| it.priority == 1).count()
        ),
        lanes: (1..=4).map(lane).collect(),
        axis: (0..4).map(|third| (third as f64 / 3.0, day(request, from + (until - from) * third / 3, "%-d %b"))).collect(),
        table: Table {
            heads: ["Incident", "Priority", "Opened", "Ended", "Lasted"].map(str::to_owned).to_vec(),
            rows: rows.collect(),
            csv: None,
        },
    };
    Some(chart.render())
}
