//! `GET /today/sheet`: the morning on one sheet of A4, for whoever takes over.

use super::gathered::{Gathered, gathered};
use super::today::where_and_when;
use super::{health as services, list, night};
use crate::today::rank::{Band, Placed, words};
use db::Tx;
use kernel::Result;
use kernel::web::{Layout, Reply, Request};
use maud::{Markup, html};

/// Lines, windows and services on the sheet: more would not fit.
const MOST_LINES: usize = 9;
const MOST_TIMES: usize = 5;
const MOST_SERVICES: usize = 6;

/// The page.
pub fn sheet(tx: &mut Tx, request: &Request) -> Result<Reply> {
    let Gathered { day, placed, facts, lanes, standings, title, .. } = gathered(tx, request)?;
    let times: Vec<&Vec<String>> = lanes.table.rows.iter().filter(|row| row[1] != "Working time").take(MOST_TIMES).collect();
    let body = html! {
        div.line.no-print.sheet-verbs { a href="/today" { "Back to Today" } span.push.small.ink3 { "Prints on one sheet of A4." } }
        div.pack { article.sheet aria-label="Hand-over sheet" {
            div.run.t { span { "Hand-over" } span { (where_and_when(request, &day)) } }
            h1 { (title) }
            p.narr { (night::pieces(&facts)) }
            section { h2 { "Needs somebody" } (lines(&placed)) }
            @if !times.is_empty() { section { h2 { "Today on the clock" } (times_table(&times)) } }
            @if !standings.is_empty() { section { h2 { "Services" } (services::rows(&standings[..standings.len().min(MOST_SERVICES)])) } }
            div.run.b { span { "Handed over by " (request.view.name) } span { "Taken over by ______________________" } }
        } }
    };
    Ok(Reply::page("Hand-over sheet", "/today", body).held(Layout { extra: &["wide.css", "figures.css"], ..Layout::default() }))
}

fn lines(placed: &[Placed]) -> Markup {
    if placed.is_empty() {
        return html! { p { "Nothing." } };
    }
    let due = placed.iter().filter(|it| it.band < Band::Later).count();
    let (more, later) = (due.saturating_sub(MOST_LINES), placed.len() - due.max(MOST_LINES.min(placed.len())));
    let rest = match (more, later) {
        (0, 0) => String::new(),
        (0, later) => format!("And {} more that can wait, on the page Today.", words(later as i64)),
        (more, 0) => format!("And {} more on the page Today.", words(more as i64)),
        (more, later) => format!("And {} more on the page Today, besides {} that can wait.", words(more as i64), words(later as i64)),
    };
    html! {
        table.list.plain.tops { caption.vh { "What needs somebody, most at stake first" } tbody {
            @for (at, it) in placed.iter().take(MOST_LINES).enumerate() { tr {
                td.no.serif.bad[it.band == Band::Now] { (at + 1) }
                td { b { (it.need.what) } " " @if !it.need.reference.is_empty() { span.ref { (it.need.reference) } " " } span.ink2 { (list::said(&it.need)) } }
                td.num { (list::figure(&it.need.stake)) }
            } }
        } }
        @if !rest.is_empty() { p.small.ink3.below { (rest) } }
    }
}

fn times_table(rows: &[&Vec<String>]) -> Markup {
    html! {
        table.list.plain { caption.vh { "Windows and promises of the day" } tbody {
            @for row in rows { tr { td.nowrap { (row[0]) } td.ink2 { (row[1]) } td { (row[2]) } } }
        } }
    }
}
