//! What a ticket keeps from working: from the item and the service to what fails with them.

use super::address::href;
use crate::ticket::rules::{costs, so_far};
use crate::ticket::store::value::{Amount, values};
use crate::ticket::{INCIDENTS, REQUESTS};
use db::Tx;
use estate::impact::{Direction, Impact, Limits, Node, impact};
use estate::service::REGISTER as SERVICES;
use kernel::describe::Register;
use kernel::register::{self, Record};
use kernel::web::{Reply, Request};
use kernel::{Error, Result};
use maud::{Markup, html};
use pages::money;
use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use ui::facts::{Link, chain};
use ui::format;
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
/// Lines of the chain, so many that nothing below moves when they come.
const LINES: usize = 4;

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
        Some(found) => {
            let services = found.nodes.iter().filter_map(service);
            let values = values(tx, &request.view, &services.chain(record.int("service")).collect::<Vec<_>>())?;
            drawn(request, &record, found, &values)
        }
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

/// What is hit first, then what fails with it, what nothing else rests on last, with what an hour without it costs. Where there is
/// more than fits, the ends are shown before what lies between, the dearest first.
fn drawn(request: &Request, record: &Record, found: &Impact, values: &HashMap<i64, Amount>) -> Markup {
    let rested_on: HashSet<usize> = found.edges.iter().map(|(from, _)| *from).collect();
    let own = |node: &Node| service(node).is_some_and(|id| record.int("service") == Some(id));
    let link = |place: usize, node: &Node| {
        if node.depth == 0 || own(node) {
            Link::Hit
        } else if rested_on.contains(&place) {
            Link::Through
        } else {
            Link::End
        }
    };
    let mut all: Vec<(Link, &Node)> = found.nodes.iter().enumerate().map(|(place, node)| (link(place, node), node)).collect();
    let value = |node: &Node| service(node).and_then(|id| values.get(&id));
    let worth = |node: &Node| value(node).map_or(0, |(minor, _)| *minor);
    all.sort_by_key(|(link, node)| (*link != Link::Hit, *link != Link::End, Reverse(worth(node)), node.depth));
    let more = all.len().saturating_sub(LINES);
    all.truncate(LINES);
    all.sort_by_key(|(link, node)| (*link != Link::Hit, *link == Link::End, node.depth));
    // What has been lost so far is counted by the ticket's own service, so its hour is told beside those of the ends.
    let said = |link: Link, node: &Node| value(node).filter(|_| link == Link::End || own(node));
    let steps: Vec<(Link, Markup)> = all.into_iter().map(|(link, node)| (link, line(node, said(link, node)))).collect();
    let start = &found.nodes[0].named;
    let whole = format!("/{}/{}/impact", start.kind, start.reference);
    let sum = cost(request, record, values);
    html! {
        (chain(&steps, sum.as_ref().map(|(label, value)| (label.as_str(), value.as_str()))))
        @if found.nodes.len() == 1 { p.small.ink3 { "Nothing else rests on it." } }
        @if more > 0 { p.small { a href=(whole) { "and " (more) @if found.cut { "+" } " more" } } }
    }
}

/// The service that a node is, if it is one.
fn service(node: &Node) -> Option<i64> {
    (node.named.kind == SERVICES.key).then_some(node.id)
}

fn line(node: &Node, hour: Option<&Amount>) -> Markup {
    html! {
        a href={ "/" (node.named.kind) "/" (node.named.reference) } { (node.named.title) }
        @if let Some((minor, currency)) = hour { span.def title="What an hour without it costs" { (money(*minor, currency)) "/h" } }
    }
}

/// What its service has cost so far at most, while that is counted in money, as the morning says it.
fn cost(request: &Request, record: &Record, values: &HashMap<i64, Amount>) -> Option<(String, String)> {
    let (minor, currency) = values.get(&record.int("service")?)?;
    let since = record.int("opened_at")?;
    let lasts = format::duration((request.now - since).max(60_000) / 60_000 * 60);
    costs(record).then(|| (format!("At most so far, {lasts}"), money(so_far(*minor, since, request.now), currency)))
}
