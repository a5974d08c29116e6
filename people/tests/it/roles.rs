//! Roles: who gives them, and that somebody always can.

use crate::world::{World, refused, world};
use kernel::register::{self, Record, Sent, Source};
use kernel::who::{Means, view_of};
use kernel::{Error, Result};
use serde_json::{Value as Json, json};

/// An edit by a person.
fn edit_by(world: &World, who: &Record, whom: &Record, fields: Json) -> Result<Record> {
    let (person, reference, house) = (who.id, whom.reference.clone(), std::sync::Arc::clone(&world.house));
    let view = world.db.read_wait(move |tx| view_of(tx, &house, person, 0, Means::Page))?;
    world.as_viewer(view, move |act| {
        let fields = fields.as_object().expect("fields");
        register::edit(act, &people::person::REGISTER, &reference, Sent { fields, source: Source::Api }, None)
    })
}

fn person(world: &World, organisation: &Record, name: &str, role: &str) -> Record {
    world.make("people", json!({ "name": name, "organisation": organisation.reference, "roles": [role] })).unwrap()
}

#[test]
fn roles_are_given_by_those_who_may_and_never_by_oneself() {
    let world = world();
    let home = world.make("organisations", json!({ "name": "Home" })).unwrap();
    let ada = person(&world, &home, "Ada", "Administrator");
    let max = person(&world, &home, "Max", "Service manager");
    let bao = person(&world, &home, "Bao", "Requester");
    assert!(matches!(edit_by(&world, &max, &max, json!({ "roles": ["Administrator"] })), Err(Error::Forbidden(_))));
    assert!(matches!(edit_by(&world, &max, &bao, json!({ "roles": [] })), Err(Error::Forbidden(_))));
    assert!(matches!(edit_by(&world, &bao, &bao, json!({ "vip": true })), Err(Error::Forbidden(_))));
    assert!(
        matches!(edit_by(&world, &bao, &max, json!({ "vip": true })), Err(Error::NotFound)),
        "others' records do not exist for a requester"
    );
    assert!(edit_by(&world, &max, &bao, json!({ "vip": true })).is_ok());
    let bao = edit_by(&world, &ada, &bao, json!({ "roles": ["Agent", "Approver"] })).unwrap();
    assert_eq!(bao.get("roles").ids().len(), 2);
}

#[test]
fn what_somebody_cannot_see_they_do_not_take_away() {
    let world = world();
    let [home, sister] = ["Home", "Sister"].map(|name| world.make("organisations", json!({ "name": name })).unwrap());
    let ada = person(&world, &home, "Ada", "Administrator");
    let role = |key: &str, of: &Record| world.make("roles", json!({ "key": key, "name": key, "organisation": of.reference })).unwrap();
    let (crane, gate, pilot) = (role("crane", &home), role("gate", &home), role("pilot", &sister));
    let roles = [gate.reference.as_str(), pilot.reference.as_str()];
    let bao = world.make("people", json!({ "name": "Bao", "organisation": home.reference, "roles": roles })).unwrap();
    let (house, who) = (std::sync::Arc::clone(&world.house), ada.id);
    let view = world.db.read_wait(move |tx| view_of(tx, &house, who, 0, Means::Page)).unwrap();
    let granted = world.as_viewer(view, move |act| {
        let asked = json!({ "roles": [crane.reference] });
        let sent = Sent { fields: asked.as_object().expect("fields"), source: Source::Api };
        let verb = people::person::REGISTER.verb("grant-roles").expect("the verb");
        register::perform(act, &people::person::REGISTER, &bao.reference, verb, sent, None)
    });
    let held = granted.unwrap().record.get("roles").ids().to_vec();
    assert!(held.len() == 2 && held.contains(&pilot.id), "that of home ended, that of the sister stays: {held:?}");
}

#[test]
fn the_last_administrator_stays() {
    let world = world();
    let home = world.make("organisations", json!({ "name": "Home" })).unwrap();
    let ada = person(&world, &home, "Ada", "Administrator");
    assert_eq!(refused(world.edit(&ada, json!({ "roles": [] }))), ["roles"]);
    assert_eq!(refused(world.perform(&ada, "leave", json!({}))), ["roles"]);
    let reference = ada.reference.clone();
    let retired = world.tried(move |act| register::retire(act, &people::person::REGISTER, &reference, None));
    assert_eq!(refused(retired), ["roles"]);
    person(&world, &home, "Eve", "Administrator");
    assert!(world.perform(&ada, "leave", json!({})).is_ok(), "another is there now");
}

#[test]
fn two_administrators_who_stop_at_once_leave_one() {
    let world = world();
    let home = world.make("organisations", json!({ "name": "Home" })).unwrap();
    let (ada, eve) = (person(&world, &home, "Ada", "Administrator"), person(&world, &home, "Eve", "Administrator"));
    let (begun, begins) = std::sync::mpsc::channel();
    let stops = |who: &Record, slow: Option<std::sync::mpsc::Sender<()>>| {
        let reference = who.reference.clone();
        world.tried(move |act| {
            let fields = json!({ "roles": [] });
            let sent = Sent { fields: fields.as_object().expect("fields"), source: Source::Api };
            register::edit(act, &people::person::REGISTER, &reference, sent, None)?;
            // The other one begins while this is done and not yet kept.
            if let Some(begun) = &slow {
                let _ = begun.send(());
                std::thread::sleep(std::time::Duration::from_millis(300));
            }
            Ok(())
        })
    };
    std::thread::scope(|scope| {
        let first = scope.spawn(|| stops(&ada, Some(begun)));
        begins.recv().expect("the first begins");
        assert_eq!(refused(stops(&eve, None)), ["roles"], "by then she is the last");
        assert!(first.join().expect("the first ends").is_ok());
    });
}

#[test]
fn the_roles_that_ship_are_made_once_and_keep_their_keys() {
    let world = world();
    world.act(people::role::seed);
    let count = world.act(|act| Ok(act.tx.one("select count(*) from role", &[])?.int(0)?));
    assert_eq!(count, 7);
    let agent = world.act(|act| register::load(act.tx, act.house, act.view, &people::role::REGISTER, "ROL-3"));
    assert_eq!(agent.text("key"), "agent");
    assert_eq!(refused(world.edit(&agent, json!({ "key": "worker" }))), ["key"]);
    assert!(world.edit(&agent, json!({ "name": "Engineer" })).is_ok());
    assert_eq!(refused(world.make("roles", json!({ "key": "agent", "name": "Again" }))), ["key"]);
    assert_eq!(refused(world.make("roles", json!({ "key": "Not A Key", "name": "X" }))), ["key"]);
}

#[test]
fn what_was_granted_follows_a_new_key() {
    let world = world();
    let own = world.make("roles", json!({ "key": "change-manager", "name": "Change manager" })).unwrap();
    world.act(|act| {
        act.tx.run("insert into role_grant (role, register, verb, scopes) values ('change-manager', 'teams', 'import', 'all')", &[])?;
        Ok(())
    });
    world.edit(&own, json!({ "key": "change-lead" })).unwrap();
    let keys = world
        .act(|act| Ok(act.tx.one("select role from role_grant where register = 'teams' and verb = 'import'", &[])?.text(0)?.to_owned()));
    assert_eq!(keys, "change-lead");
}

/// A grant on a role, by somebody.
fn granted_by(world: &World, who: &Record, role: &'static str, register: &str, permission: &str, rows: &str) -> Result<register::Done> {
    let (person, house) = (who.id, std::sync::Arc::clone(&world.house));
    let fields = json!({ "register": register, "permission": permission, "rows": rows });
    let view = world.db.read_wait(move |tx| view_of(tx, &house, person, 0, Means::Page))?;
    world.as_viewer(view, move |act| {
        let verb = people::role::REGISTER.verb("grant").expect("the verb");
        let sent = Sent { fields: fields.as_object().expect("fields"), source: Source::Api };
        register::perform(act, &people::role::REGISTER, role, verb, sent, None)
    })
}

/// What was done to a role, taken back by somebody.
fn undone_by(world: &World, who: &Record, role: &'static str, act_id: i64) -> Result<Record> {
    let (person, house) = (who.id, std::sync::Arc::clone(&world.house));
    let view = world.db.read_wait(move |tx| view_of(tx, &house, person, 0, Means::Page))?;
    world.as_viewer(view, move |act| register::undo(act, &people::role::REGISTER, role, act_id))
}

fn may(world: &World, who: &Record, register: &'static str, verb: &'static str) -> kernel::describe::Scopes {
    let (person, house) = (who.id, std::sync::Arc::clone(&world.house));
    let view = world.db.read_wait(move |tx| view_of(tx, &house, person, 0, Means::Page)).unwrap();
    view.scopes(world.house.register(register).expect("the register"), verb)
}

#[test]
fn a_grant_holds_at_once_is_journalled_and_can_be_taken_back() {
    let world = world();
    let home = world.make("organisations", json!({ "name": "Home" })).unwrap();
    let ada = person(&world, &home, "Ada", "Administrator");
    let bao = person(&world, &home, "Bao", "Requester");
    assert!(may(&world, &bao, "teams", "edit").is_empty());
    let first = granted_by(&world, &ada, "ROL-4", "teams", "edit", "all").unwrap();
    assert!(may(&world, &bao, "teams", "edit").has(kernel::describe::Scope::All), "with the next request");
    let second = granted_by(&world, &ada, "ROL-4", "teams", "edit", "team,own").unwrap();
    assert!(!may(&world, &bao, "teams", "edit").has(kernel::describe::Scope::All));

    let undo = |act_id: i64| world.tried(move |act| register::undo(act, &people::role::REGISTER, "ROL-4", act_id));
    assert!(matches!(undo(first.act), Err(Error::Conflict(_))), "it was changed again since");
    undo(second.act).unwrap();
    assert!(may(&world, &bao, "teams", "edit").has(kernel::describe::Scope::All), "as the first grant said");
    undo(first.act).unwrap();
    assert!(may(&world, &bao, "teams", "edit").is_empty(), "as it ships");
    let entries = world.act(|act| {
        let role = register::load(act.tx, act.house, act.view, &people::role::REGISTER, "ROL-4")?;
        kernel::journal::history(act.tx, role.id, None, 10)
    });
    assert_eq!(entries.iter().filter(|it| it.verb == "grant").count(), 2);
}

#[test]
fn nobody_grants_more_than_they_hold_nor_takes_from_the_administrator() {
    let world = world();
    let home = world.make("organisations", json!({ "name": "Home" })).unwrap();
    let ada = person(&world, &home, "Ada", "Administrator");
    let max = person(&world, &home, "Max", "Service manager");
    assert!(matches!(granted_by(&world, &max, "ROL-4", "teams", "read", "all"), Err(Error::Forbidden(_))));
    granted_by(&world, &ada, "ROL-2", "roles", "grant", "all").unwrap();
    assert!(granted_by(&world, &max, "ROL-4", "teams", "read", "all").is_ok());
    assert_eq!(refused(granted_by(&world, &max, "ROL-2", "people", "grant-roles", "all")), ["rows"]);
    granted_by(&world, &ada, "ROL-4", "people", "grant-roles", "all").unwrap();
    let taken = granted_by(&world, &ada, "ROL-4", "people", "grant-roles", "none").unwrap();
    assert!(matches!(undone_by(&world, &max, "ROL-4", taken.act), Err(Error::Forbidden(_))), "he does not change roles, and did not do it");
    granted_by(&world, &ada, "ROL-2", "roles", "edit", "all").unwrap();
    let undone = undone_by(&world, &max, "ROL-4", taken.act);
    assert!(matches!(undone, Err(Error::Conflict(_))), "undoing a removal is granting");
    assert!(undone_by(&world, &ada, "ROL-4", taken.act).is_ok());
    assert_eq!(refused(granted_by(&world, &ada, "ROL-1", "teams", "read", "none")), [""]);
    assert_eq!(refused(granted_by(&world, &ada, "ROL-4", "nonsense", "read", "all")), ["register"]);
    assert_eq!(refused(granted_by(&world, &ada, "ROL-4", "teams", "fly", "all")), ["permission"]);
    assert_eq!(refused(granted_by(&world, &ada, "ROL-4", "teams", "read", "some")), ["rows"]);
    assert_eq!(refused(granted_by(&world, &ada, "ROL-4", "nonsense", "fly", "some")), ["register", "rows"]);
    assert_eq!(refused(granted_by(&world, &ada, "ROL-4", "teams", "fly", "some")), ["permission", "rows"]);
}

#[test]
fn what_is_inner_is_read_on_all_records_or_on_none() {
    let world = world();
    let home = world.make("organisations", json!({ "name": "Home" })).unwrap();
    let ada = person(&world, &home, "Ada", "Administrator");
    let bao = person(&world, &home, "Bao", "Requester");
    for permission in ["internal", "confidential"] {
        for rows in ["team", "own", "requester", "team,own,requester"] {
            assert_eq!(refused(granted_by(&world, &ada, "ROL-4", "people", permission, rows)), ["rows"], "{permission} on {rows}");
        }
        granted_by(&world, &ada, "ROL-4", "people", permission, "all").unwrap();
        assert!(may(&world, &bao, "people", permission).has(kernel::describe::Scope::All));
        granted_by(&world, &ada, "ROL-4", "people", permission, "none").unwrap();
    }
}

#[test]
fn a_narrower_grant_of_an_older_role_opens_nothing_inner() {
    let world = world();
    let home = world.make("organisations", json!({ "name": "Home" })).unwrap();
    let bao = person(&world, &home, "Bao", "Requester");
    world.act(|act| {
        let sql = "insert into role_grant (role, register, verb, scopes) values ('requester', 'people', ?1, 'team,own')";
        for permission in ["internal", "confidential", "edit"] {
            act.tx.run(sql, &[permission.into()])?;
        }
        Ok(())
    });
    assert!(may(&world, &bao, "people", "internal").is_empty() && may(&world, &bao, "people", "confidential").is_empty());
    assert!(!may(&world, &bao, "people", "edit").is_empty(), "others are as they were granted");
}

#[test]
fn nobody_invites_whoever_may_do_more_than_they() {
    let world = world();
    let home = world.make("organisations", json!({ "name": "Home" })).unwrap();
    let ada = person(&world, &home, "Ada", "Administrator");
    let max = person(&world, &home, "Max", "Service manager");
    let keeper = world.make("roles", json!({ "key": "keeper", "name": "Keeper of roles" })).unwrap();
    let reference: &'static str = keeper.reference.leak();
    granted_by(&world, &ada, reference, "people", "grant-roles", "all").unwrap();
    let invited = |who: &Record, roles: &[&str], number: usize| {
        let email = format!("new{number}@example.org");
        let new = world.make("people", json!({ "name": "New", "email": email, "organisation": home.reference, "roles": roles })).unwrap();
        let (person, house) = (who.id, std::sync::Arc::clone(&world.house));
        let view = world.db.read_wait(move |tx| view_of(tx, &house, person, 0, Means::Page)).unwrap();
        world.as_viewer(view, move |act| people::person::invitation::invite(act, &new.reference)).map(|it| it.link)
    };
    for (number, roles) in [&[][..], &["Requester"], &["Agent"], &["Approver"], &["Service manager"]].into_iter().enumerate() {
        assert!(invited(&max, roles, number).is_ok(), "a manager invites {roles:?}");
    }
    let Err(Error::Conflict(why)) = invited(&max, &["Requester", "Keeper of roles"], 10) else {
        panic!("the link would let Max grant roles")
    };
    assert!(why.contains("People: grant-roles"), "{why}");
    assert!(invited(&ada, &["Requester", "Keeper of roles"], 11).is_ok());
}
