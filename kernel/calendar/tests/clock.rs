//! The clock of a promise: what counts, what is due, and that the ledger adds up.

mod cases;
use calendar::clock::{Change, Kind, Ledger, NoDue, Pause, Promise, State, Stop, Target, Terms};
use calendar::{Calendar, Instant};
use cases::{Chance, always, at, calendar, text, workdays};
use serde_json::json;

const HOUR: i64 = 3600;

fn desk() -> Calendar {
    workdays("Europe/Berlin", "08:00", "18:00", &["2026-04-06"])
}

fn terms(calendar: &Calendar, hours: i64) -> Terms<'_> {
    Terms { calendar, calendar_version: 1, target: Target { seconds: hours * HOUR, warn_at_percent: 75 } }
}

fn pause<'a>(from: &str, until: Option<&str>, reason: &'a str) -> Pause<'a> {
    Pause { from: at(from), until: until.map(at), reason }
}

/// The ledger, checked, as `from until kind seconds` per line (UTC, day and time).
fn lines(ledger: &Ledger) -> Vec<String> {
    assert!(ledger.adds_up(), "{ledger:#?}");
    let short = |at: Instant| text(at)[8..16].to_owned();
    let kind = |kind: &Kind| match kind {
        Kind::Paused(reason) => reason.clone(),
        kind => format!("{kind:?}"),
    };
    let line = |i: &calendar::clock::Interval| format!("{} {} {} {}", short(i.from), short(i.until), kind(&i.kind), i.seconds_counted);
    ledger.intervals.iter().map(line).collect()
}

#[test]
fn pending_over_a_weekend_with_a_holiday_monday() {
    // Friday 2026-04-03 15:00 Berlin; pending from 17:00 to Monday 09:30, a holiday; today Tuesday 10:00.
    let desk = desk();
    let pauses = [pause("2026-04-03T17:00+02:00", Some("2026-04-06T09:30+02:00"), "Awaiting caller")];
    let promise = Promise { pauses: &pauses, ..Promise::new(at("2026-04-03T15:00+02:00"), terms(&desk, 8)) };
    let ledger = promise.ledger(at("2026-04-07T10:00+02:00"));
    assert_eq!(
        lines(&ledger),
        [
            "03T13:00 03T15:00 Counting 7200",
            "03T15:00 06T07:30 Awaiting caller 0",
            "06T07:30 07T06:00 Outside 0",
            "07T06:00 07T08:00 Counting 7200",
        ]
    );
    assert_eq!((ledger.reading.elapsed_seconds, ledger.reading.remaining_seconds), (4 * HOUR, 4 * HOUR));
    assert_eq!(ledger.reading.due, Some(at("2026-04-07T14:00+02:00")));
    assert_eq!(ledger.reading.warns_at, Some(at("2026-04-07T12:00+02:00")));
    // The same promise in working days: 0.8 days of 10 hours are 8 hours.
    assert_eq!(ledger.reading.target.seconds, 10 * HOUR * 8 / 10);
}

#[test]
fn states_in_the_course_of_a_day() {
    let desk = desk();
    let promise = Promise::new(at("2026-03-27T08:00+01:00"), terms(&desk, 4));
    let state = |when: &str| promise.reading(at(when)).state;
    assert_eq!(state("2026-03-27T07:00+01:00"), State::Running, "before it starts");
    assert_eq!(state("2026-03-27T10:59:59.999+01:00"), State::Running);
    assert_eq!(state("2026-03-27T11:00+01:00"), State::Warning);
    assert_eq!(state("2026-03-27T12:00+01:00"), State::Warning, "due is the last moment of the promise");
    assert_eq!(state("2026-03-27T12:00:00.001+01:00"), State::Breached);
    let late = promise.reading(at("2026-03-27T13:00:00.500+01:00"));
    assert_eq!((late.breached_at, late.elapsed_ms, late.remaining_seconds), (late.due, 18_000_500, -HOUR));
}

#[test]
fn met_and_reopened_and_met_again() {
    let desk = always("UTC");
    let start = at("2026-03-27T08:00Z");
    let once = [Stop { at: at("2026-03-27T09:00Z"), reopened_at: Some(at("2026-03-27T12:00Z")) }];
    let twice = [once[0], Stop { at: at("2026-03-27T15:00Z"), reopened_at: None }];
    let promise = |stops| Promise { stops, ..Promise::new(start, terms(&desk, 4)) };
    let read = |when: &str| promise(&twice).reading(at(when));
    assert_eq!((read("2026-03-27T11:00Z").state, read("2026-03-27T11:00Z").met_at), (State::Met, Some(twice[0].at)));
    assert_eq!(read("2026-03-27T11:00Z").due, Some(at("2026-03-27T12:00Z")), "as it was when met");
    assert_eq!((read("2026-03-27T13:00Z").state, read("2026-03-27T13:00Z").met_at), (State::Running, None));
    assert_eq!(read("2026-03-27T13:00Z").due, Some(at("2026-03-27T15:00Z")), "three hours without the pause");
    assert_eq!((read("2026-03-28T00:00Z").state, read("2026-03-28T00:00Z").elapsed_seconds), (State::Met, 4 * HOUR), "exactly at due");
    let ledger = promise(&twice).ledger(at("2026-03-28T00:00Z"));
    assert_eq!(lines(&ledger), ["27T08:00 27T09:00 Counting 3600", "27T09:00 27T12:00 Met 0", "27T12:00 27T15:00 Counting 10800",]);
    let late = promise(&once).reading(at("2026-03-27T15:00:00.001Z"));
    assert_eq!((late.state, late.met_at), (State::Breached, None));
    let met_late = [once[0], Stop { at: at("2026-03-27T16:00Z"), reopened_at: None }];
    let late = promise(&met_late).reading(at("2026-03-28T00:00Z"));
    assert_eq!((late.state, late.met_at, late.breached_at), (State::Breached, Some(met_late[1].at), Some(at("2026-03-27T15:00Z"))));
}

#[test]
fn a_pause_without_end_leaves_due_unknown() {
    let desk = always("UTC");
    let pauses = [pause("2026-03-27T10:00Z", None, "Awaiting vendor")];
    let promise = Promise { pauses: &pauses, ..Promise::new(at("2026-03-27T08:00Z"), terms(&desk, 4)) };
    let ledger = promise.ledger(at("2026-04-27T00:00Z"));
    assert_eq!(lines(&ledger), ["27T08:00 27T10:00 Counting 7200", "27T10:00 27T00:00 Awaiting vendor 0"]);
    let read = &ledger.reading;
    assert_eq!((read.state, read.due, read.no_due), (State::Paused, None, Some(NoDue::Paused)));
    let stops = [Stop { at: at("2026-04-01T00:00Z"), reopened_at: None }];
    let met = Promise { stops: &stops, ..promise }.reading(at("2026-04-27T00:00Z"));
    assert_eq!((met.state, met.elapsed_seconds), (State::Met, 2 * HOUR), "met while paused");
}

#[test]
fn overlapping_negative_and_early_pauses() {
    let desk = always("UTC");
    let pauses = [
        pause("2026-03-27T10:00Z", Some("2026-03-27T12:00Z"), "B"),
        pause("2026-03-27T09:00Z", Some("2026-03-27T11:00Z"), "A"),
        pause("2026-03-27T09:30Z", Some("2026-03-27T10:30Z"), "within A"),
        pause("2026-03-27T14:00Z", Some("2026-03-27T13:00Z"), "negative"),
        pause("2026-03-26T00:00Z", Some("2026-03-27T08:30Z"), "before the start"),
        pause("2026-03-27T13:00Z", Some("2026-03-27T13:00Z"), "empty"),
    ];
    let promise = Promise { pauses: &pauses, ..Promise::new(at("2026-03-27T08:00Z"), terms(&desk, 4)) };
    let ledger = promise.ledger(at("2026-03-27T13:30Z"));
    assert_eq!(
        lines(&ledger),
        [
            "27T08:00 27T08:30 before the start 0",
            "27T08:30 27T09:00 Counting 1800",
            "27T09:00 27T11:00 A 0",
            "27T11:00 27T12:00 B 0",
            "27T12:00 27T13:30 Counting 5400",
        ]
    );
    assert_eq!((ledger.ignored, ledger.reading.due), (1, Some(at("2026-03-27T15:30Z"))));
}

#[test]
fn a_pause_outside_hours_and_a_planned_one() {
    let desk = desk();
    let pauses = [
        pause("2026-03-27T19:00+01:00", Some("2026-03-28T19:00+01:00"), "weekend"),
        pause("2026-03-30T08:00+02:00", Some("2026-03-30T10:00+02:00"), "maintenance window"),
    ];
    let promise = Promise { pauses: &pauses, ..Promise::new(at("2026-03-27T17:00+01:00"), terms(&desk, 2)) };
    let read = promise.reading(at("2026-03-27T17:30+01:00"));
    assert_eq!((read.state, read.due), (State::Running, Some(at("2026-03-30T11:00+02:00"))));
}

#[test]
fn targets_of_nothing_and_calendars_that_never_open() {
    let desk = desk();
    let zero = Promise::new(at("2026-03-28T12:00Z"), terms(&desk, 0));
    let opening = at("2026-03-30T08:00+02:00");
    assert_eq!(zero.reading(opening - 1).state, State::Running);
    assert_eq!(zero.reading(opening).state, State::Warning, "nothing is left, but it is not late");
    assert_eq!(zero.due(opening), Some(opening));
    assert_eq!(zero.reading(opening + 1).breached_at, Some(opening));
    let negative = Terms { target: Target { seconds: i64::MIN, warn_at_percent: 255 }, ..terms(&desk, 0) };
    assert_eq!(Promise::new(at("2026-03-28T12:00Z"), negative).due(0), Some(opening));
    let huge = Terms { target: Target { seconds: i64::MAX, warn_at_percent: 99 }, ..terms(&desk, 0) };
    assert_eq!(Promise::new(0, huge).reading(opening).no_due, Some(NoDue::NeverOpen));
    let never = calendar(json!({"zone": "UTC"}));
    let ledger = Promise::new(0, terms(&never, 1)).ledger(at("2026-03-27T00:00Z"));
    assert_eq!(ledger.reading.no_due, Some(NoDue::NeverOpen));
    assert_eq!((ledger.adds_up(), ledger.intervals.len()), (true, 1));
}

#[test]
fn new_terms_while_pending_keep_the_old_promise() {
    let (desk, round_the_clock) = (desk(), always("Europe/Berlin"));
    let pauses = [pause("2026-03-27T11:00+01:00", Some("2026-03-27T15:00+01:00"), "Awaiting caller")];
    let new = Terms { calendar_version: 7, ..terms(&round_the_clock, 12) };
    let changes = [Change { at: at("2026-03-27T13:00+01:00"), terms: new, reason: "priority 2 to 1" }];
    let promise = Promise { pauses: &pauses, changes: &changes, ..Promise::new(at("2026-03-27T08:00+01:00"), terms(&desk, 4)) };
    let ledger = promise.ledger(at("2026-03-27T20:00+01:00"));
    assert_eq!(
        lines(&ledger),
        [
            "27T07:00 27T10:00 Counting 10800",
            "27T10:00 27T12:00 Awaiting caller 0",
            "27T12:00 27T14:00 Awaiting caller 0",
            "27T14:00 27T19:00 Counting 18000",
        ]
    );
    assert_eq!(ledger.intervals.iter().map(|i| i.calendar_version).collect::<Vec<_>>(), [1, 1, 7, 7]);
    assert_eq!((ledger.reading.state, ledger.reading.due), (State::Running, Some(at("2026-03-28T00:00+01:00"))));
    let old = &ledger.replaced[0];
    assert_eq!((old.replaced_at, old.reason.as_str(), old.reading.calendar_version), (changes[0].at, "priority 2 to 1", 1));
    assert_eq!(
        (old.reading.state, old.reading.elapsed_seconds, old.reading.due),
        (State::Paused, 3 * HOUR, Some(at("2026-03-27T16:00+01:00")))
    );
}

#[test]
fn stricter_terms_are_broken_from_their_first_moment_not_before() {
    let desk = always("UTC");
    let changes = [Change { at: at("2026-03-27T11:00Z"), terms: terms(&desk, 1), reason: "stricter" }];
    let promise = Promise { changes: &changes, ..Promise::new(at("2026-03-27T08:00Z"), terms(&desk, 4)) };
    assert_eq!(promise.reading(at("2026-03-27T10:59Z")).state, State::Running, "not known yet");
    let read = promise.reading(at("2026-03-27T11:00Z"));
    assert_eq!((read.due, read.breached_at), (Some(at("2026-03-27T09:00Z")), Some(changes[0].at)));
}

#[test]
fn random_lives_add_up_and_agree_with_the_calendar() {
    let calendars = [desk(), always("America/Los_Angeles"), workdays("Australia/Lord_Howe", "00:00", "24:00", &[])];
    let mut chance = Chance(7);
    let start = at("2026-03-20T00:00Z");
    let mut moment = || start + chance.below(30 * 24 * 3_600_000);
    for round in 0..400 {
        let pauses: Vec<_> = (0..round % 5).map(|i| Pause { from: moment(), until: (i != 3).then(&mut moment), reason: "pause" }).collect();
        let stops: Vec<_> = (0..round % 3).map(|i| Stop { at: moment(), reopened_at: (i == 0).then(&mut moment) }).collect();
        let changes: Vec<_> =
            (0..round % 4).map(|i| Change { at: moment(), terms: terms(&calendars[(round + i) % 3], 10), reason: "change" }).collect();
        let first = moment();
        let promise =
            Promise { pauses: &pauses, stops: &stops, changes: &changes, ..Promise::new(first, terms(&calendars[round % 3], 30)) };
        let now = moment();
        let ledger = promise.ledger(now);
        assert!(ledger.adds_up(), "{promise:?} at {now}");
        let end = ledger.reading.met_at.unwrap_or(now);
        assert_eq!(ledger.intervals.last().map_or(first, |i| i.until), end.max(first));
        let counting = ledger.intervals.iter().filter(|i| i.kind == Kind::Counting);
        assert!(counting.clone().all(|i| i.until - i.from == i.counted_ms), "{promise:?} at {now}");
        if let Some(due) = ledger.reading.due.filter(|&due| due <= end && due > first) {
            let used: i64 = counting.map(|i| (i.until.min(due) - i.from).max(0)).sum();
            assert_eq!(used, ledger.reading.target.seconds * 1000, "{promise:?} at {now}");
        }
    }
}

#[test]
fn a_ledger_of_half_a_century_is_bounded_and_still_adds_up() {
    let desk = desk();
    let ledger = Promise::new(at("2000-01-01T00:00Z"), terms(&desk, 4)).ledger(at("2050-01-01T00:00Z"));
    assert_eq!(ledger.intervals.len(), calendar::clock::MAX_LEDGER + 1);
    assert_eq!(ledger.intervals.last().map(|i| i.kind.clone()), Some(Kind::Together));
    assert!(ledger.adds_up());
    let written = serde_json::to_value(&ledger).unwrap();
    assert_eq!((&written["state"], &written["intervals"][0]["kind"]), (&json!("breached"), &json!("outside")));
}
