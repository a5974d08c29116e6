//! What a view asks: a filter with the words that it has in an address and on its chip.

use db::Value;
use jiff::Timestamp;
use kernel::register::{Filter, Op};
use kernel::web::Request;

/// A filter of a view.
#[derive(Clone, Debug, PartialEq)]
pub struct Narrow {
    /// As the key of a parameter: `due_at__lte`.
    pub key: String,
    /// As the database is asked; `written` is the value of the parameter.
    pub filter: Filter,
}

fn narrow(key: &str, op: Op, values: Vec<Value>, written: String) -> Narrow {
    let field = key.split("__").next().unwrap_or(key).to_owned();
    Narrow { key: key.to_owned(), filter: Filter { key: field, op, values, written } }
}

/// A yes or no.
pub fn flag(key: &str, yes: bool) -> Narrow {
    narrow(key, Op::Is, vec![Value::Int(i64::from(yes))], yes.to_string())
}

/// One of some records, by id and reference; never true if there are none.
pub fn linked(key: &str, to: &[(i64, String)]) -> Narrow {
    let ids = to.iter().map(|(id, _)| Value::Int(*id));
    let written: Vec<&str> = to.iter().map(|(_, reference)| reference.as_str()).collect();
    let values: Vec<Value> = if to.is_empty() { vec![Value::Int(-1)] } else { ids.collect() };
    narrow(key, Op::Is, values, if written.is_empty() { "none".into() } else { written.join(",") })
}

/// Tickets by reference; none if there are none.
pub fn among(references: &[String]) -> Narrow {
    let some = |it: &String| Value::Text(it.clone());
    let values = if references.is_empty() { vec![Value::Text("none".into())] } else { references.iter().map(some).collect() };
    narrow("reference", Op::Is, values, if references.is_empty() { "none".into() } else { references.join(",") })
}

/// A text.
pub fn words(key: &str, value: &str) -> Narrow {
    narrow(key, Op::Is, vec![Value::from(value)], value.to_owned())
}

/// Without a value.
pub fn empty(key: &str) -> Narrow {
    narrow(&format!("{key}__empty"), Op::Empty, vec![Value::Int(1)], "true".into())
}

/// Not after a moment.
pub fn until(key: &str, at: i64) -> Narrow {
    let written = Timestamp::from_millisecond(at).unwrap_or_default().to_string();
    narrow(&format!("{key}__lte"), Op::To, vec![Value::Int(at)], written)
}

/// The last moment of the reader's day, in milliseconds.
pub fn end_of_day(request: &Request) -> i64 {
    let now = Timestamp::from_millisecond(request.now).unwrap_or_default().to_zoned_datetime(request.view.zone.clone());
    now.end_of_day().map_or(request.now, |end| end.timestamp().as_millisecond())
}
