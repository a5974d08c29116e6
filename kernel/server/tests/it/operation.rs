//! For whoever runs it, and what every answer carries.

use crate::world::{Browser, World};
use serde_json::json;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

#[tokio::test]
async fn it_says_how_it_does() {
    let world = World::new();
    let axel = world.token("Axel");
    world.thing(&axel, json!({ "summary": "Crane" })).await;
    assert_eq!(world.ask("", "GET", "/healthz", None).await.status, 200);
    assert_eq!(world.ask("", "GET", "/readyz", None).await.status, 200);
    let figures = world.ask("", "GET", "/metrics", None).await.text;
    assert!(figures.contains("reeve_http_requests_total{route=\"/api/v1/{kind}\",method=\"POST\",status=\"201\"} 1"), "{figures}");
    let unsealed = figures.lines().find_map(|line| line.strip_prefix("reeve_journal_unsealed ")).unwrap();
    assert!(unsealed.parse::<i64>().unwrap() > 0);
    let background = server::background(&world.app);
    let mut figures = String::new();
    for _ in 0..100 {
        figures = world.ask("", "GET", "/metrics", None).await.text;
        if figures.contains("\nreeve_journal_unsealed 0\n") {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert!(figures.contains("\nreeve_journal_unsealed 0\n"), "the sealer seals: {figures}");
    background.stop().await;
}

#[tokio::test]
async fn every_answer_carries_the_policy() {
    let world = World::new();
    let mut browser = Browser::default();
    browser.sign_in(&world, "Axel").await;
    for path in ["/signin", "/me", "/no/such", "/api/v1", "/healthz"] {
        let answer = browser.get(&world, path).await;
        assert!(answer.header("content-security-policy").starts_with("default-src 'none'; script-src 'self'"), "{path}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("cache-control"), "no-store", "{path}");
        assert_ne!(answer.header("x-request-id"), "", "{path}");
    }
    let core = ui::assets::url("core.css");
    let asset = browser.get(&world, core).await;
    assert_eq!((asset.status.as_u16(), asset.header("cache-control")), (200, "public, max-age=31536000, immutable"));
}

#[tokio::test]
async fn pages_stand_in_the_frame_and_errors_say_what_next() {
    let world = World::new();
    let mut browser = Browser::default();
    browser.sign_in(&world, "Axel").await;
    let home = browser.get(&world, "/").await;
    assert_eq!(home.status, 303);
    let list = browser.get(&world, "/things").await;
    assert_eq!(list.status, 200, "{}", list.text);
    assert!(list.text.contains("<nav") && list.text.contains("href=\"/things\"") && list.text.contains("Axel"));
    let none = browser.get(&world, "/things/THG-404").await;
    assert_eq!(none.status, 404);
    assert!(none.text.contains("href=\"/\"") && none.text.contains("Reference "), "{}", none.text);
    let wide = axum::http::Request::get("/things").header("cookie", "x=y").header("hx-request", "true");
    let script = world.send(wide.body(axum::body::Body::empty()).unwrap()).await;
    assert_eq!((script.status.as_u16(), script.header("hx-redirect")), (401, "/signin?next=%2Fthings"));
}

#[tokio::test]
async fn a_stop_finishes_what_runs() {
    let world = World::new();
    let axel = world.token("Axel");
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let at = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel::<()>();
    let serving = tokio::spawn(server::serve(world.app.clone(), listener, async move { drop(stopped.await) }));
    let body = json!({ "summary": "Last words" }).to_string();
    let head = format!(
        "POST /api/v1/things HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {axel}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let mut stream = tokio::net::TcpStream::connect(at).await.unwrap();
    stream.write_all(head.as_bytes()).await.unwrap();
    tokio::time::sleep(Duration::from_millis(100)).await;
    stop.send(()).unwrap();
    tokio::time::sleep(Duration::from_millis(100)).await;
    stream.write_all(body.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 201"), "{answer}");
    serving.await.unwrap().unwrap();
    assert!(tokio::net::TcpStream::connect(at).await.is_err(), "no new connection is taken");
    assert_eq!(world.ask(&axel, "GET", "/api/v1/things/THG-1", None).await.json()["summary"], "Last words");
}

#[tokio::test]
async fn large_answers_are_compressed_and_small_ones_not() {
    let world = World::new();
    let axel = world.token("Axel");
    for _ in 0..10 {
        world.thing(&axel, json!({ "summary": "Crane" })).await;
    }
    for (path, coded) in [("/api/v1/things", "br"), ("/api/v1/search?q=none", "")] {
        let answer = world.ask_with(&axel, "GET", path, None, &[("accept-encoding", "br")]).await;
        assert_eq!(answer.header("content-encoding"), coded, "{path}");
    }
}
