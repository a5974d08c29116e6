//! The targets of a service level on its page: what it promises, in one look.

use super::{TARGETS, store};
use db::Tx;
use kernel::Result;
use kernel::describe::PanelRequest;
use maud::{Markup, html};

/// Its targets by what is promised and by priority, with the way to add one.
pub(super) fn panel(tx: &mut Tx, asked: &PanelRequest) -> Result<Option<Markup>> {
    let all = store::of_level(tx, asked.view, asked.record.id)?;
    let adds = asked.view.may(&TARGETS, "create") && asked.record.retired_at.is_none();
    Ok(Some(html! {
        @if all.is_empty() { p.ink3 { "None yet: as long as it has no target, it promises nothing." } } @else {
            table.list.plain {
                caption.vh { "Targets" }
                thead { tr { th scope="col" { "What is promised" } th.num scope="col" { "Within, working time" } } }
                tbody { @for one in &all { tr {
                    td { a href={ "/targets/" (one.reference) } { (one.name) } }
                    td.num { (ui::format::working(one.within, false)) }
                } } }
            }
        }
        @if adds { p { a href={ "/targets/new?level=" (asked.record.reference) } { "Add a target" } } }
    }))
}
