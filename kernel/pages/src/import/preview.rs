//! The first rows as they would be read.

use db::Tx;
use exchange::{Mapping, Options, Preview, Table, Would, preview, reason};
use kernel::Result;
use kernel::describe::Register;
use kernel::register::Shape;
use kernel::web::Request;
use maud::{Markup, html};
use ui::head::block;

/// Rows shown.
const SHOWN: usize = 10;

/// What would become of the first rows.
pub fn rows(tx: &mut Tx, request: &Request, register: &'static Register, table: &Table, mapping: &Mapping, source: &str) -> Result<Markup> {
    let options = Options { source: source.to_owned(), dry_run: true };
    let rows = preview(tx, &request.house, &request.view, register, table, mapping, &options, SHOWN)?;
    let shape = request.house.shape(register);
    let list = html! {
        div.over-x tabindex="0" role="group" aria-label="The first rows as they would be read" {
            table.list.fold.stacked.tried {
                caption.vh { "The first rows as they would be read" }
                thead { tr { th.num scope="col" { "Line" } th scope="col" { "Would be" } th scope="col" { "Values" } th scope="col" { "What is wrong" } } }
                tbody { @for row in &rows { (one(row, &shape)) } }
            }
        }
    };
    let wrong = rows.iter().filter(|row| row.would == Would::Reject).count();
    let remark = if wrong == 0 { String::new() } else { format!("{wrong} of {} cannot be used as they are", rows.len()) };
    Ok(block("The first rows", &remark, &html! {}, &list))
}

fn one(row: &Preview, shape: &Shape) -> Markup {
    let label = |key: &str| shape.field(key).map_or(key.to_owned(), |field| field.label.to_owned());
    html! {
        tr role="row" {
            td.num role="cell" { span.only-small { "Line " } (row.line) }
            td role="cell" { @match &row.would {
                Would::Create => { span.good { "created" } }
                Would::Change(reference) => { "a change of " span.ref { (reference) } }
                Would::Nothing => { span.ink3 { "left as it is" } }
                Would::Reject => { span.bad { "rejected" } }
            } }
            td role="cell" { @for (at, (key, value)) in row.values.iter().filter(|(_, value)| !value.is_empty()).enumerate() {
                @if at > 0 { ", " } span.ink3 { (label(key)) } " " (value.chars().take(80).collect::<String>())
            } }
            td role="cell" { @for it in &row.wrong { div.bad { (reason(shape, it)) } } }
        }
    }
}
