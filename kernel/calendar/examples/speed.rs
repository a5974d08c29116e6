//! Prints what the questions of every day cost: `cargo run --release -p calendar --example speed`.

use calendar::clock::{Promise, Target, Terms};
use calendar::{Calendar, Spec};
use std::hint::black_box;
use std::time::Instant;

const SPEC: &str = r#"{"zone": "Europe/Berlin",
  "week": {"mon": [["08:00", "12:00"], ["13:00", "18:00"]], "tue": [["08:00", "18:00"]], "wed": [["08:00", "18:00"]],
           "thu": [["08:00", "18:00"]], "fri": [["08:00", "16:00"]]},
  "holidays": [{"date": "2026-12-25"}, {"date": "2026-12-26"}, {"date": "2027-01-01"}, {"date": "2027-03-26"}],
  "special_days": [{"date": "2026-12-24", "hours": [["08:00", "12:00"]]}]}"#;

fn main() {
    let spec: Spec = serde_json::from_str(SPEC).expect("the calendar above is right");
    let desk = Calendar::new(spec.clone()).expect("the calendar above is right");
    let now = 1_790_000_000_000;
    let terms = Terms { calendar: &desk, calendar_version: 1, target: Target { seconds: 8 * 3600, warn_at_percent: 80 } };
    let year = 365 * 24 * 3_600_000;
    measure("due of a fresh promise", 1_000_000, |i| Promise::new(now + i * 977, terms).due(now + i * 977));
    measure("add 8 h", 1_000_000, |i| desk.add(now + i * 977, 8 * 3600));
    measure("elapsed over 10 years", 1_000_000, |i| desk.elapsed(now - 10 * year + i, now + i));
    measure("is open", 1_000_000, |i| desk.is_open(now + i * 977));
    measure("ledger of 30 days", 10_000, |i| Promise::new(now + i, terms).ledger(now + year / 12 + i));
    measure("ledger of 10 years", 100, |i| Promise::new(now + i, terms).ledger(now + 10 * year + i));
    measure("compile a calendar", 1_000, |_| Calendar::new(spec.clone()));
}

fn measure<T>(name: &str, times: i64, mut one: impl FnMut(i64) -> T) {
    let start = Instant::now();
    for i in 0..times {
        black_box(one(black_box(i)));
    }
    let micros = start.elapsed().as_secs_f64() * 1e6 / times as f64;
    println!("{name:24} {micros:10.3} µs");
}
