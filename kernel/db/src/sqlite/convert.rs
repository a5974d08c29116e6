//! Values to and from SQLite's cells.

use rusqlite::types::{ToSqlOutput, ValueRef};

use crate::{Error, Result, Value};

impl rusqlite::ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Value::Null => ValueRef::Null,
            Value::Int(value) => ValueRef::Integer(*value),
            Value::Real(value) => ValueRef::Real(*value),
            Value::Text(value) => ValueRef::Text(value.as_bytes()),
            Value::Bytes(value) => ValueRef::Blob(value),
        }))
    }
}

/// Writes a cell over an old value, whose memory is used again where it fits.
pub(super) fn store(cell: ValueRef<'_>, into: &mut Value) -> Result<()> {
    match (cell, &mut *into) {
        (ValueRef::Text(bytes), Value::Text(text)) => {
            text.clear();
            text.push_str(utf8(bytes)?);
        }
        (ValueRef::Blob(bytes), Value::Bytes(old)) => {
            old.clear();
            old.extend_from_slice(bytes);
        }
        (ValueRef::Null, _) => *into = Value::Null,
        (ValueRef::Integer(value), _) => *into = Value::Int(value),
        (ValueRef::Real(value), _) => *into = Value::Real(value),
        (ValueRef::Text(bytes), _) => *into = Value::Text(utf8(bytes)?.into()),
        (ValueRef::Blob(bytes), _) => *into = Value::Bytes(bytes.into()),
    }
    Ok(())
}

fn utf8(bytes: &[u8]) -> Result<&str> {
    std::str::from_utf8(bytes).map_err(|_| Error::Other("the file holds text that is not UTF-8; restore a backup".into()))
}
