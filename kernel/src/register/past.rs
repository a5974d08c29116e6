//! Lists as they were at another time. Conditions and order hold for what the records were then, which no index knows: so the
//! records that existed are taken back part by part, and of each only its place in the order is kept. What is shown of them is read
//! and taken back once more.

use super::{Cell, Count, Cursor, Page, Query, Record, Shape, edges, read_row};
use crate::describe::{Kind, Register};
use crate::house::House;
use crate::who::View;
use crate::who::guard::{any_of, guard, mark};
use crate::{Error, Result, journal, search};
use db::Tx;
use std::collections::HashMap;
use std::ops::ControlFlow;
use std::sync::Arc;

/// Most records looked at to answer a list as of another time.
const MOST: usize = 50_000;
/// Records taken back at once.
const PART: usize = 200;

/// What the list was: ids in order, and how many of the newest records were looked at if not all were.
struct Then {
    ids: Vec<i64>,
    newest: Option<usize>,
}

/// A page of the list as it was.
pub(super) fn list(tx: &mut Tx, house: &House, view: &View, register: &'static Register, query: &Query) -> Result<Page> {
    let shape = house.shape(register);
    let then = then(tx, &shape, view, query)?;
    let begin = query.cursor.as_ref().and_then(|cursor| then.ids.iter().position(|id| *id == cursor.id)).map_or(0, |at| at + 1);
    let rest = &then.ids[begin..];
    let shown = &rest[..rest.len().min(query.limit)];
    let mut records = Vec::with_capacity(shown.len());
    for part in shown.chunks(PART) {
        records.extend(rewound(tx, &shape, &shape.select, part, query, true)?);
    }
    let more = rest.len() > shown.len();
    let next = shown.last().filter(|_| more).map(|id| Cursor { value: db::Value::Null, id: *id, backwards: false });
    let count = (query.count != Count::None).then_some(then.ids.len() as i64);
    Ok(Page { records, next, count, newest: then.newest, ..Page::default() })
}

/// The whole list as it was, some records at a time.
pub(super) fn walk(
    tx: &mut Tx,
    house: &House,
    view: &View,
    register: &'static Register,
    query: &Query,
    f: &mut dyn FnMut(&mut Tx, Vec<Record>) -> Result<ControlFlow<()>>,
) -> Result<()> {
    let shape = house.shape(register);
    let then = then(tx, &shape, view, query)?;
    for part in then.ids.chunks(query.limit.clamp(1, PART)) {
        let records = rewound(tx, &shape, &shape.select, part, query, true)?;
        if f(tx, records)?.is_break() {
            break;
        }
    }
    Ok(())
}

fn then(tx: &mut Tx, shape: &Arc<Shape>, view: &View, query: &Query) -> Result<Then> {
    let mut existed = existed(tx, shape, view, query)?;
    let beyond = existed.len() > MOST;
    if beyond && !query.newest {
        let message = format!("More than {MOST} records existed then. Narrow them by created_at, or ask for single ones.");
        return Err(Error::malformed("as_of", message));
    }
    existed.truncate(MOST);
    let words = search::terms(&query.q);
    let select = shape.narrow(&|key| compared(shape, query, key));
    let linked = query.filters.iter().any(|it| shape.field(&it.key).is_some_and(|field| matches!(field.kind, Kind::Many(_))));
    let matches = |record: &Record| {
        (query.retired || record.retired_at.is_none()) && query.filters.iter().all(|it| it.holds(record)) && says(view, record, &words)
    };
    let mut places = Vec::new();
    for part in existed.chunks(PART) {
        let records = rewound(tx, shape, &select, part, query, linked)?;
        places.extend(records.iter().filter(|it| matches(it)).map(|it| (place(it, query), it.id)));
    }
    places.sort_unstable();
    if query.sort.descending {
        places.reverse();
    }
    Ok(Then { ids: places.into_iter().map(|(_, id)| id).collect(), newest: beyond.then_some(MOST) })
}

/// Whether a list compares a field: orders by it, has a condition on it, or looks for words in it.
fn compared(shape: &Shape, query: &Query, key: &str) -> bool {
    let searched = || !query.q.is_empty() && shape.field(key).is_some_and(|field| field.searched);
    query.sort.key == key || query.filters.iter().any(|it| it.key == key) || searched()
}

/// Ids of the newest records that existed then and that the viewer may see, one more than are looked at. What never changes of a
/// record narrows them.
fn existed(tx: &mut Tx, shape: &Shape, view: &View, query: &Query) -> Result<Vec<i64>> {
    let mut args = Vec::new();
    let Some(mut wheres) = guard(view, shape.register, "read", &mut args) else { return Ok(Vec::new()) };
    for filter in query.filters.iter().filter(|filter| filter.key == "created_at") {
        wheres = format!("{wheres} and {}", filter.sql(shape, &mut args));
    }
    let (at, limit) = (mark(&mut args, query.as_of.unwrap_or_default()), mark(&mut args, MOST as i64 + 1));
    let table = shape.register.table;
    let sql = format!("select t.id from {table} t where {wheres} and t.created_at <= {at} order by t.id desc limit {limit}");
    tx.all(&sql, &args)?.iter().map(|row| Ok(row.int(0)?)).collect()
}

/// Some records as they were, in the order of their ids here; `linked`: with their `Many` fields.
fn rewound(tx: &mut Tx, shape: &Arc<Shape>, select: &str, ids: &[i64], query: &Query, linked: bool) -> Result<Vec<Record>> {
    let mut args = Vec::new();
    let sql = format!("{select} where {}", any_of("t.id", ids, &mut args));
    let mut records = tx.all(&sql, &args)?.iter_mut().map(|row| read_row(shape, row)).collect::<Result<Vec<_>>>()?;
    if linked {
        edges::fill_many(tx, &mut records)?;
    }
    let mut records = journal::rewind_all(tx, records, query.as_of.unwrap_or_default())?;
    let places: HashMap<i64, usize> = ids.iter().enumerate().map(|(place, id)| (*id, place)).collect();
    records.sort_by_key(|record| places.get(&record.id).copied());
    Ok(records)
}

/// Whether every word begins one that a record says, in its reference or in what is searched of it.
fn says(view: &View, record: &Record, words: &[String]) -> bool {
    if words.is_empty() {
        return true;
    }
    let fields = record.shape.fields.iter().zip(&record.cells);
    let read = fields.filter(|(field, _)| field.searched && view.reads(record.shape.register, field)).map(|(_, cell)| cell.text());
    let text = read.chain([record.reference.as_str()]).collect::<Vec<_>>().join(" ").to_lowercase();
    let said: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).collect();
    words.iter().all(|word| said.iter().any(|one| one.starts_with(word.as_str())))
}

/// Where a record stands in the order. Figures and times that are missing come last, whichever way the list is ordered.
fn place(record: &Record, query: &Query) -> (i64, String) {
    let missing = if query.sort.descending { i64::MIN } else { i64::MAX };
    match query.sort.key.as_str() {
        "created_at" => (record.created_at, String::new()),
        "updated_at" => (record.updated_at, String::new()),
        "reference" => (0, record.reference.clone()),
        "state" => (0, record.state.clone()),
        key => match record.get(key) {
            Cell::Int(number) | Cell::Money(number, _) | Cell::Any(_, number) => (*number, String::new()),
            Cell::Real(number) => (ordered(*number), String::new()),
            // An empty text comes first, as in a list of today.
            Cell::Null if textual(record, key) => (0, String::new()),
            Cell::Text(text) => (0, text.to_lowercase()),
            _ => (missing, String::new()),
        },
    }
}

fn textual(record: &Record, key: &str) -> bool {
    record.shape.field(key).is_some_and(|field| matches!(field.kind, Kind::Line { .. } | Kind::Date | Kind::Choice(_)))
}

/// A whole number that stands to others as the number does: IEEE 754 bits, with those of negative numbers turned round.
fn ordered(number: f64) -> i64 {
    let bits = number.to_bits().cast_signed();
    bits ^ ((bits >> 63).cast_unsigned() >> 1).cast_signed()
}

#[cfg(test)]
mod tests {
    use super::ordered;

    #[test]
    fn fractions_keep_their_order() {
        let numbers = [f64::MIN, -2.5, -1.0, -0.25, 0.0, 1e-9, 0.5, 3.0, f64::MAX];
        assert!(numbers.windows(2).all(|two| ordered(two[0]) < ordered(two[1])));
    }
}
