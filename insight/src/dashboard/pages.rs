//! The page: sentences that state the finding, figures that open their records.

use super::period::{Period, WEEK};
use super::rules::{AGES, age, attainment, heat, quantile};
use super::store::{self, Resolved};
use db::Tx;
use kernel::time::rfc3339;
use kernel::web::{Reply, Request};
use kernel::{Error, Result};
use maud::{Markup, Render, html};
use std::collections::BTreeMap;
use ui::chart::{Bar, Bars, Cell, Control, Heat, Point, Table};
use ui::figure::{Figure, figures};
use ui::format::{duration, number, percent};
use ui::head::Head;

const OPENED: &str = "Tickets whose opening falls into the week.";
const RESOLVED: &str = "Tickets whose last resolution falls into the week.";
const BACKLOG: &str = "Tickets opened before the end of the period and not resolved by then.";
const ATTAINED: &str = "Of the tickets resolved in the period with a promise, the share whose resolution promise was kept.";
const TAKEN: &str = "Time from opening to the last resolution, by the clock on the wall, of tickets resolved in the period.";
const MOVED: &str = "Changes of the team after the first, of tickets resolved in the period.";

/// `/desk/dashboard?from=DAY&until=DAY`
pub fn dashboard(tx: &mut Tx, request: &Request) -> Result<Reply> {
    let view = &request.view;
    let tickets = request.house.register("tickets").ok_or(Error::NotFound)?;
    let period = Period::read(request.asked("from"), request.asked("until"), request.now, &view.zone);
    let opened = store::opened(tx, view, tickets, &period)?;
    let resolved = store::resolved(tx, view, tickets, &period)?;
    let backlog = store::backlog_at(tx, view, tickets, period.until.min(request.now))?;
    let active = store::active(tx, view, tickets)?;
    let teams = store::team_names(tx)?;
    let body = html! {
        (head(&period, &opened, &resolved))
        (key_figures(&period, &opened, &resolved, backlog))
        div.cols-2 {
            section.block { h2 { "Came in and went out" } (flow_chart(&period, &opened, &resolved)) }
            section.block { h2 { "Promises kept" } (attainment_chart(&period, &resolved)) }
            section.block { h2 { "Time to resolve, by team" } (teams_chart(&period, &resolved, &teams)) }
            section.block { h2 { "How old the open ones are" } (ages_chart(&active, request.now)) }
            section.block { h2 { "Passed from team to team" } (moved_chart(&period, &resolved)) }
        }
    };
    Ok(Reply::page("Desk dashboard", "/desk/dashboard", body))
}

fn head(period: &Period, opened: &[i64], resolved: &[Resolved]) -> Markup {
    let (came, went) = (opened.iter().sum::<i64>(), resolved.len() as i64);
    let finding = match came - went {
        0 => format!("As many came in as went out: {}", number(came)),
        more if more > 0 => format!("{} more came in than went out", number(more)),
        fewer => format!("{} more went out than came in", number(-fewer)),
    };
    let last = period.monday(period.weeks as usize - 1);
    let day = |date: jiff::civil::Date| ui::manner::written(date, "%-d %B %Y");
    let asked = html! {
        form.filters method="get" action="/desk/dashboard" role="search" aria-label="Period" {
            label.line.tight { "From" input.in.small type="date" name="from" value=(period.first); }
            label.line.tight { "until" input.in.small type="date" name="until" value=(last); }
            button.verb.small type="submit" { "Show" }
            a.verb.small.bare href="/desk/dashboard" { "Last 12 weeks" }
        }
    };
    Head {
        crumbs: vec![("Desk".into(), "/queue".into())],
        title: finding,
        lead: Some(format!("{} weeks, from {} to the week of {}", period.weeks, day(period.first), day(last))),
        verbs: vec![asked],
        ..Head::default()
    }
    .render()
}

/// The list of the records behind a figure.
fn records(column: &str, from: i64, until: i64, more: &str) -> String {
    format!("/tickets?{column}__gte={}&{column}__lt={}{more}", rfc3339(from), rfc3339(until))
}

fn key_figures(period: &Period, opened: &[i64], resolved: &[Resolved], backlog: i64) -> Markup {
    let promised: Vec<bool> = resolved.iter().filter_map(|it| it.kept).collect();
    let kept = promised.iter().filter(|kept| **kept).count();
    let mut seconds: Vec<i64> = resolved.iter().map(|it| it.seconds).collect();
    seconds.sort_unstable();
    let within = |column, more| Some(records(column, period.from, period.until, more));
    let figure = |value: String, label: &str, definition: &str, href| Figure {
        value,
        label: label.into(),
        definition: definition.into(),
        href,
        ..Figure::default()
    };
    let share = if promised.is_empty() { "none promised".into() } else { percent(kept as f64 / promised.len() as f64, 1) };
    let why = format!("/desk/dashboard/attainment?from={}&until={}", period.first, period.last());
    figures(&[
        figure(number(opened.iter().sum()), "opened", OPENED, within("opened_at", "")),
        figure(number(resolved.len() as i64), "resolved", RESOLVED, within("resolved_at", "")),
        figure(number(backlog), "open at the end", BACKLOG, Some("/tickets?active=true".into())),
        figure(share, "promises kept", ATTAINED, Some(why)),
        figure(quantile(&seconds, 0.5).map_or("none".into(), duration), "half resolved within", TAKEN, within("resolved_at", "")),
        figure(quantile(&seconds, 0.85).map_or("none".into(), duration), "85\u{a0}% resolved within", TAKEN, within("resolved_at", "")),
    ])
}

fn week_span(period: &Period, week: usize) -> (i64, i64) {
    let from = period.from + week as i64 * WEEK;
    (from, from + WEEK)
}

fn by_week<T: Default + Clone>(period: &Period, resolved: &[Resolved], add: impl Fn(&mut T, &Resolved)) -> Vec<T> {
    let mut weeks = vec![T::default(); period.weeks as usize];
    for one in resolved {
        add(&mut weeks[period.week(one.at)], one);
    }
    weeks
}

fn flow_chart(period: &Period, opened: &[i64], resolved: &[Resolved]) -> Markup {
    let went = by_week(period, resolved, |count: &mut i64, _| *count += 1);
    let points = opened.iter().enumerate().map(|(week, count)| {
        let (from, until) = week_span(period, week);
        Point {
            label: ui::manner::written(period.monday(week), "%-d %b"),
            value: *count as f64,
            shown: number(*count),
            href: Some(records("opened_at", from, until, "")),
            outside: false,
        }
    });
    let rows = opened.iter().zip(&went).enumerate();
    let rows = rows.map(|(week, (came, went))| vec![period.monday(week).to_string(), number(*came), number(*went), number(came - went)]);
    let control = Control {
        finding: format!("Opened each week, from {} to {}", opened.iter().min().unwrap_or(&0), opened.iter().max().unwrap_or(&0)),
        caption: format!("{OPENED} The table adds what was resolved and the difference."),
        points: points.collect(),
        table: Table {
            heads: ["Week of", "Opened", "Resolved", "Difference"].map(str::to_owned).to_vec(),
            rows: rows.collect(),
            csv: None,
        },
        ..Control::default()
    };
    html! { (control) }
}

fn attainment_chart(period: &Period, resolved: &[Resolved]) -> Markup {
    let weeks = by_week(period, resolved, |(kept, promised): &mut (i64, i64), one| {
        *kept += i64::from(one.kept == Some(true));
        *promised += i64::from(one.kept.is_some());
    });
    let chart = attainment(weeks);
    let Some(mean) = chart.mean else { return html! { p { "Nothing with a promise was resolved in this period." } } };
    let share = |week: &(i64, i64)| week.0 as f64 / (week.1.max(1)) as f64;
    let weeks = chart.weeks.iter().enumerate().filter(|(_, week)| week.1 > 0);
    let points = weeks.clone().map(|(at, week)| {
        let (from, until) = week_span(period, at);
        Point {
            label: ui::manner::written(period.monday(at), "%-d %b"),
            value: share(week) * 100.0,
            shown: percent(share(week), 0),
            href: Some(records("resolved_at", from, until, "&made_sla=false")),
            outside: chart.outside[at],
        }
    });
    let rows = weeks.clone().map(|(at, week)| vec![period.monday(at).to_string(), number(week.0), number(week.1), percent(share(week), 1)]);
    let outside = chart.outside.iter().filter(|it| **it).count();
    let control = Control {
        finding: format!("{} of promises kept; {outside} weeks lie outside what chance explains", percent(mean, 1)),
        caption: format!("{ATTAINED} The band is three standard errors for a week of mean size."),
        points: points.collect(),
        band: chart.band.map(|(low, high)| (low * 100.0, high * 100.0)),
        mean: Some((mean * 100.0, percent(mean, 0))),
        goal: None,
        table: Table { heads: ["Week of", "Kept", "Promised", "Share"].map(str::to_owned).to_vec(), rows: rows.collect(), csv: None },
    };
    html! { (control) }
}

fn teams_chart(period: &Period, resolved: &[Resolved], teams: &BTreeMap<i64, (String, String)>) -> Markup {
    let mut by_team: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
    for one in resolved {
        by_team.entry(one.team.unwrap_or(0)).or_default().push(one.seconds);
    }
    let mut by_team: Vec<(i64, Vec<i64>)> = by_team.into_iter().collect();
    by_team.sort_by_key(|(_, seconds)| std::cmp::Reverse(seconds.len()));
    by_team.truncate(12);
    let mut bars = Vec::new();
    let mut rows = Vec::new();
    for (team, mut seconds) in by_team {
        seconds.sort_unstable();
        let (half, most) = (quantile(&seconds, 0.5).unwrap_or(0), quantile(&seconds, 0.85).unwrap_or(0));
        let (question, name) = match teams.get(&team) {
            Some((reference, name)) => (format!("&team={reference}"), name.clone()),
            None => ("&team__empty=true".into(), "No team".into()),
        };
        let href = Some(records("resolved_at", period.from, period.until, &question));
        bars.push(Bar { label: name.clone(), value: half as f64 / 3600.0, shown: duration(half), href, mute: team == 0 });
        rows.push(vec![name, number(seconds.len() as i64), duration(half), duration(most)]);
    }
    if bars.is_empty() {
        return html! { p { "Nothing was resolved in this period." } };
    }
    let chart = Bars {
        finding: "Time within which half of the tickets were resolved, for the twelve teams with most".into(),
        caption: TAKEN.into(),
        bars,
        table: Table { heads: ["Team", "Resolved", "Half within", "85\u{a0}% within"].map(str::to_owned).to_vec(), rows, csv: None },
    };
    html! { (chart) }
}

fn ages_chart(active: &[(i64, i64)], now: i64) -> Markup {
    if active.is_empty() {
        return html! { p { "Nothing is open." } };
    }
    let mut counts = [[0_u64; AGES.len()]; 5];
    for (opened, priority) in active {
        counts[(priority - 1).clamp(0, 4) as usize][age(*opened, now)] += 1;
    }
    let greatest = counts.iter().flatten().copied().max().unwrap_or(0);
    let day = 86_400_000;
    let cell = |priority: usize, at: usize, count: u64| {
        let newest = if at == 0 { String::new() } else { format!("&opened_at__lte={}", rfc3339(now - AGES[at - 1].0 * day)) };
        let oldest = if at + 1 == AGES.len() { String::new() } else { format!("&opened_at__gt={}", rfc3339(now - AGES[at].0 * day)) };
        Cell {
            count,
            heat: heat(count, greatest),
            href: format!("/tickets?active=true&priority={}{newest}{oldest}", priority + 1),
            label: format!("open tickets of priority {}, {}", priority + 1, AGES[at].1),
            on: false,
        }
    };
    let row = |(priority, ages): (usize, &[u64; AGES.len()])| {
        let cells = ages.iter().enumerate().map(|(at, count)| cell(priority, at, *count));
        (format!("P{}", priority + 1), cells.collect::<Vec<_>>())
    };
    let chart = Heat {
        caption: "Open tickets by priority and age".into(),
        columns: AGES.iter().map(|(_, name)| (*name).to_owned()).collect(),
        rows: counts.iter().enumerate().map(row).collect(),
    };
    html! { (chart) p.note { "Open: something is still owed. Age: since opening, by the clock on the wall." } }
}

fn moved_chart(period: &Period, resolved: &[Resolved]) -> Markup {
    const MOST: usize = 6;
    if resolved.is_empty() {
        return html! { p { "Nothing was resolved in this period." } };
    }
    let mut counts = [0_i64; MOST + 1];
    for one in resolved {
        counts[(one.reassigned.max(0) as usize).min(MOST)] += 1;
    }
    let total = resolved.len() as f64;
    let bar = |(times, count): (usize, &i64)| {
        let (label, question) = match times {
            0 => ("not at all".to_owned(), "&reassignment_count=0".to_owned()),
            1 => ("once".into(), "&reassignment_count=1".into()),
            MOST => (format!("{MOST} times or more"), format!("&reassignment_count__gte={MOST}")),
            times => (format!("{times} times"), format!("&reassignment_count={times}")),
        };
        let shown = format!("{} ({})", number(*count), percent(*count as f64 / total, 0));
        Bar {
            label,
            value: *count as f64,
            shown,
            href: Some(records("resolved_at", period.from, period.until, &question)),
            mute: times == 0,
        }
    };
    let bars: Vec<Bar> = counts.iter().enumerate().map(bar).collect();
    let rows = bars.iter().map(|bar| vec![bar.label.clone(), bar.shown.clone()]).collect();
    let moved = 1.0 - counts[0] as f64 / total;
    let chart = Bars {
        finding: format!("{} of the tickets changed teams at least once", percent(moved, 0)),
        caption: MOVED.into(),
        bars,
        table: Table { heads: ["Moved", "Tickets"].map(str::to_owned).to_vec(), rows, csv: None },
    };
    html! { (chart) }
}
