//! What the chips of clocks say: hours of work, and days only where work has no night.

use crate::clocks::promise;
use crate::pages::{body, get};
use crate::world::{World, world};
use serde_json::json;

/// A house whose tickets are promised an answer in so many hours of a calendar, and a ticket.
fn owed(calendar: &str, hours: u32) -> (World, String) {
    let world = world();
    world.make("house", "calendars", json!({ "name": "Always", "zone": "Europe/Berlin", "hours": "mon-sun 00:00-24:00" }));
    promise(&world, "Standard", json!({ "calendar": calendar }), [0, 0, hours]);
    let ticket = world.incident("Bao", json!({ "summary": "Gate B prints nothing" }));
    (world, ticket)
}

/// A page as its words are read: with plain spaces.
fn read(world: &World, address: &str) -> String {
    body(get(world, "Dana", address)).replace('\u{a0}', " ")
}

#[test]
fn a_chip_says_days_only_of_a_clock_that_counts_around_the_clock() {
    let (world, ticket) = owed("CAL-1", 28);
    assert!(read(&world, "/queue").contains("<span data-time>28 h</span>"), "ten hours are a day of this desk");
    assert!(read(&world, &format!("/incidents/{ticket}?why=resolution")).contains("within 28 h of working time"));
    let (world, ticket) = owed("CAL-2", 28);
    let queue = read(&world, "/queue");
    assert!(queue.contains("<span data-time>1 d 4 h</span>") && queue.contains(" data-days"), "the script goes on in days");
    assert!(read(&world, &format!("/incidents/{ticket}?why=resolution")).contains("within 1 d 4 h of working time"));
}

#[test]
fn time_spent_is_told_in_hours_of_work() {
    let (world, ticket) = owed("CAL-1", 28);
    world.does("Dana", &ticket, "add-time", json!({ "duration": "PT26H", "text": "Rewired" }));
    world.does("Dana", &ticket, "add-time", json!({ "duration": "PT4H30M", "text": "Tried" }));
    let page = read(&world, &format!("/incidents/{ticket}/time"));
    assert!([">26 h<", ">30 h 30 min<"].iter().all(|part| page.contains(part)) && !page.contains("1 d"), "{page}");
}
