//! Stories of the bell: who is told of what, under which guard, and what one did lately.

use crate::browsed::between;
use crate::world::{World, escape, world};
use kernel::{journal, notice};
use serde_json::json;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

/// Seals what was done, and tells of it: what the server does beside the requests. Waits for transactions of other tests on the same
/// PostgreSQL, below which nothing is sealed.
fn tell(world: &World) {
    let sealed = (0..1_000).any(|_| {
        let all = journal::seal_all(&world.db, &world.house).expect("it is sealed");
        all || {
            thread::sleep(Duration::from_millis(10));
            false
        }
    });
    assert!(sealed, "entries stay unsealed");
    let house = Arc::clone(&world.house);
    let follow = move |tx: &mut db::Tx| notice::follow(tx, &house);
    while world.db.write_wait(follow.clone()).expect("people are told") {}
}

/// The number on the bell; 0 for none.
fn bell(world: &World, session: &str) -> i64 {
    let page = world.page(session, "/me").text;
    let page = if page.contains("data-bell") { page } else { panic!("there is a bell: {page}") };
    // The page of oneself is made without looking; any other counts.
    let counted = world.page(session, "/notifications").text;
    assert_eq!(page.contains("data-bell"), counted.contains("data-bell"));
    between(between(&counted, "verb bare icon bell", ">"), "data-n=\"", "\"").parse().unwrap_or(0)
}

fn ticket(world: &World, fields: serde_json::Value) -> String {
    let made = world.post("Dana", "/api/v1/incidents", &fields);
    assert_eq!(made.status, 201, "{}", made.json);
    format!("/api/v1/incidents/{}", made.json["reference"].as_str().unwrap_or_default())
}

fn says(world: &World, who: &str, path: &str, body: &serde_json::Value) {
    let done = world.post(who, path, body);
    assert_eq!(done.status, 200, "{path}: {}", done.text);
}

#[test]
fn people_are_told_of_what_is_given_to_them_and_of_what_happens_to_it_and_never_of_what_they_do() {
    let world = world();
    let (ravi, dana) = (world.session("Ravi"), world.session("Dana"));
    let path = ticket(&world, json!({ "summary": "Gate 4 does not open" }));
    says(&world, "Dana", &format!("{path}/assign"), &json!({ "assignee": "ravi@example.org" }));
    tell(&world);
    assert_eq!((bell(&world, &ravi), bell(&world, &dana)), (1, 0));
    let page = world.page(&ravi, "/notifications").text;
    assert!(page.contains("One thing is new for you") && page.contains("gave you") && page.contains("Gate 4 does not open"), "{page}");

    says(&world, "Dana", &format!("{path}/reply"), &json!({ "text": "We look" }));
    says(&world, "Ravi", &format!("{path}/reply"), &json!({ "text": "Found it" }));
    says(&world, "Dana", &format!("{path}/resolve"), &json!({ "resolution": "Fuse" }));
    tell(&world);
    tell(&world);
    assert_eq!(bell(&world, &ravi), 3, "told once each, and not of their own reply");
    let page = world.page(&ravi, "/notifications").text;
    assert!(page.contains("replied in") && page.contains("resolved"));

    let first = between(&page, "/notifications/", "/read").to_owned();
    let id = page.split("/notifications/").filter_map(|part| part.split_once("/read")).find_map(|(id, _)| id.parse::<i64>().ok());
    let id = id.unwrap_or_else(|| panic!("a notice can be marked: {first}"));
    assert_eq!(world.form(&dana, &format!("/notifications/{id}/read"), "").status, 303);
    assert_eq!(bell(&world, &ravi), 3, "nobody marks what is somebody else's");
    assert_eq!(world.form(&ravi, &format!("/notifications/{id}/read"), "").status, 303);
    assert_eq!(bell(&world, &ravi), 2);
    assert_eq!(world.form(&ravi, "/notifications/read", "").status, 303);
    assert_eq!(bell(&world, &ravi), 0);
    assert!(world.page(&ravi, "/notifications").text.contains("Nothing new for you"));
}

#[test]
fn whoever_is_named_is_told_that_and_nothing_inner_reaches_those_outside() {
    let world = world();
    let (ravi, reader) = (world.session("Ravi"), world.session("Reader"));
    let path = ticket(&world, json!({ "summary": "Crane 7 drops out" }));
    says(&world, "Dana", &format!("{path}/watch"), &json!({ "person": "reader@example.org" }));
    tell(&world);
    let before = bell(&world, &reader);
    says(&world, "Dana", &format!("{path}/note"), &json!({ "text": "@Ravi do you know this one?" }));
    tell(&world);
    assert_eq!((bell(&world, &ravi), bell(&world, &reader)), (1, before), "a note is only for those who may read it");
    assert!(world.page(&ravi, "/notifications").text.contains("named you in"));
    assert!(!world.page(&reader, "/notifications").text.contains("wrote a note"));
    says(&world, "Dana", &format!("{path}/reply"), &json!({ "text": "It is known" }));
    tell(&world);
    assert_eq!(bell(&world, &reader), before + 1, "a reply reaches whoever follows");
}

#[test]
fn a_record_one_may_no_longer_see_is_neither_counted_nor_named() {
    let world = world();
    let ravi = world.session("Ravi");
    let path = ticket(&world, json!({ "summary": "Payroll export of the board" }));
    says(&world, "Dana", &format!("{path}/assign"), &json!({ "assignee": "ravi@example.org" }));
    tell(&world);
    assert_eq!(bell(&world, &ravi), 1);
    let moved = "update ticket set organisation = (select id from organisation where name = 'South')";
    world.db.write_wait(move |tx| tx.run(moved, &[]).map(drop).map_err(kernel::Error::from)).expect("it goes to the sister");
    assert_eq!(bell(&world, &ravi), 0, "not counted");
    let page = world.page(&ravi, "/notifications").text;
    assert!(!page.contains("Payroll export"), "{page}");
}

#[test]
fn the_records_of_many_notices_are_read_at_once() {
    let world = world();
    let ravi = world.session("Ravi");
    let gives = |count: usize| {
        for number in 0..count {
            let path = ticket(&world, json!({ "summary": format!("Lamp {number}") }));
            says(&world, "Dana", &format!("{path}/assign"), &json!({ "assignee": "ravi@example.org" }));
        }
        tell(&world);
        world.page(&ravi, "/notifications");
        let before = world.db.stats().statements;
        let page = world.page(&ravi, "/notifications").text;
        (page.matches("gave you").count(), world.db.stats().statements - before)
    };
    let ((few, one), (many, six)) = (gives(1), gives(5));
    assert_eq!((few, many), (1, 6));
    assert_eq!(one, six, "as many statements for six records as for one");
}

#[test]
fn what_somebody_turned_off_is_not_told_and_imports_are_told_to_nobody() {
    let world = world();
    let ravi = world.session("Ravi");
    let wanted = ["record.given", "ticket.named", "ticket.moved"].map(|key| format!("{}=true", escape(&format!("notice:{key}")))).join("&");
    assert_eq!(world.form(&ravi, "/me/notifications", &wanted).status, 303);
    let path = ticket(&world, json!({ "summary": "Slow berth plan" }));
    says(&world, "Dana", &format!("{path}/assign"), &json!({ "assignee": "ravi@example.org" }));
    says(&world, "Dana", &format!("{path}/reply"), &json!({ "text": "One moment" }));
    tell(&world);
    assert_eq!(bell(&world, &ravi), 1, "given, but not written to");
    let imported = world.db.write_wait(|tx| {
        Ok::<_, kernel::Error>(
            tx.run("update reader set position = 0 where name = 'notices'", &[])? + tx.run("update journal set means = 'import'", &[])?,
        )
    });
    assert!(imported.expect("a history") > 3);
    world.db.write_wait(|tx| tx.run("delete from notice", &[]).map(drop).map_err(kernel::Error::from)).expect("a blank page");
    tell(&world);
    assert_eq!(bell(&world, &ravi), 0);
}

#[test]
fn what_one_did_lately_can_be_taken_back_after_the_toast_is_gone() {
    let world = world();
    let dana = world.session("Dana");
    let path = ticket(&world, json!({ "summary": "Scanner beeps" })).replace("/api/v1", "");
    assert_eq!(world.form(&dana, &format!("{path}/take"), "").status, 303);
    let page = world.page(&dana, "/notifications").text;
    let undo = between(&page, "Recent", "</section>");
    let undo = between(undo, "action=\"", "\"").replace("&amp;", "&");
    assert!(undo.starts_with(&format!("{path}/undo?act=")), "{page}");
    assert_eq!(world.form(&dana, &undo, "back=/notifications").header("location"), "/notifications");
    let ticket = world.get("Dana", &format!("/api/v1{path}"));
    assert!(ticket.json["assignee"].is_null(), "{}", ticket.json);
    assert!(!world.page(&world.session("Ravi"), "/notifications").text.contains("Scanner"), "it is one's own");
}

#[test]
fn looking_at_a_ticket_reads_what_was_told_of_it() {
    let world = world();
    let ravi = world.session("Ravi");
    let path = ticket(&world, json!({ "summary": "Two gate slots for one truck" }));
    says(&world, "Dana", &format!("{path}/assign"), &json!({ "assignee": "ravi@example.org" }));
    tell(&world);
    let ids = world.read(|tx| {
        let row = tx.one("select person, record, at from notice", &[])?;
        Ok((row.int(0)?, row.int(1)?, row.int(2)?))
    });
    let (person, record, at) = ids;
    let look = move |at: i64| world_look(person, record, at);
    world.db.write_wait(look(at - 1)).expect("a look");
    assert_eq!(bell(&world, &ravi), 1, "looked before it happened");
    world.db.write_wait(look(at)).expect("a look");
    assert_eq!(bell(&world, &ravi), 0);
}

fn world_look(person: i64, record: i64, at: i64) -> impl Fn(&mut db::Tx) -> kernel::Result<()> + Send + 'static {
    move |tx| notice::looked(tx, &[((person, record), at)])
}
