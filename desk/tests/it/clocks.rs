//! Promises on tickets, hour by hour.

use crate::world::{FRIDAY, HOUR, World, world};
use desk::ticket::INCIDENTS;
use desk::ticket::course::course;
use kernel::Result;
use promises::calendars::Calendars;
use promises::clock::{self, Kept, ledger};
use promises::level::Book;
use serde_json::json;
use std::sync::Arc;

/// An agreement with targets in hours for first response, next update and resolution.
pub fn promise(world: &World, name: &str, more: serde_json::Value, hours: [u32; 3]) -> String {
    let mut fields = json!({ "name": name, "calendar": "CAL-1" });
    fields.as_object_mut().expect("fields").extend(more.as_object().cloned().unwrap_or_default());
    let level = world.make("house", "levels", fields).reference;
    for (measure, hours) in ["first_response", "next_update", "resolution"].into_iter().zip(hours).filter(|(_, hours)| *hours > 0) {
        world.make("house", "targets", json!({ "level": level, "measure": measure, "within": format!("PT{hours}H") }));
    }
    level
}

/// Measure, state, due, broken.
type Said = Vec<(String, String, Option<i64>, i64)>;

fn clocks(world: &World, reference: &str) -> Said {
    let ticket = world.ticket(reference).id;
    let read = move |tx: &mut db::Tx| -> Result<Said> {
        let all = clock::of_ticket(tx, ticket)?;
        Ok(all.iter().map(|it| (it.measure.key().into(), it.state.word().into(), it.due_at, it.broken)).collect())
    };
    world.db.read_wait(read).expect("clocks")
}

pub fn clock_of(world: &World, reference: &str, measure: &str) -> (String, Option<i64>, i64) {
    let all = clocks(world, reference);
    let found = all.into_iter().find(|it| it.0 == measure).unwrap_or_else(|| panic!("{reference} has a clock for {measure}"));
    (found.1, found.2, found.3)
}

/// Seconds used by the resolution clock as its ledger adds them up, and how many intervals it has.
pub fn used(world: &World, reference: &str, now: i64) -> (i64, usize) {
    let ticket = world.ticket(reference).id;
    let read = move |tx: &mut db::Tx| -> Result<(i64, usize)> {
        let clock =
            clock::of_ticket(tx, ticket)?.into_iter().find(|it| it.measure == promises::level::Measure::Resolution).expect("a clock");
        let book = Arc::new(Book::read(tx)?);
        let kept = Kept::load(tx, &Calendars::default(), &book, &clock)?;
        let ledger = ledger(&kept, &course(tx, ticket)?, now);
        assert!(ledger.adds_up());
        let explained = clock::explain(&clock, &ledger, kept.calendar(), "Standard", &jiff::tz::TimeZone::UTC);
        assert_eq!(explained.steps.len(), ledger.intervals.len());
        Ok((ledger.intervals.iter().map(|it| it.seconds_counted).sum(), ledger.intervals.len()))
    };
    world.db.read_wait(read).expect("a ledger")
}

#[test]
fn a_new_ticket_is_promised_what_its_level_says() {
    let world = world();
    promise(&world, "Standard", json!({}), [1, 2, 8]);
    let ticket = world.incident("Bao", json!({ "summary": "Mail is slow" }));
    assert_eq!(
        clocks(&world, &ticket),
        [
            ("first_response".into(), "running".into(), Some(FRIDAY + HOUR), 0),
            ("next_update".into(), "idle".into(), None, 0),
            ("resolution".into(), "running".into(), Some(FRIDAY + 8 * HOUR), 0),
        ]
    );
    assert_eq!(world.ticket(&ticket).int("made_sla"), None, "that is not decided yet");
    let plain = crate::world::world();
    let ticket = plain.incident("Bao", json!({ "summary": "Nothing is promised" }));
    assert_eq!((clocks(&plain, &ticket).len(), plain.ticket(&ticket).int("made_sla")), (0, None));
}

#[test]
fn a_first_response_is_not_overruled_by_an_update_and_a_reply_promises_the_next() {
    let world = world();
    promise(&world, "Standard", json!({}), [4, 1, 8]);
    let ticket = world.incident("Bao", json!({ "summary": "Mail is slow" }));
    world.at(FRIDAY + HOUR);
    world.does("Bao", &ticket, "reply", json!({ "text": "Still slow" }));
    assert_eq!(clock_of(&world, &ticket, "first_response"), ("running".into(), Some(FRIDAY + 4 * HOUR), 0), "the requester answers nobody");
    world.at(FRIDAY + 2 * HOUR);
    world.does("Dana", &ticket, "reply", json!({ "text": "Looking at it" }));
    assert_eq!(clock_of(&world, &ticket, "first_response").0, "met");
    assert_eq!(clock_of(&world, &ticket, "next_update"), ("running".into(), Some(FRIDAY + 3 * HOUR), 0));
    world.at(FRIDAY + 4 * HOUR);
    world.does("Ravi", &ticket, "note", json!({ "text": "Not yet" }));
    assert_eq!(clock_of(&world, &ticket, "next_update").1, Some(FRIDAY + 3 * HOUR), "a note is no update");
    world.does("Ravi", &ticket, "reply", json!({ "text": "Found it" }));
    assert_eq!(clock_of(&world, &ticket, "next_update"), ("running".into(), Some(FRIDAY + 5 * HOUR), 1), "the late one is counted");
    world.verified();
}

#[test]
fn pending_over_a_weekend_with_a_holiday_sums_exactly() {
    let world = world();
    world.edits("Ada", "CAL-1", json!({ "holidays": "2026-11-23 Repentance Monday" })).expect("a holiday");
    promise(&world, "Standard", json!({}), [0, 0, 16]);
    let ticket = world.incident("Bao", json!({ "summary": "Mail is slow" }));
    world.at(FRIDAY + 9 * HOUR);
    world.does("Dana", &ticket, "pend", json!({ "reason": "requester" }));
    assert_eq!(clock_of(&world, &ticket, "resolution"), ("paused".into(), None, 0));
    let tuesday = FRIDAY + 4 * 24 * HOUR;
    world.at(tuesday + 90 * 60_000);
    world.does("Bao", &ticket, "reply", json!({ "text": "Here it is" }));
    assert_eq!(world.ticket(&ticket).state, "in_progress");
    assert_eq!(clock_of(&world, &ticket, "resolution"), ("running".into(), Some(tuesday + 8 * HOUR + 30 * 60_000), 0));
    world.at(tuesday + 3 * HOUR);
    world.does("Dana", &ticket, "resolve", json!({ "resolution": "Done" }));
    assert_eq!(used(&world, &ticket, tuesday + 9 * HOUR).0, 9 * 3600 + 90 * 60);
    world.verified();
}

#[test]
fn other_terms_while_pending_carry_over_what_elapsed_and_keep_the_old_promise() {
    let world = world();
    promise(&world, "Standard", json!({}), [0, 0, 16]);
    let service = world.make("house", "services", json!({ "name": "Mail" })).reference;
    promise(&world, "Gold", json!({ "service": service }), [0, 0, 5]);
    let ticket = world.incident("Bao", json!({ "summary": "Mail is slow" }));
    world.at(FRIDAY + 3 * HOUR);
    world.does("Dana", &ticket, "pend", json!({ "reason": "requester" }));
    world.at(FRIDAY + 6 * HOUR);
    world.edits("Dana", &ticket, json!({ "service": service })).expect("an edit");
    assert_eq!(clock_of(&world, &ticket, "resolution"), ("paused".into(), None, 0));
    world.at(FRIDAY + 7 * HOUR);
    world.does("Dana", &ticket, "resume", json!({}));
    assert_eq!(clock_of(&world, &ticket, "resolution"), ("running".into(), Some(FRIDAY + 9 * HOUR), 0), "3 of 5 hours were used");
    let id = world.ticket(&ticket).id;
    let replaced = world.db.read_wait(move |tx| {
        let clock = clock::of_ticket(tx, id)?.remove(0);
        let book = Arc::new(Book::read(tx)?);
        let kept = Kept::load(tx, &Calendars::default(), &book, &clock)?;
        Ok::<_, kernel::Error>(ledger(&kept, &course(tx, id)?, FRIDAY + 8 * HOUR).replaced)
    });
    let replaced = replaced.expect("a ledger");
    assert_eq!((replaced.len(), replaced[0].reading.target.seconds, replaced[0].reading.elapsed_seconds), (1, 16 * 3600, 3 * 3600));
    assert_eq!(replaced[0].reason, "The service changed");
    world.verified();
}

#[test]
fn warnings_and_breaches_are_noted_when_their_time_has_come_and_only_once() {
    let world = world();
    promise(&world, "Standard", json!({}), [0, 0, 4]);
    let ticket = world.incident("Bao", json!({ "summary": "Mail is slow" }));
    let sweep = |at: i64| {
        world.at(at);
        let house = Arc::clone(&world.house);
        world.db.write_wait(move |tx| desk::ticket::sweep(tx, &house, house.clock.now())).expect("a sweep")
    };
    assert_eq!(sweep(FRIDAY + HOUR), 0);
    assert_eq!(sweep(FRIDAY + 3 * HOUR + 1), 1, "three of four hours are used");
    assert_eq!(sweep(FRIDAY + 3 * HOUR + 2), 0);
    assert_eq!(sweep(FRIDAY + 4 * HOUR), 0, "due now is not late");
    assert_eq!(world.ticket(&ticket).int("made_sla"), None);
    assert_eq!(sweep(FRIDAY + 4 * HOUR + 1), 1);
    assert_eq!(sweep(FRIDAY + 5 * HOUR), 0);
    let record = world.ticket(&ticket);
    assert_eq!(record.int("made_sla"), Some(0));
    let told = world.read("house", move |tx, _, _| kernel::journal::history(tx, record.id, None, 10)).expect("a history");
    let told: Vec<_> = told.iter().map(|it| (it.verb.as_str(), it.actor, it.at)).collect();
    let came = [("clock-breached", None, FRIDAY + 4 * HOUR), ("clock-warned", None, FRIDAY + 3 * HOUR)];
    assert_eq!(told[..2], came, "the house notes it, at the time when it came");
    world.verified();
}

#[test]
fn a_late_resolution_is_broken_without_anybody_looking_and_reopening_goes_on() {
    let world = world();
    promise(&world, "Standard", json!({}), [0, 0, 4]);
    let ticket = world.incident("Bao", json!({ "summary": "Mail is slow" }));
    let other = world.incident("Bao", json!({ "summary": "Mail is slower" }));
    world.at(FRIDAY + 3 * HOUR);
    world.does("Dana", &other, "resolve", json!({ "resolution": "Done" }));
    world.at(FRIDAY + 5 * HOUR);
    world.does("Dana", &ticket, "resolve", json!({ "resolution": "Done" }));
    assert_eq!((world.ticket(&ticket).int("made_sla"), world.ticket(&other).int("made_sla")), (Some(0), Some(1)));
    world.does("Bao", &other, "reopen", json!({ "reason": "No" }));
    assert_eq!(clock_of(&world, &other, "resolution"), ("running".into(), Some(FRIDAY + 6 * HOUR), 0), "one hour is left of four");
    assert_eq!(world.ticket(&other).int("made_sla"), None, "what is open again is undecided again");
    world.at(FRIDAY + 6 * HOUR);
    world.does("Dana", &other, "resolve", json!({ "resolution": "Now" }));
    assert_eq!(world.ticket(&other).int("made_sla"), Some(1), "exactly in time is in time");
    assert_eq!(used(&world, &other, FRIDAY + 8 * HOUR).0, 4 * 3600);
    world.verified();
}

#[test]
fn a_cancelled_ticket_owes_nothing_and_priority_chooses_the_target() {
    let world = world();
    let level = promise(&world, "Standard", json!({}), [0, 0, 8]);
    world.make("house", "targets", json!({ "level": level, "measure": "resolution", "priority": 1, "within": "PT1H" }));
    let ticket = world.incident("Bao", json!({ "summary": "Mail is slow", "impact": 1, "urgency": 1 }));
    assert_eq!(clock_of(&world, &ticket, "resolution").1, Some(FRIDAY + HOUR));
    world.at(FRIDAY + HOUR / 2);
    world.does("Dana", &ticket, "set-priority", json!({ "urgency": 3 }));
    assert_eq!(clock_of(&world, &ticket, "resolution").1, Some(FRIDAY + 8 * HOUR));
    world.does("Bao", &ticket, "cancel", json!({ "reason": "It was the cable" }));
    assert_eq!(clock_of(&world, &ticket, "resolution").0, "stopped");
    world.verified();
}

#[test]
fn a_clock_counts_by_the_calendar_it_was_promised_under() {
    let world = world();
    promise(&world, "Standard", json!({}), [0, 0, 12]);
    let before = world.incident("Bao", json!({ "summary": "Before" }));
    world.at(FRIDAY + 1000);
    world.edits("Ada", "CAL-1", json!({ "hours": "mon-fri 08:00-14:00" })).expect("shorter hours");
    let after = world.incident("Bao", json!({ "summary": "After" }));
    let monday = FRIDAY + 3 * 24 * HOUR;
    assert_eq!(clock_of(&world, &before, "resolution").1, Some(monday + 2 * HOUR));
    assert_eq!(clock_of(&world, &after, "resolution").1, Some(monday + 24 * HOUR + 1000));
}

#[test]
fn what_is_erased_of_an_act_moves_no_clock() {
    let world = world();
    promise(&world, "Standard", json!({}), [1, 2, 8]);
    let ticket = world.incident("Bao", json!({ "summary": "Mail is slow" }));
    world.house.clock.advance(HOUR / 2);
    let (_, said) = world.does("Dana", &ticket, "reply", json!({ "text": "The password is zwiebel" }));
    world.house.clock.advance(HOUR);
    let (_, resolved) = world.does("Dana", &ticket, "resolve", json!({ "resolution": "Set to zwiebel" }));
    let before = (clocks(&world, &ticket), used(&world, &ticket, FRIDAY + 4 * HOUR));
    for act in [said, resolved] {
        crate::privacy::erases(&world, &ticket, act);
    }
    let id = world.ticket(&ticket).id;
    let history = world.db.read_wait(move |tx| kernel::journal::history(tx, id, None, 50)).expect("a history");
    assert!(!format!("{history:?}").contains("zwiebel"), "no word of it is left");
    assert_eq!((clocks(&world, &ticket), used(&world, &ticket, FRIDAY + 4 * HOUR)), before, "the ledger adds up as it did");
    world.verified();
}

#[test]
fn what_a_ticket_waits_for_after_the_first_response_leaves_its_promise_alone() {
    let world = world();
    promise(&world, "Standard", json!({}), [4, 0, 8]);
    let ticket = world.incident("Bao", json!({ "summary": "Access, please" }));
    world.house.clock.advance(HOUR);
    world.does("Dana", &ticket, "reply", json!({ "text": "Your manager must say yes." }));
    let met = clock_of(&world, &ticket, "first_response");
    world.does("Dana", &ticket, "pend", json!({ "reason": "requester" }));
    world.house.clock.advance(HOUR);
    world.does("Bao", &ticket, "reply", json!({ "text": "She has." }));
    assert_eq!(clock_of(&world, &ticket, "first_response"), met);
    assert_eq!(met.1, Some(FRIDAY + 4 * HOUR));
    world.verified();
}

#[test]
fn a_ticket_that_was_retired_owes_nothing_and_nothing_is_done_to_it() {
    let world = world();
    promise(&world, "Standard", json!({}), [1, 0, 8]);
    let ticket = world.incident("Bao", json!({ "summary": "Made by mistake" }));
    let retire = {
        let reference = ticket.clone();
        move |act: &mut kernel::Act| kernel::register::retire(act, &INCIDENTS, &reference, None).map(|_| act.id)
    };
    let retired = world.write("Ada", retire).expect("it is retired");
    assert!(clocks(&world, &ticket).iter().all(|(_, state, ..)| state == "stopped"), "{:?}", clocks(&world, &ticket));
    assert!(matches!(world.tries("Dana", &ticket, "take", json!({})), Err(kernel::Error::Conflict(_))));
    let record = world.ticket(&ticket);
    assert_eq!((record.int("active"), record.int("due_at")), (Some(0), None));
    world.verified();
    world.undoes("Ada", &ticket, retired).expect("it is taken back");
    assert_eq!(clock_of(&world, &ticket, "resolution").0, "running");
    assert_eq!(world.ticket(&ticket).int("active"), Some(1));
    world.verified();
}
