//! The control chart: is a change real or chance? Line, expected band, mean, goal, points outside as diamonds.

use maud::{Markup, Render, html};

use super::scale::{Scale, path, u};
use super::{Table, WIDTH, figure};

/// One value over time.
#[derive(Debug, Clone, Default)]
pub struct Point {
    /// Where it stands on the axis: "9 Nov".
    pub label: String,
    /// The value.
    pub value: f64,
    /// The value as it reads: "94 %".
    pub shown: String,
    /// The records behind it.
    pub href: Option<String>,
    /// Outside what chance explains.
    pub outside: bool,
}

/// A control chart (a plain line chart when no band is given).
#[derive(Debug, Clone, Default)]
pub struct Control {
    /// What it shows, in a sentence.
    pub finding: String,
    /// Under the picture.
    pub caption: String,
    /// The values in order of time.
    pub points: Vec<Point>,
    /// Lower and upper limit of the expected.
    pub band: Option<(f64, f64)>,
    /// The mean, and how it reads.
    pub mean: Option<(f64, String)>,
    /// The goal, and how it reads.
    pub goal: Option<(f64, String)>,
    /// The figures.
    pub table: Table,
}

const HEIGHT: f64 = 190.0;
/// Points outside that carry their figures; more would cover the line.
const MOST_NAMED: usize = 3;
/// Height of a line of text in the picture.
const LINE: f64 = 13.0;
/// Nearer to the start than this, a figure stands after its mark.
const MARGIN: f64 = 40.0;

impl Render for Control {
    fn render(&self) -> Markup {
        let band = self.band.iter().flat_map(|(low, high)| [*low, *high]);
        let marks = self.mean.iter().chain(&self.goal).map(|(value, _)| *value);
        let y = Scale::over(self.points.iter().map(|p| p.value).chain(band).chain(marks), 154.0, 18.0);
        let x = Scale::over([0.0, (self.points.len().max(2) - 1) as f64].into_iter(), 6.0, WIDTH - 64.0);
        let few = self.points.iter().filter(|point| point.outside).count() <= MOST_NAMED;
        let picture = html! {
            @if let Some((low, high)) = self.band { rect.fband x="0" y=(u(y.at(high))) width=(u(WIDTH - 58.0)) height=(u(y.at(low) - y.at(high))) {} }
            @if let Some((value, label)) = &self.mean { (level(y.at(*value), label, "lm", "")) }
            @if let Some((value, label)) = &self.goal { (level(y.at(*value), label, "goal", "t-ink")) }
            line.axis x1="0" x2=(u(WIDTH - 58.0)) y1="160" y2="160" {}
            path.l1 d=(path(self.points.iter().enumerate().map(|(i, p)| (x.at(i as f64), y.at(p.value))))) {}
            @for (i, point) in self.points.iter().enumerate() { (mark(point, x.at(i as f64), y.at(point.value), self.named(i, y, few))) }
            (self.axis(x))
        };
        figure(HEIGHT, &self.finding, &self.caption, &picture, &self.table, self.points.iter().any(|point| point.href.is_some()))
    }
}

impl Control {
    fn named(&self, at: usize, y: Scale, few: bool) -> Named {
        let point = &self.points[at];
        if at + 1 < self.points.len() {
            return if few && point.outside { Named::Beside } else { Named::No };
        }
        let levels = self.mean.iter().chain(&self.goal);
        let near = levels.map(|(value, _)| (y.at(*value) - y.at(point.value)).abs()).any(|far| far < LINE);
        if near { Named::Above } else { Named::After }
    }

    /// First, middle and last label.
    fn axis(&self, x: Scale) -> Markup {
        let last = self.points.len().saturating_sub(1);
        let mut shown = vec![(0, "start"), (last / 2, "middle"), (last, "end")];
        shown.dedup_by_key(|(i, _)| *i);
        html! { @for (i, anchor) in shown { @if let Some(point) = self.points.get(i) { text x=(u(x.at(i as f64))) y="178" text-anchor=(anchor) { (point.label) } } } }
    }
}

fn level(y: f64, label: &str, class: &str, text: &str) -> Markup {
    html! {
        line class=(class) x1="0" x2=(u(WIDTH - 58.0)) y1=(u(y)) y2=(u(y)) {}
        text class=(text) x=(u(WIDTH - 54.0)) y=(u(y + 4.0)) { (label) }
    }
}

/// Where the figure of a point stands.
#[derive(Clone, Copy, PartialEq)]
enum Named {
    /// Nowhere: the point is one of many.
    No,
    /// Beside the point, among others.
    Beside,
    /// The last one, in the room after the line.
    After,
    /// The last one, where the name of a level stands in that room.
    Above,
}

fn mark(point: &Point, x: f64, y: f64, named: Named) -> Markup {
    if !point.outside && named == Named::No && point.href.is_none() {
        return html! {};
    }
    let last = matches!(named, Named::After | Named::Above);
    let above = if y < 30.0 { 18.0 } else { -9.0 };
    let (right, down, anchor) = match named {
        Named::Above if x < MARGIN => (0.0, above, "start"),
        Named::Above => (0.0, above, "end"),
        _ => (9.0, 4.0, "start"),
    };
    let class = if point.outside { "t-bad" } else { "t-strong" };
    let inside = html! {
        title { (point.label) ": " (point.shown) }
        @if point.outside { path.fbad d={ "M" (u(x)) " " (u(y - 5.0)) "l5 5-5 5-5-5z" } {} } @else { circle.f1 cx=(u(x)) cy=(u(y)) r=(if last { "3" } else { "2" }) {} }
        @if named != Named::No { text class=(class) x=(u(x + right)) y=(u(y + down)) text-anchor=(anchor) { (point.shown) } }
    };
    match &point.href {
        Some(href) => html! { a href=(href) { (inside) } },
        None => html! { g { (inside) } },
    }
}
