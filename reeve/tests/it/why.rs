//! Every computed figure answers "Why?", and its reasons lead to the figure shown.

use crate::values::record;
use crate::world::{World, world};
use kernel::describe::Register;
use serde_json::{Value as Json, json};

fn answers(world: &World, who: &str, register: &Register, reference: &str) {
    let path = format!("/api/v1/{}/{reference}", register.key);
    let shown = world.get(who, &path).json;
    for field in register.fields.iter().filter(|field| field.computed) {
        let answer = world.get(who, &format!("{path}/why/{}", field.key));
        assert_eq!(answer.status, 200, "{}.{} answers why: {}", register.key, field.key, answer.json);
        assert!(answer.json["steps"].as_array().is_some_and(|it| !it.is_empty()), "{}.{} has a step", register.key, field.key);
        assert_eq!(answer.json["result"], shown[field.key], "{}.{}: {}", register.key, field.key, answer.json);
        assert_eq!(answer.json["agrees"], true, "{}.{}: {}", register.key, field.key, answer.json);
    }
}

#[test]
fn every_computed_field_of_every_register_leads_to_what_it_shows() {
    let world = world();
    let mut asked = 0;
    for register in world.house.registers.clone().into_iter().filter(|register| !register.closed) {
        let sent = Json::Object(record(&world, register, 0));
        let made = world.post("Ada", &format!("/api/v1/{}", register.key), &sent);
        let reference = made.json["reference"].as_str().expect("a reference").to_owned();
        answers(&world, "Ada", register, &reference);
        // Changed once and with every verb that asks nothing: the reasons follow.
        world.later(60);
        let again = Json::Object(record(&world, register, 1));
        world.patch("Ada", &format!("/api/v1/{}/{reference}", register.key), &again, None);
        answers(&world, "Ada", register, &reference);
        for verb in register.verbs.iter().filter(|verb| verb.asks.is_empty()) {
            world.later(3_600);
            world.post("Ada", &format!("/api/v1/{}/{reference}/{}", register.key, verb.key), &json!({}));
            answers(&world, "Ada", register, &reference);
        }
        asked += register.fields.iter().filter(|field| field.computed).count();
    }
    assert!(asked > 20, "there are computed fields: {asked}");
}

#[test]
fn a_ticket_tells_its_counters_times_and_promises() {
    let world = world();
    let (first, second) = (world.some("teams", 0), world.some("teams", 1));
    let calendar =
        world.post("Ada", "/api/v1/calendars", &json!({ "name": "Always", "hours": "mon-sun 00:00-24:00" })).json["reference"].clone();
    let level = world.post("Ada", "/api/v1/levels", &json!({ "name": "Gold", "calendar": calendar })).json["reference"].clone();
    world.post("Ada", "/api/v1/targets", &json!({ "level": level, "measure": "resolution", "within": "PT4H" }));
    let ticket = world.post("Dana", "/api/v1/incidents", &json!({ "summary": "Gate", "impact": 2, "urgency": 1, "team": first })).json;
    let path = format!("/api/v1/incidents/{}", ticket["reference"].as_str().expect("a reference"));
    world.later(600);
    world.patch("Dana", &path, &json!({ "team": second }), None);
    world.post("Dana", &format!("{path}/add-time"), &json!({ "duration": "PT30M", "text": "Looked at the relay" }));
    world.later(5 * 3_600);
    let moved = world.get("Dana", &format!("{path}/why/reassignment_count")).json;
    assert_eq!((&moved["result"], &moved["steps"][0]["value"]["reference"]), (&json!(1), &json!(second)));
    assert_eq!(moved["steps"][0]["by"]["title"], "Dana");
    let spent = world.get("Dana", &format!("{path}/why/time_spent")).json;
    assert_eq!((&spent["result"], &spent["steps"][0]["note"]), (&json!("PT30M"), &json!("Looked at the relay")));
    let kept = world.get("Dana", &format!("{path}/why/made_sla")).json;
    assert_eq!((&kept["steps"][0]["what"], &kept["steps"][1]["value"]), (&json!("Gold"), &json!("5\u{a0}h 10\u{a0}min")), "{kept}");
    let priority = world.get("Dana", &format!("{path}/why/priority")).json;
    assert_eq!((&priority["result"], &priority["steps"][3]["counted"]), (&json!(2), &json!(false)));
    world.post("Dana", &format!("{path}/set-priority"), &json!({ "priority": 1, "reason": "The gate is the only one" }));
    let priority = world.get("Dana", &format!("{path}/why/priority")).json;
    assert_eq!((&priority["result"], &priority["steps"][3]["note"]), (&json!(1), &json!("The gate is the only one")), "{priority}");
}

#[test]
fn what_may_not_be_read_cannot_be_asked() {
    let world = world();
    let ticket = world.some("incidents", 0);
    assert_eq!(world.get("Reader", &format!("/api/v1/incidents/{ticket}/why/time_spent")).status, 404, "an internal field");
    assert_eq!(world.get("Foreign", &format!("/api/v1/incidents/{ticket}/why/priority")).status, 404, "another organisation's record");
    assert_eq!(world.get("Ada", &format!("/api/v1/incidents/{ticket}/why/summary")).status, 404, "nothing computes the summary");
    let access = world.get("Reader", &format!("/api/v1/incidents/{ticket}/why/access"));
    assert_eq!((access.status, &access.json["result"]), (200, &json!("Yes")));
}
