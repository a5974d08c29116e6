//! A house with people, teams and risks, and somebody who looks at its pages.

use db::{Database, Migration, Options, Source};
use kernel::describe::{
    Choice, Floor, Grant, Input, Overview, OverviewRequest, Practice, Register, Rows, Scope, Setting, Undo, bool, choice, date, duration,
    grant, int, level, line, link, many, money, opt, rung, state, text, time, verb,
};
use kernel::register::{Draft, Record, Sent, Source as From, create, load, pairs, sums};
use kernel::time::Clock;
use kernel::web::{Form, Reply, Request};
use kernel::who::{Grants, Means, View};
use kernel::{Act, House, Result};
use serde_json::{Map, Value as Json, json};
use std::sync::Arc;

const HITS: &[Choice] = &[opt("money", "Money"), opt("service", "Service")];
const FIVE: &[Choice] = &[rung(1, "1", "Rare"), rung(2, "2", "Unlikely"), rung(3, "3", "Possible"), rung(4, "4", "Likely")];

const ORGANISATIONS: Register = Register {
    key: "organisations",
    table: "organisation",
    prefix: "ORG",
    one: "Organisation",
    many: "Organisations",
    about: "Who.",
    fields: &[line("name", "Name").title()],
    directory: true,
    ..Register::PLAIN
};
const PEOPLE: Register = Register {
    key: "people",
    table: "person",
    prefix: "PER",
    one: "Person",
    many: "People",
    about: "Who.",
    fields: &[line("name", "Name").title(), line("email", "E-mail"), many("roles", "Roles", "roles")],
    directory: true,
    ..Register::PLAIN
};
const ROLES: Register = Register {
    key: "roles",
    table: "role",
    prefix: "ROL",
    one: "Role",
    many: "Roles",
    about: "What one may do.",
    fields: &[line("name", "Name").title(), line("key", "Key").required()],
    ..Register::PLAIN
};
/// Risks, with a field of every kind.
pub const RISKS: Register = Register {
    key: "risks",
    table: "risk",
    prefix: "RSK",
    one: "Risk",
    many: "Risks",
    about: "Something that could harm a service.",
    room: "Books",
    fields: &[
        line("summary", "What could happen").title(),
        text("story", "Story").searched(),
        choice("hits", "Hits", HITS).listed().filtered(),
        level("likelihood", "Likelihood", FIVE).required().listed().filtered().preset("2"),
        int("score", "Score", 0, 25).computed().listed().help("Likelihood times five.").course().alarm("risk.appetite"),
        link("owner", "Owner", "people").listed().filtered(),
        many("watchers", "Watchers", "people").filtered(),
        date("review_on", "Review on").listed().filtered(),
        time("seen_at", "Seen at"),
        duration("outage", "Outage"),
        money("loss", "Expected loss").section("Money"),
        bool("insured", "Insured").section("Money").filtered(),
        text("gossip", "Inner story").internal(),
    ],
    states: &[state("open", "Open").starts(), state("accepted", "Accepted").waits(), state("closed", "Closed").ends()],
    verbs: &[
        verb("accept", "Accept…").from(&["open"]).to("accepted").asks(&[date("until", "Until").required()]).runs(accept),
        verb("close", "Close").from(&["open", "accepted"]).to("closed").help("Nothing is owed any more."),
        verb("burn", "Burn").undo(Undo::Never).single(),
    ],
    grants: &[grant("agent", "read create edit close", Scope::All), OWN, INNER],
    rows: Rows { owner: "owner", team: "", requester: "" },
    rules,
    ..Register::PLAIN
};
const OWN: Grant = grant("owner", "read edit", Scope::Own);
const INNER: Grant = grant("owner", "internal", Scope::All);

fn accept(_: &mut Act, draft: &mut Draft, input: &Input) -> Result<()> {
    let until = input.text("until").to_owned();
    draft.set("review_on", until);
    Ok(())
}

fn rules(draft: &mut Draft) {
    let likelihood = draft.int("likelihood").unwrap_or(0);
    draft.set("score", likelihood * 5);
    if draft.text("summary").contains("impossible") {
        draft.refuse("summary", "Describe something that could happen.");
    }
    if draft.state() == "closed" && draft.text("summary").contains("stubborn") {
        draft.refuse("", "A stubborn risk cannot be closed.");
    }
}

/// How many risks of the list have each likelihood and score, and what they may cost.
fn map(tx: &mut db::Tx, asked: &OverviewRequest) -> Result<Option<maud::Markup>> {
    let pairs = pairs(tx, asked.house, asked.view, &RISKS, asked.query, ["likelihood", "score"])?;
    let sums = sums(tx, asked.house, asked.view, &RISKS, asked.query, "loss")?;
    let cells: Vec<String> = pairs.iter().map(|(likelihood, score, count)| format!("{likelihood}x{score}:{count}")).collect();
    let losses: Vec<String> = sums.iter().map(|(minor, currency, count)| format!("{minor} {currency} of {count}")).collect();
    Ok((!cells.is_empty()).then(|| maud::html! { p { "map " (cells.join(" ")) "; " (losses.join(" ")) } }))
}

const PRACTICE: Practice = Practice {
    key: "risk",
    about: "Risks.",
    floor: Floor::Books,
    registers: &[&ORGANISATIONS, &PEOPLE, &ROLES, &RISKS],
    overviews: &[Overview { on: "risks", about: "A map.", may: "", show: map }],
    settings: &[Setting { key: "risk.appetite", field: int("appetite", "Appetite", 0, 25).preset("12") }],
    ..Practice::PLAIN
};

const OWN_TABLES: &str =
    "create table risk (id bigint primary key, reference text not null unique, organisation bigint not null, state text not null,
  version bigint not null, created_at bigint not null, updated_at bigint not null, retired_at bigint, summary text not null, story text,
  hits text, likelihood bigint, score bigint, owner bigint, review_on text, seen_at bigint, outage bigint, loss bigint, loss_currency text,
  insured bigint, gossip text, custom jsonb);
";

const OWN_STEP: Migration = Migration { number: 3, name: "0003_own", sql: OWN_TABLES };

/// An open house.
pub struct World {
    /// The house.
    pub house: Arc<House>,
    /// Its database.
    pub db: Database,
    folder: std::path::PathBuf,
    ines: i64,
}

impl Drop for World {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// A world on each engine there is.
pub fn worlds() -> Vec<World> {
    let folder = || std::env::temp_dir().join(format!("reeve-pages-{}", kernel::id::hex(&kernel::id::random::<8>())));
    let mut worlds = vec![world(None, folder())];
    worlds.extend(testing::database(None).map(|url| world(Some(Source::Postgres(url)), folder())));
    worlds
}

fn world(source: Option<Source>, folder: std::path::PathBuf) -> World {
    std::fs::create_dir_all(&folder).expect("a folder");
    let source = source.unwrap_or_else(|| Source::Sqlite(folder.join("reeve.sqlite")));
    let house = House::new(&[&pages::PRACTICE, &PRACTICE], Clock::set(1_795_507_200_000), 1);
    let db = Database::open(&source, Options::default()).expect("the database opens");
    db::migrate(&db, &migrations::with(&[1, 2, 12, 16], &[OWN_STEP])).expect("the schema is made");
    let prepared = Arc::clone(&house);
    db.write_wait(move |tx| prepared.prepare(tx)).expect("sequences");
    let mut world = World { house, db, folder, ines: 0 };
    world.make("organisations", json!({ "name": "Port" }));
    world.make("roles", json!({ "name": "Administrator", "key": "administrator" }));
    world.ines = world.make("people", json!({ "name": "Ines Carvalho", "email": "ines@example.org", "roles": ["ROL-1"] })).id;
    world.make("people", json!({ "name": "Tomasz Wójcik" }));
    world
}

/// What a page answered.
pub struct Answer {
    /// Status.
    pub status: u16,
    /// HTML of a page or fragment.
    pub html: String,
    /// Where a redirect leads.
    pub to: String,
    /// What it says.
    pub toast: String,
    /// Where its undo posts.
    pub undo: String,
}

impl World {
    /// Makes a record as the house itself.
    pub fn make(&self, register: &'static str, fields: Json) -> Record {
        let house = Arc::clone(&self.house);
        let made = self.db.write_wait(move |tx| {
            let organisation = tx.maybe("select id from organisation limit 1", &[])?.map_or(Ok(1), |row| row.int(0))?;
            let view = View::unguarded_house_itself(&house, organisation, Means::Cli);
            let mut act = Act::new(tx, &view, &house);
            let empty = Map::new();
            let fields = fields.as_object().unwrap_or(&empty);
            let record = create(&mut act, house.register(register).expect("a register"), Sent { fields, source: From::Api })?;
            act.end()?;
            Ok::<_, kernel::Error>(record)
        });
        made.expect("a record")
    }
    /// A risk by its reference.
    pub fn risk(&self, reference: &str) -> Record {
        let (house, reference) = (Arc::clone(&self.house), reference.to_owned());
        let found = self.db.read_wait(move |tx| {
            let view = View::unguarded_house_itself(&house, 1, Means::Cli);
            load(tx, &house, &view, &RISKS, &reference)
        });
        found.expect("the risk")
    }
    /// Ines, with some roles.
    fn view(&self, role: &str) -> View {
        let mut view = View::unguarded_house_itself(&self.house, 1, Means::Page);
        let organisation = self.db.read_wait(|tx| Ok::<_, kernel::Error>(tx.one("select id from organisation limit 1", &[])?.int(0)?));
        view.organisation = organisation.expect("the organisation");
        view.person = self.ines;
        view.name = "Ines Carvalho".into();
        view.roles = Arc::from([role.to_owned()]);
        let person = self.ines;
        let shares =
            self.db.read_wait(move |tx| Ok::<_, kernel::Error>(tx.maybe("select 1 from share where person = ?1", &[person.into()])?));
        view.has_shares = shares.expect("shares").is_some();
        view.grants = Arc::new(Grants::of(&self.house, &[role.to_owned()], &[]));
        view
    }
    fn request(&self, role: &str, address: &str, form: Form) -> Request {
        let (path, query) = address.split_once('?').unwrap_or((address, ""));
        let pair = |part: &str| part.split_once('=').map(|(key, value)| (key.to_owned(), decode(value)));
        Request {
            view: self.view(role),
            house: Arc::clone(&self.house),
            now: self.house.clock.now(),
            site: "https://desk.example".into(),
            path: path.into(),
            parts: Vec::new(),
            query: query.split('&').filter_map(pair).collect(),
            form,
            files: Vec::new(),
            csrf: "token".into(),
            fragment: false,
            theme: String::new(),
            density: String::new(),
        }
    }
    /// Reads a page as somebody with a role.
    pub fn get_as(&self, role: &str, address: &str) -> Result<Answer> {
        let request = self.request(role, address, Form::new());
        let read = move |tx: &mut db::Tx| {
            kernel::register::custom::refresh(tx, &request.house)?;
            pages::handle_get(tx, &request)
        };
        self.db.read_wait(read).map(answer)
    }
    /// Reads a page as an administrator.
    pub fn get(&self, address: &str) -> Answer {
        self.get_as("administrator", address).unwrap_or_else(|error| panic!("{address}: {error}"))
    }
    /// Reads a piece of a page, as a script does.
    pub fn fragment(&self, address: &str) -> Answer {
        let request = Request { fragment: true, ..self.request("administrator", address, Form::new()) };
        self.db.read_wait(move |tx| pages::handle_get(tx, &request)).map(answer).unwrap_or_else(|error| panic!("{address}: {error}"))
    }
    /// Posts a form as a script does.
    pub fn post_fragment(&self, address: &str, form: Json) -> Answer {
        let form = form.as_object().cloned().unwrap_or_default();
        let request = Request { fragment: true, ..self.request("administrator", address, form) };
        self.send(request).unwrap_or_else(|error| panic!("{address}: {error}"))
    }
    /// Runs the jobs that are due.
    pub fn run_jobs(&self) {
        while kernel::jobs::run_due(&self.db, &self.house).expect("jobs run") > 0 {}
    }
    /// Posts a form as somebody with a role; what the reply does not keep is rolled back.
    pub fn post_as(&self, role: &str, address: &str, form: Json) -> Result<Answer> {
        self.send(self.request(role, address, form.as_object().cloned().unwrap_or_default()))
    }
    fn send(&self, request: Request) -> Result<Answer> {
        let house = Arc::clone(&self.house);
        let done = self.db.write_wait(move |tx| {
            kernel::register::custom::refresh(tx, &house).map_err(Undone::Error)?;
            let mut act = Act::new(tx, &request.view, &house);
            let reply = pages::handle_post(&mut act, &request).map_err(Undone::Error)?;
            act.end().map_err(Undone::Error)?;
            if reply.keeps() { Ok(answer(reply)) } else { Err(Undone::Reply(Box::new(answer(reply)))) }
        });
        match done {
            Ok(answer) => Ok(answer),
            Err(Undone::Reply(answer)) => Ok(*answer),
            Err(Undone::Error(error)) => Err(error),
        }
    }
    /// Sends a file as an administrator.
    pub fn upload(&self, address: &str, name: &str, content: &str) -> Answer {
        let mut request = self.request("administrator", address, Form::new());
        request.files.push(("file".into(), name.into(), Arc::from(content.as_bytes())));
        self.send(request).unwrap_or_else(|error| panic!("{address}: {error}"))
    }
    /// Posts a form as an administrator.
    pub fn post(&self, address: &str, form: Json) -> Answer {
        self.post_as("administrator", address, form).unwrap_or_else(|error| panic!("{address}: {error}"))
    }
}

enum Undone {
    Reply(Box<Answer>),
    Error(kernel::Error),
}
impl std::convert::From<db::Error> for Undone {
    fn from(error: db::Error) -> Undone {
        Undone::Error(error.into())
    }
}

fn answer(reply: Reply) -> Answer {
    let mut answer = Answer { status: 200, html: String::new(), to: String::new(), toast: String::new(), undo: String::new() };
    match reply {
        Reply::Page { body, .. } | Reply::Fragment(body) => answer.html = body.into_string(),
        Reply::Redirect { to, toast, undo } => answer = Answer { status: 303, to, toast, undo, ..answer },
        Reply::Status(status, inner) => answer = Answer { status, ..self::answer(*inner) },
        Reply::Tried(inner) => answer = self::answer(*inner),
        Reply::File { bytes, .. } => answer.html = String::from_utf8_lossy(&bytes).into_owned(),
        Reply::Json(json) => answer.html = json.to_string(),
    }
    answer
}

fn decode(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        match byte {
            b'%' => {
                let hex: Vec<u8> = rest.by_ref().take(2).collect();
                let hex = std::str::from_utf8(&hex).expect("ASCII");
                bytes.push(u8::from_str_radix(hex, 16).expect("two hexadecimal digits"));
            }
            byte => bytes.push(byte),
        }
    }
    String::from_utf8(bytes).expect("UTF-8")
}

impl Answer {
    /// Whether the page says something.
    #[track_caller]
    pub fn says(&self, text: &str) -> &Answer {
        assert!(self.html.contains(text), "the page does not say {text:?}:\n{}", self.html);
        self
    }
    /// Whether the page does not say something.
    #[track_caller]
    pub fn hides(&self, text: &str) -> &Answer {
        assert!(!self.html.contains(text), "the page says {text:?}:\n{}", self.html);
        self
    }
    /// What it says, as JSON.
    pub fn json(&self) -> Json {
        serde_json::from_str(&self.html).unwrap_or_else(|fault| panic!("{fault}: {}", self.html))
    }
    /// The value of a hidden or shown input.
    pub fn value(&self, name: &str) -> String {
        let begin = self.html.find(&format!("name=\"{name}\"")).unwrap_or_else(|| panic!("no input {name}:\n{}", self.html));
        let tag = &self.html[begin..begin + self.html[begin..].find('>').unwrap_or(0)];
        let value = tag.split("value=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default();
        value.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
    }
}
