//! A house with one register: notes.

use db::{Database, Migration, Options, Source};
use kernel::describe::{Floor, Practice, Register, date, line, text};
use kernel::jobs::{self, Job, JobKind, Pace};
use kernel::register::{Record, Sent, Source as From, create, edit};
use kernel::time::Clock;
use kernel::who::{Means, View};
use kernel::{Act, House};
use serde_json::{Map, Value as Json};
use std::sync::Arc;

const NOTES: Register = Register {
    key: "notes",
    table: "note",
    prefix: "NOT",
    one: "Note",
    many: "Notes",
    about: "Something to remember.",
    fields: &[line("summary", "Summary").title(), text("body", "Body").searched(), date("due_on", "Due on").filtered()],
    ..Register::PLAIN
};

const PRACTICE: Practice = Practice {
    key: "note",
    about: "Notes.",
    floor: Floor::People,
    registers: &[&NOTES],
    jobs: &[
        JobKind { key: "note.count", pace: Pace::Prompt, run: count },
        JobKind { key: "note.fail", pace: Pace::Long, run: |_, _, _| Err(kernel::Error::Conflict("never".into())) },
        JobKind { key: "note.wait", pace: Pace::Long, run: wait },
        JobKind { key: "note.stall", pace: Pace::Long, run: stall },
    ],
    ..Practice::PLAIN
};

fn count(db: &Database, _: &Arc<House>, _: &Job) -> kernel::Result<Json> {
    db.read_wait(|tx| Ok(Json::from(tx.one("select count(*) from note", &[])?.int(0)?)))
}

/// Waits until there is a note.
fn wait(db: &Database, house: &Arc<House>, job: &Job) -> kernel::Result<Json> {
    while count(db, house, job)? == 0 {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    Ok(Json::Null)
}

/// Holds still for so long that another worker takes it over, and then goes on as if nothing had happened.
fn stall(db: &Database, house: &Arc<House>, job: &Job) -> kernel::Result<Json> {
    house.clock.advance(jobs::LEASE + 1);
    let (now, its) = (house.clock.now(), job.clone());
    db.write_wait(move |tx| jobs::claim(tx, now, Pace::Long))?.expect("another worker takes it over");
    let written = db.write_wait(move |tx| {
        tx.run("update note set body = 'twice'", &[])?;
        jobs::progress(tx, &its, now, 7, 10)
    });
    if job.input["ends"] == "well" { Ok(Json::from(1)) } else { written.map(|()| Json::Null) }
}

const OWN_STEP: Migration = Migration {
    number: 2,
    name: "0002_note",
    sql: "create table note (id bigint primary key, reference text not null unique, organisation bigint not null, state text not null, \
              version bigint not null, created_at bigint not null, updated_at bigint not null, retired_at bigint, summary text not null, \
              body text, due_on text, custom jsonb);",
};

/// An open house.
pub struct World {
    /// The house; its clock is moved by the tests.
    pub house: Arc<House>,
    /// Its database.
    pub db: Database,
    folder: std::path::PathBuf,
}

impl Drop for World {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// A world on each engine there is: SQLite, and PostgreSQL unless `REEVE_TEST_ENGINE=sqlite`.
pub fn worlds() -> Vec<World> {
    let folder = || std::env::temp_dir().join(format!("reeve-kernel-{}", kernel::id::hex(&kernel::id::random::<8>())));
    let mut worlds = vec![world(Source::Sqlite("reeve.sqlite".into()), folder())];
    worlds.extend(testing::database(None).map(|url| world(Source::Postgres(url), folder())));
    worlds
}

fn world(source: Source, folder: std::path::PathBuf) -> World {
    std::fs::create_dir_all(&folder).expect("a folder");
    let source = match source {
        Source::Sqlite(name) => Source::Sqlite(folder.join(name)),
        other => other,
    };
    let house = House::new(&[&PRACTICE], Clock::set(1_795_507_200_000), 1);
    let db = Database::open(&source, Options::default()).expect("the database opens");
    db::migrate(&db, &migrations::with(&[1, 12], &[OWN_STEP])).expect("the schema is made");
    let prepared = Arc::clone(&house);
    db.write_wait(move |tx| prepared.prepare(tx)).expect("sequences");
    World { house, db, folder }
}

impl World {
    /// Does something as the house itself.
    pub fn act<T: Send + 'static>(&self, run: impl Fn(&mut Act) -> kernel::Result<T> + Send + 'static) -> kernel::Result<T> {
        self.act_in(&self.house, run)
    }
    /// Does something as another program over the same database.
    pub fn act_in<T: Send + 'static>(
        &self,
        house: &Arc<House>,
        run: impl Fn(&mut Act) -> kernel::Result<T> + Send + 'static,
    ) -> kernel::Result<T> {
        let house = Arc::clone(house);
        self.db.write_wait(move |tx| {
            let view = View::unguarded_house_itself(&house, 1, Means::Cli);
            let mut act = Act::new(tx, &view, &house);
            let done = run(&mut act)?;
            act.end()?;
            Ok(done)
        })
    }
    /// A program that starts on this database now.
    pub fn start(&self, seed: u64) -> Arc<House> {
        let house = House::new(&[&PRACTICE], self.house.clock.clone(), seed);
        let prepared = Arc::clone(&house);
        self.db.write_wait(move |tx| prepared.prepare(tx)).expect("it starts");
        house
    }
    /// Makes a note.
    pub fn note(&self, summary: &str) -> Record {
        let summary = summary.to_owned();
        self.act(move |act| create(act, &NOTES, Sent { fields: &one("summary", &summary), source: From::Api })).expect("a note")
    }
    /// Changes a note's summary.
    pub fn rename(&self, reference: &str, summary: &str) -> Record {
        let (reference, summary) = (reference.to_owned(), summary.to_owned());
        self.act(move |act| edit(act, &NOTES, &reference, Sent { fields: &one("summary", &summary), source: From::Api }, None))
            .expect("an edit")
    }
    /// Seals all there is. Waits for transactions of other tests on the same PostgreSQL, below which nothing is sealed.
    pub fn seal(&self) -> i64 {
        for _ in 0..1_000 {
            if kernel::journal::seal_all(&self.db, &self.house).expect("sealing") {
                let last = "select coalesce(max(position), 0) from seal";
                return self.db.read_wait(|tx| Ok::<_, kernel::Error>(tx.one(last, &[])?.int(0)?)).expect("a position");
            }
            std::thread::sleep(std::time::Duration::from_millis(10));
        }
        panic!("entries stay unsealed");
    }
    /// Runs a statement behind Reeve's back.
    pub fn tamper(&self, sql: &'static str) {
        self.db.write_wait(move |tx| tx.script(sql)).expect("the statement runs");
    }
}

fn one(key: &str, value: &str) -> Map<String, Json> {
    [(key.to_owned(), Json::from(value))].into_iter().collect()
}
