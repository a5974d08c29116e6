//! The first hour of a new house.

use crate::pages::{body, get, post, way};
use crate::world::world;
use kernel::journal::history;
use kernel::web::Reply;
use serde_json::json;

#[test]
fn five_steps_lead_to_a_ticket_whose_clock_runs_and_everything_is_journalled() {
    let world = world();
    world.write("house", people::role::seed).expect("roles");
    assert!(body(get(&world, "Ada", "/first-hour")).contains("Your first hour goes on"), "there is a calendar already");

    let hours = |until: &str| {
        json!({ "you": "Ada Lovelace", "name": "Oakhill", "zone": "Europe/Copenhagen", "currency": "DKK", "days": ["mon", "tue", "fri"],
            "from": "08:00", "until": until, "holidays": "2026-12-25 Christmas Day" })
    };
    let wrong = post(&world, "Ada", "/first-hour/hours", hours("07:00"));
    assert!(matches!(&wrong, Ok(Reply::Status(422, _))) && body(wrong).contains("value=\"Oakhill\""), "what was typed is kept");
    assert_eq!(way(post(&world, "Ada", "/first-hour/hours", hours("16:00"))), "/first-hour/people");
    let calendar = world.sees("house", "CAL-1").expect("the calendar");
    assert_eq!(calendar.text("hours"), "mon 08:00-16:00\ntue 08:00-16:00\nfri 08:00-16:00");
    let me = world.view("Ada").reference;
    assert_eq!(world.sees("house", &me).expect("a person").title(), "Ada Lovelace");

    let people = json!({ "teams": "First line\nField", "me": "true", "agents": "Nia Mbeki <nia@oakhill.example>, bao@example.org", "requesters": "omar@oakhill.example" });
    let links = body(post(&world, "Ada", "/first-hour/people", people));
    assert!(links.matches("href=\"https://desk.example/invitation/").count() == 2 && links.contains("Nia Mbeki"), "{links}");
    assert!(links.contains("bao@example.org"), "who is here already is said");
    let again = body(post(&world, "Ada", "/first-hour/people", json!({ "teams": "first line", "agents": "nia@oakhill.example" })));
    assert!(again.contains("Everybody was here already"));

    assert_eq!(
        way(post(&world, "Ada", "/first-hour/services", json!({ "services": "E-mail: post\nE-mail\nCranes" }))),
        "/first-hour/promises"
    );
    let some = json!({ "answer_1": "15m", "done_1": "4h", "answer_2": "", "done_2": "" });
    assert_eq!(way(post(&world, "Ada", "/first-hour/promises", some)), "/first-hour/ticket");
    assert_eq!(way(post(&world, "Ada", "/first-hour/promises", json!({ "answer_1": "20m" }))), "/first-hour/ticket");
    assert!(body(get(&world, "Ada", "/first-hour/promises")).contains("value=\"20m\""), "a promise is changed, not doubled");
    let ticket = json!({ "summary": "Crane 4 stands", "service": "Cranes", "hurts": "house" });
    assert_eq!(way(post(&world, "Ada", "/first-hour/ticket", ticket)), "/queue");
    let made = world.ticket("INC-1");
    assert_eq!((made.int("priority"), made.int("requester")), (Some(1), Some(world.view("Ada").person)));
    let id = made.id;
    let clocks = world.db.read_wait(move |tx| promises::clock::of_ticket(tx, id)).expect("clocks");
    assert_eq!(clocks.iter().map(|clock| clock.target_seconds).collect::<Vec<_>>(), [1_200, 14_400]);

    let furnished = body(get(&world, "Ada", "/first-hour"));
    assert!(furnished.contains("Your house is furnished"));
    let house = std::sync::Arc::clone(&world.house);
    for reference in ["CAL-1", "SVC-1", "TEA-3", "TGT-1", "SLA-1", "INC-1"] {
        let register = house.register_of(reference).expect("a register");
        let record = world.sees("house", reference).unwrap_or_else(|error| panic!("{reference}: {error}"));
        let entries = world.db.read_wait(move |tx| history(tx, record.id, None, 10)).expect("a history");
        assert!(!entries.is_empty(), "{reference} of {} is journalled", register.key);
    }
    world.verified();
}

#[test]
fn what_was_left_out_is_not_said_to_be_done() {
    let world = world();
    let page = body(get(&world, "Ada", "/first-hour/ticket"));
    let steps = page.split_once("<ol class=\"wizard\"").expect("the steps").1.split("</ol>").next().unwrap_or_default();
    let line =
        |step: &str| steps.split("<li").find(|it| it.contains(&format!("/first-hour/{step}\""))).expect("a step that is a link").to_owned();
    assert!(line("hours").contains("past") && line("hours").contains("done"), "there is a calendar");
    for step in ["services", "promises"] {
        assert!(!line(step).contains("past"), "{step} was left out: {steps}");
    }
    assert!(line("ticket").contains("aria-current"));
    let left = |who: &str| world.read(who, |tx, _, view| desk::first_hour::unfinished(tx, view)).expect("a count");
    assert!(matches!(left("Ada"), Some((done, 5)) if done < 5), "{:?}", left("Ada"));
    assert_eq!(left("Dana"), None, "who does not furnish the house has nothing to finish");
}

#[test]
fn a_resolution_is_not_promised_sooner_than_the_first_response() {
    let world = world();
    let promises = |form| post(&world, "Ada", "/first-hour/promises", form);
    let wrong = promises(json!({ "answer_1": "15m", "done_1": "2h", "answer_2": "4h", "done_2": "1h" }));
    assert!(matches!(&wrong, Ok(Reply::Status(422, _))), "it is refused");
    let page = body(wrong);
    let field = page.split_once("name=\"done_2\"").expect("the field").1.split("name=\"").next().unwrap_or_default();
    assert!(field.contains("value=\"1h\"") && field.contains("cannot be promised sooner than the first response"), "{field}");
    assert!(page.contains("value=\"2h\""), "what else was typed is kept");

    way(promises(json!({ "answer_1": "", "done_1": "4h" })));
    for (answer, done) in [("8h", "10h"), ("1h", "8h"), ("24h", "40h"), ("5m", "30m"), ("30m", "30m"), ("15m", "4h")] {
        let form = json!({ "answer_1": answer, "done_1": done });
        assert_eq!(way(promises(form)), "/first-hour/ticket", "both are moved at once, to {answer} and {done}");
    }
    assert!(body(promises(json!({ "answer_1": "5h" }))).contains("cannot be promised later than the resolution"));
    assert!(body(promises(json!({ "done_1": "10m" }))).contains("cannot be promised sooner"));
}

#[test]
fn the_register_of_targets_keeps_their_order_wherever_they_come_from() {
    let world = world();
    let level = world.make("house", "levels", json!({ "name": "Standard", "calendar": "CAL-1" })).reference;
    let target = |measure: &str, priority: Option<i64>, within: &str| {
        world.create("Ada", "targets", json!({ "level": level, "measure": measure, "priority": priority, "within": within }))
    };
    let refused = |done: kernel::Result<kernel::register::Record>| match done {
        Err(error @ kernel::Error::Invalid(_)) => error.fields()[0].field == "within",
        _ => false,
    };
    target("first_response", None, "PT2H").expect("a promise");
    assert!(refused(target("resolution", Some(1), "PT1H")), "what is promised for any priority counts for each");
    let answer = target("first_response", Some(1), "PT15M").expect("a shorter promise").reference;
    let resolution = target("resolution", Some(1), "PT1H").expect("longer than its own first response").reference;
    target("next_update", Some(1), "PT5M").expect("updates may be as often as one likes");
    let edit = |fields| world.edits("Ada", &resolution, fields);
    assert!(refused(edit(json!({ "within": "PT10M" }))) && refused(edit(json!({ "priority": 2 }))));
    edit(json!({ "within": "PT15M", "warn_at_percent": 50 })).expect("as long as the first response");
    let retires = |reference: String| {
        world.write("Ada", move |act| {
            let targets = act.house.register("targets").expect("targets");
            kernel::register::retire(act, targets, &reference, None)
        })
    };
    assert!(refused(retires(answer.clone())), "those for any priority would come after the resolution");
    retires(resolution).expect("what is not promised is not promised too soon");
    retires(answer).expect("nothing stands against it now");
    world.verified();
}
