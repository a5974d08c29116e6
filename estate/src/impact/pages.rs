//! What fails with a record and what it rests on: page, JSON and box.

use super::{Direction, Impact, Limits, Node, impact};
use crate::graph::asked_time;
use db::Tx;
use kernel::describe::{PanelRequest, Register};
use kernel::register::{self, Record};
use kernel::web::{Reply, Request};
use kernel::{Error, House, Result};
use maud::{Markup, Render, html};
use serde_json::json;
use ui::head::{Head, reference};
use ui::list::{Column, Fold, List, Row, Width};
use ui::tabs::{Tab, tabs};

/// Most rows of the table; the JSON has all.
const MOST_ROWS: usize = 1_000;

/// Most names in the box.
const MOST_NAMES: usize = 5;

/// Limits of the box, which must not slow the record's page down.
const GLANCE: Limits = Limits { nodes: 200, edges: 2_000, depth: 16, at: None };

/// The register that the path names first, and its record.
fn start(tx: &mut Tx, request: &Request) -> Result<(&'static Register, Record)> {
    let key = request.path.split('/').find(|part| !part.is_empty()).unwrap_or_default();
    let register = request.house.register(key).ok_or(Error::NotFound)?;
    let record = register::load(tx, &request.house, &request.view, register, request.part("reference"))?;
    Ok((register, record))
}

/// Which way is asked for, and of when.
fn asked(request: &Request) -> Result<(Direction, Limits)> {
    let direction = match request.asked("direction") {
        None | Some("up") => Direction::Up,
        Some("down") => Direction::Down,
        Some(_) => return Err(Error::malformed("direction", "This must be up (what fails with it) or down (what it rests on).")),
    };
    Ok((direction, Limits { at: asked_time(request)?, ..Limits::default() }))
}

/// The page.
pub(super) fn page(tx: &mut Tx, request: &Request) -> Result<Reply> {
    let (register, record) = start(tx, request)?;
    let (direction, limits) = asked(request)?;
    let found = impact(tx, &request.house, &request.view, register.key, record.id, direction, limits)?;
    let home = format!("/{}/{}", register.key, record.reference);
    let count = found.nodes.len() - 1;
    let things = ui::text::noun(count as i64, "thing", "things");
    let count = format!("{count}{}", if found.cut { "+" } else { "" });
    let title = match direction {
        Direction::Up => format!("{count} {things} fail with {}", record.title()),
        Direction::Down => format!("{} rests on {count} {things}", record.title()),
    };
    let head = Head {
        crumbs: vec![
            (register.many.into(), format!("/{}", register.key)),
            (record.reference.clone(), home.clone()),
            ("Impact".into(), String::new()),
        ],
        title: title.clone(),
        ..Head::default()
    };
    let tab = |label: &str, way: &str, of: Direction| {
        let as_of =
            request.asked("as_of").filter(|_| limits.at.is_some()).map_or(String::new(), |at| format!("&as_of={}", at.replace('+', "%2B")));
        Tab { label: label.into(), href: format!("{home}/impact?direction={way}{as_of}"), current: of == direction, count: None }
    };
    let switch = tabs(
        "Direction",
        &[tab("What fails with it", "up", Direction::Up), tab("What it rests on", "down", Direction::Down)],
        &html! { a href=(format!("{home}/impact.json?direction={}", word(direction))) { "JSON" } },
    );
    let body = html! { (head) (switch) (cut(&found, limits)) (table(&request.house, &found)) };
    Ok(Reply::page(title, register.key, body))
}

fn word(direction: Direction) -> &'static str {
    match direction {
        Direction::Up => "up",
        Direction::Down => "down",
    }
}

/// Says which limit was reached.
fn cut(found: &Impact, limits: Limits) -> Markup {
    let text = html! {
        "There is more: the walk ends after " (limits.nodes) " things, " (limits.edges) " relations or " (limits.depth)
        " steps. Begin at something nearer to see the rest."
    };
    html! { @if found.cut { (ui::states::notice(ui::marks::Tone::Warn, &text)) } }
}

fn table(house: &House, found: &Impact) -> Markup {
    if found.nodes.len() == 1 {
        return html! { p.ink3 { "Nothing, as far as the relations that you may see tell." } };
    }
    let row = |(place, node): (usize, &Node)| {
        let path = found.path(place);
        let between: Vec<&str> = path.iter().skip(1).rev().skip(1).rev().map(|node| node.named.reference.as_str()).collect();
        let kind = house.register(node.named.kind).map_or(node.named.kind, |register| register.one);
        Row {
            id: node.named.reference.clone(),
            name: node.named.reference.clone(),
            cells: vec![html! { (node.depth) }, link(node), html! { (kind) }, html! { (between.join(" › ")) }],
            ..Row::default()
        }
    };
    let list = List {
        label: "Impact".into(),
        columns: vec![
            Column::new("Steps", Fold::Side).wide(Width::Small).figures(),
            Column::new("What", Fold::Main),
            Column::new("Kind", Fold::First).wide(Width::Wide),
            Column::new("Through", Fold::Second),
        ],
        rows: found.nodes.iter().enumerate().skip(1).take(MOST_ROWS).map(row).collect(),
        ..List::default()
    };
    html! {
        (list.render())
        @if found.nodes.len() > MOST_ROWS + 1 { p.ink3 { "The nearest " (MOST_ROWS) " are shown; the JSON has all " (found.nodes.len() - 1) "." } }
    }
}

fn link(node: &Node) -> Markup {
    let href = format!("/{}/{}", node.named.kind, node.named.reference);
    html! { (reference(&node.named.reference, &href)) " " a href=(href) { (node.named.title) } }
}

/// The same as data: things with depth and path, edges between them by reference, and whether the limits were reached.
pub(super) fn json(tx: &mut Tx, request: &Request) -> Result<Reply> {
    let (register, record) = start(tx, request)?;
    let (direction, limits) = asked(request)?;
    let found = impact(tx, &request.house, &request.view, register.key, record.id, direction, limits)?;
    let name = |place: &usize| found.nodes[*place].named.reference.as_str();
    let node = |(place, node): (usize, &Node)| {
        let path: Vec<&str> = found.path(place).iter().map(|node| node.named.reference.as_str()).collect();
        json!({ "reference": node.named.reference, "title": node.named.title, "kind": node.named.kind, "depth": node.depth, "path": path })
    };
    let nodes: Vec<_> = found.nodes.iter().enumerate().map(node).collect();
    let edges: Vec<_> = found.edges.iter().map(|(from, to)| json!([name(from), name(to)])).collect();
    let limits = json!({ "nodes": limits.nodes, "edges": limits.edges, "depth": limits.depth });
    Ok(Reply::Json(json!({
        "reference": record.reference,
        "direction": word(direction),
        "nodes": nodes,
        "edges": edges,
        "cut": found.cut,
        "limits": limits,
    })))
}

/// Both directions at a glance, on the record's own page.
pub(super) fn panel(tx: &mut Tx, asked: &PanelRequest) -> Result<Option<Markup>> {
    let mut lines = Vec::new();
    for (direction, label) in [(Direction::Up, "Fails with it"), (Direction::Down, "Rests on")] {
        let found =
            impact(tx, asked.house, asked.view, asked.register.key, asked.record.id, direction, Limits { at: Some(asked.now), ..GLANCE })?;
        lines.push((label.to_owned(), glance(&found, asked, direction)));
    }
    Ok(Some(ui::facts::kv(&lines, true)))
}

fn glance(found: &Impact, asked: &PanelRequest, direction: Direction) -> Markup {
    let others = &found.nodes[1..];
    let href = format!("/{}/{}/impact?direction={}", asked.register.key, asked.record.reference, word(direction));
    html! {
        @if others.is_empty() { span.ink3 { "nothing known" } } @else {
            @for (at, node) in others.iter().take(MOST_NAMES).enumerate() {
                @if at > 0 { ", " } a href={ "/" (node.named.kind) "/" (node.named.reference) } { (node.named.title) }
            }
            " " a href=(href) { "all " (others.len()) @if found.cut { "+" } }
        }
    }
}
