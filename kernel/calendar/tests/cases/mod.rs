//! What the tests of working time share: instants as text, and calendars in few words.
#![allow(dead_code, reason = "each test file uses its own part")]

use calendar::{Calendar, Instant, Spec};
use serde_json::{Value, json};

/// `2026-03-27T17:00:00Z`, or with another offset, as an instant.
pub fn at(text: &str) -> Instant {
    text.parse::<jiff::Timestamp>().unwrap_or_else(|e| panic!("{text}: {e}")).as_millisecond()
}

/// An instant as text.
pub fn text(at: Instant) -> String {
    jiff::Timestamp::from_millisecond(at).unwrap().to_string()
}

/// The date a text starts with.
pub fn date(text: &str) -> jiff::civil::Date {
    text[..10].parse().unwrap()
}

/// A calendar in the written form of the product.
pub fn calendar(spec: Value) -> Calendar {
    let spec: Spec = serde_json::from_value(spec).unwrap();
    Calendar::new(spec).unwrap_or_else(|e| panic!("{e}"))
}

/// Monday to Friday, one interval.
pub fn workdays(zone: &str, from: &str, until: &str, holidays: &[&str]) -> Calendar {
    let day = json!([[from, until]]);
    let holidays: Vec<_> = holidays.iter().map(|d| json!({"date": d, "name": "Holiday"})).collect();
    calendar(json!({"zone": zone, "week": {"mon": day, "tue": day, "wed": day, "thu": day, "fri": day}, "holidays": holidays}))
}

/// A calendar that never closes.
pub fn always(zone: &str) -> Calendar {
    let day = json!([["00:00", "24:00"]]);
    calendar(json!({"zone": zone, "week": {"mon": day, "tue": day, "wed": day, "thu": day, "fri": day, "sat": day, "sun": day}}))
}

/// A calendar as the files of cases write it.
pub fn from_case(case: &Value) -> Calendar {
    let holidays: Vec<_> = case["holidays"].as_array().unwrap().iter().map(|d| json!({"date": d})).collect();
    let special = case.get("special_hours").and_then(Value::as_object);
    let special: Vec<_> = special.into_iter().flatten().map(|(d, h)| json!({"date": d, "hours": h})).collect();
    calendar(json!({"zone": case["timezone"], "week": case["hours"], "holidays": holidays, "special_days": special}))
}

/// Chance that is the same on every run (a linear congruential generator).
pub struct Chance(pub u64);

impl Chance {
    /// A number below `n`.
    pub fn below(&mut self, n: i64) -> i64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as i64) % n
    }
}
