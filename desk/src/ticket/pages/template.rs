//! The templates that the composer offers on a ticket.

use super::address::href;
use crate::template;
use crate::ticket::{INCIDENTS, REQUESTS, values};
use db::Tx;
use kernel::Result;
use kernel::describe::Register;
use kernel::register;
use kernel::web::{Reply, Request};
use maud::html;
use ui::head::Head;

/// `GET /incidents/{reference}/templates`
pub fn incident(tx: &mut Tx, request: &Request) -> Result<Reply> {
    choose(tx, request, &INCIDENTS)
}

/// `GET /requests/{reference}/templates`
pub fn request(tx: &mut Tx, request: &Request) -> Result<Reply> {
    choose(tx, request, &REQUESTS)
}

/// The lines of the menu; without script a page of them.
fn choose(tx: &mut Tx, request: &Request, register: &'static Register) -> Result<Reply> {
    let record = register::load(tx, &request.house, &request.view, register, request.part("reference"))?;
    let here = href(&request.house, &record);
    let values = values(tx, request, &record)?;
    let all = template::offered(tx, &request.view)?;
    let menu = template::menu(&all, &format!("{here}?template="), |it| template::filled(&it.body, &values));
    if request.fragment {
        return Ok(Reply::Fragment(menu));
    }
    let head = Head {
        crumbs: vec![(register.many.into(), format!("/{}", register.key)), (record.reference.clone(), here)],
        title: format!("Write on {} with a template", record.reference),
        lead: Some(record.title().to_owned()),
        ..Head::default()
    };
    Ok(Reply::page("Templates", register.key, html! { (head) div.menu { (menu) } }))
}
