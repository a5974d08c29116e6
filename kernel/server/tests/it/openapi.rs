//! The document describes what is there, and every reference in it leads somewhere.

use crate::world::World;
use serde_json::Value as Json;

#[tokio::test]
async fn the_document_is_whole() {
    let world = World::new();
    let document = world.ask(&world.token("Mia"), "GET", "/api/openapi.json", None).await.json();
    assert_eq!(document["openapi"], "3.1.0");
    let mut references = Vec::new();
    collect(&document, &mut references);
    assert!(references.len() > 100);
    for reference in references {
        assert!(document.pointer(reference.trim_start_matches('#')).is_some(), "{reference} leads nowhere");
    }
    let mut names = Vec::new();
    for (path, operations) in document["paths"].as_object().unwrap() {
        for (method, operation) in operations.as_object().unwrap() {
            names.push(operation["operationId"].as_str().unwrap().to_owned());
            for status in ["400", "401", "404", "429", "503"] {
                assert!(operation["responses"].get(status).is_some(), "{method} {path} does not say {status}");
            }
        }
    }
    let count = names.len();
    names.sort();
    names.dedup();
    assert_eq!(names.len(), count, "operations have names of their own");
    let paths = document["paths"].as_object().unwrap();
    for path in
        ["/api/v1/things", "/api/v1/things/{id}", "/api/v1/things/{id}/close", "/api/v1/things/{id}/undo", "/api/v1/things/{id}/journal"]
    {
        assert!(paths.contains_key(path), "{path}");
    }
}

#[tokio::test]
async fn the_document_shows_nobody_more_than_they_may_do() {
    let world = World::new();
    let rita = world.ask(&world.token("Rita"), "GET", "/api/openapi.json", None).await.json();
    assert!(rita["paths"]["/api/v1/things/{id}"].get("patch").is_none());
    assert!(rita["components"]["schemas"]["Thing"]["properties"].get("price").is_none());
    let nobody = world.ask("", "GET", "/api/openapi.json", None).await;
    assert_eq!(nobody.status, 200);
    assert!(nobody.json()["components"]["schemas"]["Thing"]["properties"].get("price").is_some(), "what ships is no secret");
}

fn collect(json: &Json, found: &mut Vec<String>) {
    match json {
        Json::Object(map) => map.iter().for_each(|(key, value)| match value {
            Json::String(to) if key == "$ref" => found.push(to.clone()),
            value => collect(value, found),
        }),
        Json::Array(all) => all.iter().for_each(|value| collect(value, found)),
        _ => {}
    }
}
