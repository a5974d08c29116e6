//! The API as `/api/openapi.json` says.

use crate::world::World;
use serde_json::json;

#[tokio::test]
async fn a_record_is_made_read_changed_acted_on_undone_and_retired() {
    let world = World::new();
    let axel = world.token("Axel");
    let made = world
        .ask(&axel, "POST", "/api/v1/things", Some(json!({ "summary": "Crane", "weight": 40, "owner": "axel@vesthavn.example" })))
        .await;
    assert_eq!((made.status.as_u16(), made.header("location")), (201, "/api/v1/things/THG-1"), "{}", made.text);
    let json = made.json();
    assert_eq!(
        (&json["reference"], &json["state"], &json["rank"], &json["colour"], &json["version"]),
        (&json!("THG-1"), &json!("open"), &json!(20), &json!("red"), &json!(1))
    );
    let tag = made.header("etag").to_owned();
    let read = world.ask(&axel, "GET", "/api/v1/things/thg-1?expand=owner", None).await.json();
    assert_eq!(read["owner"]["title"], "Axel");
    let known = world.ask_with(&axel, "GET", "/api/v1/things/THG-1", None, &[("if-none-match", &tag)]).await;
    assert_eq!((known.status.as_u16(), known.text.as_str()), (304, ""));

    world.clock.advance(1_000);
    let changed = world.ask_with(&axel, "PATCH", "/api/v1/things/THG-1", Some(json!({ "weight": null })), &[("if-match", &tag)]).await;
    assert_eq!((changed.status.as_u16(), &changed.json()["weight"]), (200, &json!(null)), "{}", changed.text);
    world.ask_with(&axel, "PATCH", "/api/v1/things/THG-1", Some(json!({ "weight": 1 })), &[("if-match", &tag)]).await.is_problem(412, &[]);
    world
        .ask_with(&axel, "PATCH", "/api/v1/things/THG-1", Some(json!({ "weight": 1 })), &[("if-match", "nonsense")])
        .await
        .is_problem(412, &[]);

    world.clock.advance(1_000);
    world.ask(&axel, "POST", "/api/v1/things/THG-1/close", Some(json!({}))).await.is_problem(422, &["why"]);
    let closed = world.ask(&axel, "POST", "/api/v1/things/THG-1/close", Some(json!({ "why": "Sold" }))).await;
    assert_eq!((closed.status.as_u16(), &closed.json()["state"]), (200, &json!("closed")));
    world.ask(&axel, "POST", "/api/v1/things/THG-1/close", Some(json!({ "why": "Again" }))).await.is_problem(409, &[]);
    let act = closed.header("x-reeve-act").to_owned();
    let undone = world.ask(&axel, "POST", "/api/v1/things/THG-1/undo", Some(json!({ "act": act }))).await;
    assert_eq!((undone.status.as_u16(), &undone.json()["state"]), (200, &json!("open")), "{}", undone.text);

    let then = world.ask(&axel, "GET", "/api/v1/things/THG-1?as_of=2026-11-24T08:00:00Z", None).await.json();
    assert_eq!((&then["weight"], &then["version"]), (&json!(40), &json!(1)));
    world.ask(&axel, "GET", "/api/v1/things/THG-1?as_of=2020-01-01", None).await.is_problem(404, &[]);

    let gone = world.ask(&axel, "DELETE", "/api/v1/things/THG-1", None).await;
    assert_eq!((gone.status.as_u16(), gone.text.as_str()), (204, ""));
    assert_eq!(world.ask(&axel, "GET", "/api/v1/things", None).await.json()["items"], json!([]));
    let history = world.ask(&axel, "GET", "/api/v1/things/THG-1/journal", None).await.json();
    let verbs: Vec<&str> = history["items"].as_array().unwrap().iter().map(|it| it["verb"].as_str().unwrap()).collect();
    assert_eq!(verbs, ["retire", "undo", "close", "edit", "create"]);
    assert_eq!(history["items"][3]["changes"]["weight"], json!({ "from": 40, "to": null }));
    assert_eq!(history["items"][2]["input"], json!({ "why": "Sold" }));
    assert_eq!((&history["items"][4]["actor"]["title"], &history["items"][4]["means"]), (&json!("Axel"), &json!("api")));
    assert_eq!(history["items"][4]["changes"]["owner"]["to"].as_str().unwrap().split('-').next(), Some("PER"));
}

#[tokio::test]
async fn lists_are_filtered_sorted_counted_and_paged() {
    let world = World::new();
    let axel = world.token("Axel");
    for weight in 1..=7 {
        world
            .thing(
                &axel,
                json!({ "summary": format!("Box {weight}"), "weight": weight, "colour": if weight % 2 == 0 { "green" } else { "red" } }),
            )
            .await;
    }
    let page = world
        .ask(&axel, "GET", "/api/v1/things?colour=red&weight__gte=2&sort=-weight&count=exact&fields=weight&limit=2", None)
        .await
        .json();
    assert_eq!(page["count"], 3);
    assert_eq!(page["items"], json!([{ "reference": "THG-7", "weight": 7 }, { "reference": "THG-5", "weight": 5 }]));
    let next = page["next"].as_str().unwrap();
    let rest =
        world.ask(&axel, "GET", &format!("/api/v1/things?colour=red&weight__gte=2&sort=-weight&limit=2&cursor={next}"), None).await.json();
    assert_eq!((rest["items"].as_array().unwrap().len(), &rest["next"]), (1, &json!(null)));
    let history = world.ask(&axel, "GET", "/api/v1/things/THG-1/journal?limit=1", None).await.json();
    assert_eq!(history["next"], json!(null));
}

#[tokio::test]
async fn search_finds_across_kinds() {
    let world = World::new();
    let axel = world.token("Axel");
    world.thing(&axel, json!({ "summary": "Gantry crane" })).await;
    let found = world.ask(&axel, "GET", "/api/v1/search?q=gantry", None).await.json();
    assert_eq!((&found["items"][0]["reference"], &found["items"][0]["kind"]), (&json!("THG-1"), &json!("things")));
    assert_eq!(world.ask(&axel, "GET", "/api/v1/search?q=axel", None).await.json()["items"][0]["kind"], "people");
    world.ask(&axel, "GET", "/api/v1/search", None).await.is_problem(400, &["q"]);
    world.ask(&axel, "GET", "/api/v1/search?q=x&colour=red", None).await.is_problem(400, &["colour"]);
}

#[tokio::test]
async fn a_kind_is_described_for_its_reader() {
    let world = World::new();
    let axel = world.ask(&world.token("Axel"), "GET", "/api/v1/kinds/things", None).await.json();
    let keys = |json: &serde_json::Value| -> Vec<String> {
        json["fields"].as_array().unwrap().iter().map(|it| it["key"].as_str().unwrap().to_owned()).collect()
    };
    assert!(!keys(&axel).contains(&"price".to_owned()) && !keys(&axel).contains(&"notes".to_owned()));
    let mia = world.ask(&world.token("Mia"), "GET", "/api/v1/kinds/things", None).await.json();
    assert!(keys(&mia).contains(&"price".to_owned()) && keys(&mia).contains(&"notes".to_owned()));
    assert_eq!(
        axel["fields"].as_array().unwrap().iter().find(|it| it["key"] == "colour").unwrap()["choices"][0],
        json!({ "value": "red", "label": "Red" })
    );
}

#[tokio::test]
async fn what_is_malformed_is_named() {
    let world = World::new();
    let axel = world.token("Axel");
    world.thing(&axel, json!({ "summary": "Crane" })).await;
    world.ask(&axel, "GET", "/api/v1/things?size=3", None).await.is_problem(400, &["size"]);
    world.ask(&axel, "GET", "/api/v1/things?weight__near=3", None).await.is_problem(400, &["weight__near"]);
    world.ask(&axel, "GET", "/api/v1/things?sort=size", None).await.is_problem(400, &["sort"]);
    world.ask(&axel, "GET", "/api/v1/things?limit=0&cursor=abc", None).await.is_problem(400, &["limit", "cursor"]);
    world.ask(&axel, "GET", "/api/v1/things/THG-1?weight=1", None).await.is_problem(400, &["weight"]);
    world.ask(&axel, "POST", "/api/v1/things?dry=1", Some(json!({ "summary": "x" }))).await.is_problem(400, &["dry"]);
    world.ask(&axel, "POST", "/api/v1/things", Some(json!([]))).await.is_problem(400, &[""]);
    world.ask(&axel, "POST", "/api/v1/things", Some(json!({}))).await.is_problem(422, &["summary"]);
    world
        .ask(&axel, "POST", "/api/v1/things", Some(json!({ "summary": "x", "size": 1, "weight": "a" })))
        .await
        .is_problem(422, &["size", "weight"]);
    let text = [("content-type", "text/plain")];
    let request =
        axum::http::Request::post("/api/v1/things").header("authorization", format!("Bearer {axel}")).header(text[0].0, text[0].1);
    world.send(request.body(axum::body::Body::from("{}")).unwrap()).await.is_problem(415, &[]);
    let large = json!({ "summary": "x".repeat(2 << 20) });
    world.ask(&axel, "POST", "/api/v1/things", Some(large)).await.is_problem(413, &[]);
    let put = world.ask(&axel, "PUT", "/api/v1/things/THG-1", Some(json!({}))).await;
    put.is_problem(405, &[]);
    assert_eq!(put.header("allow"), "GET, HEAD, PATCH, DELETE");
    world.ask(&axel, "GET", "/api/v1/widgets", None).await.is_problem(404, &[]);
    world.ask(&axel, "POST", "/api/v1/things/THG-1/fly", Some(json!({}))).await.is_problem(404, &[]);
    world.ask(&axel, "GET", "/api/v2", None).await.is_problem(404, &[]);
    let head = world.ask(&axel, "HEAD", "/api/v1/things", None).await;
    assert_eq!(head.status, 200);
}
