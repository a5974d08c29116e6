//! Windows ahead on the page of a service or an item.

use super::register::REGISTER;
use super::store;
use db::Tx;
use jiff::Timestamp;
use kernel::Result;
use kernel::describe::PanelRequest;
use maud::{Markup, html};

/// The windows that concern it and have not ended, the nearest first; none: no heading.
pub(super) fn panel(tx: &mut Tx, asked: &PanelRequest) -> Result<Option<Markup>> {
    let all = store::ahead(tx, asked.view, &REGISTER, asked.record.id, asked.now)?;
    if all.is_empty() {
        return Ok(None);
    }
    let local =
        |at: i64| ui::manner::written(asked.view.zone.to_datetime(Timestamp::from_millisecond(at).unwrap_or_default()), "%a %-d %b %H:%M");
    Ok(Some(html! {
        table.list.plain {
            caption.vh { "Windows ahead" }
            tbody { @for (window, does) in &all { tr {
                td { a.ref href={ "/windows/" (window.reference) } { (window.reference) } " " (window.name) span.ink3 { @if !does.is_empty() { ", " (does.join(", ")) } } }
                td.num { @if window.starts_at <= asked.now { "until " (local(window.ends_at)) } @else { (local(window.starts_at)) } }
            } } }
        }
    }))
}
