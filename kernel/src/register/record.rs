//! A record as it stands in the database, and a record on its way in.

use super::{Cell, Shape};
use crate::error::FieldError;
use std::sync::Arc;

/// A stored record.
#[derive(Clone)]
pub struct Record {
    /// Its register with all fields.
    pub shape: Arc<Shape>,
    /// Never shown.
    pub id: i64,
    /// What people call it: `INC-1042`.
    pub reference: String,
    /// Id of the organisation it belongs to.
    pub organisation: i64,
    /// State of its flow; empty where there is none.
    pub state: String,
    /// Counts its changes, from 1.
    pub version: i64,
    /// When it came to be.
    pub created_at: i64,
    /// When it last changed.
    pub updated_at: i64,
    /// When it was retired, if it was.
    pub retired_at: Option<i64>,
    /// One cell per field of the shape. `Many` cells are empty unless asked for when loading.
    pub cells: Vec<Cell>,
}

impl Record {
    /// The value of a field; `Null` for a key it has not (a fault that stops a debug build).
    pub fn get(&self, key: &str) -> &Cell {
        const NONE: &Cell = &Cell::Null;
        let place = self.shape.place(key);
        debug_assert!(place.is_some(), "{} has no field {key}", self.shape.register.key);
        place.map_or(NONE, |place| &self.cells[place])
    }
    /// A number or the id of a link.
    pub fn int(&self, key: &str) -> Option<i64> {
        self.get(key).int()
    }
    /// A text, empty if none.
    pub fn text(&self, key: &str) -> &str {
        self.get(key).text()
    }
    /// The value of the field that names it.
    pub fn title(&self) -> &str {
        self.text(self.shape.register.title().key)
    }
}

/// A record on its way in: what it will be, what it was, and what is wrong with it so far.
#[derive(Clone)]
pub struct Draft {
    /// As it will be saved.
    pub record: Record,
    /// As it was; none for a new record or for the input of a verb.
    pub before: Option<Record>,
    /// What was refused so far.
    pub errors: Vec<FieldError>,
}

impl Draft {
    /// A draft of changes to a stored record.
    pub fn of(record: Record) -> Draft {
        Draft { before: Some(record.clone()), record, errors: Vec::new() }
    }
    /// Whether it is a new record.
    pub fn is_new(&self) -> bool {
        self.before.is_none()
    }
    /// The value of a field.
    pub fn get(&self, key: &str) -> &Cell {
        self.record.get(key)
    }
    /// A number or the id of a link.
    pub fn int(&self, key: &str) -> Option<i64> {
        self.record.int(key)
    }
    /// A text, empty if none.
    pub fn text(&self, key: &str) -> &str {
        self.record.text(key)
    }
    /// Gives a field a value.
    pub fn set(&mut self, key: &str, value: impl Into<Cell>) {
        let place = self.record.shape.place(key);
        debug_assert!(place.is_some(), "{} has no field {key}", self.record.shape.register.key);
        if let Some(place) = place {
            self.record.cells[place] = value.into();
        }
    }
    /// Refuses a field, saying what would be right.
    pub fn refuse(&mut self, key: &str, message: impl Into<String>) {
        self.errors.push(FieldError::new(key, message));
    }
    /// Whether the field differs from what it was (for a new record: has a value).
    pub fn changed(&self, key: &str) -> bool {
        match &self.before {
            None => !self.get(key).is_null(),
            Some(before) => before.get(key) != self.get(key),
        }
    }
    /// The state it will have.
    pub fn state(&self) -> &str {
        &self.record.state
    }
    /// Moves it to a state.
    pub fn set_state(&mut self, state: &str) {
        self.record.state = state.to_owned();
    }
}
