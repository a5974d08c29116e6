//! One value on its way out.

use jiff::tz::TimeZone;
use kernel::describe::{Choice, Field, Kind};
use kernel::register::{Cell, Name, Names, amount};
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

    /// The value of a cell as people read it: names of what it links to, labels of choices and levels, moments in a zone.
    pub fn read(field: &Field, cell: &Cell, names: &Names, zone: &TimeZone) -> Out {
        let label = |of: &[Choice], is: &dyn Fn(&Choice) -> bool| of.iter().find(|it| is(it)).map(|it| Out::Text(it.label.to_owned()));
        match (field.kind, cell) {
            (Kind::Link(_) | Kind::LinkAny | Kind::Many(_), _) => Out::titles(cell, names),
            (Kind::Choice(of), Cell::Text(key)) => label(of, &|it| it.key == key).unwrap_or_else(|| Out::Text(key.clone())),
            (Kind::Level(of), Cell::Int(rung)) => label(of, &|it| it.rung == *rung).unwrap_or(Out::Int(*rung)),
            (Kind::Bool, Cell::Int(yes)) => Out::Text(if *yes == 1 { "Yes" } else { "No" }.to_owned()),
            (Kind::Time, Cell::Int(at)) => Out::Text(time::local(*at, zone)),
            (Kind::Duration, Cell::Int(seconds)) => Out::Text(time::typed_duration(*seconds)),
            _ => Out::of(field.kind, cell, names),
        }
    }

    /// The names of what a cell links to, several of them joined by a semicolon.
    pub fn titles(cell: &Cell, names: &Names) -> Out {
        match cell {
            Cell::Int(id) | Cell::Any(_, id) => Out::text(names.get(id).map(|it| called(it).clone())),
            Cell::Many(ids) => joined(ids, names, called, "; "),
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

/// What a record is called: its title, or its reference if it has none.
pub(crate) fn called(name: &Name) -> &String {
    if name.title.is_empty() { &name.reference } else { &name.title }
}

fn joined(ids: &[i64], names: &Names, part: fn(&Name) -> &String, between: &str) -> Out {
    let parts: Vec<&str> = ids.iter().filter_map(|id| names.get(id)).map(|name| part(name).as_str()).collect();
    Out::text(Some(parts.join(between)))
}
