//! A house with people in it, and a browser and a program to ask it with.

use crate::house;
use axum::body::{Body, to_bytes};
use axum::http::{Request, Response, StatusCode, header};
use db::{Database, Migration, Options, Source};
use kernel::register::{self, Sent, Source as From};
use kernel::time::Clock;
use kernel::who::one_time::{self, Purpose};
use kernel::who::{Means, View, account, password, token};
use kernel::{Act, House};
use serde_json::{Map, Value as Json};
use server::{App, Settings};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, OnceLock};
use tower::ServiceExt;

/// 2026-11-24T08:00:00Z
pub const NOW: i64 = 1_795_507_200_000;
pub const PASSWORD: &str = "seven small boats";

const OWN_STEP: Migration = Migration { number: 3, name: "thing", sql: house::TABLE };

pub struct World {
    pub app: Arc<App>,
    pub clock: Clock,
    pub harbour: String,
    pub elsewhere: String,
    source: Source,
    folder: PathBuf,
}

impl Drop for World {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// What came back.
pub struct Answer {
    pub status: StatusCode,
    pub headers: axum::http::HeaderMap,
    pub text: String,
}

impl Answer {
    pub fn json(&self) -> Json {
        serde_json::from_str(&self.text).unwrap_or_else(|fault| panic!("{fault}: {}", self.text))
    }
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
    /// Is RFC 9457, and names these fields.
    #[track_caller]
    pub fn is_problem(&self, status: u16, fields: &[&str]) {
        assert_eq!(self.status.as_u16(), status, "{}", self.text);
        assert_eq!(self.header("content-type"), "application/problem+json");
        let json = self.json();
        assert_eq!(json["status"], status);
        assert!(json["type"].is_string() && json["title"].is_string() && !json["detail"].as_str().unwrap().is_empty(), "{json}");
        let named: Vec<&str> = json["errors"].as_array().unwrap().iter().map(|it| it["field"].as_str().unwrap()).collect();
        assert_eq!(named, fields, "{json}");
    }
}

/// A node of the house on a database that is there.
fn node(db: Database, clock: &Clock, seed: u64, settings: Settings) -> Arc<App> {
    let practices: Vec<_> = [&pages::PRACTICE].into_iter().chain(people::PRACTICES.iter().copied()).chain([&house::PRACTICE]).collect();
    let house = House::new(&practices, clock.clone(), seed);
    let prepared = Arc::clone(&house);
    db.write_wait(move |tx| prepared.prepare(tx)).unwrap();
    App::new(house, db, settings)
}

pub fn object(json: Json) -> Map<String, Json> {
    json.as_object().cloned().unwrap()
}

impl World {
    /// Vesthavn with its harbour office below it, and another company beside; one person per role, by first name.
    pub fn new() -> World {
        World::with(Settings::default())
    }

    pub fn with(settings: Settings) -> World {
        // PostgreSQL's driver opens its connections with a runtime of its own, which may not stand inside the test's.
        std::thread::spawn(move || World::stand_up(settings)).join().expect("the world stands")
    }

    fn stand_up(settings: Settings) -> World {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let folder = std::env::temp_dir().join(format!("reeve-server-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed)));
        std::fs::create_dir_all(&folder).unwrap();
        let source = match std::env::var("REEVE_TEST_ENGINE").as_deref() {
            Ok("postgres") => Source::Postgres(testing::database(None).expect("PostgreSQL for the test")),
            _ => Source::Sqlite(folder.join("reeve.sqlite")),
        };
        let db = Database::open(&source, Options::default()).unwrap();
        db::migrate(&db, &migrations::with(&[1, 2, 8, 12, 16, 17], &[OWN_STEP])).unwrap();
        let clock = Clock::set(NOW);
        let app = node(db, &clock, 7, Settings { folder: folder.clone(), ..settings });
        let mut world = World { app, clock, harbour: String::new(), elsewhere: String::new(), source, folder };
        world.furnish();
        world
    }

    /// The same house as another node of it sees it; none on SQLite, where a program is alone.
    pub fn beside(&self, settings: Settings) -> Option<World> {
        let Source::Postgres(_) = &self.source else { return None };
        let (source, clock, folder) = (self.source.clone(), self.clock.clone(), self.folder.clone());
        let stand_up = move || {
            let db = Database::open(&source, Options::default()).unwrap();
            let app = node(db, &clock, 8, Settings { folder: folder.clone(), ..settings });
            World { app, clock, harbour: String::new(), elsewhere: String::new(), source, folder }
        };
        Some(std::thread::spawn(stand_up).join().expect("the node stands"))
    }

    fn furnish(&mut self) {
        let (top_id, top, harbour, other) = self.act(|act| {
            let make = |act: &mut Act, name: &str, parent: Option<&str>| {
                let fields = object(serde_json::json!({ "name": name, "parent": parent }));
                register::create(act, &people::organisation::REGISTER, Sent { fields: &fields, source: From::Api })
            };
            let top = make(act, "Vesthavn", None)?;
            let harbour = make(act, "Harbour office", Some(&top.reference))?.reference;
            Ok((top.id, top.reference, harbour, make(act, "Elsewhere", None)?.reference))
        });
        self.act_in(top_id, people::role::seed);
        for (name, role, organisation) in [
            ("Ada", "administrator", &top),
            ("Mia", "manager", &top),
            ("Axel", "agent", &top),
            ("Rita", "requester", &top),
            ("Hugo", "agent", &harbour),
            ("Eve", "agent", &other),
        ] {
            self.person(name, role, organisation);
        }
        (self.harbour, self.elsewhere) = (harbour, other);
    }

    /// Somebody with a role in an organisation, who can sign in.
    pub fn person(&self, name: &'static str, role: &'static str, organisation: &str) {
        static HASH: OnceLock<String> = OnceLock::new();
        let hash = HASH.get_or_init(|| password::hash(PASSWORD).unwrap());
        let organisation = organisation.to_owned();
        self.act(move |act| {
            let fields = object(serde_json::json!({ "name": name, "email": email(name), "organisation": organisation,
                "roles": [role_of(act, role)?] }));
            let person = register::create(act, &people::person::REGISTER, Sent { fields: &fields, source: From::Api })?;
            account::open(act.tx, person.id, &email(name), NOW)?;
            account::set_password(act.tx, person.id, hash)
        });
    }

    /// Does something as the house itself.
    pub fn act<T: Send + 'static>(&self, deed: impl Fn(&mut Act) -> kernel::Result<T> + Send + 'static) -> T {
        self.act_in(0, deed)
    }

    fn act_in<T: Send + 'static>(&self, organisation: i64, deed: impl Fn(&mut Act) -> kernel::Result<T> + Send + 'static) -> T {
        let house = Arc::clone(&self.app.house);
        let done = self.app.db.write_wait(move |tx| {
            let view = View::unguarded_house_itself(&house, organisation, Means::Cli);
            let mut act = Act::new(tx, &view, &house);
            let done = deed(&mut act)?;
            act.end()?;
            Ok::<_, kernel::Error>(done)
        });
        done.unwrap()
    }

    /// A token of a person.
    pub fn token(&self, name: &'static str) -> String {
        self.narrow_token(name, &[], None)
    }

    pub fn narrow_token(&self, name: &'static str, scopes: &[&str], expires_at: Option<i64>) -> String {
        let scopes: Vec<String> = scopes.iter().map(|it| (*it).to_owned()).collect();
        self.act(move |act| {
            let person = account::by_email(act.tx, &email(name))?.unwrap().person;
            token::create(act.tx, act.house, &token::NewToken { person, name: "test", scopes: &scopes, expires_at })
        })
    }

    /// The path of a link that works once.
    pub fn link(&self, name: &'static str, purpose: Purpose) -> String {
        self.act(move |act| {
            let person = account::by_email(act.tx, &email(name))?.unwrap().person;
            one_time::create(act.tx, person, purpose, act.recorded_at)
        })
    }

    pub async fn send(&self, request: Request<Body>) -> Answer {
        let answer: Response<Body> = server::router(Arc::clone(&self.app)).oneshot(request).await.unwrap();
        let (parts, body) = answer.into_parts();
        let bytes = to_bytes(body, 64 << 20).await.unwrap();
        Answer { status: parts.status, headers: parts.headers, text: String::from_utf8_lossy(&bytes).into_owned() }
    }

    /// A request of a program.
    pub async fn ask(&self, token: &str, method: &str, path: &str, body: Option<Json>) -> Answer {
        self.ask_with(token, method, path, body, &[]).await
    }

    pub async fn ask_with(&self, token: &str, method: &str, path: &str, body: Option<Json>, headers: &[(&str, &str)]) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        if !token.is_empty() {
            request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
        }
        if body.is_some() {
            request = request.header(header::CONTENT_TYPE, "application/json");
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let body = body.map_or_else(Body::empty, |json| Body::from(json.to_string()));
        self.send(request.body(body).unwrap()).await
    }

    /// A thing made by somebody; its reference.
    pub async fn thing(&self, token: &str, json: Json) -> String {
        let made = self.ask(token, "POST", "/api/v1/things", Some(json)).await;
        assert_eq!(made.status, 201, "{}", made.text);
        made.json()["reference"].as_str().unwrap().to_owned()
    }
}

pub fn email(name: &str) -> String {
    format!("{}@vesthavn.example", name.to_lowercase())
}

fn role_of(act: &mut Act, key: &str) -> kernel::Result<String> {
    Ok(act.tx.one("select reference from role where key = ?1", &[key.into()])?.text(0)?.to_owned())
}

/// A browser: keeps cookies.
#[derive(Default)]
pub struct Browser {
    pub cookies: Vec<(String, String)>,
}

impl Browser {
    fn keep(&mut self, answer: &Answer) {
        for line in answer.headers.get_all(header::SET_COOKIE) {
            let line = line.to_str().unwrap();
            let (name, value) = line.split(';').next().unwrap().split_once('=').unwrap();
            self.cookies.retain(|(known, _)| known != name);
            if !line.contains("Max-Age=0") {
                self.cookies.push((name.to_owned(), value.to_owned()));
            }
        }
    }

    /// The header that sends its cookies.
    pub fn cookie(&self) -> String {
        self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ")
    }

    pub async fn get(&mut self, world: &World, path: &str) -> Answer {
        let request = Request::get(path).header(header::COOKIE, self.cookie()).body(Body::empty()).unwrap();
        let answer = world.send(request).await;
        self.keep(&answer);
        answer
    }

    pub async fn post(&mut self, world: &World, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.post_with(world, path, fields, &[]).await
    }

    pub async fn post_with(&mut self, world: &World, path: &str, fields: &[(&str, &str)], headers: &[(&str, &str)]) -> Answer {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let mut request = Request::post(path).header(header::COOKIE, self.cookie()).header(header::HOST, "desk.example");
        request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let answer = world.send(request.body(Body::from(body)).unwrap()).await;
        self.keep(&answer);
        answer
    }

    /// Opens a page and posts its form.
    pub async fn fill(&mut self, world: &World, path: &str, fields: &[(&str, &str)]) -> Answer {
        let page = self.get(world, path).await;
        let csrf = csrf(&page.text).unwrap_or_default();
        let all: Vec<(&str, &str)> = fields.iter().copied().chain([("csrf", csrf.as_str())]).collect();
        self.post(world, path, &all).await
    }

    pub async fn sign_in(&mut self, world: &World, name: &str) -> Answer {
        self.fill(world, "/signin", &[("email", &email(name)), ("password", PASSWORD)]).await
    }
}

/// The token against forged posts that stands in a page.
pub fn csrf(page: &str) -> Option<String> {
    let at = page.find("name=\"csrf\" value=\"").map(|at| at + 19).or_else(|| page.find("name=\"csrf\" content=\"").map(|at| at + 21))?;
    page[at..].split('"').next().map(str::to_owned)
}
