//! Who belongs to a team.

use super::store;
use db::Tx;
use kernel::Result;
use kernel::describe::PanelRequest;
use maud::{Markup, html};

/// Most names shown; the rest is a link to the list.
const MOST: usize = 50;

/// The people whose record names this team, as far as the viewer may read them.
pub(super) fn members(tx: &mut Tx, asked: &PanelRequest) -> Result<Option<Markup>> {
    let Some(found) = store::members(tx, asked.view, asked.record.id, MOST + 1)? else { return Ok(None) };
    if found.is_empty() {
        return Ok(Some(html! { p.ink3 { "Nobody yet. People are put into teams on their own page." } }));
    }
    Ok(Some(html! {
        ul.plain { @for member in found.iter().take(MOST) {
            li { a href={ "/people/" (member.reference) } { (member.name) } @if !member.job_title.is_empty() { span.ink3 { " " (member.job_title) } } }
        } }
        @if found.len() > MOST { p { a href={ "/people?teams=" (asked.record.reference) } { "All of them" } } }
    }))
}
