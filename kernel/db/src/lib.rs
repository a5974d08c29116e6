//! The database floor: one synchronous transaction over SQLite and PostgreSQL.
//!
//! Domain code is a plain function on [`Tx`]; [`Database`] runs it. On SQLite one thread runs every write in a savepoint
//! of its own and commits a group of them with `synchronous=FULL` before any is acknowledged; reads have connections of
//! their own. On PostgreSQL writes run side by side on a pool of connections with row locks, and are run again after a
//! serialisation failure. A caller cannot tell which of the two it runs on.
//!
//! ```no_run
//! # use db::{Database, Error, Options, Source};
//! # fn main() -> Result<(), Error> {
//! let database = Database::open(&Source::parse("sqlite:reeve.sqlite"), Options::default())?;
//! let id: i64 = database.write_wait(move |tx| {
//!     let id = tx.next_number("ticket")?;
//!     tx.run("INSERT INTO ticket(id, title) VALUES(?1, ?2)", &[id.into(), "Printer on fire".into()])?;
//!     Ok::<_, Error>(id)
//! })?;
//! # let _ = id; Ok(()) }
//! ```
//!
//! # Rules for a closure given to [`Database::write`]
//!
//! - It may be run more than once, so its effects must all be in the transaction ([`Tx::attempt`] says which run it is).
//! - A statement that fails spoils the transaction: whatever the closure answers afterwards, nothing of it is kept. Ask
//!   first, or write `ON CONFLICT`; do not try and catch.
//! - Foreign keys are immediate. A deferred one would fail at the COMMIT of other people's changes.
//! - It must not call [`Database`] itself: the thread it runs on is the one that would have to answer.
//! - Large work (an import) is cut into chunks of some hundred rows, each a `write`, so that others get their turn.

mod answer;
mod backup;
mod database;
mod ddl;
mod error;
mod job;
mod lower;
mod marks;
mod migrate;
mod options;
mod postgres;
mod queue;
mod restore;
mod row;
mod sqlite;
mod stats;
mod tx;
mod value;

pub use answer::Answer;
pub use database::Database;
pub use error::{ConstraintKind, Error, Result};
pub use migrate::{Applied, Migration, migrate, newest};
pub use options::{Engine, Options, Source};
pub use restore::{check, restore, within};
pub use row::Row;
pub use stats::Stats;
pub use tx::Tx;
pub use value::Value;
