//! What a ticket keeps from working: from the item and the service to what fails with them.

use super::address::href;
use crate::ticket::{INCIDENTS, REQUESTS};
use db::Tx;
use estate::impact::{Direction, Impact, Limits, Node, impact};
use kernel::describe::Register;
use kernel::register::{self, Record};
use kernel::web::{Reply, Request};
use kernel::{Error, Result};
use maud::{Markup, html};
use ui::facts::{Link, chain};
use ui::head::Head;

/// `GET /incidents/{reference}/stops`
pub fn incident(tx: &mut Tx, request: &Request) -> Result<Reply> {
    stops(tx, request, &INCIDENTS)
}

/// `GET /requests/{reference}/stops`
pub fn request(tx: &mut Tx, request: &Request) -> Result<Reply> {
    stops(tx, request, &REQUESTS)
}

/// Far enough for a glance; the page of the impact has all of it.
const GLANCE: Limits = Limits { nodes: 60, edges: 400, depth: 8, at: None };
/// Lines of the chain.
const LINES: usize = 5;

fn stops(tx: &mut Tx, request: &Request, register: &'static Register) -> Result<Reply> {
    let record = register::load(tx, &request.house, &request.view, register, request.part("reference"))?;
    let start = [("item", "configuration-items"), ("service", "services")].into_iter().find_map(|(key, of)| Some((of, record.int(key)?)));
    let found = match start {
        Some((kind, id)) => match impact(tx, &request.house, &request.view, kind, id, Direction::Up, GLANCE) {
            Err(Error::NotFound) => None,
            found => Some(found?),
        },
        None => None,
    };
    let body = match &found {
        Some(found) => drawn(&record, found),
        None => html! { p.ink3 { "It names no service and no item that you may see." } },
    };
    if request.fragment {
        return Ok(Reply::Fragment(body));
    }
    let head = Head {
        crumbs: vec![(record.reference.clone(), href(&request.house, &record))],
        title: format!("What {} keeps from working", record.reference),
        lead: Some(record.title().to_owned()),
        ..Head::default()
    };
    Ok(Reply::page("What it stops", register.key, html! { (head) div.facts { (body) } }))
}

/// What is hit first, then what fails with it, what nothing else rests on last.
fn drawn(record: &Record, found: &Impact) -> Markup {
    let hit = |node: &Node| node.depth == 0 || Some(node.id) == record.int("service");
    let rested_on = |place: usize| found.edges.iter().any(|(from, _)| *from == place);
    let mut all: Vec<(usize, &Node)> = found.nodes.iter().enumerate().collect();
    all.sort_by_key(|(place, node)| (!hit(node), !rested_on(*place), node.depth));
    let step = |(place, node): &(usize, &Node)| {
        let link = if hit(node) {
            Link::Hit
        } else if rested_on(*place) {
            Link::Through
        } else {
            Link::End
        };
        (link, html! { a href={ "/" (node.named.kind) "/" (node.named.reference) } { (node.named.title) } })
    };
    let steps: Vec<(Link, Markup)> = all.iter().take(LINES).map(step).collect();
    let more = found.nodes.len().saturating_sub(LINES);
    let start = &found.nodes[0].named;
    let whole = format!("/{}/{}/impact", start.kind, start.reference);
    html! {
        (chain(&steps, None))
        @if found.nodes.len() == 1 { p.small.ink3 { "Nothing else rests on it." } }
        @if more > 0 { p.small { a href=(whole) { "and " (more) @if found.cut { "+" } " more" } } }
    }
}
