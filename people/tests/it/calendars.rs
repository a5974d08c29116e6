//! Calendars and their versions.

use crate::world::{NOW, refused, world};
use serde_json::json;

const DAY: i64 = 86_400_000;

#[test]
fn a_promise_keeps_the_version_it_was_made_under() {
    let world = world();
    let desk =
        world.make("calendars", json!({ "name": "Desk", "zone": "Europe/Berlin", "hours": "mon-fri 08:00-12:00, 13:00-17:00" })).unwrap();
    assert_eq!(desk.int("version_number"), Some(1));
    let id = desk.id;
    let first = world.act(move |act| people::calendar::current(act.tx, act.house, id));
    let renamed = world.edit(&desk, json!({ "name": "Service desk" })).unwrap();
    assert_eq!(renamed.int("version_number"), Some(1), "a name is no working time");
    world.house.clock.advance(DAY);
    let changed = world.edit(&desk, json!({ "hours": "mon-fri 08:00-17:00" })).unwrap();
    assert_eq!(changed.int("version_number"), Some(2));
    let (old, now, then, before) = world.act(move |act| {
        let old = people::calendar::version(act.tx, act.house, first.id)?;
        let now = people::calendar::current(act.tx, act.house, id)?;
        let then = people::calendar::at(act.tx, act.house, id, NOW + 1)?;
        let before = people::calendar::at(act.tx, act.house, id, 0)?;
        Ok((old, now, then, before))
    });
    let hours = |version: &people::calendar::Version| version.working.elapsed(NOW, NOW + DAY) / 3600;
    assert_eq!((hours(&old), hours(&now)), (8, 9));
    assert_eq!((old.number, then.number, before.number, now.number), (1, 1, 1, 2));
    let findings = world.act(|act| (people::calendar::PRACTICE.verify)(act.tx));
    assert!(findings.is_empty(), "{findings:?}");
}

#[test]
fn holidays_come_from_a_file_and_stand_once() {
    let world = world();
    let desk = world.make("calendars", json!({ "name": "Desk", "holidays": "2026-12-25 Christmas Day" })).unwrap();
    let file = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n\
        BEGIN:VEVENT\r\nUID:1\r\nDTSTART;VALUE=DATE:20261225\r\nSUMMARY:Christmas Day\r\nEND:VEVENT\r\n\
        BEGIN:VEVENT\r\nUID:2\r\nDTSTART;VALUE=DATE:20260501\r\nRRULE:FREQ=YEARLY;COUNT=2\r\nSUMMARY:Labour Day\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
    for _ in 0..2 {
        let desk = world.perform(&desk, "import-holidays", json!({ "ical": file, "until": "2030-12-31" })).unwrap();
        assert_eq!(desk.text("holidays"), "2026-05-01 Labour Day\n2026-12-25 Christmas Day\n2027-05-01 Labour Day");
        assert_eq!(desk.int("version_number"), Some(2), "the second import says nothing new");
    }
    assert_eq!(refused(world.perform(&desk, "import-holidays", json!({ "ical": "<html>" }))), ["ical"]);
    let elsewhere = json!({ "ical": file, "from": "2040-01-01", "until": "2040-12-31" });
    assert_eq!(refused(world.perform(&desk, "import-holidays", elsewhere)), ["ical"]);
}

#[test]
fn what_is_wrong_is_named_and_makes_no_version() {
    let world = world();
    let wrong = |fields: serde_json::Value| refused(world.make("calendars", fields));
    assert_eq!(wrong(json!({ "name": "X", "zone": "Nowhere/Land" })), ["zone"], "once");
    assert_eq!(wrong(json!({ "name": "X", "hours": "mon 09:00-08:00" })), ["hours"]);
    assert_eq!(wrong(json!({ "name": "X", "hours": "mon 09:00-12:00, 11:00-13:00" })), ["hours"]);
    assert_eq!(wrong(json!({ "name": "X", "holidays": "2025-02-29 Leap" })), ["holidays"]);
    assert_eq!(wrong(json!({ "name": "X", "special_days": "2026-12-24 closed\n2026-12-24 09:00-10:00" })), ["special_days"]);
    let versions = world.act(|act| Ok(act.tx.one("select count(*) from calendar_version", &[])?.int(0)?));
    assert_eq!(versions, 0);
    assert!(world.make("calendars", json!({ "name": "Never", "hours": "mon closed" })).is_ok(), "a calendar may be closed for good");
}
