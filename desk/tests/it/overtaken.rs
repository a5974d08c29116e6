//! A reply meets a ticket that others have worked on meanwhile; and who sees what is being written.

use crate::pages::{body, get, post, way};
use crate::world::{World, world};
use desk::ticket::message;
use kernel::live::{Doing, Presence};
use serde_json::{Value as Json, json};

/// Holds a reply of Dana's; gives the address under which it waits.
fn held(world: &World, ticket: &str, more: Json) -> String {
    let mut form = json!({ "mode": "public", "text": "Is the cable in?", "hold": "true" });
    form.as_object_mut().expect("fields").extend(more.as_object().expect("fields").clone());
    way(post(world, "Dana", &format!("/incidents/{ticket}/said"), form));
    let page = body(get(world, "Dana", &format!("/incidents/{ticket}")));
    let begin = page.find(&format!("/incidents/{ticket}/held/")).expect("it waits");
    page[begin..].split('"').next().expect("an address").trim_end_matches("/undo").trim_end_matches("/send").to_owned()
}

fn said(world: &World, ticket: &str) -> Vec<String> {
    let id = world.ticket(ticket).id;
    let all = world.db.read_wait(move |tx| message::of_ticket(tx, id, true)).expect("messages");
    all.into_iter().map(|it| it.body).collect()
}

#[test]
fn a_reply_leaves_though_what_was_to_follow_is_overtaken() {
    let world = world();
    for next in ["pend", "resolve"] {
        let ticket = world.incident("Bao", json!({ "summary": "Gate B prints nothing" }));
        let at = held(&world, &ticket, json!({ "then": next }));
        world.does("Ravi", &ticket, "resolve", json!({ "resolution": "Toner" }));
        way(post(&world, "Dana", &format!("{at}/send"), json!({})));
        assert_eq!(said(&world, &ticket), ["Is the cable in?"], "{next}");
        let after = world.ticket(&ticket);
        assert_eq!((after.state.as_str(), after.text("resolution")), ("resolved", "Toner"), "{next}");
    }
    world.verified();
}

#[test]
fn a_ticket_of_a_list_stays_one_of_it_after_something_was_said() {
    let world = world();
    let ticket = world.incident("Bao", json!({ "summary": "Gate B prints nothing" }));
    let to = way(post(&world, "Dana", &format!("/incidents/{ticket}/said?in=/queue"), json!({ "mode": "internal", "text": "Odd" })));
    assert_eq!(to, format!("/incidents/{ticket}?in=%2Fqueue#composer"));
    let strange =
        way(post(&world, "Dana", &format!("/incidents/{ticket}/said?in=//else.example"), json!({ "mode": "internal", "text": "Odder" })));
    assert_eq!(strange, format!("/incidents/{ticket}#composer"));
}

#[test]
fn colleagues_see_what_is_written_while_it_is_and_requesters_never_do() {
    let world = world();
    let ticket = world.incident("Bao", json!({ "summary": "Gate B prints nothing" }));
    let (place, person) = (format!("incidents/{ticket}/said"), world.view("Dana").person);
    let typed = move |act: &mut kernel::Act| {
        let sql = "insert into draft (person, place, content, saved_at) values (?1, ?2, ?3, ?4)";
        let content = json!({ "text": "half a sentence", "mode": "internal" }).to_string();
        Ok(act.tx.run(sql, &[person.into(), place.as_str().into(), content.into(), act.at.into()])?)
    };
    world.write("house", typed).expect("a draft");
    let drafts = |who: &str| get(&world, who, &format!("/incidents/{ticket}/drafts"));
    let presence = world.house.memory.shared::<Presence>();
    presence.enter(&ticket, person, "Dana");
    assert!(!body(drafts("Ravi")).contains("half a sentence"), "whoever only looks has nothing to show");
    presence.writes(&ticket, person, true, world.house.clock.now());
    let seen = body(drafts("Ravi"));
    assert!(seen.contains("half a sentence") && seen.contains("an internal note, not kept yet"), "{seen}");
    assert!(!body(drafts("Dana")).contains("half a sentence"), "one's own is in the composer");
    assert!(get(&world, "Bea", &format!("/incidents/{ticket}/drafts")).is_err());
    way(post(&world, "Dana", &format!("/incidents/{ticket}/said"), json!({ "mode": "internal", "text": "A whole sentence" })));
    assert_eq!(presence.at(std::slice::from_ref(&ticket))[0].doing, Doing::Looks, "what is kept is written no more");
    let route = desk::PRACTICES.iter().flat_map(|it| it.routes).find(|it| it.path == "/incidents/{reference}/drafts").expect("a route");
    assert_eq!(route.may, "incidents.internal", "requesters are refused before it is read");
}
