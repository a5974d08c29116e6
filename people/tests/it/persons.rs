//! People: addresses, memberships, leaving.

use crate::world::{NOW, refused, world};
use serde_json::json;

#[test]
fn an_address_is_kept_small_and_leads_to_one_person() {
    let world = world();
    let dana =
        world.make("people", json!({ "name": "Dana", "email": "Dana@Example.org", "further_addresses": "D@x.org\n d@x.org \n" })).unwrap();
    assert_eq!((dana.text("email"), dana.text("further_addresses")), ("dana@example.org", "d@x.org"));
    assert_eq!(refused(world.make("people", json!({ "name": "Other", "email": "DANA@example.org" }))), ["email"]);
    assert_eq!(refused(world.make("people", json!({ "name": "Other", "further_addresses": "dana@example.org" }))), ["further_addresses"]);
    assert_eq!(refused(world.make("people", json!({ "name": "Other", "email": "\"<script>alert(1)</script>\"@x" }))), ["email"]);
    assert_eq!(refused(world.make("people", json!({ "name": "Other", "further_addresses": "a@b\nnobody" }))), ["further_addresses"]);
    assert!(world.edit(&dana, json!({ "email": "dana@example.org", "vip": true })).is_ok(), "one's own address is no clash");
    for name in ["One", "Two"] {
        assert!(world.make("people", json!({ "name": name })).is_ok(), "people without an address do not clash");
    }
}

#[test]
fn a_person_has_the_zone_of_their_organisation_unless_they_say_otherwise() {
    let world = world();
    let port = world.make("organisations", json!({ "name": "Port", "zone": "Europe/Copenhagen" })).unwrap();
    let here = world.make("people", json!({ "name": "Here", "organisation": port.reference })).unwrap();
    let there = world.make("people", json!({ "name": "There", "organisation": port.reference, "zone": "Asia/Tokyo" })).unwrap();
    assert_eq!((here.text("zone"), there.text("zone")), ("Europe/Copenhagen", "Asia/Tokyo"));
    assert_eq!(refused(world.make("people", json!({ "name": "X", "zone": "Mars", "language": "not a tag" }))), ["zone", "language"]);
}

#[test]
fn leaving_ends_memberships_and_can_be_taken_back() {
    let world = world();
    let team = world.make("teams", json!({ "name": "Desk", "tier": 1, "email": "Desk@Example.org" })).unwrap();
    assert_eq!(team.text("email"), "desk@example.org");
    let dana = world.make("people", json!({ "name": "Dana", "teams": [team.reference], "roles": ["Agent"] })).unwrap();
    assert_eq!(dana.get("teams").ids(), [team.id]);
    let gone = world.perform(&dana, "leave", json!({})).unwrap();
    assert_eq!((gone.state.as_str(), gone.get("teams").ids().len(), gone.get("roles").ids().len()), ("left", 0, 0));
    assert!(world.perform(&gone, "invite", json!({})).is_err(), "who left is not invited");
    let back = world.perform(&gone, "rejoin", json!({})).unwrap();
    assert_eq!((back.state.as_str(), back.get("roles").ids().len()), ("active", 0));
}

#[test]
fn an_invitation_needs_an_address_and_is_recorded() {
    let world = world();
    let dana = world.make("people", json!({ "name": "Dana" })).unwrap();
    assert_eq!(refused(world.perform(&dana, "invite", json!({}))), ["email"]);
    let dana = world.edit(&dana, json!({ "email": "dana@example.org" })).unwrap();
    assert_eq!(world.perform(&dana, "invite", json!({})).unwrap().int("invited_at"), Some(NOW));
}

#[test]
fn files_name_roles_by_name_or_key_and_whatever_has_a_name_in_any_case() {
    let world = world();
    for name in ["Service Desk", "Network", "network", "Ärzte im Haus Öst"] {
        world.make("teams", json!({ "name": name })).unwrap();
    }
    let person = |roles: &str, team: &str| {
        let made = world.make("people", json!({ "name": "Dana", "roles": [roles], "teams": [team] }))?;
        Ok::<_, kernel::Error>((made.get("roles").ids().to_vec(), made.get("teams").ids().to_vec()))
    };
    let dana = person("Service manager", "Service Desk").unwrap();
    for (role, team) in [("manager", "service desk"), ("SERVICE MANAGER", "SERVICE DESK")] {
        assert_eq!(person(role, team).unwrap(), dana, "{role}, {team}");
    }
    let doctors = person("agent", "Ärzte im Haus Öst").unwrap();
    for team in ["ärzte im haus öst", "ÄRZTE IM HAUS ÖST", "Ärzte Im Haus Öst"] {
        assert_eq!(person("agent", team).unwrap(), doctors, "{team}");
    }
    let exact = [person("agent", "Network").unwrap(), person("agent", "network").unwrap()];
    assert_ne!(exact[0].1, exact[1].1, "one that is written exactly so comes before others");
    assert_eq!(refused(person("agent", "NETWORK")), ["teams"], "which of the two is not guessed");
    assert_eq!(refused(person("Agen", "Network")), ["roles"]);
}
