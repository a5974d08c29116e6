//! The people floor and a register with a field of every kind, on a fresh SQLite database, or on PostgreSQL
//! (`REEVE_TEST_ENGINE=postgres`).

use db::{Database, Migration, Options as Limits, Source};
use exchange::{Format, Hint, Mapping, Options, Report, Table, export, read, run};
use kernel::describe::{
    Choice, Field, Floor, Practice, Register, Scope, bool, choice, date, duration, grant, int, level, line, link, link_any, many, money,
    opt, real, rung, state, text, time,
};
use kernel::register::{Query, Record, Sent, Source as From, create, list};
use kernel::time::Clock;
use kernel::who::{Grants, Means, View};
use kernel::{Act, House, Result};
use serde_json::Value as Json;
use std::io::{Cursor, Write};
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

/// Tuesday, 24 November 2026, 08:00 UTC.
pub const NOW: i64 = 1_795_507_200_000;

/// What a thing may be painted.
pub const COLOURS: &[Choice] = &[opt("red", "Red"), opt("sea-green", "Sea green")];
const GRADES: &[Choice] = &[rung(1, "1", "High"), rung(2, "2", "Low")];

/// A field of every kind.
pub const THINGS: Register = Register {
    key: "things",
    table: "thing",
    prefix: "THG",
    one: "Thing",
    many: "Things",
    about: "Whatever there is.",
    fields: FIELDS,
    states: &[state("new", "New").starts(), state("gone", "Gone").ends()],
    grants: &[
        grant("agent", "read create edit import export", Scope::All),
        grant("clerk", "read export", Scope::All),
        grant("reader", "read", Scope::All),
        grant("auditor", "read export confidential", Scope::All),
    ],
    sort: "name",
    ..Register::PLAIN
};

const FIELDS: &[Field] = &[
    line("name", "Name").title(),
    text("notes", "Notes"),
    line("code", "Inventory code").limit(40),
    int("pieces", "Pieces", -1_000, 1_000),
    real("weight", "Weight"),
    bool("live", "In use"),
    date("bought_on", "Bought on"),
    time("seen_at", "Last seen"),
    duration("lasts", "Lasts"),
    money("price", "Price"),
    choice("colour", "Colour", COLOURS).preset("red"),
    level("grade", "Grade", GRADES),
    link("keeper", "Keeper", "people"),
    link("part_of", "Part of", "things"),
    link_any("about", "About"),
    many("teams", "Teams", "teams"),
    line("secret", "Secret").confidential(),
];

const TABLE: &str = "create table thing (id bigint primary key, reference text not null unique, organisation bigint not null, \
    state text not null, version bigint not null, created_at bigint not null, updated_at bigint not null, retired_at bigint, \
    name text, notes text, code text, pieces bigint, weight double precision, live bigint, bought_on text, seen_at bigint, \
    lasts bigint, price bigint, price_currency text, colour text, grade bigint, keeper bigint, part_of bigint, about bigint, \
    about_kind text, secret text, custom jsonb);
    create unique index thing_code on thing (code);
    create index thing_named on thing (lower(coalesce(name, '')), id);";

const PRACTICE: Practice = Practice { key: "thing", about: "Things.", floor: Floor::Estate, registers: &[&THINGS], ..Practice::PLAIN };

const OWN_STEP: Migration = Migration { number: 3, name: "0003_thing", sql: TABLE };

/// The house and its database.
pub struct World {
    pub house: Arc<House>,
    pub db: Database,
    pub folder: PathBuf,
}

impl Drop for World {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

pub fn world() -> World {
    let folder = std::env::temp_dir().join(format!("reeve-exchange-{}", kernel::id::hex(&kernel::id::random::<8>())));
    std::fs::create_dir_all(&folder).expect("a folder for the test");
    let source = match std::env::var("REEVE_TEST_ENGINE").as_deref() {
        Ok("postgres") => Source::Postgres(testing::database(None).expect("PostgreSQL for the test")),
        _ => Source::Sqlite(folder.join("reeve.sqlite")),
    };
    let practices: Vec<&'static Practice> = people::PRACTICES.iter().copied().chain([&PRACTICE]).collect();
    let house = House::new(&practices, Clock::set(NOW), 1);
    let db = Database::open(&source, Limits::default()).expect("the database opens");
    db::migrate(&db, &migrations::with(&[1, 2, 12, 17], &[OWN_STEP])).expect("the tables are made");
    let world = World { house, db, folder };
    let house = Arc::clone(&world.house);
    world.db.write_wait(move |tx| house.prepare(tx)).expect("the house is prepared");
    world.make("organisations", serde_json::json!({ "name": "Port" }));
    world
}

impl World {
    /// The house itself, in the first organisation.
    pub fn everyone(&self) -> View {
        let organisation = self.first_organisation();
        View::unguarded_house_itself(&self.house, organisation, Means::Cli)
    }
    /// Somebody with a role that the register of things grants something.
    pub fn role(&self, role: &str) -> View {
        let mut view = self.everyone();
        view.grants = Arc::new(Grants::of(&self.house, &[role.to_owned()], &[]));
        view
    }
    fn first_organisation(&self) -> i64 {
        let found = self.db.read_wait(|tx| {
            let row = tx.maybe("select min(id) from organisation", &[])?;
            row.map_or(Ok(None), |row| row.maybe_int(0))
        });
        found.expect("a query").unwrap_or(1)
    }
    /// Makes a record and gives its reference.
    pub fn make(&self, kind: &'static str, fields: Json) -> String {
        let (house, view) = (Arc::clone(&self.house), self.everyone());
        let made = self.db.write_wait(move |tx| {
            let mut act = Act::new(tx, &view, &house);
            let register = house.register(kind).expect("the register");
            let record = create(&mut act, register, Sent { fields: fields.as_object().expect("fields"), source: From::Api })?;
            act.end()?;
            Ok::<_, kernel::Error>(record.reference)
        });
        made.unwrap_or_else(|error| panic!("{error}"))
    }
    /// All things, by name.
    pub fn things(&self) -> Vec<Record> {
        let (house, view) = (Arc::clone(&self.house), self.everyone());
        let page = self.db.read_wait(move |tx| list(tx, &house, &view, &THINGS, &Query { limit: 200, ..Query::plain(&THINGS) }));
        page.expect("a list").records
    }
    /// What a query in SQL counts.
    pub fn count(&self, sql: &'static str) -> i64 {
        self.db.read_wait(move |tx| tx.one(sql, &[])?.int(0)).expect("a count")
    }
    /// Exports things.
    pub fn export(&self, view: &View, pairs: &[(&str, &str)], columns: &[&str], format: Format) -> Result<Vec<u8>> {
        let (house, view) = (Arc::clone(&self.house), view.clone());
        let pairs: Vec<(String, String)> = pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
        let columns: Vec<String> = columns.iter().map(|it| (*it).to_owned()).collect();
        let out = Arc::new(Mutex::new(Vec::new()));
        let given = Arc::clone(&out);
        self.db.read_wait(move |tx| {
            let query = Query::parse(tx, &house, &view, &THINGS, &pairs)?;
            let mut bytes = Vec::new();
            export(tx, &house, &view, &THINGS, &query, &columns, format, &mut bytes)?;
            *given.lock().expect("the bytes") = bytes;
            Ok::<_, kernel::Error>(())
        })?;
        let bytes = std::mem::take(&mut *out.lock().expect("the bytes"));
        Ok(bytes)
    }
    /// Exports things as text.
    pub fn csv(&self, columns: &[&str]) -> String {
        let bytes = self.export(&self.everyone(), &[], columns, Format::Csv { mark: false }).expect("an export");
        String::from_utf8(bytes).expect("UTF-8")
    }
    /// Imports things; the report and the list of rejected rows.
    pub fn import(&self, table: &mut Table, mapping: &str, dry_run: bool) -> (Report, String) {
        let mut rejects = Vec::new();
        let report = self.import_as(&self.everyone(), table, mapping, dry_run, &mut rejects).unwrap_or_else(|error| panic!("{error}"));
        (report, String::from_utf8(rejects).expect("UTF-8"))
    }
    pub fn import_as(&self, view: &View, table: &mut Table, mapping: &str, dry_run: bool, rejects: &mut dyn Write) -> Result<Report> {
        let mapping = Mapping::parse(mapping)?;
        let options = Options { source: "test".into(), dry_run };
        run(&self.db, &self.house, view, &THINGS, table, &mapping, &options, rejects, &mut |_| ControlFlow::Continue(()))
    }
}

/// A file as it came.
pub fn table(bytes: impl Into<Vec<u8>>) -> Table {
    read(Cursor::new(bytes.into()), &Hint::default()).unwrap_or_else(|error| panic!("{error}"))
}
