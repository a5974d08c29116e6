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
    assert!(links.matches("href=\"/invitation/").count() == 2 && links.contains("Nia Mbeki"), "{links}");
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
