//! PostgreSQL's error codes as this floor's errors.

use postgres::error::{DbError, SqlState};

use crate::{ConstraintKind, Error};

/// Translates what the client library says.
pub(crate) fn fault(error: postgres::Error) -> Error {
    match error.as_db_error() {
        Some(server) => refused(server),
        // Without an answer of the server the connection is of no more use, unless the text or the arguments never left.
        None if is_ours(&error) => Error::Statement(chain(&error)),
        None => Error::Offline(chain(&error)),
    }
}

fn is_ours(error: &postgres::Error) -> bool {
    let text = error.to_string();
    ["error serializing", "error deserializing", "expected ", "error encoding", "invalid column"]
        .iter()
        .any(|start| text.starts_with(start))
}

/// The library hides what happened behind "error communicating with the server"; its sources say more.
fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text = format!("{text}: {cause}");
        source = cause.source();
    }
    text
}

fn refused(error: &DbError) -> Error {
    let code = error.code();
    let message = error.message().to_owned();
    match code.code() {
        "40001" | "40P01" => Error::Conflict,
        "23505" | "23P01" => constraint(ConstraintKind::Unique, error),
        "23503" => constraint(ConstraintKind::Foreign, error),
        "23514" => constraint(ConstraintKind::Check, error),
        "23502" => constraint(ConstraintKind::NotNull, error),
        "57014" => Error::Timeout,
        "55P03" => Error::Busy,
        "53100" => Error::DiskFull,
        "25006" => Error::ReadOnly,
        "25P02" => Error::Poisoned(message),
        // A prepared statement that a change of the schema, or a pooler between, has taken away: prepared anew by the next run.
        "26000" => Error::Conflict,
        "0A000" if message.starts_with("cached plan") => Error::Conflict,
        text if is_away(text) => Error::Offline(message),
        text if *code == SqlState::INTERNAL_ERROR || text.starts_with("XX") || text.starts_with("58") => Error::Other(message),
        text => Error::Statement(format!("{message} ({text})")),
    }
}

/// Codes after which the connection is gone or was never made: refused, shut down, crashed, full, or closed for idling.
fn is_away(code: &str) -> bool {
    code.starts_with("08") || ["57P01", "57P02", "57P03", "57P04", "57P05", "53300", "25P03", "25P04"].contains(&code)
}

fn constraint(kind: ConstraintKind, error: &DbError) -> Error {
    let parts: Vec<&str> = [error.table(), error.column(), error.constraint()].into_iter().flatten().collect();
    Error::Constraint { kind, detail: parts.join(".") }
}
