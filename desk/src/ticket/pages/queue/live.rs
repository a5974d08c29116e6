//! How the queue follows what happens: values change in place; rows that would enter, leave or move are only counted.

use super::counts::{self, FOR_NEWS};
use super::{Asked, found, rows, side};
use crate::ticket::{INCIDENTS, REQUESTS, TICKETS};
use db::Tx;
use kernel::Result;
use kernel::live::{Concern, Event, Followed, Live};
use kernel::web::Request;
use maud::html;

/// The live queue.
pub const LIVE: Live = Live { path: "/queue", may: "tickets.read", concerns, tell };

fn concerns(_: &mut Tx, _: &Request) -> Result<Concern> {
    Ok(Concern::Registers(vec![INCIDENTS.key, REQUESTS.key, TICKETS.key]))
}

fn tell(tx: &mut Tx, request: &Request, followed: &Followed) -> Result<Vec<Event>> {
    let all = counts::side(tx, request, FOR_NEWS)?;
    let asked = Asked::read(tx, request, &all)?;
    let now = found(tx, request, &asked)?.records;
    let changed = pages::live::changed_rows(tx, request, &TICKETS, followed, &now)?;
    let read = rows::read(tx, request, &asked, &changed)?;
    let table = rows::table(tx, request, &asked, &changed, &read, super::ticks(request))?;
    let mut events = pages::live::told(&now, followed, html! { @for row in &table.rows { (table.row(row)) } });
    events.push(Event::Patch(side::counted(&all)));
    Ok(events)
}
