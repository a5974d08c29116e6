//! Contracts: the last safe day to cancel, as time goes by.

use crate::world::{refused, world};
use kernel::register::{self, Record};
use serde_json::json;

const DAY: i64 = 86_400_000;

fn read(world: &crate::world::World, contract: &Record) -> Record {
    let reference = contract.reference.clone();
    world.act(move |act| register::load(act.tx, act.house, act.view, &books::contract::REGISTER, &reference))
}

#[test]
fn the_last_safe_day_moves_on_by_itself_and_is_journalled() {
    let world = world();
    let fields = json!({
        "name": "Nordlink WAN", "starts_on": "2020-08-01", "ends_on": "2023-07-31",
        "renewal": "tacit", "renewal_months": 12, "notice_months": 3,
        "value_per_year": { "amount": "137600.00", "currency": "EUR" },
    });
    let contract = world.make("contracts", fields).unwrap();
    assert_eq!(contract.text("last_cancel_on"), "2027-04-30");
    let periodic = books::contract::PRACTICE.periodic[0];
    assert_eq!((periodic.run)(&world.db, &world.house).unwrap(), 0, "nothing has passed");
    world.house.clock.advance(157 * DAY);
    assert_eq!((periodic.run)(&world.db, &world.house).unwrap(), 0, "30 April is the day itself, still safe");
    world.house.clock.advance(DAY);
    assert_eq!((periodic.run)(&world.db, &world.house).unwrap(), 1);
    let moved = read(&world, &contract);
    assert_eq!((moved.text("last_cancel_on"), moved.version), ("2028-04-30", 2));
    assert_eq!((periodic.run)(&world.db, &world.house).unwrap(), 0, "a second run finds nothing");
    let id = contract.id;
    let history = world.act(move |act| kernel::journal::history(act.tx, id, None, 10));
    assert_eq!(history[0].verb, "renew");
}

#[test]
fn terms_that_contradict_themselves_are_refused() {
    let world = world();
    assert_eq!(refused(world.make("contracts", json!({ "name": "X", "starts_on": "2026-02-01", "ends_on": "2026-01-31" }))), ["ends_on"]);
    assert_eq!(refused(world.make("contracts", json!({ "name": "X", "renewal": "tacit", "ends_on": "2026-01-31" }))), ["renewal_months"]);
    let plain = world.make("contracts", json!({ "name": "X", "ends_on": "2026-12-31", "notice_months": 1 })).unwrap();
    assert!(plain.get("last_cancel_on").is_null(), "one that ends by itself needs no notice");
}
