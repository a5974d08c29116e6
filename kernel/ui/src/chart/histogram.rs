//! The histogram: how outcomes spread, with a goal line and the two shares written beside it.

use maud::{Markup, Render, html};

use super::scale::{Scale, u};
use super::{Table, WIDTH, figure};

/// One bin.
#[derive(Debug, Clone, Default)]
pub struct Bin {
    /// Its lower edge as it reads on the axis.
    pub label: String,
    /// How many fall into it.
    pub count: f64,
    /// Beyond the goal: ours; else grey.
    pub kept: bool,
    /// The records behind it.
    pub href: Option<String>,
}

/// A histogram.
#[derive(Debug, Clone, Default)]
pub struct Histogram {
    /// What it shows, in a sentence.
    pub finding: String,
    /// Under the picture.
    pub caption: String,
    /// The bins from the left.
    pub bins: Vec<Bin>,
    /// The goal: before which bin it stands, and how it reads.
    pub goal: Option<(usize, String)>,
    /// Written at the left and at the right of the goal.
    pub shares: Option<(String, String)>,
    /// The figures.
    pub table: Table,
}

impl Render for Histogram {
    fn render(&self) -> Markup {
        let y = Scale::from_zero(self.bins.iter().map(|bin| bin.count), 160.0, 36.0);
        let step = (WIDTH - 8.0) / self.bins.len().max(1) as f64;
        let x = |i: usize| 4.0 + i as f64 * step;
        let picture = html! {
            @for (i, bin) in self.bins.iter().enumerate() { @if bin.count > 0.0 { (column(bin, x(i), y.at(bin.count), step)) } }
            line.axis x1="0" x2=(WIDTH) y1="160" y2="160" {}
            @if let Some((before, label)) = &self.goal {
                line.goal x1=(u(x(*before))) x2=(u(x(*before))) y1="14" y2="166" {}
                text.t-strong x=(u(x(*before) - 6.0)) y="22" text-anchor="end" { (label) }
            }
            @if let Some((left, right)) = &self.shares { text.t-ink x="14" y="84" { (left) } text.t-ink x=(u(WIDTH - 4.0)) y="22" text-anchor="end" { (right) } }
            @if self.bins.len() <= NAMED && self.goal.is_none() { @for (i, bin) in self.bins.iter().enumerate() { (named(bin, x(i) + (step - 4.0) / 2.0, y.at(bin.count))) } }
            @else { (self.ends(x)) }
        };
        figure(186.0, &self.finding, &self.caption, &picture, &self.table, self.bins.iter().any(|bin| bin.href.is_some()))
    }
}

impl Histogram {
    /// The first, middle and last edge.
    fn ends(&self, x: impl Fn(usize) -> f64) -> Markup {
        let last = self.bins.len().saturating_sub(1);
        html! {
            @for i in [0, last / 2] { @if let Some(bin) = self.bins.get(i).filter(|_| i == 0 || last > 1) { text x=(u(x(i))) y="178" { (bin.label) } } }
            @if last > 0 { @if let Some(bin) = self.bins.last() { text x=(u(WIDTH - 4.0)) y="178" text-anchor="end" { (bin.label) } } }
        }
    }
}

/// So few bins each carry their name and count; with more they would run into each other.
const NAMED: usize = 10;

fn named(bin: &Bin, middle: f64, top: f64) -> Markup {
    html! {
        text x=(u(middle)) y="178" text-anchor="middle" { (bin.label) }
        @if bin.count > 0.0 { text.t-ink x=(u(middle)) y=(u(top.min(159.0) - 5.0)) text-anchor="middle" { (crate::format::number(bin.count as i64)) } }
    }
}

fn column(bin: &Bin, x: f64, top: f64, step: f64) -> Markup {
    let rect = html! {
        title { (bin.label) ": " (bin.count) }
        rect class=(if bin.kept { "f1" } else { "fm" }) x=(u(x)) y=(u(top.min(159.0))) width=(u((step - 4.0).max(1.0))) height=(u(160.0 - top.min(159.0))) {}
    };
    match &bin.href {
        Some(href) => html! { a href=(href) { (rect) } },
        None => html! { g { (rect) } },
    }
}
