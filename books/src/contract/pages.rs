//! Contracts on the page of a service.

use super::register::REGISTER;
use super::store::{self, Agreed};
use db::Tx;
use jiff::civil::Date;
use kernel::Result;
use kernel::describe::PanelRequest;
use maud::{Markup, html};

/// Days before its last safe day in which a contract stands out.
const SOON: i32 = 90;

/// The contracts that keep a service up, the next to be decided first; none: no heading.
pub(super) fn panel(tx: &mut Tx, asked: &PanelRequest) -> Result<Option<Markup>> {
    let all = store::of_service(tx, asked.view, &REGISTER, asked.record.id)?;
    if all.is_empty() {
        return Ok(None);
    }
    let today = super::register::day_of(asked.now);
    Ok(Some(html! {
        table.list.plain {
            caption.vh { "Contracts that keep it up" }
            tbody { @for one in &all { tr {
                td { a.ref href={ "/contracts/" (one.reference) } { (one.reference) } " " (one.name) }
                td.num { (says(one, today)) }
            } } }
        }
    }))
}

fn says(one: &Agreed, today: Date) -> Markup {
    let day = |day: Date| day.strftime("%-d %b %Y").to_string();
    let date = |text: &Option<String>| text.as_deref().and_then(|text| text.parse::<Date>().ok());
    match (date(&one.last_cancel_on), date(&one.ends_on)) {
        (Some(last), _) => {
            let soon = (last - today).get_days() <= SOON;
            html! { a.def.warn[soon] href={ "/contracts/" (one.reference) "?why=last_cancel_on" } { "cancel by " (day(last)) } }
        }
        (None, Some(ends)) => html! { "to " (day(ends)) },
        (None, None) => html! { span.ink3 { "open-ended" } },
    }
}
