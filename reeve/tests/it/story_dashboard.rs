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

/// Two weeks of work and a third without any: of its last tickets one was merged, one resolved and then merged, one retired later.
fn merged(world: &World) {
    worked(world);
    let about = json!({ "name": "Printing" });
    assert_eq!(world.post("Ada", "/api/v1/services", &about).status, 201);
    let lives = incident(world, json!({ "summary": "Paper is stuck", "service": "Printing", "impact": 1, "urgency": 1 }));
    let twice = incident(world, json!({ "summary": "Paper is stuck, too", "service": "Printing", "impact": 1, "urgency": 1 }));
    let done = incident(world, json!({ "summary": "Paper was stuck", "service": "Printing" }));
    let gone = incident(world, json!({ "summary": "A test" }));
    does(world, &done, "resolve", json!({ "resolution": "Pulled it out" }));
    for one in [&twice, &done] {
        does(world, one, "merge", json!({ "into": lives }));
    }
    world.later(7 * DAY);
    assert_eq!(world.delete("Ada", &format!("/api/v1/incidents/{gone}")).status / 100, 2);
}

#[test]
fn what_was_merged_or_retired_came_in_and_stands_in_the_list_of_its_figure() {
    let world = world();
    merged(&world);
    let max = world.session("Max");
    let page = world.page(&max, "/desk/dashboard").text;
    assert!(figures_agree(&world, "Max", &page) >= 7, "{page}");
    assert!(page.contains("6 more came in than went out"), "nine came in, three were resolved: {page}");
    let csv = world.page(&max, "/desk/dashboard?as=csv&of=came-in").text;
    let last: Vec<&str> = csv.trim_end().lines().rev().take(3).collect();
    assert_eq!(last, ["2026-12-07,0,0,0,3", "2026-11-30,5,1,4,4", "2026-11-23,4,2,2,1"], "what was retired was left until then: {csv}");
    let why = world.page(&max, "/desk/dashboard/attainment?from=2026-11-23&until=2026-12-13").text;
    assert!(figures_agree(&world, "Max", &why) >= 4, "{why}");
    let service = world.page(&max, "/services/SVC-1").text;
    assert!(figures_agree(&world, "Max", &service) >= 2, "{service}");
    let open: Vec<&str> =
        service.match_indices(", still open").map(|(at, _)| service[..at].rsplit('"').next().unwrap_or_default()).collect();
    assert!(!open.is_empty() && open.iter().all(|label| label.contains("Paper is stuck, ")), "what was merged has ended: {open:?}");
}

#[test]
fn a_past_period_says_what_was_open_and_leads_only_where_as_many_are() {
    let world = world();
    merged(&world);
    let past = world.page(&world.session("Max"), "/desk/dashboard?from=2026-11-23&until=2026-12-06").text;
    assert!(figures_agree(&world, "Max", &past) >= 5, "{past}");
    let figure = past.split("<div class=\"k\">open at the end").next().and_then(|before| before.rsplit("<div class=\"v").next());
    assert!(figure.is_some_and(|it| it.contains(">4</div>")), "no list has just them, so it is no link: {figure:?}");
}

#[test]
fn teams_stand_in_the_order_asked_for_however_many_tickets_there_are() {
    let world = world();
    worked(&world);
    // So many that the page is kept for a while.
    world.db.write_wait(many).expect("more tickets");
    let max = world.session("Max");
    let first = |by: &str| {
        let page = world.page(&max, &format!("/desk/dashboard?by={by}")).text;
        between(&page, "Teams with their times to resolve", "</tbody>").split("<th scope=\"row\">").nth(1).unwrap_or_default()[..5]
            .to_owned()
    };
    assert_eq!([first("resolved"), first("half"), first("nothing")], ["Integ", "=Netw", "Integ"]);
}

/// Doubles the ticket that was resolved at once until there are many.
fn many(tx: &mut db::Tx) -> kernel::Result<()> {
    for times in 0..14 {
        let more = 1_i64 << (times + 30);
        let sql = format!(
            "insert into ticket (id, reference, organisation, state, version, created_at, updated_at, kind, summary, priority, active, opened_at, \
             resolved_at, team, made_sla, reassignment_count) select id + {more}, 'X-' || cast(id + {more} as text), organisation, state, version, \
             created_at, updated_at, kind, summary, priority, active, opened_at, resolved_at, team, made_sla, reassignment_count \
             from ticket where summary = 'Toner'"
        );
        tx.run(&sql, &[])?;
    }
    Ok(())
}

#[test]
fn a_team_that_one_may_not_know_of_has_no_name_on_the_page_nor_in_the_file() {
    let world = world();
    worked(&world);
    let resolved = world.get("Max", "/api/v1/incidents?summary=Toner").json["items"][0]["reference"].clone();
    world.share("incidents", resolved.as_str().expect("a reference"), "Foreign");
    let foreign = world.session("Foreign");
    let page = world.page(&foreign, "/desk/dashboard").text;
    let csv = world.page(&foreign, "/desk/dashboard?as=csv&of=teams").text;
    assert!(page.contains("<th scope=\"row\">Not shown</th>") && csv.contains("\nNot shown,1,"), "{csv} {page}");
    assert!(!page.contains("Integration") && !page.contains("team=") && !csv.contains("Integration"), "{csv} {page}");
    assert!(world.page(&world.session("Max"), "/desk/dashboard").text.contains("Integration"));
}
