//! A house with the floors up to the desk, on a database that goes away, with people who may do different things.

use db::{Database, Options, Source, Tx, Value};
use kernel::register::{self, Record, Sent, Source as From};
use kernel::time::Clock;
use kernel::who::{Grants, Means, View};
use kernel::{Act, Error, House, Result};
use serde_json::{Map, Value as Json, json};
use std::collections::HashMap;
use std::sync::{Arc, Mutex};

/// Friday, 20 November 2026, 08:00 in Berlin.
pub const FRIDAY: i64 = 1_795_158_000_000;
pub const HOUR: i64 = 3_600_000;

pub struct World {
    pub house: Arc<House>,
    pub db: Database,
    views: Mutex<HashMap<String, View>>,
    folder: std::path::PathBuf,
}

impl Drop for World {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// Home with Ada (administrator), Dana and Ravi (agents), Bao and Bea (requesters), and a calendar from 8 to 18 in Berlin.
pub fn world() -> World {
    let folder = std::env::temp_dir().join(format!("desk-{}", kernel::id::hex(&kernel::id::random::<8>())));
    std::fs::create_dir_all(&folder).expect("a folder");
    let practices: Vec<_> =
        [people::PRACTICES, estate::PRACTICES, promises::PRACTICES, desk::PRACTICES].iter().flat_map(|it| it.iter()).copied().collect();
    let house = House::new(&practices, Clock::set(FRIDAY), 1);
    let db = Database::open(&source(&folder), Options::default()).expect("a database");
    db::migrate(&db, migrations::ALL).expect("migrations");
    let prepared = Arc::clone(&house);
    db.write_wait(move |tx| prepared.prepare(tx)).expect("sequences");
    let world = World { house, db, views: Mutex::default(), folder };
    world.populate();
    world
}

/// Whether the stories run on PostgreSQL.
pub fn on_postgres() -> bool {
    std::env::var("REEVE_TEST_ENGINE").as_deref() == Ok("postgres")
}

fn source(folder: &std::path::Path) -> Source {
    match on_postgres() {
        true => Source::Postgres(testing::database(None).expect("PostgreSQL to test on")),
        false => Source::Sqlite(folder.join("test.sqlite")),
    }
}

impl World {
    fn populate(&self) {
        let home = self.house.new_id();
        self.keep("house", View::unguarded_house_itself(&self.house, home, Means::Cli));
        let sql = "insert into organisation (id, reference, organisation, state, version, created_at, updated_at, name) \
                   values (?1, 'ORG-1', ?1, '', 1, 0, 0, 'Home')";
        let write = move |act: &mut Act| {
            act.tx.ensure_sequence("org", 2)?;
            Ok(act.tx.run(sql, &[Value::Int(home)])?)
        };
        self.write("house", write).expect("home");
        let hours = "mon-fri 08:00-18:00";
        self.make("house", "calendars", json!({ "name": "Office", "zone": "Europe/Berlin", "hours": hours }));
        for (name, role) in [("Ada", "administrator"), ("Dana", "agent"), ("Ravi", "agent"), ("Bao", "requester"), ("Bea", "requester")] {
            let email = format!("{}@example.org", name.to_lowercase());
            let person = self.make("house", "people", json!({ "name": name, "email": email }));
            let roles = vec![role.to_owned()];
            let house = View::unguarded_house_itself(&self.house, home, Means::Page);
            let view = View {
                person: person.id,
                name: name.into(),
                reference: person.reference,
                reach: Arc::from([home]),
                everything: false,
                grants: Arc::new(Grants::of(&self.house, &roles, &[])),
                roles: Arc::from(roles),
                ..house
            };
            self.keep(name, view);
        }
        for team in ["First line", "Network"] {
            self.make("house", "teams", json!({ "name": team }));
        }
    }

    fn keep(&self, who: &str, view: View) {
        self.views.lock().expect("views").insert(who.into(), view);
    }

    /// Who looks. What is shared with them is seen anew each time, as a request would.
    pub fn view(&self, who: &str) -> View {
        let mut view = self.views.lock().expect("views")[who].clone();
        let person = view.person;
        let shared =
            self.db.read_wait(move |tx| Ok::<_, Error>(tx.maybe("select 1 from share where person = ?1", &[person.into()])?.is_some()));
        view.has_shares = shared.expect("shares");
        view
    }

    /// Reads as somebody.
    pub fn read<T: Send + 'static>(&self, who: &str, read: impl Fn(&mut Tx, &House, &View) -> Result<T> + Send + 'static) -> Result<T> {
        let (view, house) = (self.view(who), Arc::clone(&self.house));
        self.db.read_wait(move |tx| read(tx, &house, &view))
    }

    /// Acts as somebody.
    pub fn write<T: Send + 'static>(&self, who: &str, write: impl Fn(&mut Act) -> Result<T> + Send + 'static) -> Result<T> {
        let (view, house) = (self.view(who), Arc::clone(&self.house));
        self.db.write_wait(move |tx| {
            let mut act = Act::new(tx, &view, &house);
            let done = write(&mut act)?;
            act.end()?;
            Ok(done)
        })
    }

    /// Tries to make a record.
    pub fn create(&self, who: &str, kind: &str, fields: Json) -> Result<Record> {
        let register = self.house.register(kind).expect("a register");
        let fields: Map<String, Json> = fields.as_object().expect("fields").clone();
        self.write(who, move |act| register::create(act, register, Sent { fields: &fields, source: From::Api }))
    }

    /// Makes a record.
    pub fn make(&self, who: &str, kind: &str, fields: Json) -> Record {
        self.create(who, kind, fields.clone()).unwrap_or_else(|error| panic!("{who} makes {kind} of {fields}: {error}"))
    }

    /// Makes an incident; gives its reference.
    pub fn incident(&self, who: &str, fields: Json) -> String {
        self.make(who, "incidents", fields).reference
    }

    /// Tries a verb; gives the record and the act.
    pub fn tries(&self, who: &str, reference: &str, verb: &str, input: Json) -> Result<(Record, i64)> {
        let register = self.house.register_of(reference).expect("a register of the reference");
        let verb = register.verb(verb).unwrap_or_else(|| panic!("there is a verb {verb}"));
        let fields: Map<String, Json> = input.as_object().expect("input").clone();
        let reference = reference.to_owned();
        self.write(who, move |act| {
            let done = register::perform(act, register, &reference, verb, Sent { fields: &fields, source: From::Api }, None)?;
            Ok((done.record, done.act))
        })
    }

    /// Does a verb.
    pub fn does(&self, who: &str, reference: &str, verb: &str, input: Json) -> (Record, i64) {
        self.tries(who, reference, verb, input.clone())
            .unwrap_or_else(|error| panic!("{who} does {verb} on {reference} with {input}: {error}"))
    }

    /// Changes fields.
    pub fn edits(&self, who: &str, reference: &str, fields: Json) -> Result<Record> {
        let register = self.house.register_of(reference).expect("a register");
        let fields: Map<String, Json> = fields.as_object().expect("fields").clone();
        let reference = reference.to_owned();
        self.write(who, move |act| register::edit(act, register, &reference, Sent { fields: &fields, source: From::Api }, None))
    }

    /// Takes an act back.
    pub fn undoes(&self, who: &str, reference: &str, act_id: i64) -> Result<Record> {
        let register = self.house.register_of(reference).expect("a register");
        let reference = reference.to_owned();
        self.write(who, move |act| register::undo(act, register, &reference, act_id))
    }

    /// A ticket as somebody sees it.
    pub fn sees(&self, who: &str, reference: &str) -> Result<Record> {
        let register = self.house.register_of(reference).expect("a register");
        let reference = reference.to_owned();
        self.read(who, move |tx, house, view| register::load(tx, house, view, register, &reference))
    }

    /// A ticket as the house sees it.
    pub fn ticket(&self, reference: &str) -> Record {
        self.sees("house", reference).unwrap_or_else(|error| panic!("{reference}: {error}"))
    }

    /// Moves the clock to an instant.
    pub fn at(&self, at: i64) {
        self.house.clock.advance(at - self.house.clock.now());
    }

    /// Runs every job that is due.
    pub fn jobs(&self) {
        while kernel::jobs::run_due(&self.db, &self.house).expect("jobs run") > 0 {}
    }

    /// Every practice finds its data in order.
    pub fn verified(&self) {
        let house = Arc::clone(&self.house);
        let findings = self.db.read_wait(move |tx| {
            let mut all = Vec::new();
            for practice in &house.practices {
                all.extend((practice.verify)(tx)?);
            }
            Ok::<_, Error>(all)
        });
        assert_eq!(findings.expect("it can be verified"), []);
    }
}
