//! What the chips of clocks say: hours of work, days only where work has no night, and that they rest while it is night.

use crate::clocks::promise;
use crate::pages::{body, get};
use crate::world::{FRIDAY, HOUR, World, world};
use kernel::time::rfc3339;
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

/// What is heard before the time of the first chip.
fn heard(page: &str) -> &str {
    let from = page.find("class=\"clock\"").expect("a chip");
    page[from..].split("<span class=\"vh\">").nth(1).and_then(|rest| rest.split('<').next()).expect("words")
}

#[test]
fn a_clock_that_stands_still_says_why_and_when_it_goes_on() {
    let (world, ticket) = owed("CAL-1", 28);
    let why = format!("/incidents/{ticket}?why=resolution");
    let queue = read(&world, "/queue");
    assert_eq!(heard(&queue), "running: ");
    assert!(queue.contains("data-rests=\"outside hours, goes on Mon 07:00\""), "what it says from the evening on, in UTC");
    assert!(!read(&world, &why).contains("stands still"));
    world.at(FRIDAY + 11 * HOUR);
    let queue = read(&world, "/queue");
    assert_eq!(heard(&queue), "outside hours, goes on Mon 07:00: ");
    assert!(!queue.contains("data-rests") && !queue.contains("data-left="));
    assert!(read(&world, &why).contains("It stands still now: outside hours, goes on Mon 07:00."));
    world.at(FRIDAY + 71 * HOUR);
    assert_eq!(heard(&read(&world, "/queue")), "outside hours, goes on 07:00: ", "this morning");
    world.does("Dana", &ticket, "pend", json!({ "reason": "requester" }));
    assert_eq!(heard(&read(&world, "/queue?view=all")), "paused: ", "it does not go on by itself");
}

#[test]
fn a_late_clock_that_stands_still_is_late_all_the_same() {
    let (world, _) = owed("CAL-1", 2);
    world.at(FRIDAY + 11 * HOUR);
    assert_eq!(heard(&read(&world, "/queue")), "breached, outside hours, goes on Mon 07:00: ");
}

#[test]
fn a_clock_says_that_a_window_is_left_out_and_one_around_the_clock_never_rests() {
    let (world, _) = owed("CAL-2", 28);
    assert!(!read(&world, "/queue").contains("data-rests"));
    let [starts, ends] = [1, 3].map(|hour| rfc3339(FRIDAY + hour * HOUR));
    world.make("house", "windows", json!({ "name": "Firmware", "starts_at": starts, "ends_at": ends, "excludes_clocks": true }));
    world.at(FRIDAY + 2 * HOUR);
    assert_eq!(heard(&read(&world, "/queue")), "left out for a window, goes on 10:00: ");
}
