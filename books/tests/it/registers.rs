//! Vendors, risks and improvements through the engine.

use crate::world::{refused, world};
use serde_json::json;

#[test]
fn a_vendor_names_the_services_that_stand_on_it() {
    let world = world();
    let service = world.make("services", json!({ "name": "WAN" })).unwrap();
    let vendor = world.make("vendors", json!({ "name": "Nordlink", "services": [service.reference] })).unwrap();
    assert_eq!(vendor.get("services").ids(), [service.id]);
    assert_eq!(world.edit(&vendor, json!({ "services": [] })).unwrap().version, 2);
}

#[test]
fn a_risk_is_scored_accepted_for_a_time_and_taken_up_again() {
    let world = world();
    let risk = world.make("risks", json!({ "summary": "Only one engineer", "likelihood": 2, "impact": 4 })).unwrap();
    assert_eq!(risk.int("score"), Some(8));
    let risk = world.edit(&risk, json!({ "likelihood": 3 })).unwrap();
    assert_eq!(risk.int("score"), Some(12));
    assert!(!refused(world.edit(&risk, json!({ "score": 1 }))).is_empty(), "a score is computed");
    assert!(!refused(world.perform(&risk, "accept", json!({}))).is_empty(), "an acceptance has a reason and an end");
    let past = json!({ "because": "It is rare.", "until": "2026-11-23" });
    assert_eq!(refused(world.perform(&risk, "accept", past)), ["until"]);
    let risk = world.perform(&risk, "accept", json!({ "because": "It is rare.", "until": "2027-05-31" })).unwrap();
    assert_eq!((risk.state.as_str(), risk.text("accepted_until"), risk.text("review_on")), ("accepted", "2027-05-31", "2027-05-31"));
    let risk = world.perform(&risk, "reopen", json!({})).unwrap();
    assert_eq!((risk.state.as_str(), risk.get("accepted_until").is_null(), risk.text("accepted_because")), ("open", true, ""));
}

#[test]
fn an_improvement_is_measured_along_its_way() {
    let world = world();
    let fields = json!({ "summary": "Fewer reassignments", "baseline": 40.0, "target": 20.0, "measured": 35.0, "unit": "a week" });
    let improvement = world.make("improvements", fields).unwrap();
    assert_eq!((improvement.state.as_str(), improvement.int("progress")), ("proposed", Some(25)));
    let improvement = world.edit(&improvement, json!({ "measured": 45.0 })).unwrap();
    assert_eq!(improvement.int("progress"), Some(-25), "it got worse");
    assert!(world.perform(&improvement, "finish", json!({})).is_err(), "what was not begun is not finished");
    let agreed = world.perform(&improvement, "agree", json!({})).unwrap();
    let begun = world.perform(&agreed, "start", json!({})).unwrap();
    assert_eq!(world.perform(&begun, "finish", json!({})).unwrap().state, "done");
}
