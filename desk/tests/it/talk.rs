//! What is said, done and taken back.

use crate::world::{FRIDAY, HOUR, World, world};
use desk::ticket::message;
use kernel::Error;
use serde_json::json;

fn said(world: &World, reference: &str) -> Vec<(bool, String)> {
    let ticket = world.ticket(reference).id;
    let all = world.db.read_wait(move |tx| message::of_ticket(tx, ticket, true)).expect("messages");
    all.into_iter().map(|it| (it.internal, it.body)).collect()
}

#[test]
fn a_ticket_lives_from_new_to_closed_and_comes_back() {
    let world = world();
    let ticket = world.incident("Bao", json!({ "summary": "Gate B prints nothing", "impact": 2, "urgency": 1 }));
    let new = world.ticket(&ticket);
    assert_eq!((new.state.as_str(), new.int("priority"), new.int("active"), new.text("channel")), ("new", Some(2), Some(1), "portal"));
    assert_eq!((new.int("requester"), new.int("opened_at")), (Some(world.view("Bao").person), Some(FRIDAY)));
    world.does("Dana", &ticket, "assign", json!({ "team": "TEA-1" }));
    world.does("Dana", &ticket, "take", json!({}));
    world.does("Dana", &ticket, "start", json!({}));
    world.does("Dana", &ticket, "assign", json!({ "team": "TEA-2", "assignee": "ravi@example.org" }));
    assert_eq!(world.ticket(&ticket).int("reassignment_count"), Some(1), "the first team is no reassignment");
    world.at(FRIDAY + HOUR);
    world.does("Ravi", &ticket, "resolve", json!({ "resolution": "Toner", "closure_code": "Solved" }));
    let done = world.ticket(&ticket);
    assert_eq!(
        (done.int("resolved_at"), done.int("first_response_at"), done.int("active")),
        (Some(FRIDAY + HOUR), Some(FRIDAY + HOUR), Some(0))
    );
    world.does("Ravi", &ticket, "close", json!({}));
    world.does("Bao", &ticket, "reopen", json!({ "reason": "It stopped again" }));
    let again = world.ticket(&ticket);
    assert_eq!(
        (again.state.as_str(), again.int("reopen_count"), again.int("resolved_at"), again.int("closed_at")),
        ("in_progress", Some(1), None, None)
    );
    assert!(matches!(world.tries("Dana", &ticket, "close", json!({})), Err(Error::Conflict(_))));
    assert_eq!(world.ticket(&ticket).int("update_count"), Some(7));
    world.verified();
}

#[test]
fn a_reply_is_taken_back_within_ten_seconds_and_not_later() {
    let world = world();
    let ticket = world.incident("Bao", json!({ "summary": "Gate B prints nothing" }));
    let (_, first) = world.does("Dana", &ticket, "reply", json!({ "text": "Wrong ticket" }));
    world.at(FRIDAY + 9_000);
    assert!(world.undoes("Ravi", &ticket, first).is_err(), "nobody takes back what another said");
    world.undoes("Dana", &ticket, first).expect("in time");
    assert_eq!(said(&world, &ticket), []);
    assert_eq!(world.ticket(&ticket).int("first_response_at"), None, "nobody has answered");
    let (_, second) = world.does("Dana", &ticket, "reply", json!({ "text": "Is the cable in?" }));
    world.at(FRIDAY + 20_000);
    assert!(matches!(world.undoes("Dana", &ticket, second), Err(Error::Conflict(_))));
    assert_eq!(said(&world, &ticket), [(false, "Is the cable in?".into())]);
    world.verified();
}

#[test]
fn what_was_done_is_undone_unless_someone_went_on() {
    let world = world();
    let ticket = world.incident("Bao", json!({ "summary": "Screen flickers" }));
    let (_, resolved) = world.does("Dana", &ticket, "resolve", json!({ "resolution": "Driver" }));
    world.does("Dana", &ticket, "note", json!({ "text": "I wonder" }));
    let back = world.undoes("Dana", &ticket, resolved).expect("a note does not stand in the way");
    assert_eq!((back.state.as_str(), back.text("resolution"), back.int("resolved_at"), back.int("active")), ("new", "", None, Some(1)));
    let (_, resolved) = world.does("Dana", &ticket, "resolve", json!({ "resolution": "Driver" }));
    world.does("Ravi", &ticket, "reopen", json!({ "reason": "no" }));
    assert!(matches!(world.undoes("Dana", &ticket, resolved), Err(Error::Conflict(_))));
    world.verified();
}

#[test]
fn whoever_asked_takes_back_what_they_did_for_a_day_and_nothing_that_others_did() {
    let world = world();
    let ticket = world.incident("Bao", json!({ "summary": "Screen flickers" }));
    let (_, cancelled) = world.does("Dana", &ticket, "cancel", json!({ "reason": "Twice" }));
    match world.undoes("Bao", &ticket, cancelled) {
        Err(Error::Forbidden(words)) => assert!(words.contains("Somebody else did this") && words.contains(&ticket), "{words}"),
        other => panic!("an agent's deed: {:?}", other.map(|it| it.state)),
    }
    assert_eq!(world.undoes("Ravi", &ticket, cancelled).expect("a colleague may").state, "new");

    let (_, own) = world.does("Bao", &ticket, "cancel", json!({ "reason": "It went away" }));
    assert_eq!(world.undoes("Bao", &ticket, own).expect("a slip").state, "new");
    let (_, own) = world.does("Bao", &ticket, "cancel", json!({ "reason": "It went away" }));
    world.at(FRIDAY + 25 * crate::world::HOUR);
    match world.undoes("Bao", &ticket, own) {
        Err(Error::Conflict(words)) => assert!(words.contains("more than a day ago"), "{words}"),
        other => panic!("too late: {:?}", other.map(|it| it.state)),
    }
    world.at(FRIDAY + 31 * 24 * crate::world::HOUR);
    assert!(matches!(world.undoes("Dana", &ticket, own), Err(Error::Conflict(_))), "months later it is reopened, not undone");
    world.verified();
}

#[test]
fn a_priority_of_its_own_needs_a_reason_and_stays() {
    let world = world();
    let ticket = world.incident("Dana", json!({ "summary": "Slow", "impact": 3, "urgency": 3 }));
    assert!(matches!(world.tries("Dana", &ticket, "set-priority", json!({ "priority": 1 })), Err(Error::Invalid(_))));
    world.does("Dana", &ticket, "set-priority", json!({ "priority": 1, "reason": "The minister" }));
    world.edits("Dana", &ticket, json!({ "urgency": 2 })).expect("an edit");
    let kept = world.ticket(&ticket);
    assert_eq!((kept.int("priority"), kept.text("priority_reason")), (Some(1), "The minister"));
    world.does("Dana", &ticket, "set-priority", json!({ "impact": 2, "urgency": 2 }));
    assert_eq!((world.ticket(&ticket).int("priority"), world.ticket(&ticket).text("priority_reason")), (Some(3), ""));
    world.verified();
}

#[test]
fn one_takes_it_while_another_writes_and_both_are_kept() {
    let world = world();
    let ticket = world.incident("Bao", json!({ "summary": "Slow" }));
    let began = world.ticket(&ticket).version;
    world.does("Ravi", &ticket, "take", json!({}));
    world.does("Dana", &ticket, "reply", json!({ "text": "What Dana typed meanwhile" }));
    let now = world.ticket(&ticket);
    assert_eq!(now.int("assignee"), Some(world.view("Ravi").person), "a reply does not put back whose it is");
    assert!(now.version > began);
    assert_eq!(said(&world, &ticket), [(false, "What Dana typed meanwhile".into())]);
}

#[test]
fn a_child_leaves_its_parent_alone_and_the_parent_takes_children_along_only_when_asked() {
    let world = world();
    let parent = world.incident("Dana", json!({ "summary": "Mail is down" }));
    let child = world.incident("Bao", json!({ "summary": "No mail" }));
    let second = world.incident("Bea", json!({ "summary": "No mail here" }));
    world.does("Dana", &child, "link", json!({ "ticket": parent, "kind": "parent" }));
    world.does("Dana", &second, "link", json!({ "ticket": parent, "kind": "parent" }));
    let before = world.ticket(&parent).version;
    world.does("Dana", &child, "reply", json!({ "text": "We know" }));
    world.does("Dana", &child, "set-priority", json!({ "impact": 1, "urgency": 1 }));
    world.does("Dana", &child, "resolve", json!({ "resolution": "Back" }));
    assert_eq!(world.ticket(&parent).version, before);
    assert!(world.tries("Dana", &parent, "link", json!({ "ticket": child, "kind": "parent" })).is_err(), "no circles");
    world.does("Dana", &parent, "resolve", json!({ "resolution": "The server is back" }));
    assert_eq!(world.ticket(&second).state, "new", "nobody asked for it");
    world.does("Dana", &parent, "reopen", json!({ "reason": "x" }));
    world.does("Dana", &parent, "resolve", json!({ "resolution": "The server is back", "children": true }));
    let taken = world.ticket(&second);
    assert_eq!((taken.state.as_str(), taken.text("resolution")), ("resolved", "The server is back"));
    world.verified();
}

#[test]
fn children_whom_one_may_not_change_do_not_stop_the_parent() {
    let world = world();
    let other = world.make("house", "organisations", json!({ "name": "Elsewhere" })).reference;
    let parent = world.incident("Dana", json!({ "summary": "Mail is down" }));
    let near = world.incident("Bao", json!({ "summary": "No mail" }));
    let far = world.incident("house", json!({ "summary": "No mail here either", "organisation": other }));
    for child in [&near, &far] {
        world.does("house", child, "link", json!({ "ticket": parent, "kind": "parent" }));
    }
    world.does("Dana", &parent, "resolve", json!({ "resolution": "The server is back", "children": true }));
    assert_eq!((world.ticket(&parent).state.as_str(), world.ticket(&near).state.as_str()), ("resolved", "resolved"));
    assert_eq!(world.ticket(&far).state, "new", "she cannot even see it");
    world.verified();
}

#[test]
fn all_that_was_said_goes_to_another_organisation_with_its_ticket() {
    let world = world();
    let other = world.make("house", "organisations", json!({ "name": "Elsewhere" }));
    let ticket = world.incident("Dana", json!({ "summary": "Slow" }));
    let said = ticket.clone();
    // More than are read in one go.
    let notes = world.write("Dana", move |act| {
        let register = act.house.register("incidents").expect("incidents");
        let verb = register.verb("note").expect("the verb");
        for number in 0..510 {
            let text = match number {
                0 => "zwiebel".to_owned(),
                509 => "knoblauch".to_owned(),
                _ => format!("line {number}"),
            };
            let fields = [("text".to_owned(), json!(text))].into_iter().collect();
            let sent = kernel::register::Sent { fields: &fields, source: kernel::register::Source::Api };
            kernel::register::perform(act, register, &said, verb, sent, None)?;
        }
        Ok(())
    });
    notes.expect("they are said");
    world.edits("house", &ticket, json!({ "organisation": other.reference })).expect("it goes");
    let found = |word: &'static str, reach: i64| {
        let view = kernel::who::View { organisation: reach, reach: std::sync::Arc::from([reach]), ..world.view("Dana") };
        let house = std::sync::Arc::clone(&world.house);
        let hits = world.db.read_wait(move |tx| kernel::search::find(tx, &house, &view, word, None, 10));
        hits.expect("a search").len()
    };
    for word in ["zwiebel", "knoblauch"] {
        assert_eq!((found(word, other.id), found(word, world.view("Dana").organisation)), (1, 0), "{word}");
    }
}

#[test]
fn time_adds_up_and_can_be_taken_back() {
    let world = world();
    let ticket = world.incident("Bao", json!({ "summary": "Slow" }));
    world.does("Dana", &ticket, "add-time", json!({ "duration": "PT45M" }));
    let (_, act) = world.does("Dana", &ticket, "add-time", json!({ "duration": "PT15M", "text": "call" }));
    world.does("Ravi", &ticket, "add-time", json!({ "duration": "PT1H" }));
    assert_eq!(world.ticket(&ticket).int("time_spent"), Some(2 * 3600));
    assert!(world.undoes("Dana", &ticket, act).is_ok(), "her own time");
    assert_eq!(world.ticket(&ticket).int("time_spent"), Some(2 * 3600 - 900));
    assert!(world.tries("Dana", &ticket, "add-time", json!({ "duration": "PT0S" })).is_err());
    world.verified();
}
