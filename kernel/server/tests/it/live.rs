//! Pages that follow what happens: a change of one session reaches the stream of another, and never one without the right.

use crate::world::{Browser, World, object};
use axum::body::{Body, BodyDataStream};
use axum::http::{Request, StatusCode, header};
use kernel::register::{self, Sent, Source};
use serde_json::{Value as Json, json};
use server::{Background, Settings};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tower::ServiceExt;

/// Within this time a change is told.
const SOON: Duration = Duration::from_secs(1);

/// A browser's stream, and what came of it so far.
struct Stream {
    body: BodyDataStream,
    text: String,
}

impl Stream {
    /// Opens a stream, as the page with this address would.
    async fn open(world: &World, browser: &Browser, address: &str) -> Result<Stream, StatusCode> {
        Stream::open_from(world, browser, address, None).await
    }

    async fn open_from(world: &World, browser: &Browser, address: &str, last: Option<i64>) -> Result<Stream, StatusCode> {
        let mut request = Request::get(format!("/live{address}")).header(header::COOKIE, browser.cookie());
        if let Some(last) = last {
            request = request.header("last-event-id", last.to_string());
        }
        let request = request.body(Body::empty()).unwrap();
        let answer = server::router(Arc::clone(&world.app)).oneshot(request).await.unwrap();
        if answer.status() != StatusCode::OK {
            return Err(answer.status());
        }
        assert_eq!(answer.headers()[header::CONTENT_TYPE], "text/event-stream; charset=utf-8");
        assert_eq!(answer.headers()[header::CACHE_CONTROL], "no-store");
        let mut stream = Stream { body: answer.into_body().into_data_stream(), text: String::new() };
        assert!(stream.hears("event: beat", SOON).await, "it says hello: {}", stream.text);
        Ok(stream)
    }

    /// The next chunk; none when the stream ended or nothing came in time.
    async fn next(&mut self, time: Duration) -> Option<String> {
        let next = std::future::poll_fn(|cx| futures_core::Stream::poll_next(std::pin::Pin::new(&mut self.body), cx));
        let chunk = tokio::time::timeout(time, next).await.ok().flatten()?.unwrap();
        Some(String::from_utf8_lossy(&chunk).into_owned())
    }

    /// Whether it says something within a time.
    async fn hears(&mut self, words: &str, time: Duration) -> bool {
        let until = Instant::now() + time;
        while !self.text.contains(words) {
            let Some(chunk) = self.next(until.saturating_duration_since(Instant::now())).await else { return false };
            self.text.push_str(&chunk);
        }
        true
    }

    /// Whether it ended, within a second.
    async fn ended(&mut self) -> bool {
        let until = Instant::now() + SOON;
        while Instant::now() < until {
            let next = std::future::poll_fn(|cx| futures_core::Stream::poll_next(std::pin::Pin::new(&mut self.body), cx));
            match tokio::time::timeout(SOON, next).await {
                Ok(None) => return true,
                Ok(Some(chunk)) => self.text.push_str(&String::from_utf8_lossy(&chunk.unwrap())),
                Err(_) => return false,
            }
        }
        false
    }

    fn forget(&mut self) {
        self.text.clear();
    }

    /// The position of the last event.
    fn last(&self) -> i64 {
        self.text.rsplit_once("\nid: ").and_then(|(_, rest)| rest.lines().next()).and_then(|id| id.parse().ok()).unwrap()
    }
}

/// What a page is told that opens a stream which it may not have.
async fn refusal(world: &World, browser: &Browser, address: &str) -> String {
    let request =
        Request::get(format!("/live{address}")).header(header::COOKIE, browser.cookie()).header(header::ACCEPT, "text/event-stream");
    let answer = server::router(Arc::clone(&world.app)).oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    assert_eq!(answer.status(), StatusCode::OK);
    let body = axum::body::to_bytes(answer.into_body(), 1_000).await.unwrap();
    String::from_utf8(body.to_vec()).unwrap()
}

/// A world with what runs beside it.
fn running(settings: Settings) -> (World, Background) {
    let world = World::with(Settings { seal_every: Duration::from_millis(20), ..settings });
    let background = server::background(&world.app);
    (world, background)
}

async fn signed_in(world: &World, name: &str) -> Browser {
    let mut browser = Browser::default();
    assert_eq!(browser.sign_in(world, name).await.status, 303);
    browser
}

async fn set(world: &World, token: &str, thing: &str, json: Json) {
    let answer = world.ask(token, "PATCH", &format!("/api/v1/things/{thing}"), Some(json)).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_reaches_who_may_see_it_within_a_second_and_nobody_else() {
    let (world, background) = running(Settings::default());
    let (ada, hugo) = (world.token("Ada"), world.token("Hugo"));
    let thing = world.thing(&ada, json!({ "summary": "Crane", "notes": "secret note" })).await;
    let below = world.thing(&hugo, json!({ "summary": "Buoy" })).await;
    let rows = format!("/things?live_rows={thing},{below}");

    let mut axel = Stream::open(&world, &signed_in(&world, "Axel").await, &rows).await.unwrap();
    let mut harbour = Stream::open(&world, &signed_in(&world, "Hugo").await, &rows).await.unwrap();
    let mut eve = Stream::open(&world, &signed_in(&world, "Eve").await, "/things").await.unwrap();
    let mut rita = Stream::open(&world, &signed_in(&world, "Rita").await, "/things").await.unwrap();
    let mut record = Stream::open(&world, &signed_in(&world, "Axel").await, &format!("/things/{thing}")).await.unwrap();
    for name in ["Eve", "Rita", "Hugo"] {
        let refused = Stream::open(&world, &signed_in(&world, name).await, &format!("/things/{thing}")).await;
        assert_eq!(refused.err(), Some(StatusCode::NOT_FOUND), "{name} may not see the thing, so not its stream");
    }

    let begun = Instant::now();
    set(&world, &ada, &thing, json!({ "summary": "Gantry crane", "notes": "another secret" })).await;
    assert!(axel.hears("Gantry crane", SOON).await, "the row: {}", axel.text);
    assert!(axel.text.contains("event: patch") && axel.text.contains(&format!("id=\"row-{thing}\"")), "{}", axel.text);
    assert!(record.hears("Ada changed summary", SOON).await, "the record: {}", record.text);
    println!("told after {:?}", begun.elapsed());

    set(&world, &hugo, &below, json!({ "summary": "Red buoy" })).await;
    assert!(harbour.hears("Red buoy", SOON).await && axel.hears("Red buoy", SOON).await, "the harbour, and who reaches over it");
    for (name, stream) in [("Eve", &mut eve), ("Rita", &mut rita)] {
        assert!(!stream.hears("event: patch", Duration::from_millis(300)).await, "{name} heard: {}", stream.text);
        assert!(!stream.text.contains("newer"), "{name} is told nothing is new");
    }
    assert!(!harbour.text.contains("Gantry"), "the harbour office does not see what is above it");
    for stream in [&axel, &record, &harbour] {
        assert!(!stream.text.contains("another secret"), "what is internal stays inside");
    }
    background.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn rows_that_would_enter_are_only_counted() {
    let (world, background) = running(Settings::default());
    let ada = world.token("Ada");
    let one = world.thing(&ada, json!({ "summary": "One", "colour": "red" })).await;
    let axel = signed_in(&world, "Axel").await;
    let mut all = Stream::open(&world, &axel, &format!("/things?live_rows={one}")).await.unwrap();
    let mut red = Stream::open(&world, &axel, &format!("/things?colour=red&live_rows={one}")).await.unwrap();
    world.thing(&ada, json!({ "summary": "Two", "colour": "green" })).await;
    assert!(all.hears("event: newer", SOON).await, "{}", all.text);
    assert!(all.text.contains("data: 1\n") && !all.text.contains("Two"), "counted, not shown: {}", all.text);
    set(&world, &ada, &one, json!({ "colour": "green" })).await;
    assert!(red.hears("event: newer", SOON).await, "it would leave: {}", red.text);
    assert!(red.text.contains("event: patch") && red.text.contains("data: 1\n"), "it stays, with its new colour: {}", red.text);
    background.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_right_that_is_taken_away_ends_what_one_sees() {
    let (world, background) = running(Settings::default());
    let ada = world.token("Ada");
    let thing = world.thing(&ada, json!({ "summary": "Crane" })).await;
    let mut browser = signed_in(&world, "Axel").await;
    let mut list = Stream::open(&world, &browser, &format!("/things?live_rows={thing}")).await.unwrap();
    let mut mia = Stream::open(&world, &signed_in(&world, "Mia").await, &format!("/things/{thing}")).await.unwrap();
    world.act(|act| {
        let people = &people::person::REGISTER;
        let reference = act.tx.one("select reference from person where name = 'Mia'", &[])?.text(0)?.to_owned();
        let none = object(json!({ "roles": [] }));
        register::edit(act, people, &reference, Sent { fields: &none, source: Source::Api }, None).map(drop)
    });
    assert!(mia.hears("event: gone", SOON).await && mia.ended().await, "without a role: {}", mia.text);
    set(&world, &ada, &thing, json!({ "summary": "Gantry" })).await;
    assert!(!mia.text.contains("Gantry"), "{}", mia.text);

    browser.fill(&world, "/me", &[]).await;
    let page = browser.get(&world, "/me").await;
    let csrf = crate::world::csrf(&page.text).unwrap();
    let out = browser.cookie();
    assert_eq!(browser.post(&world, "/signout", &[("csrf", &csrf)]).await.status, 303);
    assert!(list.hears("event: ended", SOON).await && list.ended().await, "signed out: {}", list.text);
    let gone =
        Browser { cookies: vec![("reeve_session".into(), out.split("reeve_session=").nth(1).unwrap().split(';').next().unwrap().into())] };
    assert!(Stream::open(&world, &gone, "/things").await.is_err(), "and cannot be opened again");
    assert_eq!(refusal(&world, &gone, "/things").await, "event: ended\ndata: \n\n", "a page is told why");
    let axel = signed_in(&world, "Axel").await;
    assert_eq!(refusal(&world, &axel, "/things/THG-999").await, "event: gone\ndata: \n\n");
    background.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stream_that_was_away_goes_on_where_it_was() {
    let (mut world, background) = running(Settings::default());
    let ada = world.token("Ada");
    let thing = world.thing(&ada, json!({ "summary": "Crane" })).await;
    let axel = signed_in(&world, "Axel").await;
    let address = format!("/things?live_rows={thing}");
    let mut first = Stream::open(&world, &axel, &address).await.unwrap();
    set(&world, &ada, &thing, json!({ "summary": "Crane two" })).await;
    assert!(first.hears("Crane two", SOON).await);
    let last = first.last();
    drop(first);
    background.stop().await;

    set(&world, &ada, &thing, json!({ "summary": "Crane three" })).await;
    world.app = server::App::new(Arc::clone(&world.app.house), world.app.db.clone(), world.app.settings.clone());
    let background = server::background(&world.app);
    let mut again = Stream::open_from(&world, &axel, &address, Some(last)).await.unwrap();
    assert!(again.hears("Crane three", SOON).await, "{}", again.text);
    assert!(again.last() > last);
    assert!(again.hears("event: bell", SOON).await, "what another window read meanwhile is known here too: {}", again.text);
    let far = again.last() + 1_000;
    let mut lost = Stream::open_from(&world, &axel, &address, Some(far)).await.unwrap();
    assert!(lost.hears("event: stale", SOON).await, "a position that never was: {}", lost.text);
    background.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slow_reader_is_dropped_without_harm_and_comes_back() {
    let (world, background) = running(Settings { stream_patience: Duration::from_millis(150), ..Settings::default() });
    let ada = world.token("Ada");
    let thing = world.thing(&ada, json!({ "summary": "Crane" })).await;
    let axel = signed_in(&world, "Axel").await;
    let address = format!("/things?live_rows={thing}");
    let mut slow = Stream::open(&world, &axel, &address).await.unwrap();
    let mut quick = Stream::open(&world, &axel, &address).await.unwrap();
    let mut number = 0;
    while metric(&world, "reeve_streams_dropped_total").await == 0 {
        number += 1;
        assert!(number < 100, "nobody was dropped");
        set(&world, &ada, &thing, json!({ "summary": format!("Crane {number}.") })).await;
        assert!(quick.hears(&format!("Crane {number}."), SOON).await, "who reads is not held up: {}", quick.text);
        quick.forget();
    }
    assert_eq!(metric(&world, "reeve_streams").await, 1, "its place is free again");
    assert!(slow.ended().await, "what waited is read, then it is over");
    let mut back = Stream::open_from(&world, &axel, &address, Some(slow.last())).await.unwrap();
    assert!(back.hears(&format!("Crane {number}."), SOON).await, "it misses nothing: {}", back.text);
    background.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn streams_are_bounded_and_end_when_the_server_stops() {
    let (world, background) = running(Settings { streams_per_person: 2, streams: 3, ..Settings::default() });
    let (axel, mia) = (signed_in(&world, "Axel").await, signed_in(&world, "Mia").await);
    let mut first = Stream::open(&world, &axel, "/things").await.unwrap();
    let second = Stream::open(&world, &axel, "/things").await.unwrap();
    assert_eq!(Stream::open(&world, &axel, "/things").await.err(), Some(StatusCode::TOO_MANY_REQUESTS));
    drop(second);
    tokio::time::sleep(Duration::from_millis(100)).await;
    let _third = Stream::open(&world, &axel, "/things").await.unwrap();
    let _fourth = Stream::open(&world, &mia, "/things").await.unwrap();
    assert_eq!(Stream::open(&world, &mia, "/things").await.err(), Some(StatusCode::TOO_MANY_REQUESTS), "three in all");
    assert_eq!(metric(&world, "reeve_streams").await, 3);
    background.stop().await;
    assert!(first.ended().await, "the server stopped");
    assert_eq!(Stream::open(&world, &Browser::default(), "/things").await.err(), Some(StatusCode::SEE_OTHER), "a stranger has none");
}

#[tokio::test(flavor = "multi_thread")]
async fn colleagues_see_each_other_and_requesters_see_nobody() {
    let (world, background) = running(Settings::default());
    let ada = world.token("Ada");
    let rita = world.act(|act| Ok(act.tx.one("select reference from person where name = 'Rita'", &[])?.text(0)?.to_owned()));
    let thing = world.thing(&ada, json!({ "summary": "Crane", "requester": rita })).await;
    let address = format!("/things/{thing}");
    let mut mia = Stream::open(&world, &signed_in(&world, "Mia").await, &address).await.unwrap();
    let mut rita = Stream::open(&world, &signed_in(&world, "Rita").await, &address).await.unwrap();
    let mut admin = signed_in(&world, "Ada").await;
    let looks = Stream::open(&world, &admin, &address).await.unwrap();
    assert!(mia.hears("Ada is looking", SOON).await, "{}", mia.text);
    let csrf = crate::world::csrf(&admin.get(&world, &address).await.text).unwrap();
    let typed = [("csrf", csrf.as_str()), ("mode", "public"), ("text", "We are on it")];
    let place = format!("/draft/things/{thing}/said");
    assert_eq!(admin.post(&world, &place, &typed).await.status, 200);
    assert!(mia.hears("Ada is replying", SOON).await, "{}", mia.text);
    assert!(!mia.text.contains("We are on it"), "that somebody writes is told, not what");
    world.clock.advance(11_000);
    mia.forget();
    assert!(mia.hears("Ada is looking", SOON).await && !mia.text.contains("replying"), "no key for a while: {}", mia.text);
    drop(looks);
    tokio::time::sleep(Duration::from_millis(100)).await;
    world.clock.advance(4_000);
    mia.forget();
    assert!(mia.hears("event: presence", SOON).await && !mia.text.contains("Ada"), "she left: {}", mia.text);
    assert!(!rita.hears("event: presence", Duration::from_millis(100)).await, "requesters see nobody: {}", rita.text);
    background.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_on_a_row_is_told_to_those_alone_who_may_see_that_row() {
    let (world, background) = running(Settings::default());
    world.person("Nora", "manager", &world.harbour);
    let (ada, hugo) = (world.token("Ada"), world.token("Hugo"));
    let above = world.thing(&ada, json!({ "summary": "Crane" })).await;
    let below = world.thing(&hugo, json!({ "summary": "Buoy" })).await;
    let rows = format!("/things?live_rows={above},{below}");
    let mut nora = Stream::open(&world, &signed_in(&world, "Nora").await, &rows).await.unwrap();
    let mut mia = Stream::open(&world, &signed_in(&world, "Mia").await, &rows).await.unwrap();
    let admin = signed_in(&world, "Ada").await;
    let _above = Stream::open(&world, &admin, &format!("/things/{above}")).await.unwrap();
    assert!(mia.hears(&format!("words {above}"), SOON).await, "{}", mia.text);
    let _below = Stream::open(&world, &admin, &format!("/things/{below}")).await.unwrap();
    assert!(nora.hears(&format!("words {below}"), SOON).await, "{}", nora.text);
    assert!(mia.hears(&format!("words {below}"), SOON).await, "{}", mia.text);
    assert!(!nora.text.contains(&above), "what is above her is not hers to know: {}", nora.text);
    background.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_keeps_to_themselves_is_seen_by_nobody() {
    let (world, background) = running(Settings::default());
    let thing = world.thing(&world.token("Ada"), json!({ "summary": "Crane" })).await;
    let address = format!("/things/{thing}");
    let mut ada = signed_in(&world, "Ada").await;
    let page = ada.get(&world, "/me").await.text;
    assert!(page.contains("See when I am at a record"), "{page}");
    let csrf = crate::world::csrf(&page).unwrap();
    assert_eq!(ada.post(&world, "/me/screen", &[("csrf", csrf.as_str()), ("presence", "off")]).await.status, 303);
    let mut mia = Stream::open(&world, &signed_in(&world, "Mia").await, &address).await.unwrap();
    let _hidden = Stream::open(&world, &ada, &address).await.unwrap();
    assert!(!mia.hears("Ada", Duration::from_millis(300)).await, "{}", mia.text);
    assert_eq!(ada.post(&world, "/me/screen", &[("csrf", csrf.as_str()), ("presence", "on")]).await.status, 303);
    let _seen = Stream::open(&world, &ada, &address).await.unwrap();
    assert!(mia.hears("Ada is looking", SOON).await, "{}", mia.text);
    background.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_types_through_another_node_is_seen_writing() {
    let settings = || Settings { seal_every: Duration::from_millis(20), ..Settings::default() };
    let (world, background) = running(settings());
    let Some(other) = world.beside(settings()) else { return background.stop().await };
    let beside = server::background(&other.app);
    let thing = world.thing(&world.token("Ada"), json!({ "summary": "Crane" })).await;
    let address = format!("/things/{thing}");
    let mut mia = Stream::open(&world, &signed_in(&world, "Mia").await, &address).await.unwrap();
    let mut ada = signed_in(&world, "Ada").await;
    let _page = Stream::open(&world, &ada, &address).await.unwrap();
    assert!(mia.hears("Ada is looking", SOON).await, "{}", mia.text);
    let csrf = crate::world::csrf(&ada.get(&world, &address).await.text).unwrap();
    let typed = [("csrf", csrf.as_str()), ("mode", "public"), ("text", "We are on it")];
    assert_eq!(ada.post(&other, &format!("/draft/things/{thing}/said"), &typed).await.status, 200);
    assert!(mia.hears("Ada is replying", 5 * SOON).await, "{}", mia.text);
    beside.stop().await;
    background.stop().await;
}

/// A figure of `/metrics`.
async fn metric(world: &World, name: &str) -> i64 {
    let text = world.ask("", "GET", "/metrics", None).await.text;
    let line = text.lines().find(|line| line.split(' ').next() == Some(name)).unwrap_or_else(|| panic!("{name} is measured"));
    line.rsplit(' ').next().unwrap().parse().unwrap()
}
