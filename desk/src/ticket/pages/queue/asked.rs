//! What the address of the queue asks: a view, filters beside it, an order, and where one stands.

use super::counts::Side;
use super::narrow::Narrow;
use super::views::{self, View};
use crate::ticket::TICKETS;
use db::Tx;
use kernel::register::{Filter, Query, Sort};
use kernel::web::Request;
use kernel::{Error, FieldError, Result};
use pages::Address;

/// Parameters that only this page knows.
pub const OWN: &[&str] = &["view", "field", "op", "value", "empty", "at", "why", "columns", "in"];
/// Parameters that are no filters.
const ENGINE: &[&str] = &["q", "sort", "limit", "cursor", "count", "fields", "expand", "as_of", "retired"];

/// What was asked.
pub struct Asked {
    /// The view.
    pub view: View,
    /// What the view asks.
    pub narrows: Vec<Narrow>,
    /// Filters of the address, with the parameters they come from.
    pub written: Vec<(String, Filter)>,
    /// All of it, as the engine takes it.
    pub query: Query,
    /// The address without the page one is on and where one stands.
    pub here: Address,
    /// The address as it is.
    pub address: Address,
    /// Its link with the cursor on a row, up to the row's reference.
    row: String,
    /// What was left out because it cannot be asked.
    pub wrong: Vec<FieldError>,
}

/// The fields that rows are made of, besides what they are ordered by: a ticket has three times as many.
const SHOWN: &[&str] = &[
    "summary",
    "priority",
    "requester",
    "assignee",
    "team",
    "service",
    "item",
    "category",
    "pending_reason",
    "merged_into",
    "opened_at",
    "due_at",
];

impl Asked {
    /// Reads the address of a request.
    pub fn read(tx: &mut Tx, request: &Request, side: &Side) -> Result<Asked> {
        let view = views::asked(request, &side.views);
        let address = Address::of(request);
        let mut pairs: Vec<(String, String)> = address.pairs.clone();
        pairs.retain(|(key, _)| !OWN.contains(&key.as_str()));
        let (mut query, mut wrong) = parsed(tx, request, &mut pairs)?;
        if request.asked("view").is_some_and(|asked| !asked.is_empty() && asked != view.key) {
            wrong.push(FieldError::new("view", "There is no such view, or it is no longer yours."));
        }
        let keys = pairs.iter().map(|(key, _)| key.clone()).filter(|key| !ENGINE.contains(&key.as_str()));
        let written = keys.zip(query.filters.iter().cloned()).collect();
        let narrows = view.narrows(tx, request)?;
        query.filters.extend(narrows.iter().map(|it| it.filter.clone()));
        if !pairs.iter().any(|(key, _)| key == "sort") {
            query.sort = Sort::read(view.sort);
        }
        if !pairs.iter().any(|(key, _)| key == "limit") {
            query.limit = pages::ROWS;
        }
        query.lean = true;
        query.fields = SHOWN.iter().map(|key| (*key).to_owned()).collect();
        query.as_of = None;
        let here = address.first_page().without("at").without("why");
        let row = address.without("why").without("at").up_to("at");
        Ok(Asked { view, narrows, written, query, here, address, row, wrong })
    }

    /// Whether anything narrows the view.
    pub fn narrowed(&self) -> bool {
        !self.written.is_empty() || !self.query.q.is_empty()
    }

    /// The question in full, so that it asks the same without its view and of the list of tickets, which has the columns. The queue is
    /// of now.
    pub fn question(&self) -> Address {
        let asks = |key: &str| key == "columns" || !(OWN.contains(&key) || ["sort", "limit", "as_of"].contains(&key));
        let own = self.here.pairs.iter().filter(|(key, _)| asks(key)).cloned();
        let view = self.narrows.iter().map(|it| (it.key.clone(), it.filter.written.clone()));
        let order = ("sort".to_owned(), self.order());
        Address { path: "/queue".into(), pairs: view.chain(own).chain([order]).collect() }
    }

    /// The order, as `sort=` has it.
    pub fn order(&self) -> String {
        format!("{}{}", if self.query.sort.descending { "-" } else { "" }, self.query.sort.key)
    }

    /// The address of the list without one condition of the view: of all tickets, with the others written out.
    pub fn without(&self, narrow: &Narrow) -> String {
        let mut address = self.here.with("view", "all");
        for other in self.narrows.iter().filter(|it| it.key != narrow.key) {
            address = address.with(&other.key, &other.filter.written);
        }
        address.href()
    }

    /// The address of the list with the cursor on a row.
    pub fn at(&self, reference: &str) -> String {
        format!("{}{}", self.row, Address::encode(reference))
    }
}

/// The question without its view; what cannot be asked is left out and said.
fn parsed(tx: &mut Tx, request: &Request, pairs: &mut Vec<(String, String)>) -> Result<(Query, Vec<FieldError>)> {
    match Query::parse(tx, &request.house, &request.view, &TICKETS, pairs) {
        Err(Error::Malformed(wrong)) => {
            pairs.retain(|(key, _)| !wrong.iter().any(|it| it.field == *key));
            Ok((Query::parse(tx, &request.house, &request.view, &TICKETS, pairs)?, wrong))
        }
        parsed => Ok((parsed?, Vec::new())),
    }
}
