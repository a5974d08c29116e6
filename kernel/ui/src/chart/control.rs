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

/// A stretch in which nothing but chance is at work: before and after a change there is one each.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Phase {
    /// Place of its first point.
    pub from: usize,
    /// Place after its last point.
    pub until: usize,
    /// Lower and upper limit of what chance explains.
    pub band: Option<(f64, f64)>,
    /// The mean.
    pub mean: f64,
    /// How the mean reads: "mean 9.8".
    pub label: String,
}

/// A control chart (a plain line chart without phases).
#[derive(Debug, Clone, Default)]
pub struct Control {
    /// What it shows, in a sentence.
    pub finding: String,
    /// Under the picture.
    pub caption: String,
    /// The values in order of time.
    pub points: Vec<Point>,
    /// Stretches with their limits, in order.
    pub phases: Vec<Phase>,
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
        let band = self.phases.iter().filter_map(|phase| phase.band).flat_map(|(low, high)| [low, high]);
        let marks = self.levels();
        let y = Scale::over(self.points.iter().map(|p| p.value).chain(band).chain(marks), 154.0, 22.0);
        let x = Scale::over([0.0, (self.points.len().max(2) - 1) as f64].into_iter(), 6.0, WIDTH - 64.0);
        let few = self.points.iter().filter(|point| point.outside).count() <= MOST_NAMED;
        let picture = html! {
            @for phase in &self.phases { (self.phase(phase, x, y)) }
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
        let near = self.levels().map(|value| (y.at(value) - y.at(point.value)).abs()).any(|far| far < LINE);
        if near { Named::Above } else { Named::After }
    }

    /// Heights at which something is written at the right edge.
    fn levels(&self) -> impl Iterator<Item = f64> {
        let mean = if let [only] = &self.phases[..] { Some(only.mean) } else { None };
        mean.into_iter().chain(self.goal.iter().map(|(value, _)| *value))
    }

    /// The band and mean of a phase. A lone mean is named at the right edge, one of several above its band.
    fn phase(&self, phase: &Phase, x: Scale, y: Scale) -> Markup {
        let last = self.phases.len() == phase_place(&self.phases, phase) + 1;
        let left = if phase.from == 0 { 0.0 } else { x.at(phase.from as f64 - 0.42) };
        let right = if last { WIDTH - 58.0 } else { x.at(phase.until as f64 - 0.58) };
        let mean = y.at(phase.mean);
        let above = phase.band.map_or(mean, |(_, high)| y.at(high)) - 6.0;
        let (at, anchor) = if last { (right, "end") } else { (left, "start") };
        html! {
            @if let Some((low, high)) = phase.band { rect.fband x=(u(left)) y=(u(y.at(high))) width=(u(right - left)) height=(u(y.at(low) - y.at(high))) {} }
            line.lm x1=(u(left)) x2=(u(right)) y1=(u(mean)) y2=(u(mean)) {}
            @if self.phases.len() == 1 { text x=(u(WIDTH - 54.0)) y=(u(mean + 4.0)) { (phase.label) } }
            @else { text.t-ink x=(u(at)) y=(u(above)) text-anchor=(anchor) { (phase.label) } }
        }
    }

    /// First, middle and last label.
    fn axis(&self, x: Scale) -> Markup {
        let last = self.points.len().saturating_sub(1);
        let mut shown = vec![(0, "start"), (last / 2, "middle"), (last, "end")];
        shown.dedup_by_key(|(i, _)| *i);
        html! { @for (i, anchor) in shown { @if let Some(point) = self.points.get(i) { text x=(u(x.at(i as f64))) y="178" text-anchor=(anchor) { (point.label) } } } }
    }
}

fn phase_place(phases: &[Phase], phase: &Phase) -> usize {
    phases.iter().position(|it| it.from == phase.from).unwrap_or(0)
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
