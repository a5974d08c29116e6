//! The value of a field inside a record.

use serde_json::{Value as Json, json};

/// A value of a field. Which variant belongs to which [`crate::describe::Kind`] is said there.
#[derive(Clone, Debug, PartialEq, Default)]
pub enum Cell {
    /// No value.
    #[default]
    Null,
    /// Numbers, yes or no, instants, durations, levels, links.
    Int(i64),
    /// Numbers with a fraction.
    Real(f64),
    /// Lines, texts, days, choices.
    Text(String),
    /// Minor units and ISO 4217 code.
    Money(i64, String),
    /// Register key and id.
    Any(String, i64),
    /// Ids, ascending.
    Many(Vec<i64>),
}

impl Cell {
    /// Whether there is no value (an empty text or no links count as none).
    pub fn is_null(&self) -> bool {
        match self {
            Cell::Null => true,
            Cell::Text(text) => text.is_empty(),
            Cell::Many(ids) => ids.is_empty(),
            _ => false,
        }
    }
    /// A whole number, or the id of a link.
    pub fn int(&self) -> Option<i64> {
        match self {
            Cell::Int(number) => Some(*number),
            Cell::Any(_, id) => Some(*id),
            _ => None,
        }
    }
    /// A text; empty if there is none.
    pub fn text(&self) -> &str {
        match self {
            Cell::Text(text) => text,
            _ => "",
        }
    }
    /// Several ids; none for other kinds.
    pub fn ids(&self) -> &[i64] {
        match self {
            Cell::Many(ids) => ids,
            _ => &[],
        }
    }
    /// As the journal keeps it: plain JSON with ids, not references.
    pub fn journalled(&self) -> Json {
        match self {
            Cell::Null => Json::Null,
            Cell::Int(number) => json!(number),
            Cell::Real(number) => json!(number),
            Cell::Text(text) => json!(text),
            Cell::Money(minor, currency) => json!([minor, currency]),
            Cell::Any(kind, id) => json!([kind, id]),
            Cell::Many(ids) => json!(ids),
        }
    }
    /// Reads back what [`Cell::journalled`] wrote, for a field of the kind given.
    pub fn from_journal(kind: crate::describe::Kind, json: &Json) -> Cell {
        use crate::describe::Kind;
        match (kind, json) {
            (_, Json::Null) => Cell::Null,
            (Kind::Many(_), Json::Array(ids)) => Cell::Many(ids.iter().filter_map(Json::as_i64).collect()),
            (Kind::Money, Json::Array(parts)) => match (parts.first().and_then(Json::as_i64), parts.get(1).and_then(Json::as_str)) {
                (Some(minor), Some(currency)) => Cell::Money(minor, currency.to_owned()),
                _ => Cell::Null,
            },
            (Kind::LinkAny, Json::Array(parts)) => match (parts.first().and_then(Json::as_str), parts.get(1).and_then(Json::as_i64)) {
                (Some(register), Some(id)) => Cell::Any(register.to_owned(), id),
                _ => Cell::Null,
            },
            (Kind::Real, number) => number.as_f64().map_or(Cell::Null, Cell::Real),
            (_, Json::String(text)) => Cell::Text(text.clone()),
            (_, Json::Number(number)) => number.as_i64().map_or(Cell::Null, Cell::Int),
            _ => Cell::Null,
        }
    }
}

impl From<i64> for Cell {
    fn from(number: i64) -> Cell {
        Cell::Int(number)
    }
}
impl From<bool> for Cell {
    fn from(yes: bool) -> Cell {
        Cell::Int(i64::from(yes))
    }
}
impl From<f64> for Cell {
    fn from(number: f64) -> Cell {
        Cell::Real(number)
    }
}
impl From<&str> for Cell {
    fn from(text: &str) -> Cell {
        if text.is_empty() { Cell::Null } else { Cell::Text(text.to_owned()) }
    }
}
impl From<String> for Cell {
    fn from(text: String) -> Cell {
        if text.is_empty() { Cell::Null } else { Cell::Text(text) }
    }
}
impl<T: Into<Cell>> From<Option<T>> for Cell {
    fn from(maybe: Option<T>) -> Cell {
        maybe.map_or(Cell::Null, Into::into)
    }
}
