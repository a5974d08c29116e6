//! Reasons of a computed field: what was looked at, what each gave, and the value they lead to.

use super::journalled;
use crate::describe::{Field, Kind};
use crate::house::House;
use crate::journal::Entry;
use crate::register::{Cell, Record};
use crate::who::View;
use crate::{Error, Result};
use db::Tx;

/// "Why is this field of this record what it is?". The record was loaded under guard, and the viewer may read the field.
pub struct Question<'a> {
    /// The house.
    pub house: &'a House,
    /// Who asks.
    pub view: &'a View,
    /// The record.
    pub record: &'a Record,
    /// The field.
    pub field: &'a Field,
    /// Milliseconds since the epoch.
    pub now: i64,
}

/// What answers it. The value is worked out from the reasons and not read from the field, so that the two can be compared.
pub type Because = fn(&mut Tx, &Question) -> Result<Reasons>;

/// What a reason gave.
#[derive(Clone, Debug)]
pub enum Gave {
    /// Words.
    Words(String),
    /// The value of a field, which reads as that field does.
    Value(Box<Field>, Cell),
}

/// The entry of the journal that a reason rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Told {
    /// Id of the person; none: the house.
    pub actor: Option<i64>,
    /// When it happened.
    pub at: i64,
}

/// One reason.
#[derive(Clone, Debug)]
pub struct Reason {
    /// What was looked at.
    pub what: String,
    /// What it gave.
    pub gave: Gave,
    /// A remark; empty: none.
    pub note: String,
    /// The entry it rests on.
    pub told: Option<Told>,
    /// Path of the records behind it; empty: none.
    pub records: String,
    /// False for one that was considered and did not count.
    pub counted: bool,
}

impl Reason {
    /// A reason that counted.
    pub fn new(what: impl Into<String>, gave: impl Into<String>) -> Reason {
        let gave = Gave::Words(gave.into());
        Reason { what: what.into(), gave, note: String::new(), told: None, records: String::new(), counted: true }
    }
    /// The value of a field of the record.
    pub fn of(record: &Record, key: &str) -> Reason {
        match record.shape.field(key) {
            Some(field) => Reason::value(field.label, field, record.get(key).clone()),
            None => Reason::new(key, ""),
        }
    }
    /// A value that reads as a field's.
    pub fn value(what: impl Into<String>, field: &Field, cell: Cell) -> Reason {
        Reason { gave: Gave::Value(Box::new(*field), cell), ..Reason::new(what, "") }
    }
    /// With a remark.
    pub fn note(mut self, note: impl Into<String>) -> Reason {
        self.note = note.into();
        self
    }
    /// Resting on an entry of the journal.
    pub fn told(mut self, entry: &Entry) -> Reason {
        self.told = Some(Told { actor: entry.actor, at: entry.at });
        self
    }
    /// With the records behind it.
    pub fn records(mut self, path: impl Into<String>) -> Reason {
        self.records = path.into();
        self
    }
    /// It was considered and did not count.
    pub fn rejected(mut self) -> Reason {
        self.counted = false;
        self
    }
}

/// Reasons, and the value that they lead to.
#[derive(Clone, Debug, Default)]
pub struct Reasons {
    /// In order; at least one.
    pub list: Vec<Reason>,
    /// The value.
    pub value: Cell,
    /// Where the rule comes from; empty: from the journal.
    pub basis: String,
}

impl Reasons {
    /// Reasons that lead to a value.
    pub fn new(list: Vec<Reason>, value: impl Into<Cell>, basis: impl Into<String>) -> Reasons {
        Reasons { list, value: value.into(), basis: basis.into() }
    }
    /// Every record that they name, for [`crate::register::names_of`].
    pub fn links(&self, house: &House, field: &Field) -> Vec<(&'static str, i64)> {
        let gave = self.list.iter().filter_map(|reason| match &reason.gave {
            Gave::Value(field, cell) => Some((field.kind, cell)),
            Gave::Words(_) => None,
        });
        let mut all: Vec<(&'static str, i64)> =
            self.list.iter().filter_map(|reason| reason.told?.actor).map(|actor| ("people", actor)).collect();
        for (kind, cell) in gave.chain([(field.kind, &self.value)]) {
            match (kind, cell) {
                (Kind::Link(to), Cell::Int(id)) => all.push((to, *id)),
                (Kind::Many(to), Cell::Many(ids)) => all.extend(ids.iter().map(|id| (to, *id))),
                (Kind::LinkAny, Cell::Any(to, id)) => all.extend(house.register(to).map(|register| (register.key, *id))),
                _ => {}
            }
        }
        all
    }
    /// Whether they lead to what the record shows. A value that is empty and none are the same.
    pub fn agree(&self, record: &Record, field: &Field) -> bool {
        let shown = record.get(field.key);
        *shown == self.value || (shown.is_null() && self.value.is_null())
    }
}

/// The reasons of a computed field; `NotFound` for one that is not computed.
pub fn of_field(tx: &mut Tx, asked: &Question) -> Result<Reasons> {
    match asked.field.because {
        _ if !asked.field.computed => Err(Error::NotFound),
        Some(because) => because(tx, asked),
        None => journalled::set(tx, asked),
    }
}
