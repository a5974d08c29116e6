//! Lists: guard, filters, order and keyset paging in one statement.

use super::query::sort_expression;
use super::{Count, Cursor, Query, Record, Shape, edges, facet, past, read_row};
use crate::describe::{Kind, Register};
use crate::house::House;
use crate::search;
use crate::who::{View, guard::guard, guard::mark};
use crate::{Error, Result};
use db::{Row, Tx, Value};
use std::borrow::Cow;
use std::ops::ControlFlow;
use std::sync::Arc;

/// A page of a list.
#[derive(Default)]
pub struct Page {
    /// The records, in order, with their `Many` fields.
    pub records: Vec<Record>,
    /// Where the next page begins.
    pub next: Option<Cursor>,
    /// Where the page before ends.
    pub previous: Option<Cursor>,
    /// How many there are in all, if asked.
    pub count: Option<i64>,
    /// Whether there are more than `count` says.
    pub more: bool,
    /// Of another time: only so many of the newest records of that time were looked at, as there were more; none: all were.
    pub newest: Option<usize>,
    /// Only so many of the newest hits of the words were looked at, as there are more; none: all were.
    pub hits: Option<usize>,
}

/// Records of a register that the viewer may see and that match.
pub fn list(tx: &mut Tx, house: &House, view: &View, register: &'static Register, query: &Query) -> Result<Page> {
    if query.as_of.is_some() {
        return past::list(tx, house, view, register, query);
    }
    let shape = house.shape(register);
    fits(&shape, query)?;
    let Some((sql, args)) = statement(tx.engine(), &shape, view, query) else { return Ok(Page::default()) };
    let backwards = query.cursor.as_ref().is_some_and(|it| it.backwards);
    let rows = tx.all(&sql, &args)?;
    let mut page = page(&shape, query, rows, backwards)?;
    if shape.fields.iter().any(|field| matches!(field.kind, Kind::Many(_)) && reads(query, field.key)) {
        edges::fill_many(tx, &mut page.records)?;
    }
    page.hits = query.misses_hits(tx, view, register)?.then_some(search::NEWEST);
    if query.count != Count::None {
        let (count, more) = facet::count(tx, house, view, register, query)?;
        page.count = Some(count);
        page.more = more;
    }
    Ok(page)
}

/// Where a record stands in the order of a list, as a cursor that goes on from it; none if the list does not hold it, or is of another
/// time.
pub fn place(tx: &mut Tx, house: &House, view: &View, register: &'static Register, query: &Query, id: i64) -> Result<Option<Cursor>> {
    let (shape, mut args) = (house.shape(register), Vec::new());
    let wheres = conditions(tx.engine(), &shape, view, query, &mut args).filter(|_| query.as_of.is_none());
    let Some(wheres) = wheres else { return Ok(None) };
    let (sort, table) = (sort_expression(&shape, &query.sort), shape.select.split_once(" from ").map_or("", |(_, table)| table));
    let id_mark = mark(&mut args, id);
    let row = tx.maybe(&format!("select {sort} from {table} where {wheres} and t.id = {id_mark}"), &args)?;
    Ok(row.map(|mut row| Cursor { value: row.take(0), id, backwards: false }))
}

/// The one statement of a list, with its parameters; none if the viewer may see no row at all.
fn statement(engine: db::Engine, shape: &Shape, view: &View, query: &Query) -> Option<(String, Vec<Value>)> {
    let mut args = Vec::new();
    let wheres = conditions(engine, shape, view, query, &mut args)?;
    let sort = sort_expression(shape, &query.sort);
    let backwards = query.cursor.as_ref().is_some_and(|it| it.backwards);
    let down = query.sort.descending != backwards;
    let from = query.cursor.as_ref().map(|cursor| {
        let value = mark(&mut args, cursor.value.clone());
        let id = mark(&mut args, cursor.id);
        // SQLite seeks in an index by an expression alone, not by one within a row value.
        let begin = if sort.ends_with(')') { format!(" and {sort} {} {value}", if down { "<=" } else { ">=" }) } else { String::new() };
        format!("{begin} and ({sort}, t.id) {} ({value}, {id})", if down { "<" } else { ">" })
    });
    let select = selected(shape, query);
    let (columns, table) = select.split_once(" from ").unwrap_or((&select, ""));
    let direction = if down { "desc" } else { "asc" };
    let limit = mark(&mut args, query.limit as i64 + 1);
    let rows = format!("{columns}, {sort} from {table} where {wheres}{}", from.unwrap_or_default());
    let sql = if parted(shape, query) {
        let (part, place) = (shape.register.parted, columns.split(", ").count() + 1);
        let end = |by: &str, id: &str| format!("order by {by} {direction}, {id} {direction} limit {limit}");
        // SQLite merges two parts that come in order; PostgreSQL would read both to their ends unless each has its own.
        let one = |which: i64| match engine {
            db::Engine::Sqlite => format!("{rows} and t.{part} = {which}"),
            db::Engine::Postgres => format!("({rows} and t.{part} = {which} {})", end(&sort, "t.id")),
        };
        format!("{} union all {} {}", one(1), one(0), end(&place.to_string(), "1"))
    } else {
        format!("{rows} order by {sort} {direction}, t.id {direction} limit {limit}")
    };
    Some((sql, args))
}

/// What a list reads of each record.
fn selected<'a>(shape: &'a Shape, query: &Query) -> Cow<'a, str> {
    match (query.lean, query.fields.as_slice()) {
        (false, _) => Cow::Borrowed(&shape.select),
        (true, []) => Cow::Borrowed(&shape.lean),
        (true, _) => Cow::Owned(shape.narrow(&|key| reads(query, key))),
    }
}

/// Whether a list reads a field.
fn reads(query: &Query, key: &str) -> bool {
    !query.lean || query.fields.is_empty() || query.sort.key == key || query.fields.iter().any(|it| it == key)
}

/// Whether a list is merged of the two parts of a register, each in the order of its index. Not if the question says itself
/// which part it means, or finds few records by their words.
fn parted(shape: &Shape, query: &Query) -> bool {
    let says = |key: &str| key == shape.register.parted || key == "state";
    let narrowed = !query.q.is_empty() || query.filters.iter().any(|filter| says(&filter.key));
    !shape.register.parted.is_empty() && query.sort.key == "updated_at" && !narrowed
}

/// How the database goes about a list, a line a step: for tests of plans and for whoever wonders why a list is slow.
pub fn plan(tx: &mut Tx, house: &House, view: &View, register: &'static Register, query: &Query) -> Result<Vec<String>> {
    let shape = house.shape(register);
    let Some((sql, args)) = statement(tx.engine(), &shape, view, query) else { return Ok(Vec::new()) };
    let (explain, column) = if tx.engine() == db::Engine::Sqlite { ("explain query plan", 3) } else { ("explain", 0) };
    let rows = tx.all(&format!("{explain} {sql}"), &args)?;
    rows.iter().map(|row| Ok(row.text(column)?.to_owned())).collect()
}

/// Refuses the cursor of another order before it meets a statement that it does not fit.
fn fits(shape: &Shape, query: &Query) -> Result<()> {
    let Some(cursor) = &query.cursor else { return Ok(()) };
    let key = query.sort.key.as_str();
    let fits = match (shape.field(key).map(|field| field.kind), &cursor.value) {
        (None, Value::Text(_)) => matches!(key, "reference" | "state"),
        (None, Value::Int(_)) => matches!(key, "created_at" | "updated_at"),
        (Some(Kind::Line { .. } | Kind::Date | Kind::Choice(_)), value) => matches!(value, Value::Text(_)),
        (Some(Kind::Real), value) => matches!(value, Value::Real(_)),
        (Some(_), value) => matches!(value, Value::Int(_)),
        (None, _) => false,
    };
    if fits { Ok(()) } else { Err(Error::malformed("cursor", "This cursor belongs to another order. Begin without a cursor.")) }
}

/// Everything after `where` but the cursor; none if the viewer may see no row at all.
pub(super) fn conditions(engine: db::Engine, shape: &Shape, view: &View, query: &Query, args: &mut Vec<Value>) -> Option<String> {
    let mut parts = vec![guard(view, shape.register, "read", args)?];
    if !query.retired {
        parts.push("t.retired_at is null".into());
    }
    for filter in &query.filters {
        parts.push(filter.sql(shape, args));
        if filter.key == query.sort.key {
            parts.extend(filter.bound(shape, &sort_expression(shape, &query.sort), args));
        }
    }
    if !query.q.is_empty() {
        parts.push(search::matching(engine, view, shape.register, &query.q, query.takes_every_hit(), args));
    }
    Some(parts.join(" and "))
}

fn page(shape: &Arc<Shape>, query: &Query, mut rows: Vec<Row>, backwards: bool) -> Result<Page> {
    let beyond = rows.len() > query.limit;
    rows.truncate(query.limit);
    let mut keys = Vec::with_capacity(rows.len());
    let mut records = Vec::with_capacity(rows.len());
    for row in &mut rows {
        let last = row.len() - 1;
        keys.push((row.take(last), row.int(0)?));
        records.push(read_row(shape, row)?);
    }
    if backwards {
        records.reverse();
        keys.reverse();
    }
    let cursor = |key: Option<&(Value, i64)>, backwards| key.map(|(value, id)| Cursor { value: value.clone(), id: *id, backwards });
    let next = if backwards || beyond { cursor(keys.last(), false) } else { None };
    let previous = if (!backwards && query.cursor.is_some()) || (backwards && beyond) { cursor(keys.first(), true) } else { None };
    Ok(Page { records, next, previous, ..Page::default() })
}

/// Reads a list from its begin, some records at a time, in its order, until `f` stops it: the query's limit is how many, its cursor is
/// left aside. Memory stays that of the part. Of words every hit counts.
pub fn walk(
    tx: &mut Tx,
    house: &House,
    view: &View,
    register: &'static Register,
    query: &Query,
    f: &mut dyn FnMut(&mut Tx, Vec<Record>) -> Result<ControlFlow<()>>,
) -> Result<()> {
    let mut query = Query { cursor: None, count: Count::None, every_hit: true, ..query.clone() };
    if query.as_of.is_some() {
        return past::walk(tx, house, view, register, &query, f);
    }
    loop {
        let page = list(tx, house, view, register, &query)?;
        query.cursor = page.next;
        if f(tx, page.records)?.is_break() || query.cursor.is_none() {
            return Ok(());
        }
    }
}
