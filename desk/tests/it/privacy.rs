//! What a requester does not get to know.

use crate::pages::{body, get, send, way};
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
    world.does("Dana", &ticket, "note", json!({ "text": "the fridge password is zwiebel zqspublic" }));
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

/// Erases what an act left on a ticket.
pub fn erases(world: &crate::world::World, reference: &str, of: i64) {
    let reference = reference.to_owned();
    let deed = move |act: &mut kernel::Act| {
        act.reason = Some("A password".into());
        kernel::journal::redact(act, &INCIDENTS, &reference, of)
    };
    world.write("Ada", deed).expect("it is erased");
}

#[test]
fn what_is_erased_is_gone_from_times_files_and_the_ticket_it_was_merged_into() {
    let world = world();
    let ticket = world.incident("Bao", json!({ "summary": "Printer" }));
    let (_, noted) = world.does("Dana", &ticket, "add-time", json!({ "duration": "PT17M", "text": "set zwiebel" }));
    let times = |world: &crate::world::World, of: &str| {
        let pages = [format!("/incidents/{of}/time"), format!("/incidents/{of}?why=time_spent"), format!("/incidents/{of}")];
        pages.iter().any(|page| body(get(world, "Dana", page)).contains("zwiebel"))
    };
    assert!(times(&world, &ticket), "it is written somewhere");
    erases(&world, &ticket, noted);
    assert!(!times(&world, &ticket));
    assert_eq!(world.ticket(&ticket).int("time_spent"), Some(17 * 60), "the time stays");

    let bytes: std::sync::Arc<[u8]> = std::sync::Arc::from(&b"zwiebel"[..]);
    let said = json!({ "text": "See knoblauch", "mode": "internal" });
    way(send(&world, "Dana", &format!("/incidents/{ticket}/said"), said, vec![("files".into(), "zwiebel.txt".into(), bytes)]));
    let id = world.ticket(&ticket).id;
    let act = world.db.read_wait(move |tx| kernel::journal::history(tx, id, None, 5)).expect("a history")[0].act;
    let other = world.incident("Bea", json!({ "summary": "The same printer" }));
    world.does("Dana", &ticket, "merge", json!({ "into": other }));
    let page = body(get(&world, "Dana", &format!("/incidents/{other}")));
    assert!(page.contains("knoblauch") && page.contains("zwiebel.txt"), "both live on");
    erases(&world, &format!("{ticket}M"), act);
    let page = body(get(&world, "Dana", &format!("/incidents/{other}")));
    assert!(!page.contains("knoblauch") && !page.contains("zwiebel"), "{page}");
    let found = world.read("Dana", move |tx, house, view| search::find(tx, house, view, "knoblauch", None, 10));
    assert!(found.expect("a search").is_empty());
    let files = world.db.read_wait(|tx| Ok::<_, Error>(tx.one("select count(*) from file where removed_at is null", &[])?.int(0)?));
    assert_eq!(files.expect("a count"), 0);
    world.verified();
}
