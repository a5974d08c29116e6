use crate::world::{World, worlds};
use serde_json::json;

fn two(world: &World) {
    world.make("risks", json!({ "summary": "Line cut", "hits": "service", "likelihood": 4, "story": "One dig is enough." }));
    world.make("risks", json!({ "summary": "Flood", "hits": "money", "likelihood": 1 }));
}

#[test]
fn a_record_opens_beside_its_list_and_the_address_says_so() {
    for world in worlds() {
        two(&world);
        world.get("/risks?sort=-score").says("href=\"/risks?sort=-score&amp;open=RSK-1\"").hides("id=\"drawer\"");
        let open = world.get("/risks?sort=-score&open=RSK-1");
        open.says("id=\"drawer\"").says("One dig is enough.").says("<h1>2 risks</h1>").says("class=\"cursor\"");
        open.says("href=\"/risks?sort=-score\" aria-label=\"Close, Esc\"")
            .says("href=\"/risks?sort=-score&amp;open=RSK-2\" aria-label=\"Next\"");
        open.hides("aria-label=\"Previous\"").says("href=\"/risks?sort=-score&amp;hits=money\"");
        open.says("href=\"/risks/RSK-1/accept?back=%2Frisks%3Fsort%3D-score%26open%3DRSK-1\"");
        let alone = world.fragment("/risks?sort=-score&open=RSK-1");
        alone.says("id=\"drawer\"").hides("<h1>").hides("<table");
        assert!(alone.html.len() < 8_000, "{} bytes", alone.html.len());
        world.get("/risks?open=RSK-99").says("RSK-99 is not here").says("<h1>2 risks</h1>");
        world.get("/risks?open=RSK-1&as_of=2099-01-01").says("RSK-1").hides("id=\"drawer\"").hides("name=\"pick\"");
    }
}

#[test]
fn the_drawer_shows_only_what_its_reader_may_see() {
    for world in worlds() {
        world.make("risks", json!({ "summary": "Mine", "owner": "Ines Carvalho", "gossip": "between us" }));
        world.make("risks", json!({ "summary": "Theirs" }));
        world.get_as("owner", "/risks?open=RSK-1").expect("their own").says("between us").says("/risks/RSK-1/edit/").hides("/close");
        world.get_as("owner", "/risks?open=RSK-2").expect("the list").says("RSK-2 is not here").hides("Theirs");
        world.get_as("agent", "/risks?open=RSK-1").expect("an agent reads all").hides("between us");
    }
}

#[test]
fn a_verb_in_the_drawer_comes_back_to_the_list() {
    for world in worlds() {
        two(&world);
        let done = world.post("/risks/RSK-1/close", json!({ "back": "/risks?open=RSK-1" }));
        assert_eq!((done.status, done.to.as_str()), (303, "/risks?open=RSK-1"));
    }
}

#[test]
fn a_value_saved_in_place_offers_to_be_taken_back_there() {
    for world in worlds() {
        two(&world);
        let cell = "/risks/RSK-1/edit/hits";
        let form = world.fragment(&format!("{cell}?back=%2Frisks%3Fhits%3Dservice"));
        form.says("class=\"in-place\"").says("value=\"/risks?hits=service\"");
        let sent = json!({ "version": form.value("version"), "hits": "money", "back": "/risks?hits=service" });
        let saved = world.post_fragment(cell, sent.clone());
        saved.says("autofocus").says("Money").says("Hits of RSK-1 saved").says("hx-swap-oob").says("/risks/RSK-1/undo?act=");
        world.post_fragment(cell, sent).hides("hx-swap-oob");
        let undo = saved.html.split("action=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("an undo").to_owned();
        let back = world.post(&undo, json!({ "back": "/risks?hits=service" }));
        assert_eq!(back.to, "/risks?hits=service");
        assert_eq!(world.risk("RSK-1").text("hits"), "service");
    }
}
