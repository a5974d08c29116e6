//! What practices put above a list: its records seen as a whole.

use db::Tx;
use kernel::Result;
use kernel::describe::{OverviewRequest, Register};
use kernel::web::Request;
use maud::{Markup, html};

use super::asked::Asked;
use crate::detail::permitted;

/// The overviews of the first page of a list; a list of another time has none.
pub fn all(tx: &mut Tx, request: &Request, register: &'static Register, asked: &Asked) -> Result<Markup> {
    if asked.query.as_of.is_some() || asked.query.cursor.is_some() {
        return Ok(html! {});
    }
    let pairs = &asked.address.pairs;
    let about = OverviewRequest { house: &request.house, view: &request.view, query: &asked.query, pairs, now: request.now };
    let mut shown = Vec::new();
    for overview in request.house.practices.iter().flat_map(|practice| practice.overviews).filter(|it| it.on == register.key) {
        if permitted(request, overview.may) {
            shown.extend((overview.show)(tx, &about)?);
        }
    }
    Ok(html! { @for one in shown { (one) } })
}
