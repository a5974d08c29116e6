//! Lanes on one axis of time: what happened when, how long, and what lay beside it.

use maud::{Markup, Render, html};

use super::scale::u;
use super::{Table, behind};
use crate::marks::Tone;

/// Something that lasted.
#[derive(Debug, Clone, Default)]
pub struct Span {
    /// From, as a share of the axis (0 to 1).
    pub from: f64,
    /// Until.
    pub until: f64,
    /// What it is, for the mark's name.
    pub label: String,
    /// Its record.
    pub href: String,
    /// How bad it is.
    pub tone: Tone,
}

/// A lane.
#[derive(Debug, Clone, Default)]
pub struct Lane {
    /// Its name.
    pub label: String,
    /// What lies in it.
    pub spans: Vec<Span>,
}

/// Lanes one above the other.
#[derive(Debug, Clone, Default)]
pub struct Lanes {
    /// What it shows, in a sentence.
    pub finding: String,
    /// The lanes, from above.
    pub lanes: Vec<Lane>,
    /// Names under the axis: where (0 to 1), and what.
    pub axis: Vec<(f64, String)>,
    /// The figures.
    pub table: Table,
}

const WIDTH: f64 = 1_080.0;
/// Where the axis begins, after the names of the lanes.
const LEFT: f64 = 60.0;
const LANE: f64 = 26.0;
/// Least width of a mark, so that it can be seen and pressed.
const LEAST: f64 = 5.0;

fn x(share: f64) -> f64 {
    LEFT + share.clamp(0.0, 1.0) * (WIDTH - LEFT - 8.0)
}

fn mark(span: &Span, y: f64) -> Markup {
    let (from, until) = (x(span.from), x(span.until));
    let class = match span.tone {
        Tone::Bad => "fbad",
        Tone::Warn => "fwarn",
        _ => "fm",
    };
    html! {
        a href=(span.href) aria-label=(span.label) { title { (span.label) }
            rect class=(class) x=(u(from.min(WIDTH - LEAST))) y=(u(y + 4.0)) width=(u((until - from).max(LEAST))) height=(u(LANE - 8.0)) {} }
    }
}

impl Render for Lanes {
    fn render(&self) -> Markup {
        let bottom = self.lanes.len() as f64 * LANE;
        html! {
            figure.over-x data-now tabindex="0" role="group" aria-label="Chart, scrolls sideways" {
                svg.chart.long viewBox={ "0 0 " (WIDTH) " " (u(bottom + 24.0)) } role="group" aria-label=(self.finding) {
                    @for (at, lane) in self.lanes.iter().enumerate() {
                        @let y = at as f64 * LANE;
                        text x="0" y=(u(y + 17.0)) { (lane.label) }
                        line.grid x1=(LEFT) x2=(WIDTH) y1=(u(y + LANE)) y2=(u(y + LANE)) {}
                        @for span in &lane.spans { (mark(span, y)) }
                    }
                    @for (share, label) in &self.axis {
                        line.grid x1=(u(x(*share))) x2=(u(x(*share))) y1="0" y2=(u(bottom)) {}
                        text x=(u(x(*share))) y=(u(bottom + 18.0)) text-anchor=(if *share > 0.95 { "end" } else { "start" }) { (label) }
                    }
                }
                (behind(&self.finding, &self.table))
            }
        }
    }
}
