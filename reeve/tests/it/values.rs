//! A value that each kind of field accepts, another one, and some it refuses.

use crate::world::World;
use kernel::describe::{Field, Kind, Register};
use serde_json::{Map, Value as Json, json};

/// A value the field accepts; `which` gives another one where there are several.
pub fn good(world: &World, field: &Field, which: usize) -> Json {
    match field.kind {
        Kind::Line { .. } if field.key.contains("email") => json!(format!("{}{}@example.org", field.key, world.number())),
        Kind::Line { .. } if field.key == "zone" => json!(["Europe/Berlin", "UTC"][which % 2]),
        Kind::Line { .. } if field.key == "key" => json!(format!("own-{}", world.number())),
        Kind::Line { .. } if field.key == "currency" => json!(["EUR", "USD"][which % 2]),
        Kind::Line { .. } | Kind::Text { .. } => json!(format!("zebra{} {}", world.number(), field.key)),
        Kind::Int { min, max } => json!((min + which as i64).min(max)),
        Kind::Real => json!(1.5 + which as f64),
        Kind::Bool => json!(which.is_multiple_of(2)),
        Kind::Date if field.key.starts_with("ends") => json!(["2028-03-31", "2029-03-31"][which % 2]),
        Kind::Time if field.key.starts_with("ends") || field.key.ends_with("until") => {
            json!(["2027-01-01T00:00:00Z", "2027-02-01T00:00:00Z"][which % 2])
        }
        Kind::Date => json!(["2026-11-24", "2027-01-31"][which % 2]),
        Kind::Time => json!(["2026-11-24T08:00:00Z", "2026-12-01T09:30:00Z"][which % 2]),
        Kind::Duration => json!(["PT4H", "PT8H30M"][which % 2]),
        Kind::Money => json!({ "amount": (["12.50", "99.00"][which % 2]), "currency": "EUR" }),
        Kind::Choice(of) => json!(of[which % of.len()].key),
        Kind::Level(of) => json!(of[which % of.len()].rung),
        Kind::Link(to) => json!(world.some(to, which)),
        Kind::LinkAny if field.key == "target" => json!(world.some("configuration-items", which)),
        Kind::LinkAny => json!(world.some("services", which)),
        Kind::Many(to) => json!([world.some(to, which)]),
    }
}

/// Values the field refuses.
pub fn bad(field: &Field) -> Vec<Json> {
    match field.kind {
        Kind::Line { limit } => vec![json!("x".repeat(limit + 1)), json!(7), json!({})],
        Kind::Text { .. } => vec![json!(7), json!([1])],
        Kind::Int { min, max } => {
            let mut all = vec![json!("many"), json!(1.5)];
            all.extend(max.checked_add(1).map(|it| json!(it)));
            all.extend(min.checked_sub(1).map(|it| json!(it)));
            all
        }
        Kind::Real => vec![json!("much")],
        Kind::Bool => vec![json!("perhaps"), json!(2)],
        Kind::Date => vec![json!("soon"), json!("2025-02-29")],
        Kind::Time => vec![json!("later"), json!("2026-13-01T00:00:00Z"), json!("9999-12-31T00:00:00Z")],
        Kind::Duration => vec![json!("long"), json!("P1Y")],
        Kind::Money => vec![json!("12"), json!({ "amount": "12.345", "currency": "EUR" }), json!({ "amount": "1" })],
        Kind::Choice(_) => vec![json!("<nonsense>"), json!(1)],
        Kind::Level(_) => vec![json!(77), json!("<nonsense>")],
        Kind::Link(_) | Kind::LinkAny => vec![json!("NO-999999"), json!(5)],
        Kind::Many(_) => vec![json!(["NO-999999"]), json!(5)],
    }
}

/// A whole record that can be sent to create one.
pub fn record(world: &World, register: &Register, which: usize) -> Map<String, Json> {
    let sent = register.fields.iter().filter(|field| !field.computed);
    let mut map: Map<String, Json> = sent.map(|field| (field.key.to_owned(), good(world, field, which))).collect();
    for (kind, key, value) in EXCEPTIONS.iter().filter(|(kind, _, _)| *kind == register.key) {
        let value = if value.is_empty() { Json::Null } else { json!(value) };
        assert!(register.field(key).is_some(), "{kind} has {key}");
        map.insert((*key).to_owned(), value);
    }
    map
}

/// Fields whose sense goes beyond their type, with a value that makes sense; empty: none.
const EXCEPTIONS: &[(&str, &str, &str)] = &[
    ("organisations", "parent", ""),
    ("people", "manager", ""),
    ("people", "further_addresses", ""),
    ("people", "language", "de"),
    ("templates", "next", ""),
    ("roles", "begins_like", ""),
    ("calendars", "hours", "mon 09:00-17:00\ntue 09:00-17:00"),
    ("calendars", "holidays", "2026-12-25 Christmas Day"),
    ("calendars", "special_days", "2026-12-24 09:00-12:00"),
];

/// Whether a field's value is free: it may be anything of its type.
pub fn free(register: &Register, field: &Field) -> bool {
    !EXCEPTIONS.iter().any(|(kind, key, _)| *kind == register.key && *key == field.key)
}
