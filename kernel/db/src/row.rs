//! One row of a result, read by position.

use crate::{Error, Result, Value};

/// A row of a result. Columns are read by position, from 0; a wrong type or position is an error that names both.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Row(pub(crate) Vec<Value>);

impl Row {
    /// How many columns the row has.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether the row has no column.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The cell as it is.
    pub fn value(&self, column: usize) -> Result<&Value> {
        self.0.get(column).ok_or_else(|| Error::Statement(format!("column {column} of {}", self.0.len())))
    }

    /// Moves the cell out and leaves NULL in its place. A column that is not there is NULL.
    pub fn take(&mut self, column: usize) -> Value {
        self.0.get_mut(column).map(std::mem::take).unwrap_or_default()
    }

    /// All cells, moved out.
    pub fn into_values(self) -> Vec<Value> {
        self.0
    }

    /// An integer (or a boolean as 0 or 1) that is not NULL.
    pub fn int(&self, column: usize) -> Result<i64> {
        match self.value(column)? {
            Value::Int(value) => Ok(*value),
            other => wrong(column, "an integer", other),
        }
    }

    /// A number that is not NULL. Integers are converted.
    pub fn real(&self, column: usize) -> Result<f64> {
        match self.value(column)? {
            Value::Real(value) => Ok(*value),
            Value::Int(value) => Ok(*value as f64),
            other => wrong(column, "a number", other),
        }
    }

    /// Text that is not NULL.
    pub fn text(&self, column: usize) -> Result<&str> {
        match self.value(column)? {
            Value::Text(value) => Ok(value),
            other => wrong(column, "text", other),
        }
    }

    /// Bytes that are not NULL.
    pub fn bytes(&self, column: usize) -> Result<&[u8]> {
        match self.value(column)? {
            Value::Bytes(value) => Ok(value),
            other => wrong(column, "bytes", other),
        }
    }

    /// True when an integer that is not NULL is not 0.
    pub fn flag(&self, column: usize) -> Result<bool> {
        Ok(self.int(column)? != 0)
    }

    /// An integer, or nothing for NULL.
    pub fn maybe_int(&self, column: usize) -> Result<Option<i64>> {
        self.unless_null(column, || self.int(column))
    }

    /// A number, or nothing for NULL.
    pub fn maybe_real(&self, column: usize) -> Result<Option<f64>> {
        self.unless_null(column, || self.real(column))
    }

    /// Text, or nothing for NULL.
    pub fn maybe_text(&self, column: usize) -> Result<Option<&str>> {
        self.unless_null(column, || self.text(column))
    }

    /// Bytes, or nothing for NULL.
    pub fn maybe_bytes(&self, column: usize) -> Result<Option<&[u8]>> {
        self.unless_null(column, || self.bytes(column))
    }

    fn unless_null<T>(&self, column: usize, read: impl FnOnce() -> Result<T>) -> Result<Option<T>> {
        if self.value(column)?.is_null() { Ok(None) } else { read().map(Some) }
    }
}

fn wrong<T>(column: usize, wanted: &str, found: &Value) -> Result<T> {
    Err(Error::Statement(format!("column {column} should be {wanted} and is {}", found.kind())))
}
