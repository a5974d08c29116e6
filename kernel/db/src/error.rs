//! What can go wrong in the database, in words that do not name the engine.

use std::time::Duration;

/// The result of a database call.
pub type Result<T> = std::result::Result<T, Error>;

/// Why a database call failed. After any of them nothing of the transaction was kept, except [`Error::Lost`], which does not know.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Error {
    /// The queue of waiting work is full; nothing was started. A web server answers 503 with `Retry-After`.
    #[error("the database has more work waiting than it accepts; nothing was changed, try again in {} s", retry_after.as_secs().max(1))]
    Overloaded {
        /// How long to wait before trying again.
        retry_after: Duration,
    },
    /// Another transaction or program held a lock longer than [`crate::Options::lock_time`].
    #[error("the record is locked by another change; nothing was changed, try again")]
    Busy,
    /// A statement took longer than [`crate::Options::statement_time`].
    #[error("the database took longer than is allowed for one statement; nothing was changed")]
    Timeout,
    /// Another transaction changed the same rows, again and again, until the attempts were used up.
    #[error("others were changing the same records at the same time; nothing was changed, try again")]
    Conflict,
    /// A rule of the schema refused the row.
    #[error("the database refused the row: {kind} ({detail})")]
    Constraint {
        /// Which sort of rule.
        kind: ConstraintKind,
        /// Table and column (SQLite) or constraint (PostgreSQL), never the values.
        detail: String,
    },
    /// The disk, or the size the database may have, is used up.
    #[error("the database has no space left; nothing was changed")]
    DiskFull,
    /// [`crate::Tx::one`] found no row.
    #[error("no such row")]
    NotFound,
    /// A write was tried in a transaction for reading.
    #[error("this transaction may only read")]
    ReadOnly,
    /// An earlier statement of the transaction failed, and the closure went on as if it had not. Holds that failure.
    #[error("nothing was changed, because an earlier statement had failed: {0}")]
    Poisoned(String),
    /// The connection broke while COMMIT was under way: the change is in the database as a whole or not at all, and this
    /// side does not know which. A closure that looks for the id of its own act before doing it may be run again.
    #[error("the connection to the database broke during the commit; look whether the change is there before repeating it")]
    Lost,
    /// The database cannot be reached; nothing was changed.
    #[error("the database cannot be reached; nothing was changed: {0}")]
    Offline(String),
    /// The closure panicked; holds the message.
    #[error("a fault in the program stopped this change; nothing was changed: {0}")]
    Panicked(String),
    /// The database is closing or closed.
    #[error("the database is closed; nothing was changed")]
    Closed,
    /// A statement, its arguments or the reading of its columns is wrong: a fault in the program.
    #[error("wrong statement: {0}")]
    Statement(String),
    /// An operation on the whole database was refused; the sentence says why and what to do.
    #[error("{0}")]
    Refused(String),
    /// Anything else the engine said.
    #[error("database: {0}")]
    Other(String),
}

/// Which rule of the schema a row broke.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConstraintKind {
    /// Another row has this key.
    Unique,
    /// The row pointed at is not there, or this row is still pointed at.
    Foreign,
    /// A CHECK, or the type of a column.
    Check,
    /// A value is missing.
    NotNull,
}

impl std::fmt::Display for ConstraintKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            ConstraintKind::Unique => "another row has this key",
            ConstraintKind::Foreign => "a row it depends on, or that depends on it, is in the way",
            ConstraintKind::Check => "a value is not allowed here",
            ConstraintKind::NotNull => "a value is missing",
        })
    }
}

impl Error {
    /// Whether the same call may succeed later without anything being corrected. False for [`Error::Lost`], which may have succeeded.
    pub fn is_temporary(&self) -> bool {
        matches!(self, Error::Overloaded { .. } | Error::Busy | Error::Timeout | Error::Conflict | Error::Offline(_))
    }
}
