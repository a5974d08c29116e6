//! Nonsense is refused politely: no fault, no panic, and the server goes on.

use crate::world::{Browser, World};
use axum::body::Body;
use axum::http::Request;
use serde_json::json;

const PATHS: &[&str] = &[
    "/api",
    "/api/",
    "/api/v1/",
    "/api/v1//",
    "/api/v1/things/",
    "/api/v1/things//journal",
    "/api/v1/things/%",
    "/api/v1/things/%00",
    "/api/v1/things/%ff",
    "/api/v1/things/..%2f..%2fetc",
    "/api/v1/things/THG-1'--",
    "/api/v1/things/%27%20or%201=1",
    "/api/v1/kinds/",
    "/api/v1/kinds/nothing",
    "/api/v1/search/x",
    "/api/v1/things/THG-99999999999999999999",
    "/api/v1/%F0%9F%92%A9",
    "/api/v1/things/THG-1/journal/more",
    "/api/openapi.json?x=1",
    "/assets/",
    "/assets/../../etc/passwd",
    "/assets/%2e%2e/x",
    "/assets/core.js",
    "/things/%00",
    "/things/THG-1/%ff",
    "/things//",
    "/no/such/page/at/all",
    "/once/",
    "/once/%00",
    "/invitation/x/y",
    "/me/tokens/x/end",
    "/settings/fields/none",
];

const QUERIES: &[&str] = &[
    "=",
    "&&&",
    "a",
    "%",
    "%00=1",
    "q=%00",
    "q=%ff",
    "limit=-1",
    "limit=1e9",
    "limit=999999999999999999999",
    "cursor=",
    "cursor=W10",
    "cursor=WyJ4Iiw1LGZhbHNlXQ",
    "cursor=W251bGwsNSxmYWxzZV0",
    "cursor=W3siciI6MX0sNSxmYWxzZV0",
    "sort=summary&cursor=WyJcdTAwMDAiLDUsZmFsc2Vd",
    "sort=",
    "sort=-",
    "sort=--weight",
    "sort=parts",
    "fields=,,,",
    "expand=summary",
    "as_of=yesterday",
    "as_of=99999-01-01",
    "as_of=-9999-01-01T00:00:00Z",
    "count=all",
    "weight=",
    "weight=,",
    "weight=99999999999999999999",
    "weight__gt=NaN",
    "weight__empty=maybe",
    "weight__=1",
    "__=1",
    "__ne=1",
    "colour=%F0%9F%92%A9",
    "owner=me",
    "owner=%27",
    "owner__contains=x",
    "parts=THG-1",
    "parts__empty=true",
    "due=never",
    "due__lt=0000-00-00",
    "due__lte=today-9223372036854775808",
    "state=%20",
    "reference=%27%3B--",
    "version=9223372036854775808",
    "created_at__gte=2026-13-45",
    "organisation=ORG-0",
    "summary__contains=%25%5F%5C",
    "q=%22%22%22",
    "q=*",
    "q=NEAR(a%20b)",
    "q=a%20AND%20OR",
    "q=-",
    "retired=perhaps",
];

fn bodies() -> Vec<Vec<u8>> {
    let mut all: Vec<Vec<u8>> = [
        "",
        "{",
        "null",
        "1",
        "\"x\"",
        "[]",
        "{}",
        "{\"summary\":null}",
        "{\"summary\":1}",
        "{\"summary\":[]}",
        "{\"summary\":\"\\u0000\"}",
        "{\"summary\":\"\\ud800\"}",
        "{\"summary\":\"x\",\"weight\":1e400}",
        "{\"summary\":\"x\",\"weight\":1.5}",
        "{\"summary\":\"x\",\"weight\":-9223372036854775809}",
        "{\"summary\":\"x\",\"due\":\"0000-00-00\"}",
        "{\"summary\":\"x\",\"due\":253402300800}",
        "{\"summary\":\"x\",\"due\":\"+999999-01-01T00:00:00Z\"}",
        "{\"summary\":\"x\",\"price\":{\"amount\":\"1e9\"}}",
        "{\"summary\":\"x\",\"owner\":{}}",
        "{\"summary\":\"x\",\"owner\":\"'\"}",
        "{\"summary\":\"x\",\"parts\":\"x\"}",
        "{\"summary\":\"x\",\"parts\":[1,[2]]}",
        "{\"summary\":\"\u{202e}evil\"}",
        "{\"summary\":\"x\",\"colour\":{}}",
        "{\"summary\":\"x\",\"organisation\":7}",
        "{\"\":1}",
        "{\"summary\":\"x\",\"__proto__\":{}}",
        "{\"why\":\"x\",\"why2\":1}",
        "{\"act\":-1}",
        "{\"act\":1.5}",
        "{\"act\":\"9223372036854775808\"}",
        "{\"act\":[]}",
    ]
    .iter()
    .map(|text| text.as_bytes().to_vec())
    .collect();
    all.push(vec![0xff, 0xfe, 0x00]);
    all.push(format!("{}{}", "[".repeat(5_000), "]".repeat(5_000)).into_bytes());
    all.push(format!("{{\"summary\":{}1{}}}", "[".repeat(5_000), "]".repeat(5_000)).into_bytes());
    all.push(format!("{{\"summary\":\"{}\"}}", "ü".repeat(150_000)).into_bytes());
    all.push(serde_json::json!({ "summary": "x", "parts": vec!["THG-1"; 600] }).to_string().into_bytes());
    all
}

#[tokio::test]
async fn nothing_that_is_sent_is_a_fault() {
    let world = World::new();
    let mia = world.token("Mia");
    world.thing(&mia, json!({ "summary": "Crane", "weight": 3 })).await;
    let mut browser = Browser::default();
    browser.sign_in(&world, "Mia").await;
    for path in PATHS {
        for method in ["GET", "POST", "PATCH", "DELETE", "PUT", "OPTIONS", "HEAD"] {
            let api = world.ask(&mia, method, path, Some(json!({}))).await;
            assert!(api.status.as_u16() < 500, "{method} {path}: {} {}", api.status, api.text);
        }
        let page = browser.get(&world, path).await;
        assert!(page.status.as_u16() < 500, "{path}: {} {}", page.status, page.text);
    }
    for query in QUERIES {
        for path in
            ["/api/v1/things", "/api/v1/things/THG-1", "/api/v1/things/THG-1/journal", "/api/v1/search", "/api/v1", "/api/v1/kinds/things"]
        {
            let api = world.ask(&mia, "GET", &format!("{path}?{query}"), None).await;
            assert!(api.status.as_u16() < 500, "{path}?{query}: {} {}", api.status, api.text);
        }
        for path in ["/things", "/things/THG-1", "/search", "/signin", "/things/new"] {
            let page = browser.get(&world, &format!("{path}?{query}")).await;
            assert!(page.status.as_u16() < 500, "{path}?{query}: {} {}", page.status, page.text);
        }
    }
    assert_eq!(world.ask(&mia, "GET", "/api/v1/things/THG-1", None).await.status, 200, "the server goes on");
}

#[tokio::test]
async fn no_body_is_a_fault() {
    let world = World::new();
    let mia = world.token("Mia");
    world.thing(&mia, json!({ "summary": "Crane", "weight": 3 })).await;
    for body in bodies() {
        for (method, path) in [
            ("POST", "/api/v1/things"),
            ("PATCH", "/api/v1/things/THG-1"),
            ("POST", "/api/v1/things/THG-1/close"),
            ("POST", "/api/v1/things/THG-1/undo"),
        ] {
            let request = Request::builder()
                .method(method)
                .uri(path)
                .header("authorization", format!("Bearer {mia}"))
                .header("content-type", "application/json");
            let answer = world.send(request.body(Body::from(body.clone())).unwrap()).await;
            let shown: String = String::from_utf8_lossy(&body).chars().take(80).collect();
            assert!(answer.status.as_u16() < 500, "{method} {path} {shown}: {} {}", answer.status, answer.text);
            assert!(answer.status.is_success() || answer.header("content-type") == "application/problem+json", "{method} {path} {shown}");
        }
    }
}

#[tokio::test]
async fn a_panic_is_a_500_with_a_reference_and_nothing_is_kept() {
    let world = World::new();
    let axel = world.token("Axel");
    let thing = world.thing(&axel, json!({ "summary": "Crane" })).await;
    let burst =
        world.ask_with(&axel, "POST", &format!("/api/v1/things/{thing}/burst"), Some(json!({})), &[("x-request-id", "the-burst")]).await;
    burst.is_problem(500, &[]);
    assert!(burst.text.contains("the-burst") && !burst.text.contains("as asked"), "{}", burst.text);
    let after = world.ask(&axel, "GET", &format!("/api/v1/things/{thing}"), None).await.json();
    assert_eq!(after["version"], 1);
}
