//! SQLite's result codes as this floor's errors.

use rusqlite::ffi;

use crate::{ConstraintKind, Error};

/// Translates what rusqlite says.
pub(crate) fn fault(error: rusqlite::Error) -> Error {
    match &error {
        rusqlite::Error::SqliteFailure(code, message) => failure(code.extended_code, message.as_deref().unwrap_or("no message")),
        rusqlite::Error::SqlInputError { msg, sql, .. } => Error::Statement(format!("{msg} in: {sql}")),
        rusqlite::Error::MultipleStatement => Error::Statement("more than one statement in a text".into()),
        rusqlite::Error::Utf8Error(..) => Error::Statement("text that is not UTF-8".into()),
        _ => Error::Other(error.to_string()),
    }
}

fn failure(extended: i32, message: &str) -> Error {
    match extended {
        ffi::SQLITE_CONSTRAINT_UNIQUE | ffi::SQLITE_CONSTRAINT_PRIMARYKEY | ffi::SQLITE_CONSTRAINT_ROWID => {
            constraint(ConstraintKind::Unique, message)
        }
        ffi::SQLITE_CONSTRAINT_FOREIGNKEY | ffi::SQLITE_CONSTRAINT_TRIGGER => constraint(ConstraintKind::Foreign, message),
        ffi::SQLITE_CONSTRAINT_CHECK | ffi::SQLITE_CONSTRAINT_DATATYPE => constraint(ConstraintKind::Check, message),
        ffi::SQLITE_CONSTRAINT_NOTNULL => constraint(ConstraintKind::NotNull, message),
        _ => match extended & 0xff {
            ffi::SQLITE_BUSY | ffi::SQLITE_LOCKED => Error::Busy,
            ffi::SQLITE_INTERRUPT => Error::Timeout,
            ffi::SQLITE_FULL => Error::DiskFull,
            ffi::SQLITE_READONLY => Error::ReadOnly,
            ffi::SQLITE_ERROR | ffi::SQLITE_RANGE | ffi::SQLITE_MISMATCH | ffi::SQLITE_TOOBIG => Error::Statement(message.into()),
            ffi::SQLITE_CORRUPT | ffi::SQLITE_NOTADB => Error::Other(format!("the file is damaged ({message}); restore a backup")),
            _ => Error::Other(format!("{message} (code {extended})")),
        },
    }
}

/// SQLite's message is "UNIQUE constraint failed: table.column"; the part after the colon is what a person can use.
fn constraint(kind: ConstraintKind, message: &str) -> Error {
    let detail = message.split_once(": ").map_or(message, |(_, detail)| detail);
    Error::Constraint { kind, detail: detail.into() }
}
