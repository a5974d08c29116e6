//! A list as a whole: what practices put above it, courses, sums, facets of linked records, days that count from today.

use crate::world::{World, worlds};
use serde_json::json;

const DAY: i64 = 24 * 3_600_000;

fn three(world: &World) {
    let cost = |amount: &str| json!({ "amount": amount, "currency": "EUR" });
    world.make("risks", json!({ "summary": "Line cut", "likelihood": 4, "owner": "Ines Carvalho", "loss": cost("900000.00") }));
    world.make(
        "risks",
        json!({ "summary": "Flood", "hits": "money", "likelihood": 1, "loss": cost("350000.00"), "watchers": ["PER-1", "PER-2"] }),
    );
    world.make("risks", json!({ "summary": "Fire", "hits": "money", "likelihood": 1, "watchers": ["PER-2"] }));
}

#[test]
fn what_stands_above_a_list_is_of_its_records_and_of_what_its_reader_may_see() {
    for world in worlds() {
        three(&world);
        world.get("/risks").says("map 1x5:2 4x20:1; 125000000 EUR of 2");
        world.get("/risks?hits=money").says("map 1x5:2; 35000000 EUR of 1");
        world.get("/risks?q=flood").says("map 1x5:1;");
        world.get_as("owner", "/risks").expect("their own").says("map 4x20:1; 90000000 EUR of 1");
        world.get("/risks?hits=money&likelihood=4").hides("map ");
        world.get("/risks?as_of=2099-01-01").says("Flood").hides("map ");
    }
}

#[test]
fn amounts_of_one_currency_are_summed() {
    for world in worlds() {
        three(&world);
        world.get("/risks?columns=loss").says("Sum of the 3 shown").says("€1.25\u{a0}m");
        world.get("/risks?columns=loss&hits=money").hides("Sum of the");
        world.get("/risks").hides("Sum of the");
    }
}

#[test]
fn a_figure_shows_its_course_and_says_when_it_rose() {
    for world in worlds() {
        three(&world);
        world
            .get("/risks")
            .says("12 months")
            .says("class=\"spark\"")
            .says("<b class=\"bad\">20</b>")
            .hides("<b class=\"bad\">5</b>")
            .hides("Rose from");
        world.house.clock.advance(60 * DAY);
        world.post("/risks/RSK-2/edit", json!({ "likelihood": "3" }));
        world.get("/risks").says("Rose from 5").says("<b class=\"bad\">15</b>");
        world.house.clock.advance(8 * DAY);
        world.get("/risks").hides("Rose from");
    }
}

#[test]
fn linked_records_are_facets() {
    for world in worlds() {
        three(&world);
        let page = world.get("/risks");
        page.says("Watchers").says("href=\"/risks?watchers=PER-2\"");
        let at = |text: &str| page.html.find(text).expect("a facet");
        assert!(at("watchers=PER-2") < at("watchers=PER-1"), "the most frequent comes first");
        let chosen = world.get("/risks?watchers=PER-1");
        chosen.says("<h1>1 risk</h1>").says("href=\"/risks?watchers=PER-1,PER-2\"");
    }
}

#[test]
fn days_count_from_today() {
    for world in worlds() {
        let today = kernel::time::rfc3339(world.house.clock.now())[..10].to_owned();
        world.make("risks", json!({ "summary": "Flood", "review_on": today }));
        world.get("/risks?review_on=today").says("<h1>1 risk</h1>");
        world.get("/risks?review_on__lt=today").says("No risks");
        world.get("/risks?review_on__lt=today%2B1").says("<h1>1 risk</h1>");
        world.get("/risks?review_on__gt=today-1&review_on__lte=today%2B14").says("<h1>1 risk</h1>");
        for wrong in ["todayish", "today-9223372036854775808", "today%2B36526"] {
            assert_eq!(world.get(&format!("/risks?review_on__lte={wrong}")).status, 400, "{wrong}");
        }
    }
}
