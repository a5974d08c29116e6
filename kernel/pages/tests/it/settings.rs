use crate::world::worlds;
use kernel::register::Cell;
use serde_json::json;
use std::sync::Arc;

#[test]
fn a_setting_is_described_once_saved_and_remembered() {
    for world in worlds() {
        world.get("/settings").says("Appetite").says("value=\"12\"");
        for beyond in ["many", "-5", "26", "9223372036854775807"] {
            let refused = world.post("/settings", json!({ "risk.appetite": beyond }));
            assert_eq!(refused.status, 422, "{beyond}");
            refused.says("whole number from 0 to 25");
        }
        assert_eq!(world.post("/settings", json!({ "risk.appetite": "15" })).toast, "Settings saved");
        let house = Arc::clone(&world.house);
        let read = world.db.read_wait(move |tx| kernel::settings::get(tx, &house, "risk.appetite"));
        assert_eq!(read.expect("the setting"), Cell::Int(15));
        world.get("/settings").says("value=\"15\"");
    }
}

#[test]
fn an_added_field_is_everywhere_the_built_in_ones_are() {
    for world in worlds() {
        world.make("risks", json!({ "summary": "Flood" }));
        let refused = world.post("/settings/fields/risks", json!({ "label": "Colour", "key": "hits", "kind": "choice" }));
        assert_eq!(refused.status, 422);
        refused.says("Choose another key.").says("at least one choice");
        let add = |form| assert_eq!(world.post("/settings/fields/risks", form).status, 303);
        add(
            json!({ "label": "Colour", "key": "colour", "kind": "choice", "choices": "red: Danger\ngreen: Calm", "listed": "true", "filtered": "true" }),
        );
        add(json!({ "label": "Weight", "key": "weight", "kind": "real", "listed": "true", "filtered": "true" }));
        world.get("/settings/fields/risks").says("<code>colour</code>");
        world.get("/risks/new").says("name=\"colour\"").says("Danger");
        world.post("/risks/new", json!({ "summary": "Rust", "likelihood": "1", "colour": "red", "weight": "2.5" }));
        world.get("/risks?colour=red").says("<h1>1 risk</h1>").says("Rust").says("Danger").says("2.5");
        world.get("/risks?weight__gt=2&sort=-weight").says("<h1>1 risk</h1>");
        world.get("/risks/RSK-2/history").says("<dt>Colour</dt>").says("Danger");
        let colour = "/settings/fields/risks/colour";
        world.get("/settings/fields/risks").says(&format!("href=\"{colour}\""));
        world.get(colour).says("value=\"Colour\"").hides("name=\"kind\"");
        let refused = world.post(colour, json!({ "label": " " }));
        assert_eq!(refused.status, 422);
        refused.says("Give it a name");
        let done = world.post(colour, json!({ "label": "Shade", "help": "As on the door.", "listed": "true", "filtered": "true" }));
        assert_eq!(done.toast, "Field “Shade” changed");
        world.get("/risks/new").says("name=\"colour\"").says("Shade").says("As on the door.").says("Danger");
        world.get("/risks?colour=red").says("<h1>1 risk</h1>");
        assert!(world.get_as("agent", colour).is_err());
        assert_eq!(world.post("/settings/fields/risks/colour/retire", json!({})).status, 303);
        world.get("/risks/new").hides("name=\"colour\"");
        assert_eq!(world.post("/settings/fields/risks", json!({ "label": "Colour", "key": "colour", "kind": "line" })).status, 422);
    }
}
