//! `GET /today`: the finding as title, last night in three sentences, the day on one axis, and what needs the reader.

use super::gathered::{Gathered, gathered};
use super::{health as services, list, night};
use crate::today::gather::Day;
use crate::today::rank::{self, Placed};
use db::Tx;
use desk::first_hour;
use jiff::Timestamp;
use kernel::Result;
use kernel::web::{Layout, Reply, Request};
use maud::{Markup, Render, html};
use ui::head::Head;
use ui::verb::Verb;

/// The page.
pub fn today(tx: &mut Tx, request: &Request) -> Result<Reply> {
    let Gathered { day, placed, facts, lanes, standings, services: count, title } = gathered(tx, request)?;
    let hour = if rank::above(&placed) == 0 { first_hour::unfinished(tx, &request.view)? } else { None };
    let body = html! {
        (head(request, &day, &title))
        (night::told(&facts))
        section.block.day aria-label="Today on the clock" { (lanes) }
        div.cols.morning {
            section { (list::list(request, &placed, hour)) }
            aside.margin { (services::table(&standings, count)) }
        }
    };
    Ok(Reply::page(title, "/today", body).held(Layout { extra: &["figures.css", "now.js"], ..Layout::default() }))
}

fn head(request: &Request, day: &Day, title: &str) -> Markup {
    Head {
        crumbs: vec![(where_and_when(request, day), String::new())],
        title: title.into(),
        verbs: vec![
            Verb::link("Hand-over sheet", "/today/sheet").small().icon("printer").render(),
            Verb::link("What counts", "/today/counts").small().icon("settings").render(),
        ],
        ..Head::default()
    }
    .render()
}

/// "Tuesday 24 November 2026 · 08:24 Copenhagen · week 48".
pub fn where_and_when(request: &Request, day: &Day) -> String {
    let zone = &request.view.zone;
    let now = zone.to_datetime(Timestamp::from_millisecond(request.now).unwrap_or(Timestamp::UNIX_EPOCH));
    let city = zone.iana_name().unwrap_or("UTC");
    let city = city.rsplit('/').next().unwrap_or(city).replace('_', " ");
    let week = day.date.iso_week_date().week();
    format!("{} · {} {city} · week {week}", ui::manner::written(day.date, "%A %-d %B %Y"), now.strftime("%H:%M"))
}

/// Lines above and below the line.
pub fn parted(placed: &[Placed], all: bool) -> (&[Placed], &[Placed]) {
    placed.split_at(if all { placed.len() } else { rank::above(placed) })
}
