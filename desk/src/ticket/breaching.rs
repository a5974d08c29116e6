//! Tickets whose promises are broken or about to be, the one due first on top.

use super::register::TICKETS;
use db::{Row, Value};
use kernel::Result;
use kernel::register::{Cursor, Filter, Op, Page, Query, list};
use kernel::web::Request;
use kernel::who::guard::guard;

/// How far ahead it looks, in milliseconds.
const AHEAD: i64 = 4 * 3_600_000;

/// A page of them. Filters of the question do not apply: the order is that of the clocks.
pub fn page(tx: &mut db::Tx, request: &Request, query: &Query) -> Result<Page> {
    let from = query.cursor.as_ref().and_then(|cursor| match cursor.value {
        Value::Int(due) => Some((due, cursor.id)),
        _ => None,
    });
    let (due, id) = from.unwrap_or((i64::MIN, 0));
    let mut args = vec![Value::Int(request.now + AHEAD), Value::Int(due), Value::Int(id)];
    let Some(rows) = guard(&request.view, &TICKETS, "read", &mut args) else { return Ok(Page::default()) };
    let sql = format!(
        "select t.id, c.due_at, c.id from clock c join ticket t on t.id = c.ticket \
         where c.state = 'running' and c.due_at < ?1 and (c.due_at, c.id) > (?2, ?3) and {rows} and t.retired_at is null \
         order by c.due_at, c.id limit {}",
        query.limit + 1
    );
    let found = tx.all(&sql, &args)?;
    let mut ids: Vec<i64> = Vec::new();
    for row in found.iter().take(query.limit) {
        let ticket = row.int(0)?;
        if !ids.contains(&ticket) {
            ids.push(ticket);
        }
    }
    let among = Filter { key: "id".into(), op: Op::Is, values: ids.iter().map(|id| Value::Int(*id)).collect(), written: String::new() };
    let these = Query { filters: vec![among], limit: query.limit, lean: true, ..Query::plain(&TICKETS) };
    let mut page = if ids.is_empty() { Page::default() } else { list(tx, &request.house, &request.view, &TICKETS, &these)? };
    page.records.sort_by_key(|record| ids.iter().position(|id| *id == record.id));
    (page.next, page.previous) = (None, None);
    let cursor = |row: &Row| -> Result<Cursor> { Ok(Cursor { value: Value::Int(row.int(1)?), id: row.int(2)?, backwards: false }) };
    if found.len() > query.limit {
        page.next = found.get(query.limit - 1).map(cursor).transpose()?;
    }
    Ok(page)
}
