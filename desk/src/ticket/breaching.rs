//! Tickets whose promises are broken or about to be, the one due first on top.

use super::register::TICKETS;
use super::store;
use db::Value;
use kernel::Result;
use kernel::register::{Cursor, Filter, Op, Page, Query, list};
use kernel::web::Request;

/// How far ahead it looks, in milliseconds.
const AHEAD: i64 = 4 * 3_600_000;

/// A page of them. Filters of the question do not apply: the order is that of the clocks.
pub fn page(tx: &mut db::Tx, request: &Request, query: &Query) -> Result<Page> {
    let from = query.cursor.as_ref().and_then(|cursor| match cursor.value {
        Value::Int(due) => Some((due, cursor.id)),
        _ => None,
    });
    let after = from.unwrap_or((i64::MIN, 0));
    let found = store::ticket::breaching(tx, &request.view, request.now + AHEAD, after, query.limit + 1)?;
    let mut ids: Vec<i64> = Vec::new();
    for due in found.iter().take(query.limit) {
        if !ids.contains(&due.ticket) {
            ids.push(due.ticket);
        }
    }
    let among = Filter { key: "id".into(), op: Op::Is, values: ids.iter().map(|id| Value::Int(*id)).collect(), written: String::new() };
    let these = Query { filters: vec![among], limit: query.limit, lean: true, ..Query::plain(&TICKETS) };
    let mut page = if ids.is_empty() { Page::default() } else { list(tx, &request.house, &request.view, &TICKETS, &these)? };
    page.records.sort_by_key(|record| ids.iter().position(|id| *id == record.id));
    (page.next, page.previous) = (None, None);
    if found.len() > query.limit {
        page.next = found.get(query.limit - 1).map(|due| Cursor { value: Value::Int(due.at), id: due.clock, backwards: false });
    }
    Ok(page)
}
