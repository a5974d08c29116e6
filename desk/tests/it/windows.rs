//! Windows that do not count against promises: left out of every clock they concern, whenever they are told.

use crate::clocks::{clock_of, promise, used};
use crate::world::{FRIDAY, HOUR, World, world};
use kernel::time::rfc3339;
use serde_json::{Value as Json, json};

/// A window of some hours after Friday 08:00.
fn window(world: &World, from: i64, until: i64, more: Json) -> String {
    let mut fields = json!({
        "name": "Core switch firmware",
        "starts_at": rfc3339(FRIDAY + from * HOUR),
        "ends_at": rfc3339(FRIDAY + until * HOUR),
        "excludes_clocks": true,
    });
    fields.as_object_mut().expect("fields").extend(more.as_object().cloned().unwrap_or_default());
    world.make("house", "windows", fields).reference
}

fn due(world: &World, ticket: &str) -> Option<i64> {
    clock_of(world, ticket, "resolution").1
}

#[test]
fn a_window_that_is_known_before_is_left_out_from_the_start() {
    let world = world();
    promise(&world, "Standard", json!({}), [2, 0, 8]);
    window(&world, 1, 4, json!({}));
    window(&world, 3, 5, json!({ "excludes_clocks": false, "suppresses_alerts": true }));
    let ticket = world.incident("Bao", json!({ "summary": "Mail is slow" }));
    assert_eq!(clock_of(&world, &ticket, "first_response").1, Some(FRIDAY + 5 * HOUR), "three hours later than without");
    let monday = FRIDAY + 3 * 24 * HOUR;
    assert_eq!(due(&world, &ticket), Some(monday + HOUR), "eight hours of which three do not count");
    world.at(FRIDAY + 9 * HOUR);
    world.does("Dana", &ticket, "resolve", json!({ "resolution": "Done" }));
    assert_eq!(used(&world, &ticket, FRIDAY + 9 * HOUR), (6 * 3600, 3), "before it, the window, after it");
    world.verified();
}

#[test]
fn it_concerns_the_services_and_items_it_names() {
    let world = world();
    promise(&world, "Standard", json!({}), [0, 0, 4]);
    let [mail, edi] = ["Mail", "EDI"].map(|name| world.make("house", "services", json!({ "name": name })).reference);
    let item = world.make("house", "configuration-items", json!({ "name": "mx-1" })).reference;
    window(&world, 1, 2, json!({ "services": [mail], "items": [item] }));
    let about = |fields: Json| {
        let mut all = json!({ "summary": "It is slow" });
        all.as_object_mut().expect("fields").extend(fields.as_object().cloned().unwrap_or_default());
        world.incident("Dana", all)
    };
    let tickets = [json!({}), json!({ "service": edi }), json!({ "service": mail }), json!({ "service": edi, "item": item })].map(about);
    let hours: Vec<i64> = tickets.iter().filter_map(|ticket| due(&world, ticket)).map(|due| (due - FRIDAY) / HOUR).collect();
    assert_eq!(hours, [4, 4, 5, 5]);
    world.verified();
}

#[test]
fn one_told_afterwards_counts_clocks_anew_and_says_so_on_their_tickets() {
    let world = world();
    promise(&world, "Standard", json!({}), [0, 0, 4]);
    let (late, open) = (world.incident("Bao", json!({ "summary": "Late" })), world.incident("Bao", json!({ "summary": "Open" })));
    world.at(FRIDAY + 5 * HOUR);
    world.does("Dana", &late, "resolve", json!({ "resolution": "Done" }));
    let after = world.incident("Bao", json!({ "summary": "After" }));
    assert_eq!((world.ticket(&late).int("made_sla"), due(&world, &open)), (Some(0), Some(FRIDAY + 4 * HOUR)));
    let told = window(&world, 2, 4, json!({}));
    world.jobs();
    assert_eq!(world.ticket(&late).int("made_sla"), Some(1), "three of five hours counted");
    assert_eq!(clock_of(&world, &late, "resolution"), ("met".into(), Some(FRIDAY + 6 * HOUR), 0));
    assert_eq!(due(&world, &open), Some(FRIDAY + 6 * HOUR));
    assert_eq!(used(&world, &open, FRIDAY + 5 * HOUR).0, 3 * 3600);
    let entries = |ticket: &str| {
        let id = world.ticket(ticket).id;
        let read = move |tx: &mut db::Tx, _: &kernel::House, _: &kernel::who::View| kernel::journal::history(tx, id, None, 50);
        let all = world.read("house", read).expect("a history");
        all.into_iter().filter(|it| it.verb == "clock-recounted").collect::<Vec<_>>()
    };
    let entry = entries(&late).remove(0);
    let content = entry.content.expect("a content");
    assert_eq!((content.input["window"].as_str(), &content.changes["made_sla"]), (Some(told.as_str()), &json!([0, 1])));
    assert_eq!(content.input["clocks"]["resolution"][1]["used_ms"], json!(3 * HOUR));
    assert_eq!((entries(&open).len(), entries(&after).len()), (1, 0), "what began after it is not touched");
    world.verified();
}

#[test]
fn one_that_is_moved_or_taken_away_counts_again() {
    let world = world();
    promise(&world, "Standard", json!({}), [0, 0, 4]);
    let told = window(&world, 1, 3, json!({}));
    let ticket = world.incident("Bao", json!({ "summary": "Mail is slow" }));
    assert_eq!(due(&world, &ticket), Some(FRIDAY + 6 * HOUR));
    world.edits("house", &told, json!({ "ends_at": rfc3339(FRIDAY + 2 * HOUR) })).expect("a shorter window");
    world.jobs();
    assert_eq!(due(&world, &ticket), Some(FRIDAY + 5 * HOUR));
    world.at(FRIDAY + 4 * HOUR + HOUR / 2);
    world.edits("house", &told, json!({ "excludes_clocks": false })).expect("it counts again");
    world.jobs();
    assert_eq!(clock_of(&world, &ticket, "resolution"), ("running".into(), Some(FRIDAY + 4 * HOUR), 1), "late since half an hour");
    assert_eq!(world.ticket(&ticket).int("made_sla"), Some(0));
    world.verified();
}

#[test]
fn what_a_ticket_was_about_decides_hour_by_hour() {
    let world = world();
    promise(&world, "Standard", json!({}), [0, 0, 8]);
    let mail = world.make("house", "services", json!({ "name": "Mail" })).reference;
    window(&world, 1, 4, json!({ "services": [mail] }));
    let ticket = world.incident("Dana", json!({ "summary": "Mail is slow", "service": mail }));
    assert_eq!(due(&world, &ticket), Some(FRIDAY + 3 * 24 * HOUR + HOUR));
    world.at(FRIDAY + 2 * HOUR);
    world.edits("Dana", &ticket, json!({ "service": null })).expect("it was something else");
    assert_eq!(due(&world, &ticket), Some(FRIDAY + 9 * HOUR), "one hour was left out while it was about it");
    world.at(FRIDAY + 3 * HOUR);
    world.does("Dana", &ticket, "pend", json!({ "reason": "requester" }));
    world.edits("Dana", &ticket, json!({ "service": mail })).expect("so it was");
    world.at(FRIDAY + 3 * HOUR + HOUR / 2);
    world.does("Dana", &ticket, "resume", json!({}));
    world.at(FRIDAY + 5 * HOUR);
    world.does("Dana", &ticket, "resolve", json!({ "resolution": "Done" }));
    assert_eq!(used(&world, &ticket, FRIDAY + 5 * HOUR).0, 3 * 3600, "the first, the third, and the fifth");
    world.verified();
}
