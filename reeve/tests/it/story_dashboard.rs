//! The figures of the desk: each is its records, and nothing is counted that is not there.

use crate::browsed::{between, figures_agree, links};
use crate::world::{World, world};
use serde_json::{Value as Json, json};

const HOUR: i64 = 3_600;
const DAY: i64 = 24 * HOUR;

fn incident(world: &World, fields: Json) -> String {
    let made = world.post("Dana", "/api/v1/incidents", &fields);
    assert_eq!(made.status, 201, "{}", made.json);
    made.json["reference"].as_str().unwrap_or_default().to_owned()
}

fn does(world: &World, reference: &str, verb: &str, input: Json) {
    let answer = world.post("Dana", &format!("/api/v1/incidents/{reference}/{verb}"), &input);
    assert_eq!(answer.status, 200, "{verb}: {}", answer.json);
}

/// Two weeks of work: one resolved at once, one on the next day by another team, one called off, two left open.
fn worked(world: &World) {
    let make = |kind: &str, fields: Json| assert_eq!(world.post("Ada", &format!("/api/v1/{kind}"), &fields).status, 201, "{fields}");
    make("calendars", json!({ "name": "Office", "zone": "UTC", "hours": "mon-fri 08:00-18:00" }));
    make("levels", json!({ "name": "Standard", "calendar": "Office" }));
    make("targets", json!({ "level": "Standard", "measure": "resolution", "within": "PT4H" }));
    make("teams", json!({ "name": "Integration" }));
    make("teams", json!({ "name": "=Network" }));
    let quick = incident(world, json!({ "summary": "Toner", "team": "Integration" }));
    let slow = incident(world, json!({ "summary": "Line is down", "team": "Integration" }));
    let off = incident(world, json!({ "summary": "It was the cable" }));
    incident(world, json!({ "summary": "Mouse is slow" }));
    world.later(HOUR / 2);
    does(world, &quick, "resolve", json!({ "resolution": "Changed it" }));
    does(world, &off, "cancel", json!({ "reason": "It was the cable" }));
    does(world, &slow, "assign", json!({ "team": "=Network" }));
    world.later(DAY);
    does(world, &slow, "resolve", json!({ "resolution": "Spliced" }));
    world.later(7 * DAY);
    incident(world, json!({ "summary": "Keyboard is slow" }));
}

#[test]
fn every_figure_of_the_dashboard_opens_as_many_records() {
    let world = world();
    worked(&world);
    let page = world.page(&world.session("Max"), "/desk/dashboard");
    assert_eq!(page.status, 200, "{}", page.text);
    let seen = figures_agree(&world, "Max", &page.text);
    assert_eq!(seen, 7, "opened, resolved and open, two teams, two ages");
    assert!(page.text.contains("12 weeks, from ") && page.text.contains("3 more came in than went out"), "{}", page.text);
    let open = between(&page.text, "href=\"/tickets?active=true\">", "</a>");
    assert_eq!(open, "2", "what was called off is not left over");
    let foreign = world.page(&world.session("Foreign"), "/desk/dashboard").text;
    assert!(!foreign.contains("Integration") && foreign.contains("Nothing is open."), "{foreign}");
}

#[test]
fn weeks_before_the_first_ticket_are_no_weeks_without_any_and_the_running_one_waits() {
    let world = world();
    for week in 0..6 {
        incident(&world, json!({ "summary": format!("Toner {week}") }));
        incident(&world, json!({ "summary": format!("Paper {week}") }));
        world.later(7 * DAY);
    }
    let page = world.page(&world.session("Max"), "/desk/dashboard").text;
    assert!(page.contains("About 2 a week, without a lasting change"), "six weeks of two, not eleven of one: {page}");
    assert!(page.contains("The week that is not over yet is left out."), "{page}");
}

#[test]
fn the_file_of_a_part_has_its_figures_and_no_formula() {
    let world = world();
    worked(&world);
    let max = world.session("Max");
    let page = world.page(&max, "/desk/dashboard").text;
    let files = links(&page, "/desk/dashboard?");
    let files: Vec<&String> = files.iter().map(|(href, _)| href).filter(|href| href.contains("as=csv")).collect();
    assert_eq!(files.len(), 8, "each part has one: {files:?}");
    for href in files {
        let file = world.page(&max, href);
        assert!(file.status == 200 && file.header("content-type").starts_with("text/csv"), "{href}: {}", file.text);
    }
    let csv = world.page(&max, "/desk/dashboard?as=csv&of=came-in").text;
    let last: Vec<&str> = csv.trim_end().lines().rev().take(2).collect();
    assert_eq!(last, ["2026-11-30,1,0,1,2", "2026-11-23,4,2,2,1"], "opened, resolved, difference, open at the end");
    let teams = world.page(&max, "/desk/dashboard?as=csv&of=teams").text;
    assert!(teams.contains("'=Network,1,"), "a name is no formula: {teams}");
}

#[test]
fn an_hour_of_the_week_lists_what_came_in_then() {
    let world = world();
    worked(&world);
    let max = world.session("Max");
    let page = world.page(&max, "/desk/dashboard").text;
    let cells = links(&page, "/desk/dashboard/arrivals?");
    assert_eq!(cells.iter().map(|(_, words)| words.parse::<i64>().expect("a count")).sum::<i64>(), 5, "each ticket stands in one");
    for (href, words) in &cells {
        let there = world.page(&max, href);
        let listed = there.text.matches("<a class=\"ref\" href=\"/incidents/").count();
        assert_eq!((there.status, listed.to_string()), (200, words.clone()), "{href}: {}", there.text);
    }
    assert_eq!(world.page(&max, "/desk/dashboard/arrivals?day=7&hour=1").status, 400, "a week has seven days");
}

#[test]
fn a_house_whose_work_lies_long_ago_opens_where_it_is() {
    let world = world();
    for n in 0..101 {
        incident(&world, json!({ "summary": format!("Old {n}") }));
    }
    world.later(400 * DAY);
    incident(&world, json!({ "summary": "New" }));
    let max = world.session("Max");
    let page = world.page(&max, "/desk/dashboard").text;
    assert!(page.contains("The last 12 weeks have few tickets") && page.contains("101 more came in than went out"), "{page}");
    let now = links(&page, "/desk/dashboard?").into_iter().find(|(_, words)| words == "12 weeks").expect("the last weeks");
    assert!(world.page(&max, &now.0).text.contains("1 more came in than went out"));
}
