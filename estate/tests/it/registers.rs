//! Services, items and relations through the engine.

use crate::world::{NOW, refused, world};
use kernel::register::{self, Query};
use serde_json::json;

#[test]
fn a_service_and_an_item_are_made_edited_and_moved_through_their_lives() {
    let world = world();
    let service =
        world.make("services", json!({ "name": "Booking", "value_per_hour": { "amount": "18400.00", "currency": "EUR" } })).unwrap();
    assert_eq!((service.state.as_str(), service.int("criticality")), ("concept", Some(3)));
    let live = world.perform(&service, "go-live", json!({})).unwrap();
    assert_eq!(world.perform(&live, "decommission", json!({})).unwrap().state, "retired");
    let item =
        world.make("configuration-items", json!({ "name": "yard-db-02", "kind": "database", "service": service.reference })).unwrap();
    assert_eq!((item.state.as_str(), item.int("service")), ("in_use", Some(service.id)));
    let item = world.edit(&item, json!({ "installed_on": "2024-02-29", "serial": "X1" })).unwrap();
    assert_eq!((item.version, item.text("installed_on")), (2, "2024-02-29"));
    assert_eq!(world.perform(&item, "scrap", json!({})).unwrap().state, "retired");
}

#[test]
fn a_relation_is_named_after_its_ends_and_dated() {
    let world = world();
    let service = world.make("services", json!({ "name": "Booking" })).unwrap();
    let item = world.make("configuration-items", json!({ "name": "db" })).unwrap();
    let fields = json!({ "source": service.reference, "target": item.reference, "kind": "runs_on", "certainty": 80 });
    let relation = world.make("relations", fields).unwrap();
    assert_eq!((relation.title(), relation.int("valid_from")), ("SVC-1 runs on ITM-1", Some(NOW)));
    assert_eq!(world.edit(&relation, json!({ "kind": "uses" })).unwrap().title(), "SVC-1 uses ITM-1");
    let oneself = json!({ "source": item.reference, "target": item.reference });
    assert_eq!(refused(world.make("relations", oneself)), ["target"]);
    assert_eq!(refused(world.edit(&relation, json!({ "valid_until": "2000-01-01T00:00:00Z" }))), ["valid_until"]);
    assert_eq!(refused(world.edit(&relation, json!({ "certainty": 101 }))), ["certainty"]);
    let ended = world.perform(&relation, "end", json!({})).unwrap();
    assert_eq!(ended.int("valid_until"), Some(NOW));
    assert_eq!(refused(world.perform(&ended, "end", json!({}))), ["valid_until"]);
}

#[test]
fn links_of_fields_share_the_table_and_are_no_relations() {
    let world = world();
    let customer = world.make("organisations", json!({ "name": "Feeder" })).unwrap();
    let service = world.make("services", json!({ "name": "Booking", "customers": [customer.reference] })).unwrap();
    let other = world.make("services", json!({ "name": "Billing" })).unwrap();
    world.make("relations", json!({ "source": service.reference, "target": other.reference })).unwrap();
    let listed = world
        .act(|act| register::list(act.tx, act.house, act.view, &estate::relation::REGISTER, &Query::plain(&estate::relation::REGISTER)));
    assert_eq!(listed.records.iter().map(|it| it.title().to_owned()).collect::<Vec<_>>(), ["SVC-1 depends on SVC-2"]);
    let again = world.edit(&service, json!({ "customers": [] })).unwrap();
    assert!(again.get("customers").is_null());
}
