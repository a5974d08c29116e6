//! Time lines of tickets through three clocks, against the due times another product gives.

mod cases;
use calendar::clock::{Ledger, Pause, Promise, State, Stop, Target, Terms};
use calendar::{Calendar, Instant};
use cases::{at, from_case, text};
use serde_json::{Value, json};

/// Where we differ, and why.
const OURS: [(&str, &str, &str, &str); 2] =
    [("lc13", "first_response_due", "2013-06-04T16:00:00Z", CLOSING), ("lc13", "next_escalation_at", "2013-06-04T16:00:00Z", CLOSING)];
const CLOSING: &str =
    "the two hours are used up exactly at closing; we say so instead of giving the next morning, until which nobody works";

#[test]
fn every_time_line_reads_as_expected() {
    let cases: Vec<Value> = serde_json::from_str(include_str!("data/lifecycle_cases.json")).unwrap();
    assert_eq!(cases.len(), 7);
    let mut differing = 0;
    for case in &cases {
        let read = read(case);
        for (name, expected) in case["expected"].as_object().unwrap() {
            let ours = OURS.iter().find(|(id, field, ..)| case["id"] == *id && name == field);
            let expected = ours.map_or(expected.clone(), |(_, _, ours, _)| json!(ours));
            differing += usize::from(ours.is_some());
            assert_eq!(read[name], expected, "{} {name}", case["id"]);
        }
    }
    assert_eq!(differing, OURS.len(), "every difference we state is one");
}

/// The three clocks of a case, read after its last event, in the words of the cases.
fn read(case: &Value) -> Value {
    let calendar = from_case(&case["calendar"]);
    let mut events: Vec<(Instant, &str, &str)> = case["events"].as_array().unwrap().iter().map(event).collect();
    events.sort();
    let created = at(case["created_at"].as_str().unwrap());
    let now = events.last().map_or(created, |e| e.0);
    let pauses = pauses(created, case["initial_state"].as_str().unwrap(), &events);
    let first_of = |what: &str| events.iter().find(|e| e.1 == what || e.2 == what).map(|e| e.0);
    let clock = |kind: &str, start: Option<Instant>, stop: Option<Instant>| {
        let minutes = case["sla_minutes"][kind].as_i64()?;
        Some(ledger(&calendar, minutes, start?, stop, &pauses, now))
    };
    let closed = first_of("closed");
    let first = clock("first_response", Some(created), first_of("first_response_recorded").or(closed));
    let next = clock("next_response", first_of("customer_message"), first_of("agent_contact_recorded").or(closed));
    let solution = clock("solution", Some(created), closed);
    let open = [&first, &next, &solution].into_iter().flatten().filter_map(running).min();
    let mut read = json!({ "next_escalation_at": open.map(text) });
    for (kind, ledger) in [("first_response", first), ("next_response", next), ("solution", solution)] {
        read[format!("{kind}_due")] = json!(ledger.as_ref().and_then(running).map(text));
        if let Some(ledger) = ledger {
            read[format!("{kind}_minutes")] = json!(ledger.reading.elapsed_seconds / 60);
            read[format!("{kind}_margin_minutes")] = json!(ledger.reading.remaining_seconds / 60);
        }
    }
    read
}

/// The cases give a due time only while a clock is not met.
fn running(ledger: &Ledger) -> Option<Instant> {
    ledger.reading.due.filter(|_| ledger.reading.met_at.is_none())
}

fn event(event: &Value) -> (Instant, &str, &str) {
    let word = |name: &str| event[name].as_str().unwrap_or_default();
    (at(word("at")), word("type"), word("to"))
}

fn pauses<'a>(created: Instant, initial: &'a str, events: &[(Instant, &'a str, &'a str)]) -> Vec<Pause<'a>> {
    let mut pauses: Vec<Pause> = Vec::new();
    let states = events.iter().filter(|e| e.1 == "state").map(|e| (e.0, e.2));
    for (at, state) in std::iter::once((created, initial)).chain(states) {
        if let Some(last) = pauses.last_mut() {
            last.until.get_or_insert(at);
        }
        if state == "pending" {
            pauses.push(Pause { from: at, until: None, reason: "pending" });
        }
    }
    pauses
}

fn ledger(calendar: &Calendar, minutes: i64, start: Instant, stop: Option<Instant>, pauses: &[Pause], now: Instant) -> Ledger {
    let terms = Terms { calendar, calendar_version: 1, target: Target { seconds: minutes * 60, warn_at_percent: 80 } };
    let stops: Vec<_> = stop.map(|at| Stop { at, reopened_at: None }).into_iter().collect();
    let ledger = Promise { pauses, stops: &stops, ..Promise::new(start, terms) }.ledger(now);
    assert!(ledger.adds_up());
    assert_eq!(ledger.reading.state == State::Breached, ledger.reading.breached_at.is_some());
    ledger
}
