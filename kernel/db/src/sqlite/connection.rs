//! Opening a SQLite file, and the time limit of its statements.

use std::cell::Cell;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use rusqlite::OpenFlags;
use rusqlite::config::DbConfig;
use rusqlite::functions::FunctionFlags;
use rusqlite::types::ValueRef;

use super::fault;
use crate::{Engine, Error, Options, Result};

/// What a connection is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    Write,
    Read,
}

/// One connection and its clock.
pub(crate) struct Connection {
    pub(crate) raw: rusqlite::Connection,
    role: Role,
    clock: Clock,
    /// Pages in the write-ahead log after the last commit of this connection.
    pub(super) log_pages: Arc<AtomicU64>,
    /// Whether a statement that may write was begun since this was last set.
    pub(super) wrote: Cell<bool>,
}

/// How many prepared statements a connection keeps.
const STATEMENTS: usize = 256;
/// How many steps of SQLite's machine pass between two looks at the clock: some tens of microseconds.
const STEPS: i32 = 4000;
/// Page cache in KiB, the sign is SQLite's way to say that it is not pages.
const WRITE_CACHE: i64 = -65_536;
const READ_CACHE: i64 = -6_144;
/// Bytes of the file that all readers together may map instead of copying. They count as resident for each of them.
const MAPPED: i64 = 96 << 20;
/// What is left of the write-ahead log after a large transaction.
const LOG_BYTES: i64 = 128 << 20;

impl Connection {
    /// Opens the file and prepares it for its role. Only the writer creates it.
    pub(crate) fn open(path: &Path, role: Role, options: &Options) -> Result<Connection> {
        let mut flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        if role == Role::Write {
            flags |= OpenFlags::SQLITE_OPEN_CREATE;
        }
        let mut raw = rusqlite::Connection::open_with_flags(path, flags).map_err(|error| cannot_open(path, &error))?;
        raw.busy_timeout(options.lock_time).map_err(fault)?;
        raw.set_prepared_statement_cache_capacity(STATEMENTS);
        prepare(&raw, path, role, options)?;
        lower_beyond_ascii(&raw)?;
        let clock = Clock::start(&mut raw)?;
        let log_pages = watch_log(&mut raw, role)?;
        Ok(Connection { raw, role, clock, log_pages, wrote: Cell::new(false) })
    }

    /// Sets the time at which statements of this connection are interrupted, until the guard is dropped.
    pub(super) fn limit(&self, time: Option<Duration>) -> Limit<'_> {
        let at = time.map_or(NEVER, |time| self.clock.now().saturating_add(time.as_nanos() as u64));
        self.clock.deadline.store(at, Ordering::Relaxed);
        Limit(&self.clock)
    }

    /// A statement without arguments or answer, without a time limit: BEGIN, COMMIT and their kind.
    pub(crate) fn control(&self, sql: &str) -> Result<()> {
        let mut statement = self.raw.prepare_cached(sql).map_err(fault)?;
        let mut rows = statement.raw_query();
        while rows.next().map_err(fault)?.is_some() {}
        Ok(())
    }

    /// Whether its transactions can only read.
    pub(crate) fn reads_only(&self) -> bool {
        self.role == Role::Read
    }

    /// Whether no transaction is open, which inside one means that SQLite has thrown it away.
    pub(super) fn outside_transaction(&self) -> bool {
        self.raw.is_autocommit()
    }
}

fn cannot_open(path: &Path, error: &rusqlite::Error) -> Error {
    Error::Offline(format!("cannot open {}: {error}. Check that the folder exists and may be written to", path.display()))
}

fn prepare(raw: &rusqlite::Connection, path: &Path, role: Role, options: &Options) -> Result<()> {
    let set = |name: &str, value: &dyn rusqlite::ToSql| {
        raw.pragma_update(None, name, value).map_err(|error| match fault(error) {
            Error::Other(why) => Error::Refused(format!("{}: {why}", path.display())),
            other => other,
        })
    };
    if role == Role::Write {
        let mode: String = raw.pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get(0)).map_err(fault)?;
        if mode != "wal" {
            let path = path.display();
            return Err(Error::Refused(format!("{path}: this place cannot keep a write-ahead log; use a local disk, not a network one")));
        }
        set("synchronous", &"FULL")?;
        // The writer moves the log into the file itself, after it has answered.
        set("wal_autocheckpoint", &0)?;
        set("journal_size_limit", &LOG_BYTES)?;
        set("cache_size", &WRITE_CACHE)?;
    } else {
        set("query_only", &true)?;
        set("cache_size", &READ_CACHE)?;
        set("mmap_size", &(MAPPED / options.readers_for(Engine::Sqlite) as i64))?;
    }
    // A plan must not depend on the values bound: to look at them, SQLite would compile a statement anew for each.
    raw.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).map_err(fault)?;
    set("foreign_keys", &true)?;
    set("temp_store", &"MEMORY")?;
    set("trusted_schema", &false)
}

/// SQLite's own `lower` knows the letters of ASCII only. It is left as it is: indexes hold what it gave, and other programs that open
/// the file must give the same. What matches texts in any case uses this one instead; what orders by an index keeps `lower`.
fn lower_beyond_ascii(raw: &rusqlite::Connection) -> Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC | FunctionFlags::SQLITE_INNOCUOUS;
    let lower = |call: &mut rusqlite::functions::Context<'_>| match call.get_raw(0) {
        ValueRef::Text(text) => Ok(Some(String::from_utf8_lossy(text).to_lowercase())),
        ValueRef::Null => Ok(None),
        _ => call.get::<String>(0).map(Some),
    };
    raw.create_scalar_function(crate::lower::FUNCTION, 1, flags, lower).map_err(fault)
}

fn watch_log(raw: &mut rusqlite::Connection, role: Role) -> Result<Arc<AtomicU64>> {
    let pages = Arc::new(AtomicU64::new(0));
    if role == Role::Write {
        let seen = pages.clone();
        let hook = move |_: &mut rusqlite::hooks::Wal, count: i32| {
            seen.store(count.max(0) as u64, Ordering::Relaxed);
            Ok(())
        };
        raw.wal_hook(Some(hook)).map_err(fault)?;
    }
    Ok(pages)
}

const NEVER: u64 = u64::MAX;

/// The deadline that SQLite's progress handler compares with, in nanoseconds since the connection was opened.
struct Clock {
    start: Instant,
    deadline: Arc<AtomicU64>,
}

impl Clock {
    fn start(raw: &mut rusqlite::Connection) -> Result<Clock> {
        let clock = Clock { start: Instant::now(), deadline: Arc::new(AtomicU64::new(NEVER)) };
        let (start, deadline) = (clock.start, clock.deadline.clone());
        let late = move || {
            let at = deadline.load(Ordering::Relaxed);
            at != NEVER && start.elapsed().as_nanos() as u64 > at
        };
        raw.progress_handler(STEPS, Some(late)).map_err(fault)?;
        Ok(clock)
    }

    fn now(&self) -> u64 {
        self.start.elapsed().as_nanos() as u64
    }
}

/// While this lives, the deadline stands; COMMIT and ROLLBACK must never meet one.
pub(super) struct Limit<'a>(&'a Clock);

impl Drop for Limit<'_> {
    fn drop(&mut self) {
        self.0.deadline.store(NEVER, Ordering::Relaxed);
    }
}
