//! The portal: what somebody who asks reads of their own things, and what never reaches them.

use crate::pages::{body, get, post, send, way};
use crate::world::{FRIDAY, HOUR, world};
use desk::ticket::INCIDENTS;
use kernel::Error;
use kernel::file::{Stored, attach_all, digest};
use kernel::register::custom::{self, Description};
use kernel::register::load;
use kernel::web::Reply;
use serde_json::json;
use std::sync::Arc;

#[test]
fn what_is_broken_is_reported_in_plain_words_and_found_again() {
    let world = world();
    let form = body(get(&world, "Bao", "/portal/report"));
    assert!(form.contains("What does not work") && form.contains("I cannot do my work"));
    let empty = post(&world, "Bao", "/portal/report", json!({ "description": "kept words" }));
    assert!(matches!(&empty, Ok(Reply::Status(422, _))));
    assert!(body(empty).contains("kept words"), "what was typed stands there still");
    let files = vec![("files".to_owned(), "screen.txt".to_owned(), Arc::from(&b"what I see"[..]))];
    let to =
        way(send(&world, "Bao", "/portal/report", json!({ "summary": "Gate B prints nothing", "hurts": "me", "service": "-" }), files));
    let reference = to.rsplit('/').next().expect("a reference").to_owned();
    let ticket = world.ticket(&reference);
    assert_eq!((ticket.int("priority"), ticket.text("channel")), (Some(3), "portal"), "nobody says P3, but it follows");
    assert_eq!(ticket.int("requester"), Some(world.view("Bao").person));
    let page = body(get(&world, "Bao", &to));
    for part in ["Gate B prints nothing", "Nobody has looked at it yet", "screen.txt", "It works again"] {
        assert!(page.contains(part), "{part} stands on\n{page}");
    }
    let home = body(get(&world, "Bao", "/portal"));
    assert!(home.contains("How can we help, Bao?") && home.contains(&reference));
    assert!(body(get(&world, "Bao", "/portal/search?q=prints")).contains(&reference));
    assert!(body(get(&world, "Bao", "/portal/similar?summary=nothing+prints+here")).contains(&reference));
    let asked = way(post(&world, "Bao", "/portal/ask", json!({ "summary": "A second screen" })));
    assert!(asked.contains("/portal/things/REQ-"), "{asked}");
}

#[test]
fn a_field_that_was_added_and_must_have_a_value_is_asked_for() {
    let world = world();
    let need = Description { key: "need".into(), label: "Floor".into(), kind: "int".into(), required: true, ..Description::default() };
    let hidden = Description { key: "code".into(), label: "Code".into(), internal: true, ..need.clone() };
    for field in [need, hidden] {
        world.write("Ada", move |act| custom::add(act, &INCIDENTS, &field)).expect("a field more");
    }
    world.read("Ada", |tx, house, _| custom::refresh(tx, house)).expect("what every request begins with");
    assert!(body(get(&world, "Bao", "/portal/report")).contains("name=\"need\""));
    let without = post(&world, "Bao", "/portal/report", json!({ "summary": "No light" }));
    assert!(matches!(&without, Ok(Reply::Status(422, _))));
    assert!(body(without).contains("Floor is required."), "beside the field");
    let to = way(post(&world, "Bao", "/portal/report", json!({ "summary": "No light", "need": "4" })));
    let ticket = world.ticket(to.rsplit('/').next().expect("a reference"));
    assert_eq!(ticket.int("need"), Some(4), "and what they cannot see is not demanded of them");
}

#[test]
fn what_the_desk_took_back_was_never_said() {
    let world = world();
    let ticket = world.incident("Bao", json!({ "summary": "Printer" }));
    let (_, act) = world.does("Dana", &ticket, "resolve", json!({ "resolution": "Meant for another ticket" }));
    world.undoes("Dana", &ticket, act).expect("it is taken back");
    world.does("Dana", &ticket, "resolve", json!({ "resolution": "Toner" }));
    let page = body(get(&world, "Bao", &format!("/portal/things/{ticket}")));
    assert!(page.contains("Toner") && !page.contains("Meant for another ticket"), "{page}");
}

#[test]
fn what_ended_long_ago_is_not_offered_to_be_opened_again() {
    let world = world();
    let ticket = world.incident("Bao", json!({ "summary": "Printer" }));
    world.does("Dana", &ticket, "resolve", json!({ "resolution": "Toner" }));
    let page = || body(get(&world, "Bao", &format!("/portal/things/{ticket}")));
    assert!(page().contains("No, it does not"));
    assert!(body(get(&world, "Bao", "/portal")).contains("No, it does not…"));
    world.house.clock.advance(15 * 24 * HOUR);
    assert!(!page().contains("No, it does not") && page().contains("It ended more than 14 days ago"));
    let late = body(get(&world, "Bao", "/portal"));
    assert!(!late.contains("No, it does not") && late.contains("/portal/report?summary="), "it is reported anew");
    assert!(page().contains("/portal/report?summary=Printer"));
}

#[test]
fn what_was_asked_for_is_asked_for_anew() {
    let world = world();
    let ticket = world.make("Bao", "requests", json!({ "summary": "Monitor" })).reference;
    world.does("Dana", &ticket, "resolve", json!({ "resolution": "It stands on the desk" }));
    world.house.clock.advance(15 * 24 * HOUR);
    for path in ["/portal".to_owned(), format!("/portal/things/{ticket}")] {
        let page = body(get(&world, "Bao", &path));
        assert!(
            page.contains("/portal/ask?summary=Monitor") && page.contains("ask for it anew") && !page.contains("report it anew"),
            "{page}"
        );
    }
}

#[test]
fn what_is_internal_and_what_is_of_others_never_reaches_the_portal() {
    let world = world();
    let ticket = world.incident("Bao", json!({ "summary": "Printer" }));
    world.does("Dana", &ticket, "note", json!({ "text": "the fridge password is zwiebel" }));
    world.does("Dana", &ticket, "reply", json!({ "text": "We look into the tintenfass" }));
    world.does("Dana", &ticket, "add-time", json!({ "duration": "PT17M", "text": "zwiebel again" }));
    world.edits("Dana", &ticket, json!({ "vendor_reference": "ZWIEBEL-9", "caused_by": "CHG-ZWIEBEL" })).expect("an edit");
    world.does("Dana", &ticket, "pend", json!({ "reason": "vendor", "text": "zwiebel pending" }));
    attach(&world, &ticket, "zwiebel.txt", true);
    attach(&world, &ticket, "manual.txt", false);
    let address = format!("/portal/things/{ticket}");
    for who in ["Bao", "Dana"] {
        let page = body(get(&world, who, &address));
        assert!(page.contains("tintenfass") && page.contains("manual.txt"), "what was said to them stands there");
        assert!(!page.to_lowercase().contains("zwiebel"), "{who}: {page}");
        for word in ["pending", "assigned", "In progress", "P3", "P4"] {
            assert!(!page.contains(word), "{word} is no word of the portal's");
        }
    }
    for path in ["/portal", "/portal/things", "/portal/things?which=all", "/portal/search?q=zwiebel", "/portal/search?q=printer"] {
        let page = body(get(&world, "Bao", path));
        assert!(
            !page.replace("“zwiebel”", "").replace("value=\"zwiebel\"", "").replace("summary=zwiebel", "").contains("zwiebel"),
            "{path}: {page}"
        );
    }
    assert!(matches!(get(&world, "Bea", &address), Err(Error::NotFound)));
    for deed in ["say", "confirm", "reopen", "watch", "unwatch", "cancel"] {
        let tried = post(&world, "Bea", &format!("{address}/{deed}"), json!({ "text": "x", "reason": "x", "person": "Bea", "who": "me" }));
        assert!(matches!(tried, Err(Error::NotFound)), "{deed}");
    }
    assert!(!body(get(&world, "Bea", "/portal/search?q=printer")).contains(&ticket));
    assert!(!body(get(&world, "Bea", "/portal/similar?summary=printer")).contains(&ticket));
}

fn attach(world: &crate::world::World, ticket: &str, name: &'static str, internal: bool) {
    let ticket = ticket.to_owned();
    let deed = move |act: &mut kernel::Act| {
        let record = load(act.tx, act.house, act.view, &desk::ticket::INCIDENTS, &ticket)?;
        let bytes: Arc<[u8]> = Arc::from(name.as_bytes());
        attach_all(act, &record, &[Stored { name: name.into(), digest: digest(&bytes), bytes }], internal)
    };
    world.write("Dana", deed).expect("a file");
}

#[test]
fn lateness_is_said_and_a_person_is_named_before_a_team() {
    let world = world();
    crate::pages::promised(&world);
    let ticket = world.incident("Bao", json!({ "summary": "Scales", "impact": 1, "urgency": 1 }));
    let page = |world: &crate::world::World| body(get(world, "Bao", &format!("/portal/things/{ticket}")));
    assert!(page(&world).contains("you hear from us by"));
    world.at(FRIDAY + 5 * HOUR);
    assert!(page(&world).contains("We are late:") && page(&world).contains("nobody has answered you yet"));
    world.does("Dana", &ticket, "assign", json!({ "team": "Network" }));
    assert!(page(&world).contains("It is with <b>Network</b>"));
    world.does("Ravi", &ticket, "take", json!({}));
    world.does("Ravi", &ticket, "start", json!({}));
    assert!(page(&world).contains("<b>Ravi</b> works on it"), "{}", page(&world));
}

#[test]
fn it_is_closed_and_opened_again_by_whoever_asked() {
    let world = world();
    let quiet = world.incident("Bao", json!({ "summary": "It mended itself" }));
    way(post(&world, "Bao", &format!("/portal/things/{quiet}/confirm"), json!({})));
    assert_eq!(world.ticket(&quiet).state, "cancelled", "nobody owes an answer any more");
    assert!(body(get(&world, "Bao", &format!("/portal/things/{quiet}"))).contains("Open it again…"));
    way(post(&world, "Bao", &format!("/portal/things/{quiet}/reopen"), json!({ "reason": "It came back" })));
    assert_eq!(world.ticket(&quiet).state, "new", "nobody has looked at it yet");
    let ticket = world.incident("Bao", json!({ "summary": "Scales" }));
    let at = |deed: &str| format!("/portal/things/{ticket}/{deed}");
    world.does("Dana", &ticket, "reply", json!({ "text": "On it" }));
    world.does("Dana", &ticket, "resolve", json!({ "resolution": "New cable" }));
    let page = body(get(&world, "Bao", &format!("/portal/things/{ticket}")));
    assert!(page.contains("New cable") && page.contains("Does it work again?") && page.contains("Yes, it works"));
    let refused = post(&world, "Bao", &at("reopen"), json!({ "reason": "" }));
    assert!(matches!(&refused, Ok(Reply::Status(422, _))));
    way(post(&world, "Bao", &at("reopen"), json!({ "reason": "The cable is gone" })));
    assert_eq!(world.ticket(&ticket).state, "in_progress");
    way(post(&world, "Bao", &at("say"), json!({ "text": "Still broken" })));
    way(post(&world, "Bao", &at("confirm"), json!({})));
    let closed = world.ticket(&ticket);
    assert_eq!((closed.state.as_str(), closed.int("closed_at").is_some()), ("closed", true));
    let late = post(&world, "Bao", &at("say"), json!({ "text": "Too late to say" }));
    assert!(matches!(&late, Ok(Reply::Status(409, _))), "it is over");
    world.verified();
}

#[test]
fn whoever_follows_sees_and_answers_until_they_are_taken_off() {
    let world = world();
    let ticket = world.incident("Bao", json!({ "summary": "Scales" }));
    let address = format!("/portal/things/{ticket}");
    let nobody = post(&world, "Bao", &format!("{address}/watch"), json!({ "person": "nobody@example.org" }));
    assert!(matches!(&nobody, Ok(Reply::Status(422, _))) && body(nobody).contains("nobody@example.org"));
    way(post(&world, "Bao", &format!("{address}/watch"), json!({ "person": "bea@example.org" })));
    let page = body(get(&world, "Bea", &address));
    assert!(page.contains("Scales") && !page.contains("It works again") && !page.contains("Let somebody follow"), "it is not hers");
    assert!(body(get(&world, "Bea", "/portal/things?which=followed")).contains(&ticket));
    for (deed, form) in
        [("cancel", json!({})), ("confirm", json!({})), ("watch", json!({ "person": "Ravi" })), ("unwatch", json!({ "who": "Dana" }))]
    {
        let tried = post(&world, "Bea", &format!("{address}/{deed}"), form);
        assert!(matches!(tried, Err(Error::Forbidden(_))), "whoever follows may not {deed}");
    }
    let ticket_now = world.ticket(&ticket);
    assert_eq!((ticket_now.state.as_str(), ticket_now.get("watchers").ids()), ("new", [world.view("Bea").person].as_slice()));
    way(post(&world, "Bea", &format!("{address}/say"), json!({ "text": "The same with me" })));
    assert!(body(get(&world, "Bao", &address)).contains("The same with me"));
    way(post(&world, "Bao", &format!("{address}/unwatch"), json!({ "who": world.view("Bea").reference })));
    assert!(matches!(get(&world, "Bea", &address), Err(Error::NotFound)), "what one does not follow one does not see");
}

#[test]
fn only_those_who_only_ask_are_led_to_the_portal() {
    let world = world();
    let portal = world.house.portal().expect("a portal");
    for (who, asks) in [("Bao", true), ("Dana", false), ("Ada", false)] {
        assert_eq!((portal.asks_only)(&world.house, &world.view(who)), asks, "{who}");
    }
    let leads = |path: &str| (portal.leads)(&world.house, &path.split('/').collect::<Vec<_>>(), "q=x");
    assert_eq!(leads("incidents/inc-7").as_deref(), Some("/portal/things/INC-7"));
    assert_eq!(leads("tickets/REQ-7/history").as_deref(), Some("/portal/things/REQ-7"));
    assert_eq!(leads("incidents/new").as_deref(), Some("/portal/report"));
    assert_eq!(leads("search").as_deref(), Some("/portal/search?q=x"));
    assert_eq!(leads("queue").as_deref(), Some("/portal/things"));
    for nowhere in ["services", "people/PER-1", "settings", "incidents/PER-1", "desk/dashboard"] {
        assert_eq!(leads(nowhere), None, "{nowhere}");
    }
    assert!(portal.holds("/portal") && portal.holds("/portal/things") && !portal.holds("/portals"));
}
