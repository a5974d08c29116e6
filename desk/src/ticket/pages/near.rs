//! The list one came from: its name above the title, the place of the ticket in it, and the way to its neighbours. The address of
//! a ticket carries the list as `in`, so that a copied link and the way back keep it.

use super::address::href;
use super::queue::{self, Asked, FOR_A_PAGE};
use crate::ticket::{INCIDENTS, REQUESTS, TICKETS};
use db::Tx;
use kernel::describe::Register;
use kernel::register::{self, Cursor, Query, Record, list};
use kernel::web::{Reply, Request};
use kernel::{Error, Result};
use maud::html;
use pages::{Address, own_path};
use ui::head::Place;

/// Tickets of a list that are looked at to find a place in it.
const MOST: usize = 200;

/// A list that a ticket was opened from.
pub struct From {
    /// Its address.
    pub address: String,
    register: &'static Register,
    queue: bool,
}

/// The list that the address of a page names; none if it names none, or something else.
pub fn from(request: &Request) -> Option<From> {
    let address = request.asked("in").and_then(own_path)?;
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let register = match path {
        "/queue" | "/tickets" => &TICKETS,
        "/incidents" => &INCIDENTS,
        "/requests" => &REQUESTS,
        _ => return None,
    };
    let queue = path == "/queue";
    Some(From { address, register, queue })
}

impl From {
    /// The pages above a ticket that was opened from this list.
    pub fn crumbs(&self) -> Vec<(String, String)> {
        if !self.queue {
            return vec![(self.register.many.into(), self.address.clone())];
        }
        vec![("Queue".into(), self.address.clone())]
    }

    /// The line of the rail that one came through.
    pub fn room(&self) -> &'static str {
        if self.queue { "/queue" } else { self.register.key }
    }

    /// The list as the query of an address.
    pub fn query(&self) -> String {
        format!("?in={}", encoded(&self.address))
    }

    /// The address of a ticket's page as one of this list.
    pub fn within(&self, here: &str) -> String {
        format!("{here}{}", self.query())
    }

    /// Where the neighbours of a ticket are found; the text comes later.
    pub fn place(&self, here: &str) -> Place {
        let to = |way: &str| Some(format!("{here}/near?go={way}&in={}", encoded(&self.address)));
        Place { text: String::new(), ask: Some(self.ask(here)), previous: to("previous"), next: to("next") }
    }

    fn ask(&self, here: &str) -> String {
        format!("{here}/near?in={}", encoded(&self.address))
    }

    fn pairs(&self) -> Vec<(String, String)> {
        Address::read(self.address.split_once('?').map_or("", |(_, query)| query))
    }

    /// The first tickets of the list, in its order.
    fn begin(&self, tx: &mut Tx, request: &Request) -> Result<Begin> {
        let mut query = if self.queue { self.queued(tx, request)? } else { self.listed(tx, request) };
        query.cursor = None;
        query.lean = true;
        query.limit = MOST;
        query.count = register::Count::Rough;
        let page = list(tx, &request.house, &request.view, self.register, &query)?;
        let (count, goes_on) = (page.count.filter(|_| !page.more), page.next.is_some());
        Ok(Begin { tickets: page.records, count, goes_on, query })
    }

    /// The ticket before or after another. One that has left the list has its first ticket beside it, where one begins again.
    fn beside(&self, tx: &mut Tx, request: &Request, begin: Begin, ticket: &Record, back: bool) -> Result<Option<Record>> {
        let known = match begin.place(ticket) {
            Some(at) if back => return Ok(at.checked_sub(1).and_then(|at| begin.tickets.get(at).cloned())),
            Some(at) => begin.tickets.get(at + 1),
            None => None,
        };
        if known.is_none() && begin.goes_on {
            let (house, view) = (&request.house, &request.view);
            if let Some(place) = register::place(tx, house, view, self.register, &begin.query, ticket.id)? {
                let cursor = Some(Cursor { backwards: back, ..place });
                let query = Query { cursor, limit: 1, count: register::Count::None, ..begin.query };
                return Ok(list(tx, house, view, self.register, &query)?.records.pop());
            }
        }
        let stays = begin.place(ticket).is_some();
        Ok(known.or_else(|| begin.tickets.first().filter(|_| !stays)).cloned())
    }

    fn queued(&self, tx: &mut Tx, request: &Request) -> Result<Query> {
        let asked = Request { query: self.pairs(), path: "/queue".into(), ..request.clone() };
        let side = queue::all_views(tx, &asked, FOR_A_PAGE)?;
        Ok(Asked::read(tx, &asked, &side)?.query)
    }

    fn listed(&self, tx: &mut Tx, request: &Request) -> Query {
        const OF_THE_PAGE: &[&str] = &["view", "field", "op", "value", "cursor", "limit", "count", "columns", "as_of"];
        let mut pairs = self.pairs();
        pairs.retain(|(key, _)| !OF_THE_PAGE.contains(&key.as_str()));
        let query = Query::parse(tx, &request.house, &request.view, self.register, &pairs);
        query.unwrap_or_else(|_| Query::plain(self.register))
    }
}

/// The begin of a list.
struct Begin {
    tickets: Vec<Record>,
    /// How many the whole list holds; none: too many to count.
    count: Option<i64>,
    /// Whether there are more than these.
    goes_on: bool,
    query: Query,
}

impl Begin {
    fn place(&self, ticket: &Record) -> Option<usize> {
        self.tickets.iter().position(|it| it.id == ticket.id)
    }
}

fn encoded(address: &str) -> String {
    Address::encode(address)
}

/// `GET /incidents/{reference}/near?in=&go=`
pub fn incident(tx: &mut Tx, request: &Request) -> Result<Reply> {
    near(tx, request, &INCIDENTS)
}

/// `GET /requests/{reference}/near?in=&go=`
pub fn request(tx: &mut Tx, request: &Request) -> Result<Reply> {
    near(tx, request, &REQUESTS)
}

fn near(tx: &mut Tx, request: &Request, register: &'static Register) -> Result<Reply> {
    let record = register::load(tx, &request.house, &request.view, register, request.part("reference"))?;
    let from = from(request).ok_or(Error::NotFound)?;
    let begin = from.begin(tx, request)?;
    let Some(go) = request.asked("go") else {
        let text = match (begin.place(&record), begin.count) {
            (Some(at), Some(count)) => format!("{} of {count}", at + 1),
            (Some(at), None) => format!("{}", at + 1),
            (None, _) => String::new(),
        };
        return Ok(Reply::Fragment(html! { (text) }));
    };
    let other = from.beside(tx, request, begin, &record, go == "previous")?;
    Ok(match other {
        Some(other) => Reply::redirect(from.within(&href(&request.house, &other)), ""),
        None if go == "previous" => Reply::redirect(back(request, &record, &from), "This is the first of the list"),
        None => Reply::redirect(back(request, &record, &from), "This is the last of the list"),
    })
}

fn back(request: &Request, record: &Record, from: &From) -> String {
    from.within(&href(&request.house, record))
}

/// The page of a ticket as one of the list that the request came from, if it came from one.
pub fn home(request: &Request, record: &Record) -> String {
    let here = href(&request.house, record);
    from(request).map_or(here.clone(), |from| from.within(&here))
}
