//! A house of this floor on a fresh SQLite database, or on PostgreSQL (`REEVE_TEST_ENGINE=postgres`).

use db::{Database, Options, Source};
use kernel::describe::Practice;
use kernel::register::{self, Record, Sent, Source as From};
use kernel::time::Clock;
use kernel::who::{Means, View};
use kernel::{Act, House, Result};
use serde_json::Value as Json;
use std::path::PathBuf;
use std::sync::Arc;

/// Tuesday, 24 November 2026, 08:00 UTC.
pub const NOW: i64 = 1_795_507_200_000;

/// The house and its database.
pub struct World {
    pub house: Arc<House>,
    pub db: Database,
    folder: PathBuf,
}

impl Drop for World {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// A world with nothing in it but the roles that ship.
pub fn world() -> World {
    let folder = std::env::temp_dir().join(format!("reeve-estate-{}", kernel::id::hex(&kernel::id::random::<8>())));
    std::fs::create_dir_all(&folder).expect("a folder for the test");
    let source = match std::env::var("REEVE_TEST_ENGINE").as_deref() {
        Ok("postgres") => Source::Postgres(testing::database(None).expect("PostgreSQL for the test")),
        _ => Source::Sqlite(folder.join("reeve.sqlite")),
    };
    let practices: Vec<&'static Practice> = [people::PRACTICES, estate::PRACTICES].concat();
    let house = House::new(&practices, Clock::set(NOW), 1);
    let db = Database::open(&source, Options::default()).expect("the database opens");
    db::migrate(&db, migrations::ALL).expect("the tables are made");
    let world = World { house, db, folder };
    world.act(|act| {
        act.house.prepare(act.tx)?;
        people::role::seed(act)
    });
    world
}

impl World {
    /// Something done by the house itself, which must succeed.
    pub fn act<T: Send + 'static>(&self, what: impl Fn(&mut Act) -> Result<T> + Send + 'static) -> T {
        self.tried(what).unwrap_or_else(|error| panic!("{error}"))
    }
    /// Something done by the house itself.
    pub fn tried<T: Send + 'static>(&self, what: impl Fn(&mut Act) -> Result<T> + Send + 'static) -> Result<T> {
        let view = View::unguarded_house_itself(&self.house, 1, Means::Cli);
        self.as_viewer(view, what)
    }
    /// Something done by somebody.
    pub fn as_viewer<T: Send + 'static>(&self, view: View, what: impl Fn(&mut Act) -> Result<T> + Send + 'static) -> Result<T> {
        let house = Arc::clone(&self.house);
        self.db.write_wait(move |tx| {
            let mut act = Act::new(tx, &view, &house);
            let done = what(&mut act)?;
            act.end()?;
            Ok(done)
        })
    }
    /// Makes a record.
    pub fn make(&self, kind: &'static str, fields: Json) -> Result<Record> {
        self.tried(move |act| {
            let register = act.house.register(kind).expect("the register");
            register::create(act, register, Sent { fields: fields.as_object().expect("fields"), source: From::Api })
        })
    }
    /// Changes a record.
    pub fn edit(&self, record: &Record, fields: Json) -> Result<Record> {
        let (register, reference) = (record.shape.register, record.reference.clone());
        self.tried(move |act| {
            register::edit(act, register, &reference, Sent { fields: fields.as_object().expect("fields"), source: From::Api }, None)
        })
    }
    /// Does a verb to a record.
    pub fn perform(&self, record: &Record, verb: &'static str, fields: Json) -> Result<Record> {
        let (register, reference) = (record.shape.register, record.reference.clone());
        self.tried(move |act| {
            let verb = register.verb(verb).expect("the verb");
            let sent = Sent { fields: fields.as_object().expect("fields"), source: From::Api };
            Ok(register::perform(act, register, &reference, verb, sent, None)?.record)
        })
    }
}

/// The fields that were refused; none when nothing was.
pub fn refused<T>(result: Result<T>) -> Vec<String> {
    result.err().map_or(Vec::new(), |error| error.fields().iter().map(|it| it.field.clone()).collect())
}
