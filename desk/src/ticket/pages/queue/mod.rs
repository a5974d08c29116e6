//! The queue: views at the side, the list in the middle, the ticket under the cursor beside it. Everything that changes what is
//! shown is a link or a form that leads to another address.

mod asked;
mod bar;
mod counts;
mod empty;
mod live;
mod narrow;
mod order;
mod preview;
mod rows;
mod side;
mod tools;
mod views;

pub use asked::Asked;
pub use bar::filter;
pub(crate) use counts::{FOR_A_PAGE, forget, side as all_views, waits};
pub use live::LIVE;
pub use preview::fragment as preview;

use crate::ticket::TICKETS;
use db::Tx;
use kernel::Result;
use kernel::register::{Page, list};
use kernel::web::{Layout, Reply, Request};
use maud::{Markup, Render, html};
use pages::Address;
use ui::marks::Tone;
use ui::split::Split;
use ui::states::{newer_in, notice};

/// `GET /queue?view=&…`
pub fn page(tx: &mut Tx, request: &Request) -> Result<Reply> {
    if let Some(to) = pages::canonical(request) {
        return Ok(Reply::redirect(to.href(), ""));
    }
    let all = all_views(tx, request, FOR_A_PAGE)?;
    let asked = Asked::read(tx, request, &all)?;
    let found = found(tx, request, &asked)?;
    let read = rows::read(tx, request, &asked, &found.records)?;
    let count = count(tx, request, &asked, &all, &found)?;
    let body = Split {
        views: side::views(&all, &asked.view),
        head: html! { (tools::head(request, &asked, count)) (bar::bar(request, &asked, &read.names)) },
        list: list_of(tx, request, &asked, (&found, &read, &all, count))?,
        foot: if found.next.is_some() || found.previous.is_some() {
            tools::pager(&asked, &found, count)
        } else {
            html! {}
        },
        preview: Some(beside(tx, request, &asked, &found)?),
    };
    let layout = Layout { split: true, live: pages::live::stream(request), extra: &["queue.css"], ..Layout::default() };
    let reply = Reply::page(format!("Queue: {}", asked.view.label), "/queue", html! { (body) }).held(layout);
    Ok(if asked.wrong.is_empty() { reply } else { reply.status(400) })
}

/// `GET /tickets?…`: the list of the register is the queue. What the address asks is all of it, whatever view it names.
pub fn moved(tx: &mut Tx, request: &Request) -> Result<Reply> {
    let mut address = Address { path: "/queue".into(), ..Address::of(request) };
    let all = all_views(tx, request, FOR_A_PAGE)?;
    match all.views.iter().find(|view| request.asked("view") == Some(view.key.as_str())) {
        Some(view) => {
            for narrow in view.narrows(tx, request)? {
                address = address.without_pair(&narrow.key, &narrow.filter.written);
            }
            address = address.without_pair("sort", view.sort);
        }
        None => address = address.with("view", "all"),
    }
    Ok(Reply::redirect(address.href(), ""))
}

/// What the queue asks of the list of all tickets, its view written out.
pub fn asks(tx: &mut Tx, request: &Request) -> Result<Vec<(String, String)>> {
    let all = all_views(tx, request, FOR_A_PAGE)?;
    Ok(Asked::read(tx, request, &all)?.question().pairs)
}

/// The tickets of the page.
pub fn found(tx: &mut Tx, request: &Request, asked: &Asked) -> Result<Page> {
    list(tx, &request.house, &request.view, &TICKETS, &asked.query)
}

/// Whether the viewer may do anything to many.
fn ticks(request: &Request) -> bool {
    pages::bulk_offered(request, &TICKETS)
}

/// How many tickets the list has in all.
fn count(tx: &mut Tx, request: &Request, asked: &Asked, all: &counts::Side, found: &Page) -> Result<counts::Counted> {
    if found.next.is_none() && found.previous.is_none() && asked.query.cursor.is_none() {
        return Ok((found.records.len() as i64, false));
    }
    match all.of(&asked.view.key).filter(|_| !asked.narrowed()) {
        Some(count) => Ok(count),
        None => counts::of(tx, request, &asked.query, &asked.question().query()),
    }
}

/// Everything that the list is made of.
type Parts<'a> = (&'a Page, &'a rows::Read, &'a counts::Side, counts::Counted);

fn list_of(tx: &mut Tx, request: &Request, asked: &Asked, (found, read, all, count): Parts) -> Result<Markup> {
    let table = rows::table(tx, request, asked, &found.records, read, ticks(request))?;
    let body = if found.records.is_empty() {
        empty::empty(tx, request, asked, all)?
    } else {
        let question = asked.question().with("view", &asked.view.key).query();
        match pages::bulk_offer(request, &TICKETS, question, Some(counts::said(count))) {
            Some(bulk) => ui::bulk::form(&table, &bulk),
            None => table.render(),
        }
    };
    Ok(html! {
        @for it in &asked.wrong { (notice(Tone::Bad, &html! { "Left out: " (pages::filter_label(request, &TICKETS, &it.field)) ". " (it.message) })) }
        (newer_in(&asked.address.href(), "#list"))
        (body)
    })
}

/// Beside the list: a reason, or the ticket that was chosen.
fn beside(tx: &mut Tx, request: &Request, asked: &Asked, found: &Page) -> Result<Markup> {
    let steps = match request.asked("why") {
        Some("order") => Some(order::why(request, asked, found)),
        Some(reference) => order::of(request, asked, found, reference),
        None => None,
    };
    match steps {
        Some(steps) => Ok(html! { div.preview-body #why { (steps) } }),
        None => preview::beside(tx, request, asked),
    }
}
