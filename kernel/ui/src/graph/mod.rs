//! The service graph: layers from left to right, each box a link, drawn as SVG by the server so that it works without a script.
//! With one (`graph.js`), arrow keys walk along the edges and the paths between a box and the middle light up.

mod columns;
mod layout;
mod order;
#[cfg(test)]
mod tests;

pub use layout::{Layout, Route, layout};

use layout::{BETWEEN, FITS, HIGH};
use maud::{Markup, Render, html};
use std::fmt::Write;

/// How a box looks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Look {
    /// Nothing is known against it.
    #[default]
    Plain,
    /// It has stopped.
    Hit,
    /// It suffers.
    Touched,
}

/// A box.
#[derive(Debug, Clone, Default)]
pub struct Node {
    /// Its name.
    pub label: String,
    /// What it is, under its name.
    pub sub: String,
    /// At the end of its line: what an hour of it is worth.
    pub amount: String,
    /// Where a press leads.
    pub href: String,
    /// Its layer, 0 the leftmost.
    pub layer: usize,
    /// How it stands.
    pub look: Look,
    /// It lies outside the house.
    pub outside: bool,
    /// It is a business process.
    pub process: bool,
    /// It stands for several.
    pub folded: bool,
    /// It was looked for.
    pub found: bool,
    /// The graph is about it.
    pub me: bool,
}

/// An edge, from what is needed to what needs it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Edge {
    /// Place of what is needed.
    pub from: usize,
    /// Place of what needs it.
    pub to: usize,
    /// Both have stopped.
    pub hot: bool,
}

/// A graph.
#[derive(Debug, Clone, Default)]
pub struct Graph {
    /// What it shows, in words.
    pub finding: String,
    /// Names of the layers.
    pub layers: Vec<String>,
    /// The boxes.
    pub nodes: Vec<Node>,
    /// The edges.
    pub edges: Vec<Edge>,
}

impl Render for Graph {
    fn render(&self) -> Markup {
        let layers: Vec<usize> = self.nodes.iter().map(|node| node.layer).collect();
        let edges: Vec<(usize, usize)> = self.edges.iter().map(|edge| (edge.from, edge.to)).collect();
        let laid = layout(&layers, &edges);
        let size = format!("0 0 {:.0} {:.0}", laid.width, laid.height);
        html! {
            div.over-x.graph-room tabindex="0" role="group" aria-label="Graph, scrolls sideways" {
                svg.graph.wide[laid.width > FITS] viewBox=(size) width=(format!("{:.0}", laid.width)) height=(format!("{:.0}", laid.height))
                    role="group" aria-label=(self.finding) data-graph {
                    defs { (arrow("to", "head-e")) (arrow("to-hot", "head-hot")) }
                    @for (layer, x) in &laid.layers { @if let Some(name) = self.layers.get(*layer) { text.layer x=(u(*x)) y="12" { (name) } } }
                    @for (edge, route) in self.edges.iter().zip(&laid.routes) { @if let Some(route) = route { (drawn(edge, route)) } }
                    @for (place, (node, corner)) in self.nodes.iter().zip(&laid.boxes).enumerate() { (node.drawn(place, *corner, laid.wide)) }
                }
            }
        }
    }
}

fn u(value: f64) -> String {
    let text = format!("{value:.1}");
    text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
}

fn arrow(id: &str, class: &str) -> Markup {
    html! { marker id=(id) viewBox="0 0 7 7" refX="7" refY="3.5" markerWidth="7" markerHeight="7" markerUnits="userSpaceOnUse" orient="auto-start-reverse" { path class=(class) d="M7 3.5 0 .1v6.8z" {} } }
}

fn drawn(edge: &Edge, route: &Route) -> Markup {
    let points = &route.points;
    let mut d = format!("M{} {}", u(points[0].0), u(points[0].1));
    for pair in points.windows(2) {
        let ((x, y), (to_x, to_y)) = (pair[0], pair[1]);
        let level = (y - to_y).abs() < 0.05;
        let _ = if level {
            write!(d, "H{}", u(to_x))
        } else {
            write!(d, "C{} {} {} {} {} {}", u(x + BETWEEN / 2.0), u(y), u(to_x - BETWEEN / 2.0), u(to_y), u(to_x), u(to_y))
        };
    }
    let head = if edge.hot { "url(#to-hot)" } else { "url(#to)" };
    let (end, start) = if route.back { (None, Some(head)) } else { (Some(head), None) };
    html! { path.edge.hot[edge.hot].back[route.back] d=(d) marker-end=[end] marker-start=[start] data-e={ (edge.from) " " (edge.to) } {} }
}

impl Node {
    /// Everything that the box says and how it stands, whatever had to be cut.
    fn name(&self) -> String {
        let state = match self.look {
            Look::Plain => "",
            Look::Hit => ", stopped",
            Look::Touched => ", suffers",
        };
        let amount = if self.amount.is_empty() { String::new() } else { format!(", {}", self.amount) };
        format!("{}, {}{state}{amount}", self.label, self.sub)
    }

    fn drawn(&self, place: usize, (x, y): (f64, f64), wide: f64) -> Markup {
        let room = wide - 24.0;
        let beside = if self.amount.is_empty() { room } else { room - width(&self.amount) - 8.0 };
        // An amount that leaves too little room for the name stands on the line below.
        let low = width(&self.label) > beside;
        let (of_label, of_sub) = if low { (room, beside) } else { (beside, room) };
        let sub = if low && width(&self.sub) > of_sub { String::new() } else { shorter(&self.sub, of_sub) };
        // A long name takes the line below where nothing else stands on it.
        let (label, rest) =
            if low && sub.is_empty() && self.amount.is_empty() { halves(&self.label, room) } else { (self.label.as_str(), "") };
        let (label, rest) = (fitted(label, of_label), fitted(rest, room));
        let name = self.name();
        let bold = (self.look == Look::Hit || self.me).then_some("600");
        html! {
            a.node.hit[self.look == Look::Hit].touched[self.look == Look::Touched].me[self.me].vendor[self.outside].process[self.process]
                .folded[self.folded].found[self.found] href=(self.href) data-n=(place) aria-current=[self.me.then_some("true")] {
                title { (name) }
                @if self.folded { rect.behind x=(u(x + 4.0)) y=(u(y + 4.0)) width=(wide) height=(HIGH) rx="3" {} }
                rect x=(u(x)) y=(u(y)) width=(wide) height=(HIGH) rx=(if self.process { "0" } else { "3" }) {}
                @if self.process { rect.edgebar x=(u(x)) y=(u(y)) width="3" height=(HIGH) {} }
                text x=(u(x + 12.0)) y=(u(y + 17.0)) font-weight=[bold] { (label) } " "
                @if !rest.is_empty() { text x=(u(x + 12.0)) y=(u(y + 32.0)) font-weight=[bold] { (rest) } " " }
                @if !sub.is_empty() { text.sub x=(u(x + 12.0)) y=(u(y + 32.0)) { (sub) } " " }
                @if !self.amount.is_empty() { text.t-bad[self.look == Look::Hit] x=(u(x + wide - 10.0)) y=(u(y + if low { 32.0 } else { 17.0 })) text-anchor="end" font-weight="600" { (self.amount) } }
            }
        }
    }
}

/// How wide a text is at 12 px, roughly: enough to know where to cut it.
fn width(text: &str) -> f64 {
    let one = |letter: char| match letter {
        'i' | 'j' | 'l' | '.' | ',' | '\'' | '|' | ':' => 3.2,
        'f' | 't' | 'r' | ' ' | '-' | '(' | ')' => 4.4,
        'm' | 'w' | 'M' | 'W' | '@' | '€' | '%' => 9.6,
        it if it.is_uppercase() => 7.8,
        it if it.is_ascii() => 6.5,
        _ => 7.6,
    };
    text.chars().map(one).sum()
}

/// A text in two at the last space before a width; whole where it has none there.
fn halves(text: &str, most: f64) -> (&str, &str) {
    let fits = text.match_indices(' ').map(|(at, _)| at).rfind(|at| width(&text[..*at]) <= most);
    fits.map_or((text, ""), |at| (&text[..at], &text[at + 1..]))
}

/// What is said under a name, without its last part (after a comma) where the whole does not fit.
fn shorter(text: &str, most: f64) -> String {
    match text.rsplit_once(", ") {
        Some((first, _)) if width(text) > most && width(first) <= most => first.to_owned(),
        _ => fitted(text, most),
    }
}

/// A text cut to a width, with an ellipsis if it was.
fn fitted(text: &str, most: f64) -> String {
    if width(text) <= most {
        return text.to_owned();
    }
    let mut cut = String::new();
    let mut used = 7.0;
    for letter in text.chars() {
        used += width(letter.encode_utf8(&mut [0; 4]));
        if used > most {
            break;
        }
        cut.push(letter);
    }
    format!("{}…", cut.trim_end())
}
