//! Addresses of lists, and how many records stand behind one: the figure and its list cannot differ, as both are one question.

use db::Tx;
use kernel::Result;
use kernel::describe::Register;
use kernel::register::{self, Count, Query};
use kernel::time::rfc3339;
use kernel::web::Request;

/// The list of the tickets behind a figure over a time. Merged and retired ones came in and went out all the same, so figures count
/// them and their lists show them: were they left out, each row would have to be fetched beside its index, which takes ten times as long.
pub fn tickets(question: &str) -> String {
    format!("/tickets?{question}&retired=true")
}

/// The part of an address that says "from this instant until before that one".
pub fn span(column: &str, from: i64, until: i64) -> String {
    format!("{column}__gte={}&{column}__lt={}", rfc3339(from), rfc3339(until))
}

/// How many records a list of this address has for the viewer.
pub fn count(tx: &mut Tx, request: &Request, register: &'static Register, href: &str) -> Result<i64> {
    let question = href.split_once('?').map_or("", |(_, question)| question);
    let pairs: Vec<(String, String)> =
        question.split('&').filter_map(|pair| pair.split_once('=')).map(|(key, value)| (key.to_owned(), value.to_owned())).collect();
    let query = Query { count: Count::Exact, ..Query::parse(tx, &request.house, &request.view, register, &pairs)? };
    Ok(register::count(tx, &request.house, &request.view, register, &query)?.0)
}
