//! API tokens: who they act for, what they may do, when they end.

use crate::world::{Browser, NOW, World, csrf};
use serde_json::json;
use server::Settings;

#[tokio::test]
async fn a_token_is_asked_for_and_must_be_valid() {
    let world = World::new();
    let nobody = world.ask("", "GET", "/api/v1/things", None).await;
    nobody.is_problem(401, &[]);
    assert_eq!(nobody.header("www-authenticate"), "Bearer realm=\"Reeve\"");
    world.ask("reeve_made-up", "GET", "/api/v1/things", None).await.is_problem(401, &[]);
    let axel = world.token("Axel");
    assert_eq!(world.ask(&axel, "GET", "/api/v1/things", None).await.status, 200);
    assert_eq!(world.ask_with("", "GET", "/api/v1/things", None, &[("authorization", &format!("Basic {axel}"))]).await.status, 401);
}

#[tokio::test]
async fn a_token_does_only_what_its_scopes_name() {
    let world = World::new();
    let reads = world.narrow_token("Axel", &["things.read"], None);
    assert_eq!(world.ask(&reads, "GET", "/api/v1/things", None).await.status, 200);
    world.ask(&reads, "POST", "/api/v1/things", Some(json!({ "summary": "x" }))).await.is_problem(403, &[]);
    world.ask(&reads, "GET", "/api/v1/people", None).await.is_problem(404, &[]);
    let all_reads = world.narrow_token("Axel", &["*.read"], None);
    assert_eq!(world.ask(&all_reads, "GET", "/api/v1/people", None).await.status, 200);
    let kinds = world.ask(&reads, "GET", "/api/v1", None).await.json();
    assert_eq!(kinds["kinds"].as_array().unwrap().len(), 1, "{kinds}");
    let more_than_the_person = world.narrow_token("Rita", &["*"], None);
    world.ask(&more_than_the_person, "PATCH", "/api/v1/things/THG-1", Some(json!({}))).await.is_problem(404, &[]);
}

#[tokio::test]
async fn a_token_lasts_through_the_day_named_where_its_person_is() {
    let world = World::new();
    let mut browser = Browser::default();
    browser.sign_in(&world, "Axel").await;
    let page = csrf(&browser.get(&world, "/me").await.text).unwrap();
    let zone = [("csrf", page.as_str()), ("zone", "America/New_York"), ("manner", "en")];
    assert_eq!(browser.post(&world, "/me/writing", &zone).await.status, 303);
    let asked = [("csrf", page.as_str()), ("name", "nightly"), ("scopes", "things.read"), ("expires", "2026-11-25")];
    let wrong = [("csrf", page.as_str()), ("name", "x"), ("scopes", ""), ("expires", "soon")];
    assert_eq!(browser.post(&world, "/me/tokens", &wrong).await.status, 422);
    let made = browser.post(&world, "/me/tokens", &asked).await;
    assert_eq!(made.status, 201, "{}", made.text);
    assert!(made.text.contains("until 2026-11-25"), "{}", made.text);
    let secret: String = made.text[made.text.find("reeve_").unwrap()..].chars().take_while(|it| *it != '<').collect();
    let last = kernel::time::parse("2026-11-26T04:59:59.998Z").unwrap();
    world.clock.advance(last - NOW);
    assert_eq!(world.ask(&secret, "GET", "/api/v1/things", None).await.status, 200, "the evening of that day");
    world.clock.advance(2);
    assert_eq!(world.ask(&secret, "GET", "/api/v1/things", None).await.status, 401, "the day after");
}

#[tokio::test]
async fn a_token_ends_with_time_and_by_hand() {
    let world = World::new();
    let short = world.narrow_token("Axel", &[], Some(NOW + 60_000));
    assert_eq!(world.ask(&short, "GET", "/api/v1", None).await.status, 200);
    world.clock.advance(60_000);
    assert_eq!(world.ask(&short, "GET", "/api/v1", None).await.status, 401, "its time is over, also where it was remembered");
    let mut browser = Browser::default();
    browser.sign_in(&world, "Axel").await;
    let page = csrf(&browser.get(&world, "/me").await.text).unwrap();
    let made = browser.post(&world, "/me/tokens", &[("csrf", &page), ("name", "nightly"), ("scopes", "things.read")]).await;
    assert_eq!(made.status, 201, "{}", made.text);
    let note = &made.text[made.text.find("id=\"made\"").expect("the secret is shown")..];
    assert!(note[..100].contains("autofocus") && note.contains("Copy the token"), "one sees it, and can copy it");
    let at = made.text.find("reeve_").unwrap();
    let secret: String = made.text[at..].chars().take_while(|it| *it != '<').collect();
    assert_eq!(world.ask(&secret, "GET", "/api/v1/things", None).await.status, 200);
    let end = made.text.split('"').find(|it| it.starts_with("/me/tokens/") && it.ends_with("/end")).unwrap().to_owned();
    assert_eq!(browser.post(&world, &end, &[("csrf", &page)]).await.status, 303);
    assert_eq!(world.ask(&secret, "GET", "/api/v1/things", None).await.status, 401);
    let bad = browser.post(&world, "/me/tokens", &[("csrf", &page), ("name", "x"), ("scopes", "things.fly")]).await;
    assert_eq!(bad.status, 422);
    assert!(bad.text.contains("There is no scope things.fly"));
    assert!(bad.text.contains("value=\"things.fly\""), "what was typed stands there still");
}

#[tokio::test]
async fn nobody_ends_the_token_of_another() {
    let world = World::new();
    let axel = world.token("Axel");
    let id = world.act(|act| Ok(act.tx.one("select max(id) from api_token", &[])?.int(0)?));
    let mut eve = Browser::default();
    eve.sign_in(&world, "Eve").await;
    let page = csrf(&eve.get(&world, "/me").await.text).unwrap();
    assert_eq!(eve.post(&world, &format!("/me/tokens/{id}/end"), &[("csrf", &page)]).await.status, 404);
    assert_eq!(world.ask(&axel, "GET", "/api/v1", None).await.status, 200);
}

#[tokio::test]
async fn too_many_requests_are_told_when_to_go_on() {
    let world = World::with(Settings { api_burst: 2, api_per_minute: 60, ..Settings::default() });
    let (axel, mia) = (world.token("Axel"), world.token("Mia"));
    for _ in 0..2 {
        assert_eq!(world.ask(&axel, "GET", "/api/v1", None).await.status, 200);
    }
    let refused = world.ask(&axel, "GET", "/api/v1", None).await;
    refused.is_problem(429, &[]);
    assert_eq!(refused.header("retry-after"), "1");
    assert_eq!(world.ask(&mia, "GET", "/api/v1", None).await.status, 200, "each token has its own limit");
    world.clock.advance(1_000);
    assert_eq!(world.ask(&axel, "GET", "/api/v1", None).await.status, 200);
}
