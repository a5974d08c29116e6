//! What a requester does not get to know.

use crate::world::world;
use desk::ticket::{INCIDENTS, TICKETS, message};
use kernel::Error;
use kernel::register::{Query, list};
use kernel::search;
use serde_json::json;

#[test]
fn a_requester_sees_their_own_tickets_and_nobody_elses() {
    let world = world();
    let own = world.incident("Bao", json!({ "summary": "Mine" }));
    let other = world.incident("Bea", json!({ "summary": "Hers" }));
    assert!(world.sees("Bao", &own).is_ok());
    assert!(matches!(world.sees("Bao", &other), Err(Error::NotFound)));
    assert!(matches!(world.tries("Bao", &other, "reply", json!({ "text": "x" })), Err(Error::NotFound)));
    assert!(matches!(world.tries("Bao", &own, "take", json!({})), Err(Error::Forbidden(_))));
    for register in [&INCIDENTS, &TICKETS] {
        let seen = world.read("Bao", move |tx, house, view| list(tx, house, view, register, &Query::plain(register)));
        let seen: Vec<String> = seen.expect("a list").records.into_iter().map(|it| it.reference).collect();
        assert_eq!(seen, std::slice::from_ref(&own));
    }
    let forged = world.incident("Bao", json!({ "summary": "For her", "requester": "bea@example.org" }));
    assert_eq!(world.ticket(&forged).int("requester"), Some(world.view("Bao").person), "requesters ask for themselves");
    let assigned = world.create("Bao", "incidents", json!({ "summary": "x", "team": "TEA-1" }));
    assert!(matches!(assigned, Err(Error::Invalid(_))));
}

#[test]
fn internal_notes_are_neither_read_nor_found_nor_written_by_requesters() {
    let world = world();
    let ticket = world.incident("Bao", json!({ "summary": "Printer" }));
    world.does("Dana", &ticket, "note", json!({ "text": "the fridge password is zwiebel" }));
    world.does("Dana", &ticket, "reply", json!({ "text": "We look into the tintenfass" }));
    assert!(matches!(world.tries("Bao", &ticket, "note", json!({ "text": "x" })), Err(Error::Forbidden(_))));
    let id = world.ticket(&ticket).id;
    let public = world.db.read_wait(move |tx| message::of_ticket(tx, id, false)).expect("messages");
    assert_eq!(public.len(), 1);
    let finds = |who: &str, word: &'static str| {
        let found = world.read(who, move |tx, house, view| search::find(tx, house, view, word, None, 10));
        found.expect("a search").len()
    };
    assert!(finds("Dana", "zwiebel") > 0 && finds("Dana", "tintenfass") > 0);
    assert_eq!(finds("Bao", "zwiebel"), 0);
    assert!(finds("Bao", "tintenfass") > 0, "what was said to them is found");
    assert_eq!(finds("Bea", "tintenfass"), 0);
    for key in ["time_spent", "vendor_reference", "caused_by", "knowledge_used"] {
        let field = INCIDENTS.field(key).expect("a field");
        assert!(!world.view("Bao").reads(&INCIDENTS, field) && world.view("Dana").reads(&INCIDENTS, field), "{key}");
    }
}

#[test]
fn requesters_may_reopen_for_two_weeks_and_agents_always() {
    let world = world();
    let ticket = world.incident("Bao", json!({ "summary": "Printer" }));
    world.does("Dana", &ticket, "resolve", json!({ "resolution": "Toner" }));
    world.house.clock.advance(15 * 86_400_000);
    assert!(matches!(world.tries("Bao", &ticket, "reopen", json!({ "reason": "no" })), Err(Error::Conflict(_))));
    world.does("Dana", &ticket, "reopen", json!({ "reason": "he called" }));
}
