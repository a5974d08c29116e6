//! What a list was asked for: the query of the engine, and what only the page knows (columns, the open view).

use db::Tx;
use kernel::describe::Register;
use kernel::register::{Count, OPS, Query};
use kernel::web::Request;
use kernel::{Error, FieldError, Result};

use crate::address::{Address, write};

/// Parameters that only the page knows.
pub const OWN: &[&str] = &["columns", "view", "back", OPEN];

/// The parameter that names the record in the drawer.
const OPEN: &str = "open";

/// Rows of a page unless the address says otherwise: two screens full, within the weight of a page.
pub const ROWS: usize = 25;

/// What was asked.
pub struct Asked {
    /// As the engine takes it.
    pub query: Query,
    /// The address, with everything but the drawer: whoever goes elsewhere in the list leaves the record.
    pub address: Address,
    /// Reference of the record in the drawer.
    pub open: Option<String>,
    /// What was left out because it cannot be asked.
    pub wrong: Vec<FieldError>,
}

impl Asked {
    /// The question without place and view: what a saved view keeps, and what counts.
    pub fn question(&self) -> String {
        write(&self.address.without("cursor").without("view").without("count").pairs)
    }
    /// The pairs that are filters, in the order of the query's filters.
    pub fn filters(&self) -> Vec<(String, String)> {
        let mut pairs: Vec<(String, String)> = self.address.pairs.iter().filter(|(key, _)| is_filter(key)).cloned().collect();
        pairs.retain(|(key, _)| !self.wrong.iter().any(|it| it.field == *key));
        pairs
    }
    /// Whether anything narrows the list.
    pub fn narrowed(&self) -> bool {
        !self.query.filters.is_empty() || !self.query.q.is_empty()
    }
}

fn is_filter(key: &str) -> bool {
    const ENGINE: &[&str] = &["q", "sort", "limit", "cursor", "count", "fields", "expand", "as_of", "retired"];
    !ENGINE.contains(&key) && !OWN.contains(&key)
}

/// Reads the address. What cannot be asked is left out and said, so that a mistyped filter does not lose the others.
pub fn read(tx: &mut Tx, request: &Request, register: &'static Register) -> Result<Asked> {
    of(tx, request, register, Address::of(request))
}

/// The same for an address that a form carries.
pub fn of(tx: &mut Tx, request: &Request, register: &'static Register, address: Address) -> Result<Asked> {
    let mut pairs: Vec<(String, String)> = address.pairs.iter().filter(|(key, _)| !OWN.contains(&key.as_str())).cloned().collect();
    let mut wrong = Vec::new();
    let mut query = loop {
        match Query::parse(tx, &request.house, &request.view, register, &pairs) {
            Ok(query) => break query,
            Err(Error::Malformed(fields)) if wrong.is_empty() => {
                pairs.retain(|(key, _)| !fields.iter().any(|it| it.field == *key));
                wrong = fields;
            }
            Err(error) => return Err(error),
        }
    };
    if query.as_of.is_some() {
        query.count = Count::Rough;
    }
    if !pairs.iter().any(|(key, _)| key == "limit") {
        query.limit = ROWS;
    }
    query.lean = true;
    query.newest = true;
    query.fields.clear();
    let open = address.pairs.iter().find(|(key, _)| key == OPEN).map(|(_, value)| value.clone());
    Ok(Asked { query, address: address.without(OPEN), open, wrong })
}

/// Where a form of the page leads whose parameters are not an address yet: a filter to be added, columns that were ticked.
pub fn canonical(request: &Request) -> Option<Address> {
    let address = Address::of(request);
    let columns: Vec<&str> = address.pairs.iter().filter(|(key, _)| key == "columns").map(|(_, value)| value.as_str()).collect();
    if columns.len() > 1 {
        return Some(address.with("columns", &columns.join(",")));
    }
    let field = request.asked("field")?;
    let op = if request.asked("empty").is_some() { "empty" } else { request.asked("op")? };
    let rest = plain(&address);
    let known = OPS.iter().any(|(word, _)| *word == op);
    let value = if op == "empty" { "true" } else { request.asked("value").unwrap_or_default().trim() };
    if field.is_empty() || value.is_empty() || !(known || op == "is") {
        return Some(rest);
    }
    Some(add(&rest, &if op == "is" { field.to_owned() } else { format!("{field}__{op}") }, value))
}

/// The parameters of the form that adds a filter.
const ADDING: [&str; 4] = ["field", "op", "value", "empty"];

/// An address without what the form that adds a filter sent; of the first page.
pub fn plain(address: &Address) -> Address {
    ADDING.iter().fold(address.first_page(), |address, key| address.without(key))
}

/// With a filter more; a value of a field that is filtered already is offered besides it.
fn add(address: &Address, key: &str, value: &str) -> Address {
    let before = address.pairs.iter().find(|(name, _)| name == key).map(|(_, it)| it.as_str());
    match before {
        Some(before) if !key.contains("__") || key.ends_with("__ne") => address.with(key, &format!("{before},{value}")),
        _ => {
            let mut next = address.clone();
            next.pairs.push((key.to_owned(), value.to_owned()));
            next
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::address::read;

    #[test]
    fn a_filter_is_added_beside_those_there_are() {
        let address = Address { path: "/risks".into(), pairs: read("state=open&title__contains=a") };
        assert_eq!(add(&address, "state", "closed").href(), "/risks?title__contains=a&state=open,closed");
        assert_eq!(add(&address, "title__contains", "b").href(), "/risks?state=open&title__contains=a&title__contains=b");
    }

    #[test]
    fn only_filters_are_filters() {
        assert!(is_filter("state") && is_filter("priority__gte"));
        assert!(!is_filter("columns") && !is_filter("q") && !is_filter("cursor"));
    }
}
