//! Risks on the page of a service, and above their own list.

pub(super) mod overview;

use super::register::{REGISTER, borne};
use super::store;
use db::Tx;
use kernel::Result;
use kernel::describe::PanelRequest;
use maud::{Markup, html};

/// The risks that put a service at stake, the greatest first; none: no heading.
pub(super) fn panel(tx: &mut Tx, asked: &PanelRequest) -> Result<Option<Markup>> {
    let all = store::of_service(tx, asked.view, &REGISTER, asked.record.id)?;
    if all.is_empty() {
        return Ok(None);
    }
    let borne = borne(tx, asked.house)?;
    Ok(Some(html! {
        table.list.plain {
            caption.vh { "Risks that put it at stake" }
            tbody { @for one in &all { tr {
                td { a.ref href={ "/risks/" (one.reference) } { (one.reference) } " " (one.summary) @if one.state == "accepted" { span.ink3 { ", accepted" } } }
                td.num { @if let Some(score) = one.score { a.def.bad[score > borne] href={ "/risks/" (one.reference) "?why=score" } { (score) " of 25" } } }
            } } }
        }
    }))
}
