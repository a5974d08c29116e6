//! The tree of organisations.

use crate::world::{refused, world};
use serde_json::json;

#[test]
fn an_organisation_belongs_to_itself_and_the_tree_has_no_circle() {
    let world = world();
    let top = world.make("organisations", json!({ "name": "Port" })).unwrap();
    assert_eq!((top.organisation, top.text("currency"), top.text("zone")), (top.id, "EUR", "UTC"));
    let middle = world.make("organisations", json!({ "name": "Yard", "parent": top.reference })).unwrap();
    let low = world.make("organisations", json!({ "name": "Crane", "parent": middle.reference })).unwrap();
    for below in [&top, &middle, &low] {
        assert_eq!(refused(world.edit(&top, json!({ "parent": below.reference }))), ["parent"], "below {}", below.title());
    }
    assert_eq!(world.edit(&low, json!({ "parent": top.reference })).unwrap().int("parent"), Some(top.id));
}

#[test]
fn the_tree_is_only_so_deep() {
    let world = world();
    let mut above = world.make("organisations", json!({ "name": "0" })).unwrap();
    for depth in 1..32 {
        above = world.make("organisations", json!({ "name": depth.to_string(), "parent": above.reference })).unwrap();
    }
    assert_eq!(refused(world.make("organisations", json!({ "name": "32", "parent": above.reference }))), ["parent"]);
}

#[test]
fn zones_and_currencies_exist() {
    let world = world();
    let wrong = world.make("organisations", json!({ "name": "X", "zone": "Europe/Atlantis", "currency": "eur" }));
    assert_eq!(refused(wrong), ["zone", "currency"]);
}
