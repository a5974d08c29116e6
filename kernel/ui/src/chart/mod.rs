//! Charts, drawn as SVG by the server: one unit is one pixel at 1440. Each carries its finding as label and its figures as a table.

mod bars;
mod control;
mod heat;
mod histogram;
mod hours;
mod lanes;
mod scale;
mod spark;

pub use bars::{Bar, Bars};
pub use control::{Control, Phase, Point};
pub use heat::{Cell, Heat};
pub use histogram::{Bin, Histogram};
pub use hours::{Hours, Mark, Sort};
pub use lanes::{Lane, Lanes, Span};
pub use spark::spark;

use maud::{Markup, html};

use crate::text::t;

/// The figures behind a chart: column headers and rows; the same numbers as the CSV.
#[derive(Debug, Clone, Default)]
pub struct Table {
    /// Headers; the first column is a label.
    pub heads: Vec<String>,
    /// Rows of as many cells.
    pub rows: Vec<Vec<String>>,
    /// Address of the same as CSV.
    pub csv: Option<String>,
}

/// Width of a full chart in units.
const WIDTH: f64 = 540.0;

/// A chart in its figure: picture, caption, table behind it. `finding` is what the picture shows, in words;
/// `pressed` says that marks lead to records, so that the picture is a group of links and not one image.
fn figure(height: f64, finding: &str, caption: &str, picture: &Markup, table: &Table, pressed: bool) -> Markup {
    html! {
        figure.scales {
            svg.chart viewBox={ "0 0 " (WIDTH) " " (height) } role=(if pressed { "group" } else { "img" }) aria-label=(finding) { (picture) }
            @if !caption.is_empty() { figcaption { (caption) } }
            (behind(finding, table))
        }
    }
}

/// "Figures as a table".
pub fn behind(finding: &str, table: &Table) -> Markup {
    html! {
        details.data {
            summary { (t("Figures as a table")) }
            div.over-x tabindex="0" role="group" aria-label=(t("Figures as a table")) {
                table.list.plain {
                    caption.vh { (finding) }
                    thead { tr { @for (i, head) in table.heads.iter().enumerate() { th.num[i > 0] scope="col" { (head) } } } }
                    tbody { @for row in &table.rows { tr { @for (i, cell) in row.iter().enumerate() { @if i == 0 { th scope="row" { (cell) } } @else { td.num { (cell) } } } } } }
                }
            }
            @if let Some(href) = &table.csv { p { a href=(href) { "CSV" } } }
        }
    }
}
