//! The page of a service, and its graph as a page of its own.

mod chart;
mod graph;
mod health;
mod overview;

pub use graph::page as graph;

use crate::attainment::{Scope, counted, steps};
use db::Tx;
use kernel::register::{self, Record};
use kernel::web::{Reply, Request};
use kernel::{Error, Result};
use maud::{Markup, Render, html};
use ui::tabs::{Tab, tabs};

/// Days that the figures look back.
const DAYS: i64 = 30;
/// Milliseconds of a day.
const DAY: i64 = 86_400_000;

/// `/services/{reference}`: at a glance; with `tab=record`, `as_of=` or a question about a field, the page every record has.
pub fn service(tx: &mut Tx, request: &Request) -> Result<Reply> {
    let own = request.house.register_of(request.part("reference")).is_some_and(|it| it.key == "services");
    let asked = request.asked("why");
    let engine = request.asked("tab") == Some("record") || request.asked("as_of").is_some();
    if !own || engine || asked.is_some_and(|why| !matches!(why, "health" | "attainment")) {
        return pages::handle_get(tx, request);
    }
    let register = request.house.register("services").ok_or(Error::NotFound)?;
    let record = register::load(tx, &request.house, &request.view, register, request.part("reference"))?;
    match asked {
        Some("health") => {
            let (title, body) = health::explained(tx, request, &record)?;
            if request.fragment {
                return Ok(Reply::Fragment(body));
            }
            Ok(pages::explanation(request, &record, &title, Vec::new(), Vec::new(), &html! { div.cols-2 { (body) } }))
        }
        Some(_) => attained(tx, request, &record),
        None => overview::page(tx, request, &record),
    }
}

fn attained(tx: &mut Tx, request: &Request, record: &Record) -> Result<Reply> {
    let tickets = request.house.register("tickets").ok_or(Error::NotFound)?;
    let (from, until) = (request.now - DAYS * DAY, request.now);
    let counted = counted(tx, &request.view, tickets, Scope::Service(record.id), from, until)?;
    let share = counted.share().map_or_else(|| "no share".into(), |share| ui::format::percent(share, 1));
    let title = format!("Why were {share} of the promises on {} kept?", record.title());
    let steps = steps(format!("The last {DAYS} days"), &counted, from, until, Some(&format!("&service={}", record.reference)));
    if request.fragment {
        return Ok(Reply::Fragment(steps.render()));
    }
    Ok(pages::explanation(request, record, &title, Vec::new(), Vec::new(), &html! { div.cols-2 { (steps) } }))
}

/// The tabs of a service.
fn tab_line(request: &Request, record: &Record, current: &str, graph: Option<usize>, open: i64) -> Markup {
    let here = pages::record_href(&request.house, record);
    let tab = |label: &str, href: String, count: Option<String>| Tab { label: label.into(), href, current: label == current, count };
    let mut all = vec![tab("Overview", here.clone(), None)];
    all.extend(graph.map(|count| tab("Graph", format!("{here}/graph"), Some(count.to_string()))));
    all.extend([
        tab("Open tickets", format!("/tickets?service={}&active=true", record.reference), Some(open.to_string())),
        tab("All fields", format!("{here}?tab=record"), None),
        tab("Where it is used", format!("{here}/links"), None),
        tab("History", format!("{here}/history"), None),
    ]);
    tabs("Service", &all, &html! {}).render()
}

/// Whether the viewer may follow the graph.
fn may_follow(request: &Request) -> bool {
    request.house.register("relations").is_some_and(|relations| request.view.may(relations, "read"))
}
