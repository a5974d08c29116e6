//! Where a test's database is: a fresh file, or a fresh database of the test cluster.

use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use db::{Database, Engine, Error, Options, Source};

/// An open database that disappears with the test.
pub struct Place {
    pub database: Database,
    pub source: Source,
    folder: Option<Folder>,
}

impl Deref for Place {
    type Target = Database;

    fn deref(&self) -> &Database {
        &self.database
    }
}

impl Place {
    /// The file, for tests of SQLite alone.
    pub fn file(&self) -> &Path {
        match &self.source {
            Source::Sqlite(path) => path,
            Source::Postgres(_) => panic!("not a file"),
        }
    }

    /// The folder the file is in.
    pub fn folder(&self) -> &Path {
        &self.folder.as_ref().expect("not a file").0
    }

    /// Runs statements of the common language.
    pub fn script(&self, sql: &'static str) {
        self.write_wait(move |tx| tx.script(sql)).unwrap();
    }

    /// The one integer a query answers.
    pub fn int(&self, sql: &'static str) -> i64 {
        self.read_wait(move |tx| tx.one(sql, &[])?.int(0)).unwrap()
    }
}

/// Few connections, since many tests run at once.
pub fn options() -> Options {
    Options { workers: 4, readers: 2, statement_time: Duration::from_secs(10), ..Options::default() }
}

pub fn sqlite() -> Place {
    sqlite_with(options())
}

pub fn sqlite_with(options: Options) -> Place {
    let folder = Folder::new();
    let source = Source::Sqlite(folder.0.join("reeve.sqlite"));
    Place { database: Database::open(&source, options).unwrap(), source, folder: Some(folder) }
}

/// Nothing when the machine has no PostgreSQL, which the cluster has then said.
pub fn postgres() -> Option<Place> {
    postgres_with(options())
}

pub fn postgres_with(options: Options) -> Option<Place> {
    let source = Source::Postgres(testing::database(None)?);
    Some(Place { database: Database::open(&source, options).unwrap(), source, folder: None })
}

/// The same test on each engine.
pub fn both(test: impl Fn(&Place)) {
    both_with(options(), test);
}

pub fn both_with(options: Options, test: impl Fn(&Place)) {
    test(&sqlite_with(options.clone()));
    if let Some(place) = postgres_with(options) {
        test(&place);
        assert_eq!(place.engine(), Engine::Postgres);
    }
}

/// A folder that is removed with its owner.
pub struct Folder(pub PathBuf);

static NUMBER: AtomicU32 = AtomicU32::new(1);

impl Folder {
    pub fn new() -> Folder {
        let name = format!("reeve-db-{}-{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&path).unwrap();
        Folder(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// The answer of a closure that cannot fail otherwise.
pub type Answer<T> = Result<T, Error>;
