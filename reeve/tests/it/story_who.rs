//! Stories of who may see and do what.

use crate::world::world;
use serde_json::json;

#[test]
fn a_requester_sees_their_own_tickets_and_never_an_internal_note() {
    let world = world();
    let own = world.post("Bao", "/api/v1/incidents", &json!({ "summary": "Printer jams" }));
    assert_eq!(own.status, 201, "{}", own.json);
    let path = format!("/api/v1/incidents/{}", own.json["reference"].as_str().unwrap_or_default());
    let other = world.post("Bea", "/api/v1/incidents", &json!({ "summary": "Printer burns" }));
    let others = format!("/api/v1/incidents/{}", other.json["reference"].as_str().unwrap_or_default());

    assert_eq!(world.get("Bao", &others).status, 404);
    assert_eq!(world.post("Bao", &format!("{others}/reply"), &json!({ "text": "let me in" })).status, 404);
    let list = world.get("Bao", "/api/v1/incidents?count=exact");
    assert_eq!(list.json["count"], 1, "counts show nothing of others");

    assert_eq!(world.post("Dana", &format!("{path}/note"), &json!({ "text": "zebracrossing is a secret word" })).status, 200);
    assert_eq!(world.post("Dana", &format!("{path}/reply"), &json!({ "text": "We look at it" })).status, 200);
    let journal = world.get("Bao", &format!("{path}/journal")).text;
    assert!(!journal.contains("zebracrossing") && !journal.contains("\"note\""), "the note is not in the history they read: {journal}");
    assert!(journal.contains("We look at it"));
    let found = world.get("Bao", "/api/v1/search?q=zebracrossing").text;
    assert!(!found.contains(own.json["reference"].as_str().unwrap_or("-")), "nor can it be found");
    let found = world.get("Dana", "/api/v1/search?q=zebracrossing").text;
    assert!(found.contains(own.json["reference"].as_str().unwrap_or("-")), "an agent finds it");
}

#[test]
fn a_role_taken_away_is_gone_at_once() {
    let world = world();
    let person = world.get("Ada", "/api/v1/people?email=dana@example.org");
    let reference = person.json["items"][0]["reference"].as_str().unwrap_or_default().to_owned();
    assert_eq!(world.get("Dana", "/api/v1/incidents").status, 200);
    let answer = world.patch("Ada", &format!("/api/v1/people/{reference}"), &json!({ "roles": [] }), None);
    assert_eq!(answer.status, 200, "{}", answer.json);
    assert_eq!(world.get("Dana", "/api/v1/incidents").status, 404);
}

#[test]
fn without_a_token_there_is_nothing() {
    let world = world();
    for path in ["/api/v1", "/api/v1/incidents", "/api/v1/search?q=x", "/api/v1/kinds/incidents"] {
        let answer = world.ask("", "GET", path, None, &[]);
        assert_eq!(answer.status, 401, "{path}");
        assert!(answer.header("www-authenticate").starts_with("Bearer"), "{path}");
        assert!(answer.header("content-type").starts_with("application/problem+json"), "{path}");
    }
}
