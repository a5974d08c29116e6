//! The first answer again, and nothing done twice.

use crate::world::World;
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
