//! Which columns an export has.

use jiff::tz::TimeZone;
use kernel::describe::{Field, Kind};
use kernel::register::{Names, Query, Record, Shape};
use kernel::who::View;
use kernel::{Error, FieldError, Result, time};

use super::value::{Out, called};

/// One column of an export.
pub(super) struct Column {
    /// Its heading: the field's key, the same as in the API; for people its label.
    pub key: String,
    what: What,
    /// For people, whose clock this is.
    zone: Option<TimeZone>,
    /// What sort of values it holds.
    pub holds: Holds,
}

#[derive(Clone, Copy)]
enum What {
    Id,
    Reference,
    Organisation,
    State,
    Version,
    Created,
    Updated,
    Retired,
    Field(usize, Field),
    Named(usize),
    OrganisationNamed,
}

/// Sorts of values, as formats with types need to know them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Holds {
    Text,
    Int,
    Real,
    Bool,
    Day,
    Time,
    Money,
    Duration,
}

/// The columns asked for, or all that the viewer may read. A link field that the query expands is followed by a column with
/// the names; for people the names stand in its place.
///
/// # Errors
/// A column that does not exist or may not be read, by name; the two are the same to the viewer.
pub(super) fn columns(view: &View, shape: &Shape, query: &Query, asked: &[String], readable: bool) -> Result<Vec<Column>> {
    let all: Vec<String>;
    let asked = if asked.is_empty() {
        all = may_read(view, shape, query.retired);
        &all
    } else {
        asked
    };
    let mut columns = Vec::with_capacity(asked.len());
    let mut wrong = Vec::new();
    for key in asked {
        match column(view, shape, key) {
            Some(column) if readable => columns.push(column.readable(view)),
            Some(column) => columns.push(column),
            None => wrong.push(FieldError::new(key.as_str(), unknown(view, shape))),
        }
        if !readable
            && query.expand.contains(key)
            && let Some(what) = named(view, shape, key)
        {
            columns.push(Column { key: format!("{key}_name"), what, zone: None, holds: Holds::Text });
        }
    }
    if wrong.is_empty() { Ok(columns) } else { Err(Error::Malformed(wrong)) }
}

fn may_read(view: &View, shape: &Shape, retired: bool) -> Vec<String> {
    let state = (!shape.register.states.is_empty()).then_some("state");
    let own = shape.fields.iter().filter(|field| view.reads(shape.register, field)).map(|field| field.key);
    let keys = ["reference"].into_iter().chain(state).chain(own).chain(["organisation", "created_at", "updated_at", "version"]);
    keys.chain(retired.then_some("retired_at")).map(str::to_owned).collect()
}

fn unknown(view: &View, shape: &Shape) -> String {
    format!("There is no such column. Those that exist: {}.", may_read(view, shape, true).join(", "))
}

fn column(view: &View, shape: &Shape, key: &str) -> Option<Column> {
    let (what, holds) = match key {
        "id" => (What::Id, Holds::Text),
        "reference" => (What::Reference, Holds::Text),
        "organisation" => (What::Organisation, Holds::Text),
        "state" if !shape.register.states.is_empty() => (What::State, Holds::Text),
        "version" => (What::Version, Holds::Int),
        "created_at" => (What::Created, Holds::Time),
        "updated_at" => (What::Updated, Holds::Time),
        "retired_at" => (What::Retired, Holds::Time),
        _ => {
            let place = shape.place(key).filter(|place| view.reads(shape.register, &shape.fields[*place]))?;
            (What::Field(place, shape.fields[place]), holds(shape.fields[place].kind))
        }
    };
    Some(Column { key: key.to_owned(), what, zone: None, holds })
}

fn holds(kind: Kind) -> Holds {
    match kind {
        Kind::Int { .. } | Kind::Level(_) => Holds::Int,
        Kind::Real => Holds::Real,
        Kind::Bool => Holds::Bool,
        Kind::Date => Holds::Day,
        Kind::Time => Holds::Time,
        Kind::Duration => Holds::Duration,
        Kind::Money => Holds::Money,
        Kind::Line { .. } | Kind::Text { .. } | Kind::Choice(_) | Kind::Link(_) | Kind::LinkAny | Kind::Many(_) => Holds::Text,
    }
}

fn named(view: &View, shape: &Shape, key: &str) -> Option<What> {
    if key == "organisation" {
        return Some(What::OrganisationNamed);
    }
    let place = shape.place(key).filter(|place| view.reads(shape.register, &shape.fields[*place]))?;
    matches!(shape.fields[place].kind, Kind::Link(_) | Kind::LinkAny | Kind::Many(_)).then_some(What::Named(place))
}

impl Column {
    /// What stands in this column of a record.
    pub fn value(&self, record: &Record, names: &Names) -> Out {
        let Some(zone) = &self.zone else { return self.plain(record, names) };
        match self.what {
            What::Organisation => Out::text(names.get(&record.organisation).map(|it| called(it).to_owned())),
            What::State => Out::text(record.shape.register.state(&record.state).map(|it| it.label.to_owned())),
            What::Field(place, field) => Out::read(&field, &record.cells[place], names, zone),
            _ => match self.plain(record, names) {
                Out::Time(at) => Out::Text(time::local(at, zone)),
                other => other,
            },
        }
    }

    fn plain(&self, record: &Record, names: &Names) -> Out {
        match self.what {
            What::Id => Out::Text(record.id.to_string()),
            What::Reference => Out::Text(record.reference.clone()),
            What::Organisation => Out::text(names.get(&record.organisation).map(|it| it.reference.clone())),
            What::OrganisationNamed => Out::text(names.get(&record.organisation).map(|it| it.title.clone())),
            What::State => Out::text(Some(record.state.clone())),
            What::Version => Out::Int(record.version),
            What::Created => Out::Time(record.created_at),
            What::Updated => Out::Time(record.updated_at),
            What::Retired => record.retired_at.map_or(Out::None, Out::Time),
            What::Field(place, field) => Out::of(field.kind, &record.cells[place], names),
            What::Named(place) => Out::titles(&record.cells[place], names),
        }
    }
    /// The same column for people.
    fn readable(self, view: &View) -> Column {
        let label = match self.what {
            What::Id => "Id",
            What::Reference => "Reference",
            What::Organisation | What::OrganisationNamed => "Organisation",
            What::State => "State",
            What::Version => "Version",
            What::Created => "Created",
            What::Updated => "Changed",
            What::Retired => "Retired",
            What::Field(_, field) => field.label,
            What::Named(_) => self.key.as_str(),
        };
        Column { key: label.to_owned(), zone: Some(view.zone.clone()), ..self }
    }
    /// Whether the column holds a long text that lists leave out.
    pub fn is_long(&self) -> bool {
        matches!(self.what, What::Field(_, field) if !field.listed && matches!(field.kind, Kind::Text { .. }))
    }
}
