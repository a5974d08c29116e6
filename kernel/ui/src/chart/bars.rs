//! Bars from zero, one line each: name, bar, figure. Values below zero go to the left of the zero line.

use maud::{Markup, Render, html};

use super::scale::{Scale, u};
use super::{Table, WIDTH, figure};

/// One bar.
#[derive(Debug, Clone, Default)]
pub struct Bar {
    /// Its name.
    pub label: String,
    /// Its length.
    pub value: f64,
    /// The figure at its end.
    pub shown: String,
    /// The records behind it.
    pub href: Option<String>,
    /// Ours, among others that are not.
    pub mute: bool,
}

/// A chart of bars.
#[derive(Debug, Clone, Default)]
pub struct Bars {
    /// What it shows, in a sentence.
    pub finding: String,
    /// Under the picture.
    pub caption: String,
    /// The bars from the top.
    pub bars: Vec<Bar>,
    /// The figures.
    pub table: Table,
}

const ROW: f64 = 22.0;
const NAMES: f64 = 150.0;

impl Render for Bars {
    fn render(&self) -> Markup {
        let x = Scale::from_zero(self.bars.iter().map(|bar| bar.value), NAMES, WIDTH - 70.0);
        let height = self.bars.len() as f64 * ROW + 6.0;
        let zero = if self.bars.iter().any(|bar| bar.value != 0.0) { x.at(0.0) } else { NAMES };
        let picture = html! {
            @for (i, bar) in self.bars.iter().enumerate() { (row(bar, i as f64 * ROW, zero, if bar.value == 0.0 { zero } else { x.at(bar.value) })) }
            line.axis x1=(u(zero)) x2=(u(zero)) y1="0" y2=(u(height)) {}
        };
        figure(height, &self.finding, &self.caption, &picture, &self.table, self.bars.iter().any(|bar| bar.href.is_some()))
    }
}

fn row(bar: &Bar, y: f64, zero: f64, end: f64) -> Markup {
    let inside = html! {
        title { (bar.label) ": " (bar.shown) }
        text.t-ink x="0" y=(u(y + 15.0)) { (short(&bar.label)) }
        rect class=(if bar.mute { "fm" } else { "f1" }) x=(u(zero.min(end))) y=(u(y + 5.0)) width=(u((end - zero).abs().max(1.0))) height="12" {}
        text x=(u(zero.max(end) + 6.0)) y=(u(y + 15.0)) { (bar.shown) }
    };
    match &bar.href {
        Some(href) => html! { a href=(href) { (inside) } },
        None => html! { g { (inside) } },
    }
}

/// A name that fits its column; the whole one stands in the title and the table.
fn short(label: &str) -> String {
    const FITS: usize = 25;
    if label.chars().count() <= FITS { label.to_string() } else { label.chars().take(FITS - 1).chain(['…']).collect() }
}
