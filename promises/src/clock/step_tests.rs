//! The row, stepped event by event, must say what the ledger says of the whole story: random stories against `calendar::clock`.

use super::course::{Course, Reason};
use super::row::{Clock, State};
use super::step::Event;
use crate::level::{Level, Measure, Target};
use calendar::clock::{Change, Pause, Promise, Stop, Terms};
use calendar::{Calendar, Counted, Span, Spec, apart};

const HOUR: i64 = 3_600_000;
/// Friday, 20 November 2026, 09:00 in Berlin.
const BEGIN: i64 = 1_795_161_600_000;

fn calendar(hours: &str) -> Calendar {
    let day = format!("[{hours}]");
    let week: Vec<String> = ["mon", "tue", "wed", "thu", "fri"].iter().map(|name| format!("\"{name}\":{day}")).collect();
    let holidays = r#"[{"date":"2026-11-25","name":"Closed"}]"#;
    let json = format!(r#"{{"zone":"Europe/Berlin","week":{{{}}},"holidays":{holidays}}}"#, week.join(","));
    Calendar::new(serde_json::from_str::<Spec>(&json).expect("a spec")).expect("a calendar")
}

fn clock(measure: Measure, hours: i64, calendar: &Counted) -> Clock {
    let mut clock = Clock {
        id: 1,
        ticket: 1,
        organisation: 1,
        measure,
        state: State::Idle,
        level: 1,
        priority: 3,
        target_seconds: hours * 3600,
        warn_percent: 75,
        calendar_version: 1,
        pauses: 1,
        started_at: BEGIN,
        since: BEGIN,
        elapsed_ms: 0,
        due_at: None,
        warn_at: None,
        warned_at: None,
        met_at: None,
        breached_at: None,
        broken: 0,
    };
    clock.begin(calendar, BEGIN);
    clock
}

/// A number that follows from the one before: chance that can be replayed.
fn next(seed: &mut u64) -> u64 {
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    *seed
}

/// Some windows around the story, which may overlap.
fn windows(seed: &mut u64) -> Vec<Span> {
    let mut window = || {
        let from = BEGIN - 20 * HOUR + (next(seed) % (200 * HOUR as u64)) as i64;
        Span { from, until: from + 1 + (next(seed) % (15 * HOUR as u64)) as i64 }
    };
    (0..3).map(|_| window()).collect()
}

/// One random story of at most 12 events, checked after each; with windows left out, if asked.
fn story(mut seed: u64, with_windows: bool) {
    let windows = if with_windows { windows(&mut seed) } else { Vec::new() };
    let out = apart(windows.clone());
    let calendars = [calendar(r#"["08:00","18:00"]"#), calendar(r#"["09:00","12:00"],["13:00","17:30"]"#)];
    let target = |hours| Target { measure: Measure::Resolution, priority: None, seconds: hours * 3600, warn_percent: 75 };
    let first = 1 + (next(&mut seed) % 30) as i64;
    let mut clock = clock(Measure::Resolution, first, &Counted::new(&calendars[0], &out));
    let (mut course, mut at, mut which) = (Course::default(), BEGIN, 0);
    let mut terms = vec![(BEGIN, 0, target(first))];
    for _ in 0..12 {
        at += 1 + (next(&mut seed) % (20 * HOUR as u64)) as i64;
        let calendar = &Counted::new(&calendars[which], &out);
        match (next(&mut seed) % 5, clock.state) {
            (0, State::Running) => {
                course.wait(at, "requester");
                clock.take(&Event::Paused("requester".into()), calendar, at);
            }
            (1, State::Running) => {
                course.wait(at, "evidence");
                clock.take(&Event::Paused("evidence".into()), calendar, at);
            }
            (2, State::Running | State::Paused) => {
                course.go_on(at);
                course.stop(Reason::Resolved, at);
                clock.take(&Event::Resolved, calendar, at);
            }
            (_, State::Met) => {
                course.reopen(&[Reason::Resolved], at);
                clock.take(&Event::Reopened, calendar, at);
            }
            (3, State::Running | State::Paused) => {
                which = 1 - which;
                let hours = 1 + (next(&mut seed) % 40) as i64;
                let level = Level { id: 2, ..Level::default() };
                clock.rebase(calendar, &level, &target(hours), which as i64 + 1, &Counted::new(&calendars[which], &out), at);
                terms.push((at, which, target(hours)));
            }
            _ => {
                course.go_on(at);
                clock.take(&Event::Resumed, calendar, at);
            }
        }
        let later = at + (next(&mut seed) % (30 * HOUR as u64)) as i64;
        for now in [at, later] {
            compare(&clock, &course, &terms, (&calendars, &windows), now);
        }
    }
}

fn compare(clock: &Clock, course: &Course, terms: &[(i64, usize, Target)], (calendars, windows): (&[Calendar], &[Span]), now: i64) {
    let of = |&(_, which, target): &(i64, usize, Target)| Terms {
        calendar: &calendars[which],
        calendar_version: which as i64 + 1,
        target: calendar::clock::Target { seconds: target.seconds, warn_at_percent: 75 },
    };
    let changes: Vec<Change> = terms[1..].iter().map(|it| Change { at: it.0, terms: of(it), reason: "other terms" }).collect();
    let counted = course.waits.iter().filter(|wait| wait.reason == "requester");
    let waits = counted.map(|wait| Pause { from: wait.from, until: wait.until, reason: "requester" });
    let left_out = windows.iter().map(|it| Pause { from: it.from, until: Some(it.until), reason: "WIN-1" });
    let pauses: Vec<Pause> = waits.chain(left_out).collect();
    let stops: Vec<Stop> = course.stops.iter().map(|(_, at, until)| Stop { at: *at, reopened_at: *until }).collect();
    let promise = Promise { start: BEGIN, terms: of(&terms[0]), changes: &changes, pauses: &pauses, stops: &stops };
    let ledger = promise.ledger(now);
    let story = || format!("{clock:?}\n{course:?}\n{terms:?}\n{windows:?}\nnow {now}\n{:?}", ledger.reading);
    assert!(ledger.adds_up(), "{}", story());
    let out = apart(windows.to_vec());
    let current = Counted::new(&calendars[(clock.calendar_version - 1) as usize], &out);
    assert_eq!(clock.used_ms(&current, now), ledger.reading.elapsed_ms, "{}", story());
    assert_eq!(clock.met_at, ledger.reading.met_at, "{}", story());
    assert_eq!(clock.is_broken(now), ledger.reading.breached_at.is_some(), "{}", story());
    if !clock.is_broken(now) {
        assert_eq!(clock.due_at, ledger.reading.due, "{}", story());
    }
}

#[test]
fn the_row_says_what_the_ledger_says_in_six_hundred_stories() {
    for seed in 1..=600_u64 {
        story(0x9E37_79B9_7F4A_7C15_u64.wrapping_mul(seed), false);
    }
}

#[test]
fn and_in_six_hundred_more_with_windows_left_out() {
    for seed in 1..=600_u64 {
        story(0xD1B5_4A32_D192_ED03_u64.wrapping_mul(seed), true);
    }
}

#[test]
fn an_update_promises_the_next_one_and_counts_those_that_came_late() {
    let calendar = calendar(r#"["08:00","18:00"]"#);
    let calendar = Counted::new(&calendar, &[]);
    let mut clock = clock(Measure::NextUpdate, 2, &calendar);
    clock.take(&Event::Updated, &calendar, BEGIN + HOUR);
    assert_eq!((clock.due_at, clock.broken), (Some(BEGIN + 3 * HOUR), 0));
    clock.take(&Event::Updated, &calendar, BEGIN + 4 * HOUR);
    assert_eq!((clock.due_at, clock.broken, clock.breached_at), (Some(BEGIN + 6 * HOUR), 1, None));
    clock.take(&Event::Resolved, &calendar, BEGIN + 5 * HOUR);
    clock.take(&Event::Updated, &calendar, BEGIN + 5 * HOUR + 1);
    assert_eq!(clock.state, State::Met, "thanks after the resolution promises nothing");
}

#[test]
fn a_first_response_is_not_overruled_by_anything_but_itself() {
    let calendar = calendar(r#"["08:00","18:00"]"#);
    let calendar = Counted::new(&calendar, &[]);
    let mut clock = clock(Measure::FirstResponse, 1, &calendar);
    clock.take(&Event::Updated, &calendar, BEGIN + 1);
    clock.take(&Event::Reopened, &calendar, BEGIN + 2);
    assert_eq!(clock.due_at, Some(BEGIN + HOUR));
    clock.take(&Event::Responded, &calendar, BEGIN + HOUR);
    assert_eq!((clock.state, clock.breached_at), (State::Met, None), "exactly in time is in time");
    clock.take(&Event::Resolved, &calendar, BEGIN + 2 * HOUR);
    clock.take(&Event::Reopened, &calendar, BEGIN + 3 * HOUR);
    assert_eq!((clock.state, clock.met_at), (State::Met, Some(BEGIN + HOUR)));
}
