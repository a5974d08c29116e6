//! The graph as a picture with what belongs to it, and as a table with paths.

use super::fold::{Folded, Seen, fold};
use super::layer::Layer;
use super::map::{Map, Thing, Way};
use kernel::web::Request;
use kernel::{Error, Result, time};
use maud::{Markup, Render, html};
use std::collections::HashMap;
use ui::graph::{Edge, Graph, Look, Node};
use ui::list::{Column, Fold, List, Row, Width};

/// Things up to which the graph is drawn; beyond, the table says more.
pub const MOST_DRAWN: usize = 400;
/// Rows of the table.
const MOST_ROWS: usize = 1_000;
/// Longest word searched for.
const LONGEST: usize = 100;

/// How a thing stands, as the floor that knows says it.
#[derive(Clone, Debug, Default)]
pub struct Mark {
    /// How its box looks.
    pub look: Look,
    /// Why, in a few words: "down since 07:46".
    pub note: String,
}

/// What is drawn, and how it was asked for.
pub struct Drawing<'a> {
    /// The graph.
    pub map: &'a Map,
    /// How its things stand, by id.
    pub marks: &'a HashMap<i64, Mark>,
    /// The page that draws it, for links that open a fold.
    pub here: String,
    /// What was asked.
    pub request: &'a Request,
}

/// The instant that `as_of` asks for: RFC 3339, what an input of date and time sends in the reader's zone, or a day, which means its end.
pub fn asked_time(request: &Request) -> Result<Option<i64>> {
    let Some(text) = request.asked("as_of").filter(|text| !text.is_empty()) else { return Ok(None) };
    let wrong = || Error::malformed("as_of", "This must be a time, like 2026-11-24T08:00:00Z.");
    time::parse_as_of(text, &request.view.zone).ok_or_else(wrong).map(Some)
}

impl Drawing<'_> {
    fn find(&self) -> String {
        self.request.asked("find").unwrap_or_default().trim().chars().take(LONGEST).collect::<String>().to_lowercase()
    }

    fn open(&self) -> Vec<String> {
        self.request.asked("open").unwrap_or_default().split(',').filter(|it| !it.is_empty()).take(50).map(str::to_owned).collect()
    }

    fn mark(&self, thing: &Thing) -> Mark {
        self.marks.get(&thing.id).cloned().unwrap_or_default()
    }

    fn found(&self, thing: &Thing, find: &str) -> bool {
        !find.is_empty() && (thing.title.to_lowercase().contains(find) || thing.reference.to_lowercase() == find)
    }

    /// The address with one sort more, or one less, open.
    fn with_open(&self, open: &[String], as_of: bool) -> String {
        let mut parts = Vec::new();
        if !open.is_empty() {
            parts.push(format!("open={}", open.join(",")));
        }
        if let Some(at) = self.request.asked("as_of").filter(|it| as_of && !it.is_empty()) {
            parts.push(format!("as_of={}", at.replace('+', "%2B")));
        }
        let find = self.find();
        if !find.is_empty() && find.bytes().all(|it| it.is_ascii_alphanumeric()) {
            parts.push(format!("find={find}"));
        }
        if parts.is_empty() { self.here.clone() } else { format!("{}?{}", self.here, parts.join("&")) }
    }

    fn node(&self, seen: &Seen, find: &str) -> Node {
        match seen {
            Seen::One(place) => self.one(&self.map.things[*place], find),
            Seen::Many(key, all) => {
                let first = &self.map.things[all[0]];
                let mut open = self.open();
                open.push(key.clone());
                Node {
                    label: format!("{} × {}", all.len(), first.kind_label),
                    sub: if first.way == Way::Under { "it stands on; open them" } else { "stand on it; open them" }.into(),
                    href: self.with_open(&open, true),
                    layer: first.layer as usize,
                    folded: true,
                    outside: first.layer == Layer::Outside,
                    ..Node::default()
                }
            }
        }
    }

    fn one(&self, thing: &Thing, find: &str) -> Node {
        let mark = self.mark(thing);
        let sub = match (mark.note.is_empty(), thing.remark.is_empty()) {
            (false, _) => mark.note,
            (_, false) => format!("{}, {}", thing.kind_label, thing.remark),
            _ => thing.kind_label.clone(),
        };
        Node {
            label: thing.name().to_owned(),
            sub,
            amount: thing
                .value
                .as_ref()
                .filter(|_| thing.layer == Layer::Processes)
                .map_or(String::new(), |(minor, currency)| format!("{}/h", pages::money(*minor, currency))),
            href: thing.href(),
            layer: thing.layer as usize,
            look: mark.look,
            outside: thing.layer == Layer::Outside,
            process: thing.layer == Layer::Processes,
            found: self.found(thing, find),
            me: thing.way == Way::Middle,
            folded: false,
        }
    }

    fn graph(&self, folded: &Folded) -> Graph {
        let find = self.find();
        let nodes: Vec<Node> = folded.boxes.iter().map(|seen| self.node(seen, &find)).collect();
        let hot = |place: usize| nodes[place].look == Look::Hit;
        let edges = folded.edges.iter().map(|(from, to)| Edge { from: *from, to: *to, hot: hot(*from) && hot(*to) }).collect();
        Graph { finding: self.finding(), layers: Layer::ALL.iter().map(|layer| layer.name().to_owned()).collect(), nodes, edges }
    }

    fn finding(&self) -> String {
        let middle = self.map.things.first().map_or("It", Thing::name);
        let names = |look: Look| -> Vec<&str> {
            self.map.things.iter().filter(|thing| self.mark(thing).look == look).map(Thing::name).take(5).collect()
        };
        let mut text = format!("{middle} stands on {} things, and {} stand on it.", self.map.count(Way::Under), self.map.count(Way::Upon));
        for (look, words) in [(Look::Hit, "Stopped"), (Look::Touched, "Suffering")] {
            let names = names(look);
            if !names.is_empty() {
                text += &format!(" {words}: {}.", names.join(", "));
            }
        }
        text
    }
}

/// The picture, with what was opened and found above it; for more things than can be drawn, a sentence that says so.
pub fn picture(drawing: &Drawing) -> Markup {
    let map = drawing.map;
    if map.things.len() == 1 {
        return html! { p.ink3 { "Nothing stands on it and it stands on nothing, as far as the relations that you may see tell." } };
    }
    if map.cut || map.things.len() > MOST_DRAWN {
        let count = if map.cut { format!("more than {MOST_DRAWN}") } else { map.things.len().to_string() };
        return html! { p.note.info { "This graph has " (count) " things: too many to read as a picture. The table below says by which way each is reached." } };
    }
    let find = drawing.find();
    let found: Vec<bool> = map.things.iter().map(|thing| drawing.found(thing, &find)).collect();
    let folded = fold(map, &drawing.open(), |place| found[place] || drawing.mark(&map.things[place]).look != Look::Plain);
    let many = found.iter().filter(|it| **it).count();
    html! {
        @if !find.is_empty() { p.small role="status" { (many) " " (ui::text::noun(many as i64, "thing is", "things are")) " called that; " a href=(drawing.here) { "show all alike" } } }
        @if !folded.opened.is_empty() {
            p.small { "Opened: " @for (place, (key, count)) in folded.opened.iter().enumerate() {
                @let rest: Vec<String> = drawing.open().into_iter().filter(|it| it != key).collect();
                @if place > 0 { ", " } a href=(drawing.with_open(&rest, true)) { "fold " (count) " " (key.split_once('-').map_or("", |(_, kind)| kind).replace('-', " ")) " again" }
            } }
        }
        (drawing.graph(&folded))
    }
}

/// Everything in the graph by side and steps, with the way by which it was found.
pub fn table(drawing: &Drawing) -> Markup {
    let map = drawing.map;
    let row = |(place, thing): (usize, &Thing)| {
        let path = map.path(place);
        let between: Vec<&str> = path.iter().skip(1).rev().skip(1).rev().map(|it| it.name()).collect();
        let side = if thing.way == Way::Under { "stands on" } else { "is needed by" };
        let mark = drawing.mark(thing);
        let kind = if mark.note.is_empty() {
            html! { (thing.kind_label) }
        } else {
            html! { (thing.kind_label) ", " b { (mark.note) } }
        };
        Row {
            id: thing.reference.clone(),
            name: thing.reference.clone(),
            cells: vec![
                html! { (side) },
                html! { (thing.steps) },
                html! { a.ref href=(thing.href()) { (thing.reference) } " " a href=(thing.href()) { (thing.name()) } },
                kind,
                html! { (between.join(" › ")) },
            ],
            ..Row::default()
        }
    };
    let list = List {
        label: "What it stands on, and what stands on it".into(),
        columns: vec![
            Column::new("It", Fold::First).wide(Width::Medium),
            Column::new("Steps", Fold::Side).wide(Width::Small).figures(),
            Column::new("What", Fold::Main),
            Column::new("Kind", Fold::Second).wide(Width::Wide),
            Column::new("Through", Fold::Third),
        ],
        rows: map.things.iter().enumerate().skip(1).take(MOST_ROWS).map(row).collect(),
        ..List::default()
    };
    html! {
        (list.render())
        @if map.things.len() > MOST_ROWS + 1 { p.ink3 { "The nearest " (MOST_ROWS) " are shown." } }
        @if map.cut { p.ink3 { "There is more: the walk ended at its limit. Begin at something nearer to see the rest." } }
    }
}
