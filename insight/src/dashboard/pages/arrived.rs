//! When things come in: weekdays and hours, and what came in at one of them.

use super::Part;
use super::read::Read;
use crate::dashboard::period::Period;
use crate::dashboard::rules::heat;
use crate::dashboard::store::{self, Arrived};
use db::Tx;
use jiff::ToSpan;
use kernel::web::{Layout, Reply, Request};
use kernel::{Error, Result};
use maud::{Markup, Render, html};
use ui::chart::{Cell, Heat, Table, behind};
use ui::format::number;
use ui::head::Head;
use ui::marks::Priority;

const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const DEFINED: &str = "Tickets opened in the period, by weekday and hour of your zone.";
/// Most tickets of a cell that are listed.
const MOST: usize = 200;

/// The part.
pub fn part(read: &Read) -> Part {
    let named = |(day, hours): (usize, &[i64; 24])| [DAYS[day].to_owned()].into_iter().chain(hours.iter().map(|it| number(*it))).collect();
    let hours = (0..24).map(|hour| format!("{hour:02}"));
    let table = Table {
        heads: ["Weekday".to_owned()].into_iter().chain(hours).collect(),
        rows: read.arrivals.iter().enumerate().map(named).collect(),
        csv: read.csv("arrivals"),
    };
    let picture = if read.opened.iter().all(|it| *it == 0) {
        html! { p.ink3 { "Nothing came in." } }
    } else {
        drawn(read, &table)
    };
    Part { key: "arrivals", title: "When they come in", remark: "by weekday and hour", wide: true, picture, table }
}

fn drawn(read: &Read, table: &Table) -> Markup {
    let greatest = read.arrivals.iter().flatten().copied().max().unwrap_or(0);
    let cell = |day: usize, hour: usize, count: i64| Cell {
        count: u64::try_from(count).unwrap_or(0),
        heat: heat(count.max(0) as u64, greatest.max(0) as u64),
        href: format!("/desk/dashboard/arrivals?{}&day={day}&hour={hour}", read.period.query()),
        label: format!("tickets opened on {}s from {hour}:00", DAYS[day]),
        on: false,
    };
    let row = |(day, hours): (usize, &[i64; 24])| {
        (DAYS[day][..3].to_owned(), hours.iter().enumerate().map(|(hour, count)| cell(day, hour, *count)).collect::<Vec<_>>())
    };
    let caption = busiest(read, greatest);
    let heat = Heat {
        caption: caption.clone(),
        columns: (0..24).map(|hour| format!("{hour:02}")).collect(),
        rows: read.arrivals.iter().enumerate().map(row).collect(),
    };
    html! {
        figure.arrivals {
            div.over-x tabindex="0" role="group" aria-label="Weekdays and hours, scrolls sideways" { (heat.render()) }
            figcaption { (caption) " " (DEFINED) }
            (behind(&caption, table))
        }
    }
}

fn busiest(read: &Read, greatest: i64) -> String {
    let mut all =
        read.arrivals.iter().enumerate().flat_map(|(day, hours)| hours.iter().enumerate().map(move |(hour, it)| (day, hour, *it)));
    let Some((day, hour, _)) = all.find(|it| it.2 == greatest) else { return String::new() };
    format!("Most come in on {}s from {hour:02}:00: {} in {} weeks.", DAYS[day], number(greatest), read.period.weeks)
}

/// `/desk/dashboard/arrivals?from=DAY&until=DAY&day=0..6&hour=0..23`
pub fn arrivals(tx: &mut Tx, request: &Request) -> Result<Reply> {
    let asked = |key: &str, most: usize| {
        let number = request.asked(key).and_then(|text| text.parse::<usize>().ok()).filter(|it| *it <= most);
        number.ok_or_else(|| Error::malformed(key, format!("This must be a whole number from 0 to {most}.")))
    };
    let (day, hour) = (asked("day", 6)?, asked("hour", 23)?);
    let period = Period::read(request.asked("from"), request.asked("until"), request.now, &request.view.zone);
    let found = arrived(tx, request, &period, day, hour)?;
    let count = if found.len() > MOST { format!("More than {MOST}") } else { number(found.len() as i64) };
    let title = format!("{count} came in on {}s from {hour:02}:00", DAYS[day]);
    let head = Head {
        crumbs: vec![("Dashboard".into(), format!("/desk/dashboard?{}", period.query())), ("When they come in".into(), String::new())],
        title: title.clone(),
        lead: Some(format!("{} weeks from {}", period.weeks, ui::manner::written(period.first, "%-d %B %Y"))),
        ..Head::default()
    };
    let body = html! {
        (head)
        @if found.is_empty() { p.ink3 { "Nothing came in then." } } @else { (listed(request, &found)) }
        @if found.len() > MOST { p.small.ink3 { "The latest " (MOST) " are shown. A shorter period has fewer." } }
    };
    Ok(Reply::page(title, "/desk/dashboard", body).held(Layout { extra: &["figures.css"], ..Layout::default() }))
}

/// What came in at that hour of that day in any week, the latest first; one more than is listed if there is more.
fn arrived(tx: &mut Tx, request: &Request, period: &Period, day: usize, hour: usize) -> Result<Vec<Arrived>> {
    let tickets = request.house.register("tickets").ok_or(Error::NotFound)?;
    let mut found = Vec::new();
    for week in (0..period.weeks as usize).rev() {
        let date = period.monday(week).checked_add((day as i64).days()).unwrap_or(period.first);
        // An hour that the clocks skip begins when they go on; one that they repeat is both.
        let begins = |date: jiff::civil::Date, hour: usize| {
            let civil = date.at(i8::try_from(hour).unwrap_or(0), 0, 0, 0);
            request.view.zone.to_timestamp(civil).map_or(0, |at| at.as_millisecond())
        };
        let tomorrow = date.checked_add(1.day()).unwrap_or(date);
        let (from, until) = (begins(date, hour), if hour == 23 { begins(tomorrow, 0) } else { begins(date, hour + 1) });
        found.extend(store::arrived(tx, &request.view, tickets, from, until, MOST + 1 - found.len())?);
        if found.len() > MOST {
            break;
        }
    }
    Ok(found)
}

fn listed(request: &Request, found: &[Arrived]) -> Markup {
    let many = |kind: &str| if kind == "request" { "requests" } else { "incidents" };
    html! {
        table.list.plain {
            caption.vh { "Tickets" }
            thead { tr { th scope="col" { "Priority" } th scope="col" { "Ticket" } th.num scope="col" { "Opened" } } }
            tbody { @for it in found.iter().take(MOST) {
                @let href = format!("/{}/{}", many(&it.kind), it.reference);
                tr {
                    td { (Priority(u8::try_from(it.priority).unwrap_or(4))) }
                    td { a.ref href=(href) { (it.reference) } " " a href=(href) { (it.summary) } }
                    td.num { (pages::exact(request, it.opened_at)) }
                }
            } }
        }
    }
}
