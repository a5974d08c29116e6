//! A world to test in: a house with a clock one can move, people by name, and the server's router in process.

use axum::body::Body;
use axum::http::{Request, Response, header};
use db::{Database, Options, Source};
use kernel::House;
use kernel::time::Clock;
use kernel::who::{Means, View};
use kernel::{Act, register};
use serde_json::{Map, Value as Json, json};
use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use tower::ServiceExt;

/// Tuesday, 24 November 2026, 08:00 UTC.
const BEGIN: i64 = 1_795_507_200_000;

/// A house of its own with an empty database, standing on the engine under test.
pub struct World {
    /// The house.
    pub house: Arc<House>,
    /// Its database.
    pub db: Database,
    router: axum::Router,
    runtime: tokio::runtime::Runtime,
    tokens: HashMap<&'static str, String>,
    some: Mutex<HashMap<(String, usize), String>>,
    count: AtomicUsize,
    _folder: Folder,
}

/// Goes away with the test.
struct Folder(std::path::PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Which engine the tests run on.
pub fn engine() -> &'static str {
    if std::env::var("REEVE_TEST_ENGINE").as_deref() == Ok("postgres") { "postgres" } else { "sqlite" }
}

/// A world with its people:
/// Ada administers; Max manages; Dana and Ravi are agents; Bao asks; Audrey audits; Reader may read without the grants
/// `confidential` and `internal`; Nobody has no role; Foreign administers a sister organisation, where the vendor Vera is too.
pub fn world() -> World {
    let folder = std::env::temp_dir().join(format!("reeve-test-{}", kernel::id::hex(&kernel::id::random::<8>())));
    std::fs::create_dir_all(&folder).expect("a folder for the test");
    let source = match engine() {
        "postgres" => Source::Postgres(testing::database(None).expect("PostgreSQL for the test")),
        _ => Source::Sqlite(folder.join("reeve.sqlite")),
    };
    let house = House::new(&reeve::practices::all(), Clock::set(BEGIN), 1);
    let db = Database::open(&source, Options::default()).expect("the database opens");
    reeve::open::stand_up(&db, &house).expect("the house stands");
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime");
    let tokens = populate(&db, &house);
    let router = reeve::command::serve::router(&db, &house, &folder);
    World { house, db, router, runtime, tokens, some: Mutex::default(), count: AtomicUsize::new(0), _folder: Folder(folder) }
}

/// Organisations, roles and people, as the command line makes them.
fn populate(db: &Database, house: &Arc<House>) -> HashMap<&'static str, String> {
    let people: &[(&str, &str, bool)] = &[
        ("Ada", "administrator", true),
        ("Max", "manager", true),
        ("Dana", "agent", true),
        ("Ravi", "agent", true),
        ("Bao", "requester", true),
        ("Bea", "requester", true),
        ("Audrey", "auditor", true),
        ("Vera", "vendor", false),
        ("Reader", "reader", true),
        ("Nobody", "", true),
        ("Foreign", "administrator", false),
    ];
    let home = reeve::command::init::organisation(db, house, "Home", None).expect("an organisation");
    let top = reeve::command::init::organisation(db, house, "North", Some(home)).expect("one below it");
    let sister = reeve::command::init::organisation(db, house, "South", Some(home)).expect("its sister");
    reader_role(db, house, home);
    let token = |(name, role, inside): &(&'static str, &'static str, bool)| {
        let organisation = if *inside { top } else { sister };
        let email = format!("{}@example.org", name.to_lowercase());
        let person = reeve::command::init::person(db, house, organisation, &email, name, role, None).expect("a person");
        (*name, reeve::command::init::token(db, house, person, "test", &[], None).expect("a token"))
    };
    people.iter().map(token).collect()
}

/// A role that may read everything but what is confidential or internal.
fn reader_role(db: &Database, house: &Arc<House>, organisation: i64) {
    let house = Arc::clone(house);
    db.write_wait(move |tx| {
        let view = View::unguarded_house_itself(&house, organisation, Means::Cli);
        let mut act = Act::new(tx, &view, &house);
        let role = house.register("roles").ok_or(kernel::Error::NotFound)?;
        let fields: Map<String, Json> =
            [("key".to_owned(), json!("reader")), ("name".to_owned(), json!("Reader")), ("begins_like".to_owned(), json!("nothing"))]
                .into_iter()
                .collect();
        register::create(&mut act, role, register::Sent { fields: &fields, source: register::Source::Api })?;
        for register in house.registers.clone() {
            let sql = "insert into role_grant (role, register, verb, scopes) values ('reader', ?1, 'read', 'all')";
            act.tx.run(sql, &[register.key.into()])?;
        }
        act.end()
    })
    .expect("a role");
}

/// What came back.
pub struct Answer {
    /// Status.
    pub status: u16,
    headers: axum::http::HeaderMap,
    /// The body as text.
    pub text: String,
    /// The body as JSON, if it is.
    pub json: Json,
}

impl Answer {
    /// A header; empty if there is none.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|it| it.to_str().ok()).unwrap_or_default()
    }
    /// Whether the problem names the field.
    pub fn names(&self, field: &str) -> bool {
        let errors = self.json["errors"].as_array().cloned().unwrap_or_default();
        errors.iter().any(|error| error["field"] == json!(field))
    }
}

impl World {
    /// Now, in RFC 3339.
    pub fn now(&self) -> String {
        kernel::time::rfc3339(self.house.clock.now())
    }
    /// Moves the clock on.
    pub fn later(&self, seconds: i64) {
        self.house.clock.advance(seconds * 1000);
    }
    /// A number that no one else has in this world.
    pub fn number(&self) -> usize {
        self.count.fetch_add(1, Ordering::SeqCst)
    }
    /// Reads with the house's own eyes.
    pub fn read<T: Send + 'static>(&self, read: impl Fn(&mut db::Tx) -> kernel::Result<T> + Send + 'static) -> T {
        self.db.read_wait(read).expect("it can be read")
    }
    /// Shows a record to a person, as the page for sharing does.
    pub fn share(&self, kind: &str, reference: &str, who: &str) {
        let (house, kind, reference) = (Arc::clone(&self.house), kind.to_owned(), reference.to_owned());
        let email = format!("{}@example.org", who.to_lowercase());
        let write = move |tx: &mut db::Tx| {
            let view = View::unguarded_house_itself(&house, 1, Means::Cli);
            let register = house.register(&kind).ok_or(kernel::Error::NotFound)?;
            let record = register::load(tx, &house, &view, register, &reference)?;
            let person = tx.one("select id from person where email = ?1", &[email.clone().into()])?.int(0)?;
            let sql = "insert into share (id, record, register, person, created_at) values (?1, ?2, ?3, ?4, 0)";
            tx.run(sql, &[house.ids.next(0).into(), record.id.into(), kind.clone().into(), person.into()])?;
            kernel::who::touch(tx)
        };
        self.db.write_wait(write).expect("it is shared");
    }
    /// The token of a person.
    pub fn token(&self, who: &str) -> &str {
        self.tokens.get(who).unwrap_or_else(|| panic!("{who} lives in this world"))
    }
    /// The reference of some record of a register, made on first use; `which` tells several apart.
    pub fn some(&self, register: &str, which: usize) -> String {
        let key = (register.to_owned(), which % 2);
        if let Some(known) = self.some.lock().expect("the list of records").get(&key) {
            return known.clone();
        }
        let described = self.house.register(register).unwrap_or_else(|| panic!("there is a register {register}"));
        let (kind, described) = match described.shows {
            [] => (register, described),
            shown => (shown[0], self.house.register(shown[0]).expect("what it shows exists")),
        };
        let sent = described.fields.iter().filter(|field| !field.computed && (field.required || field.title));
        let fields: Map<String, Json> = sent.map(|field| (field.key.to_owned(), crate::values::good(self, field, which))).collect();
        let answer = self.post("Ada", &format!("/api/v1/{kind}"), &Json::Object(fields));
        assert_eq!(answer.status, 201, "some {kind}: {}", answer.json);
        let reference = answer.json["reference"].as_str().unwrap_or_default().to_owned();
        self.some.lock().expect("the list of records").insert(key, reference.clone());
        reference
    }

    /// GET.
    pub fn get(&self, who: &str, path: &str) -> Answer {
        self.ask(who, "GET", path, None, &[])
    }
    /// POST of JSON.
    pub fn post(&self, who: &str, path: &str, body: &Json) -> Answer {
        self.ask(who, "POST", path, Some(body), &[])
    }
    /// PATCH of JSON, with `If-Match` if given.
    pub fn patch(&self, who: &str, path: &str, body: &Json, if_match: Option<&str>) -> Answer {
        let headers: Vec<(&str, &str)> = if_match.map(|it| ("if-match", it)).into_iter().collect();
        self.ask(who, "PATCH", path, Some(body), &headers)
    }
    /// DELETE.
    pub fn delete(&self, who: &str, path: &str) -> Answer {
        self.ask(who, "DELETE", path, None, &[])
    }
    /// Any request; `who` empty: nobody.
    pub fn ask(&self, who: &str, method: &str, path: &str, body: Option<&Json>, headers: &[(&str, &str)]) -> Answer {
        let mut request = Request::builder().method(method).uri(path).header(header::HOST, "reeve.test");
        if !who.is_empty() {
            request = request.header(header::AUTHORIZATION, format!("Bearer {}", self.token(who)));
        }
        let media = if method == "PATCH" { "application/merge-patch+json" } else { "application/json" };
        if body.is_some() {
            request = request.header(header::CONTENT_TYPE, media);
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let body = body.map_or_else(Body::empty, |json| Body::from(json.to_string()));
        self.send(request.body(body).expect("a request"))
    }
    /// Sends a request as it is.
    pub fn send(&self, request: Request<Body>) -> Answer {
        let router = self.router.clone();
        self.runtime.block_on(async move {
            let response: Response<Body> = router.oneshot(request).await.expect("an answer");
            let (status, headers) = (response.status().as_u16(), response.headers().clone());
            let bytes = axum::body::to_bytes(response.into_body(), 64 << 20).await.expect("a body");
            let text = String::from_utf8_lossy(&bytes).into_owned();
            let json = serde_json::from_str(&text).unwrap_or(Json::Null);
            Answer { status, headers, text, json }
        })
    }
}

/// Percent-encodes a value for a query string.
pub fn escape(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte);
    text.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}
