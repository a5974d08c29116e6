//! Which database, and its limits.

use std::path::PathBuf;
use std::time::Duration;

/// The two engines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// One file beside the program.
    Sqlite,
    /// A server, version 13 or newer.
    Postgres,
}

impl Engine {
    /// The name as written in the section marks of a migration.
    pub fn name(self) -> &'static str {
        match self {
            Engine::Sqlite => "sqlite",
            Engine::Postgres => "postgres",
        }
    }
}

/// Where the data is.
#[derive(Clone, PartialEq, Eq)]
pub enum Source {
    /// The path of the file; it is created when missing, its folder is not.
    Sqlite(PathBuf),
    /// A connection address: `postgres://user:password@host:port/name`.
    Postgres(String),
}

impl Source {
    /// Reads what a person wrote: an address beginning with `postgres://` or `postgresql://`, else a path, with or without `sqlite:` before it.
    pub fn parse(text: &str) -> Source {
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            return Source::Postgres(text.into());
        }
        let path = text.strip_prefix("sqlite:").unwrap_or(text);
        Source::Sqlite(path.strip_prefix("//").unwrap_or(path).into())
    }

    /// Which engine reads this.
    pub fn engine(&self) -> Engine {
        match self {
            Source::Sqlite(_) => Engine::Sqlite,
            Source::Postgres(_) => Engine::Postgres,
        }
    }
}

/// The address of a server holds a password, so it is not printed.
impl std::fmt::Debug for Source {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Source::Sqlite(path) => write!(f, "Sqlite({})", path.display()),
            Source::Postgres(_) => f.write_str("Postgres(..)"),
        }
    }
}

/// Limits of a [`crate::Database`]. All of them are reached with an error that says so.
#[derive(Debug, Clone)]
pub struct Options {
    /// Connections for reading; 0 means the engine's usual number: one per core, 3 to 8, on SQLite; 8 on PostgreSQL.
    pub readers: usize,
    /// Connections for writing on PostgreSQL; 0 means 16. SQLite has one.
    pub workers: usize,
    /// How many calls may wait in each of the two queues (reads, writes) before further ones are refused with [`crate::Error::Overloaded`].
    pub queue: usize,
    /// How long one statement may take.
    pub statement_time: Duration,
    /// How long a statement may wait for a lock held by somebody else.
    pub lock_time: Duration,
    /// SQLite: how many changes one commit may hold.
    pub batch: usize,
    /// SQLite: how long changes are collected before they are committed. A change that finds nobody waiting behind it is committed at once.
    pub batch_time: Duration,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            readers: 0,
            workers: 0,
            queue: 1024,
            statement_time: Duration::from_secs(15),
            lock_time: Duration::from_secs(5),
            batch: 256,
            batch_time: Duration::from_millis(5),
        }
    }
}

impl Options {
    pub(crate) fn readers_for(&self, engine: Engine) -> usize {
        match (self.readers, engine) {
            (0, Engine::Sqlite) => std::thread::available_parallelism().map_or(3, |n| n.get().clamp(3, 8)),
            (0, Engine::Postgres) => 8,
            (given, _) => given,
        }
    }

    pub(crate) fn writers_for(&self, engine: Engine) -> usize {
        match (self.workers, engine) {
            (_, Engine::Sqlite) => 1,
            (0, Engine::Postgres) => 16,
            (given, _) => given,
        }
    }
}
