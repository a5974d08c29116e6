//! What one may not see does not exist, and what one may not do is not done.

use crate::world::World;
use kernel::register;
use kernel::who::why;
use serde_json::json;

#[tokio::test]
async fn a_foreign_record_reads_like_none() {
    let world = World::new();
    let (axel, eve, hugo) = (world.token("Axel"), world.token("Eve"), world.token("Hugo"));
    let ours = world.thing(&axel, json!({ "summary": "Ours" })).await;
    let below = world.thing(&hugo, json!({ "summary": "Below" })).await;
    let foreign = world.ask(&eve, "GET", &format!("/api/v1/things/{ours}"), None).await;
    let none = world.ask(&eve, "GET", "/api/v1/things/THG-999", None).await;
    foreign.is_problem(404, &[]);
    assert_eq!(foreign.text, none.text);
    for (method, path) in [("PATCH", ""), ("DELETE", ""), ("POST", "/close"), ("POST", "/undo")] {
        let body = if path == "/undo" {
            json!({ "act": "1" })
        } else if path == "/close" {
            json!({ "why": "x" })
        } else {
            json!({})
        };
        let body = (method != "DELETE").then_some(body);
        world.ask(&eve, method, &format!("/api/v1/things/{ours}{path}"), body).await.is_problem(404, &[]);
    }
    assert_eq!(world.ask(&eve, "GET", "/api/v1/things?count=exact", None).await.json()["count"], 0);
    assert_eq!(world.ask(&eve, "GET", "/api/v1/search?q=ours", None).await.json()["items"], json!([]));
    assert_eq!(world.ask(&eve, "GET", &format!("/api/v1/things/{ours}/journal"), None).await.status, 404);
    world.ask(&hugo, "GET", &format!("/api/v1/things/{ours}"), None).await.is_problem(404, &[]);
    assert_eq!(world.ask(&axel, "GET", &format!("/api/v1/things/{below}"), None).await.status, 200, "one sees what is below");
}

#[tokio::test]
async fn what_one_sees_and_may_not_do_is_forbidden() {
    let world = World::new();
    let (axel, rita) = (world.token("Axel"), world.token("Rita"));
    let mine = world.thing(&axel, json!({ "summary": "Rita's", "requester": "rita@vesthavn.example" })).await;
    let other = world.thing(&axel, json!({ "summary": "Not Rita's" })).await;
    assert_eq!(world.ask(&rita, "GET", &format!("/api/v1/things/{mine}"), None).await.status, 200);
    world.ask(&rita, "PATCH", &format!("/api/v1/things/{mine}"), Some(json!({ "weight": 3 }))).await.is_problem(403, &[]);
    world.ask(&rita, "POST", &format!("/api/v1/things/{mine}/close"), Some(json!({ "why": "x" }))).await.is_problem(403, &[]);
    world.ask(&rita, "PATCH", &format!("/api/v1/things/{other}"), Some(json!({ "weight": 3 }))).await.is_problem(404, &[]);
    assert_eq!(world.ask(&rita, "GET", "/api/v1/things?count=exact", None).await.json()["count"], 1);
}

#[tokio::test]
async fn a_hidden_field_is_neither_read_nor_asked_nor_sent() {
    let world = World::new();
    let (axel, mia) = (world.token("Axel"), world.token("Mia"));
    let price = json!({ "amount": "12.50", "currency": "EUR" });
    let thing = world.thing(&mia, json!({ "summary": "Crane", "price": price, "notes": "Bribed clandestinely" })).await;
    let path = format!("/api/v1/things/{thing}");
    let seen = world.ask(&axel, "GET", &path, None).await.json();
    assert!(seen.get("price").is_none() && seen.get("notes").is_none(), "{seen}");
    assert_eq!(world.ask(&mia, "GET", &path, None).await.json()["price"], price);
    for question in ["price__gt=1", "sort=price", "fields=price", "expand=price", "notes__contains=bribe", "price__empty=true"] {
        let hidden = world.ask(&axel, "GET", &format!("/api/v1/things?{question}"), None).await;
        let unknown = world
            .ask(&axel, "GET", &format!("/api/v1/things?{}", question.replace("price", "zzzzz").replace("notes", "zzzzz")), None)
            .await;
        assert_eq!(hidden.status, 400, "{question}");
        assert_eq!(hidden.text.replace("price", "zzzzz").replace("notes", "zzzzz"), unknown.text, "{question}");
    }
    let sent = world.ask(&axel, "PATCH", &path, Some(json!({ "price": price }))).await;
    sent.is_problem(422, &["price"]);
    assert!(sent.text.contains("There is no such field"));
    assert_eq!(world.ask(&axel, "GET", "/api/v1/search?q=clandestinely", None).await.json()["items"], json!([]));
    assert_eq!(world.ask(&axel, "GET", "/api/v1/things?q=clandestinely&count=exact", None).await.json()["count"], 0);
    assert_eq!(world.ask(&mia, "GET", "/api/v1/search?q=clandestinely", None).await.json()["items"].as_array().unwrap().len(), 1);
    world.ask(&mia, "POST", &format!("{path}/close"), Some(json!({ "why": "Sold", "inner": "Hush" }))).await;
    let told = world.ask(&axel, "GET", &format!("{path}/journal"), None).await;
    assert!(
        !told.text.contains("12.50") && !told.text.contains("price") && !told.text.contains("Hush") && told.text.contains("Sold"),
        "{}",
        told.text
    );
}

#[tokio::test]
async fn what_reeve_keeps_cannot_be_sent() {
    let world = World::new();
    let axel = world.token("Axel");
    let thing = world.thing(&axel, json!({ "summary": "Crane", "weight": 10 })).await;
    for field in ["id", "reference", "state", "version", "created_at", "updated_at", "retired_at", "rank", "custom", "price_currency"] {
        world.ask(&axel, "PATCH", &format!("/api/v1/things/{thing}"), Some(json!({ field: 1 }))).await.is_problem(422, &[field]);
    }
    let elsewhere = world.elsewhere.clone();
    world
        .ask(&axel, "PATCH", &format!("/api/v1/things/{thing}"), Some(json!({ "organisation": elsewhere })))
        .await
        .is_problem(422, &["organisation"]);
    let harbour = world.harbour.clone();
    let moved = world.ask(&axel, "PATCH", &format!("/api/v1/things/{thing}"), Some(json!({ "organisation": harbour }))).await;
    assert_eq!((moved.status.as_u16(), &moved.json()["organisation"]), (200, &json!(harbour)));
    let after = world.ask(&axel, "GET", &format!("/api/v1/things/{thing}"), None).await.json();
    assert_eq!((&after["rank"], &after["state"], &after["reference"]), (&json!(5), &json!("open"), &json!(thing)));
}

#[tokio::test]
async fn nobody_gives_themselves_a_role() {
    let world = World::new();
    let mia = world.token("Mia");
    let me = world.ask(&mia, "GET", "/api/v1/people?email=mia@vesthavn.example", None).await.json();
    let me = me["items"][0]["reference"].as_str().unwrap().to_owned();
    let role = world.ask(&mia, "GET", "/api/v1/roles?key=administrator", None).await.json();
    let role = role["items"][0]["reference"].as_str().unwrap().to_owned();
    let sent = world.ask(&mia, "PATCH", &format!("/api/v1/people/{me}"), Some(json!({ "roles": [role] }))).await;
    sent.is_problem(403, &[]);
}

#[tokio::test]
async fn why_somebody_sees_a_record_says_what_the_guard_does() {
    let world = World::new();
    let axel = world.token("Axel");
    let mine = world.thing(&axel, json!({ "summary": "Rita's", "requester": "rita@vesthavn.example" })).await;
    let other = world.thing(&axel, json!({ "summary": "Not Rita's" })).await;
    let explain = move |world: &World, name: &'static str, reference: &str| {
        let reference = reference.to_owned();
        world.act(move |act| {
            let view = act.view;
            let person = register::resolve(act.tx, act.house, view, &people::person::REGISTER, &crate::world::email(name))?.unwrap();
            let record = register::load(act.tx, act.house, view, &crate::house::THINGS, &reference)?;
            why::can_see(act.tx, act.house, person, &record)
        })
    };
    let rita = explain(&world, "Rita", &mine);
    assert_eq!(rita.result, "Yes");
    assert!(rita.steps.iter().any(|step| step.counted && step.what == "Requester of the record"), "{rita:?}");
    let not = explain(&world, "Rita", &other);
    assert_eq!(not.result, "No");
    assert!(not.steps.iter().any(|step| !step.counted && step.what == "Requester of the record"), "{not:?}");
    let eve = explain(&world, "Eve", &mine);
    assert_eq!(eve.result, "No");
    assert!(eve.steps.iter().any(|step| !step.counted && step.what == "Organisation of the record"), "{eve:?}");
    assert_eq!(explain(&world, "Hugo", &mine).result, "No", "one does not see what is above");
    assert_eq!(explain(&world, "Mia", &mine).result, "Yes");
}
