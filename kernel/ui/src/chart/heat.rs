//! The heat map: a table of two ordered scales whose cells hold counts that lead to the records.

use maud::{Markup, Render, html};

/// One cell.
#[derive(Debug, Clone, Default)]
pub struct Cell {
    /// How many; 0 shows nothing.
    pub count: u64,
    /// Heat 0 to 4.
    pub heat: u8,
    /// The records.
    pub href: String,
    /// What follows the count for screen readers: "risks, likelihood 4, impact 2".
    pub label: String,
    /// The list is narrowed to it.
    pub on: bool,
}

/// A heat map.
#[derive(Debug, Clone, Default)]
pub struct Heat {
    /// What it shows.
    pub caption: String,
    /// Names of the columns, from the left.
    pub columns: Vec<String>,
    /// Name and cells of each row, from the top.
    pub rows: Vec<(String, Vec<Cell>)>,
}

impl Render for Heat {
    fn render(&self) -> Markup {
        html! {
            table.heat {
                caption.vh { (self.caption) }
                colgroup { col.names; col span=(self.columns.len().max(1)); }
                tbody { @for (label, cells) in &self.rows {
                    tr { th scope="row" { (label) } @for cell in cells { td.on[cell.on] data-h=(cell.heat.min(4)) { @if cell.count > 0 { a href=(cell.href) aria-label={ (crate::format::number(cell.count as i64)) " " (cell.label) } aria-current=[cell.on.then_some("true")] { (crate::format::number(cell.count as i64)) } } } } }
                } }
                tfoot { tr { td {} @for column in &self.columns { th scope="col" { (column) } } } }
            }
        }
    }
}
