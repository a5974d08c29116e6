//! The graph as a part of the page, and as a page of its own.

use super::super::rules::{Trouble, health};
use super::super::store;
use super::health;
use super::{may_follow, tab_line};
use db::Tx;
use estate::graph::{Drawing, MOST_DRAWN, Map, Way, asked_time, map, picture, table};
use kernel::register::{self, Record};
use kernel::web::{Layout, Reply, Request};
use kernel::{Error, Result};
use maud::{Markup, Render, html};
use ui::head::Head;
use ui::marks::Tone;

/// The files that pages with a graph ask for.
pub const EXTRA: &[&str] = &["wide.css", "graph.js", "now.js"];

/// The graph round a record, if the viewer may follow it.
pub fn read(tx: &mut Tx, request: &Request, record: &Record, at: Option<i64>) -> Result<Option<Map>> {
    if !may_follow(request) {
        return Ok(None);
    }
    let register = record.shape.register.key;
    map(tx, &request.house, &request.view, register, record.id, MOST_DRAWN, at.or(Some(request.now))).map(Some)
}

/// What is open in the house, if the viewer may know.
pub fn troubles(tx: &mut Tx, request: &Request) -> Result<Vec<Trouble>> {
    let incidents = request.house.register("incidents").ok_or(Error::NotFound)?;
    store::troubles(tx, &request.view, incidents)
}

/// `/services/{reference}/graph` and `/configuration-items/{reference}/graph`: `as_of`, `find`, `open`.
pub fn page(tx: &mut Tx, request: &Request) -> Result<Reply> {
    let key = request.path.split('/').find(|part| !part.is_empty()).unwrap_or_default();
    let register = request.house.register(key).ok_or(Error::NotFound)?;
    let record = register::load(tx, &request.house, &request.view, register, request.part("reference"))?;
    let at = asked_time(request)?;
    let map = read(tx, request, &record, at)?.ok_or(Error::NotFound)?;
    // What is open now says nothing of another time.
    let troubles = if at.is_none() { troubles(tx, request)? } else { Vec::new() };
    let marks = health::marks(request, &map, &troubles);
    let here = format!("{}/graph", pages::record_href(&request.house, &record));
    let drawing = Drawing { map: &map, marks: &marks, here: here.clone(), request };
    let (under, upon) = (map.count(Way::Under), map.count(Way::Upon));
    let things = |count: usize| ui::text::noun(count as i64, "thing", "things");
    let title =
        format!("{} stands on {under} {}; {upon} {} on it", record.title(), things(under), if upon == 1 { "stands" } else { "stand" });
    let own = health(troubles.iter().filter(|it| it.service == Some(record.id) || it.item == Some(record.id)));
    let head = Head {
        crumbs: vec![
            (register.many.into(), format!("/{}", register.key)),
            (record.title().to_owned(), pages::record_href(&request.house, &record)),
            ("Graph".into(), String::new()),
        ],
        title: title.clone(),
        meta: if at.is_none() && register.key == "services" { vec![health::mark(request, &record, own)] } else { Vec::new() },
        ..Head::default()
    };
    let body = html! {
        (head)
        @if register.key == "services" { (tab_line(request, &record, "Graph", Some(map.things.len() - 1), open(tx, request, &record)?)) }
        @if let Some(at) = at { (ui::states::notice(Tone::Warn, &html! { "The graph as it was on " (pages::exact(request, at)) ". " a href=(here) { "As it is now" } })) }
        (tools(request, &here))
        (picture(&drawing))
        section.block { header { h2 { "The same as a table" } span.small.ink3 { "with the way by which each is reached" } } (table(&drawing)) }
    };
    Ok(Reply::page(title, register.key, body).held(Layout { extra: EXTRA, ..Layout::default() }))
}

fn open(tx: &mut Tx, request: &Request, record: &Record) -> Result<i64> {
    let tickets = request.house.register("tickets").ok_or(Error::NotFound)?;
    store::open(tx, &request.view, tickets, record.id)
}

fn tools(request: &Request, here: &str) -> Markup {
    let asked = |key: &str| request.asked(key).unwrap_or_default().to_owned();
    let local = |text: String| text.get(..16).filter(|it| !it.ends_with('Z')).map_or(String::new(), str::to_owned);
    html! {
        form.filters.graph-tools method="get" action=(here) role="search" aria-label="Graph" {
            label.line.tight { "Find" input.in.small type="search" name="find" value=(asked("find")) maxlength="100" data-graph-find; }
            label.line.tight { "As of" input.in.small type="datetime-local" name="as_of" value=(local(asked("as_of"))); }
            @if !asked("open").is_empty() { input type="hidden" name="open" value=(asked("open")); }
            button.verb.small type="submit" { "Show" }
            span.small.ink3 { "Red has stopped, amber suffers, dashed lies outside. Arrow keys walk along the lines; Enter opens." }
        }
    }
    .render()
}
