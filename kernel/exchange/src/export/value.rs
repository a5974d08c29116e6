//! One value on its way out.

use kernel::describe::Kind;
use kernel::register::{Cell, Names, amount};
use kernel::time;
use std::borrow::Cow;

/// A value of a column.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Out {
    /// No value, or a link the viewer may not follow.
    None,
    Text(String),
    Int(i64),
    Real(f64),
    Bool(bool),
    /// Milliseconds since the epoch, UTC.
    Time(i64),
    /// Minor units and currency.
    Money(i64, String),
    /// Seconds.
    Duration(i64),
}

impl Out {
    /// A text; none if empty.
    pub fn text(text: Option<String>) -> Out {
        text.filter(|it| !it.is_empty()).map_or(Out::None, Out::Text)
    }

    /// The value of a cell: links as references, several of them joined by a comma.
    pub fn of(kind: Kind, cell: &Cell, names: &Names) -> Out {
        match (kind, cell) {
            (_, Cell::Null) => Out::None,
            (Kind::Link(_), Cell::Int(id)) | (Kind::LinkAny, Cell::Any(_, id)) => Out::text(names.get(id).map(|it| it.reference.clone())),
            (_, Cell::Many(ids)) => joined(ids, names, |name| &name.reference, ", "),
            (Kind::Bool, Cell::Int(yes)) => Out::Bool(*yes == 1),
            (Kind::Time, Cell::Int(at)) => Out::Time(*at),
            (Kind::Duration, Cell::Int(seconds)) => Out::Duration(*seconds),
            (_, Cell::Money(minor, currency)) => Out::Money(*minor, currency.clone()),
            (_, Cell::Int(number)) => Out::Int(*number),
            (_, Cell::Real(number)) => Out::Real(*number),
            (_, Cell::Text(text)) => Out::text(Some(text.clone())),
            (_, Cell::Any(..)) => Out::None,
        }
    }

    /// The names of what a cell links to, several of them joined by a semicolon.
    pub fn titles(cell: &Cell, names: &Names) -> Out {
        match cell {
            Cell::Int(id) | Cell::Any(_, id) => Out::text(names.get(id).map(|it| it.title.clone())),
            Cell::Many(ids) => joined(ids, names, |name| &name.title, "; "),
            _ => Out::None,
        }
    }

    /// As a text, in the forms that an import reads: RFC 3339, ISO 8601 durations, `12.50 EUR`.
    pub fn written(&self) -> Cow<'_, str> {
        match self {
            Out::None => Cow::Borrowed(""),
            Out::Text(text) => Cow::Borrowed(text),
            Out::Int(number) => Cow::Owned(number.to_string()),
            Out::Real(number) => Cow::Owned(number.to_string()),
            Out::Bool(yes) => Cow::Borrowed(if *yes { "true" } else { "false" }),
            Out::Time(at) => Cow::Owned(time::rfc3339(*at)),
            Out::Money(minor, currency) => Cow::Owned(format!("{} {currency}", amount(*minor, currency))),
            Out::Duration(seconds) => Cow::Owned(time::iso_duration(*seconds)),
        }
    }
}

fn joined(ids: &[i64], names: &Names, part: fn(&kernel::register::Name) -> &String, between: &str) -> Out {
    let parts: Vec<&str> = ids.iter().filter_map(|id| names.get(id)).map(|name| part(name).as_str()).collect();
    Out::text(Some(parts.join(between)))
}
