//! The first answer again, and nothing done twice.

use crate::people::between;
use crate::world::{Browser, World, csrf};
use serde_json::json;

#[tokio::test]
async fn the_same_request_gets_the_first_answer_again() {
    let world = World::new();
    let (axel, mia) = (world.token("Axel"), world.token("Mia"));
    let key = [("idempotency-key", "order-77")];
    let body = || Some(json!({ "summary": "Crane" }));
    let first = world.ask_with(&axel, "POST", "/api/v1/things", body(), &key).await;
    let again = world.ask_with(&axel, "POST", "/api/v1/things", body(), &key).await;
    assert_eq!(
        (first.status.as_u16(), &first.text, first.header("location"), first.header("etag")),
        (again.status.as_u16(), &again.text, again.header("location"), again.header("etag"))
    );
    assert_eq!(first.status, 201);
    assert_eq!(world.ask(&axel, "GET", "/api/v1/things?count=exact", None).await.json()["count"], 1);
    world
        .ask_with(&axel, "POST", "/api/v1/things", Some(json!({ "summary": "Another" })), &key)
        .await
        .is_problem(422, &["Idempotency-Key"]);
    world.ask_with(&axel, "POST", "/api/v1/things/THG-1/close", body(), &key).await.is_problem(422, &["Idempotency-Key"]);
    assert_eq!(
        world.ask_with(&mia, "POST", "/api/v1/things", body(), &key).await.json()["reference"],
        "THG-2",
        "another sender has keys of their own"
    );
}

#[tokio::test]
async fn a_verb_is_done_once_and_a_refusal_is_not_kept() {
    let world = World::new();
    let axel = world.token("Axel");
    let thing = world.thing(&axel, json!({ "summary": "Crane" })).await;
    let path = format!("/api/v1/things/{thing}/close");
    let key = [("idempotency-key", "close-1")];
    world.ask_with(&axel, "POST", &path, Some(json!({})), &key).await.is_problem(422, &["why"]);
    for _ in 0..2 {
        let closed = world.ask_with(&axel, "POST", &path, Some(json!({ "why": "Sold" })), &key).await;
        assert_eq!(closed.json()["version"], 2, "{}", closed.text);
    }
    world
        .ask_with(&axel, "POST", &path, Some(json!({ "why": "Sold" })), &[("idempotency-key", &"k".repeat(300))])
        .await
        .is_problem(400, &["Idempotency-Key"]);
}

#[tokio::test]
async fn at_the_same_time_it_is_done_once_too() {
    let world = World::new();
    let axel = world.token("Axel");
    let key = [("idempotency-key", "race")];
    let ask = || world.ask_with(&axel, "POST", "/api/v1/things", Some(json!({ "summary": "Crane" })), &key);
    let (a, b, c, d) = tokio::join!(ask(), ask(), ask(), ask());
    assert!([&a, &b, &c, &d].iter().all(|answer| answer.status == 201 && answer.text == a.text));
    assert_eq!(world.ask(&axel, "GET", "/api/v1/things?count=exact", None).await.json()["count"], 1);
}

#[tokio::test]
async fn a_form_for_something_new_that_is_sent_twice_without_script_makes_one() {
    let world = World::new();
    let mut axel = Browser::default();
    axel.sign_in(&world, "Axel").await;
    let page = axel.get(&world, "/things/new").await.text;
    let (csrf, once) = (csrf(&page).expect("a form"), between(&page, "name=\"once\" value=\"", "\"").to_owned());
    let form = [("csrf", csrf.as_str()), ("summary", "Crane"), ("once", once.as_str())];
    let first = axel.post(&world, "/things/new", &form).await;
    let again = axel.post(&world, "/things/new", &form).await;
    assert_eq!((first.status.as_u16(), first.header("location")), (303, again.header("location")), "the same answer");
    let other = axel.post(&world, "/things/new", &[("csrf", csrf.as_str()), ("summary", "Lift"), ("once", once.as_str())]).await;
    assert_ne!(other.header("location"), first.header("location"), "gone back and changed, it is another");
}

#[tokio::test]
async fn a_draft_that_arrives_after_its_form_was_sent_is_not_kept() {
    let world = World::new();
    let mut axel = Browser::default();
    axel.sign_in(&world, "Axel").await;
    let csrf = csrf(&axel.get(&world, "/things/new").await.text).expect("a form");
    let kept = |summary| [("csrf", csrf.as_str()), ("summary", summary), ("draft_at", "0"), ("sending", "first")];
    assert!(axel.post(&world, "/draft/things/new", &kept("Cra")).await.json()["saved_at"].is_i64());
    let form = [("csrf", csrf.as_str()), ("summary", "Crane"), ("once", "first"), ("sending", "first"), ("draft_at", "0")];
    assert_eq!(axel.post(&world, "/things/new", &form).await.status, 303);
    assert_eq!(axel.get(&world, "/draft/things/new").await.json(), json!({}), "what was sent is no draft, answered or not");
    let late = axel.post(&world, "/draft/things/new", &kept("Crane")).await;
    assert_eq!((late.status.as_u16(), late.json()), (200, json!({ "sent": true })));
    assert_eq!(axel.get(&world, "/draft/things/new").await.json(), json!({}));
}

#[tokio::test]
async fn a_form_leaves_the_draft_that_another_window_kept_meanwhile() {
    let world = World::new();
    let mut axel = Browser::default();
    axel.sign_in(&world, "Axel").await;
    let page = axel.get(&world, "/things/new").await.text;
    assert!(page.contains("name=\"draft_at\" value=\"0\""), "the form says from which draft it goes on: {page}");
    let csrf = csrf(&page).expect("a form");
    let other = [("csrf", csrf.as_str()), ("summary", "A long one"), ("draft_at", "0"), ("sending", "other")];
    let saved = axel.post(&world, "/draft/things/new", &other).await.json()["saved_at"].to_string();
    let mine = [("csrf", csrf.as_str()), ("summary", "Short"), ("draft_at", "0"), ("sending", "mine")];
    let refused = axel.post(&world, "/draft/things/new", &mine).await;
    assert_eq!((refused.status.as_u16(), refused.json()["fields"]["summary"].as_str()), (409, Some("A long one")));
    let form = [("csrf", csrf.as_str()), ("summary", "Short"), ("once", "mine"), ("sending", "mine"), ("draft_at", "0")];
    assert_eq!(axel.post(&world, "/things/new", &form).await.status, 303);
    assert_eq!(axel.get(&world, "/draft/things/new").await.json()["saved_at"].to_string(), saved);
}
