//! Descriptions hold together: what a table of data cannot make the compiler check.

use kernel::House;
use kernel::describe::{Floor, Kind};
use kernel::time::Clock;
use std::collections::BTreeSet;
use std::sync::Arc;

fn house() -> Arc<House> {
    House::new(&reeve::practices::all(), Clock::set(0), 1)
}

#[test]
fn keys_prefixes_and_names_are_unique_and_links_lead_somewhere() {
    let house = house();
    let mut keys = BTreeSet::new();
    let mut prefixes = BTreeSet::new();
    for register in &house.registers {
        assert!(keys.insert(register.key), "{} is described once", register.key);
        assert!(register.prefix.is_empty() || prefixes.insert(register.prefix), "{} has a prefix of its own", register.key);
        assert!(!register.about.is_empty() && !register.one.is_empty() && !register.many.is_empty(), "{} says what it is", register.key);
        assert_eq!(register.fields.iter().filter(|field| field.title).count(), 1, "{} has one title", register.key);
        let mut fields = BTreeSet::new();
        for field in register.fields {
            assert!(fields.insert(field.key), "{}.{} stands once", register.key, field.key);
            if let Kind::Link(to) | Kind::Many(to) = field.kind {
                assert!(house.register(to).is_some(), "{}.{} leads to {to}", register.key, field.key);
            }
        }
        for scope in [register.rows.owner, register.rows.team, register.rows.requester] {
            assert!(scope.is_empty() || scope == "id" || register.field(scope).is_some(), "{}: rows by {scope}", register.key);
        }
    }
}

#[test]
fn a_length_of_time_or_an_amount_is_explained_by_its_form_alone() {
    for register in &house().registers {
        let asked = register.verbs.iter().flat_map(|verb| verb.asks);
        for field in register.fields.iter().chain(asked).filter(|field| matches!(field.kind, Kind::Duration | Kind::Money)) {
            assert!(!field.help.to_lowercase().contains("like "), "{}.{} says how it is written twice", register.key, field.key);
        }
    }
}

#[test]
fn flows_start_once_and_verbs_lead_between_states_that_exist() {
    for register in &house().registers {
        if !register.states.is_empty() {
            assert_eq!(register.states.iter().filter(|state| state.starts).count(), 1, "{} starts in one state", register.key);
        }
        let mut verbs = BTreeSet::new();
        for verb in register.verbs {
            assert!(verbs.insert(verb.key), "{}.{} stands once", register.key, verb.key);
            let states = verb.from.iter().copied().chain(Some(verb.to).filter(|to| !to.is_empty()));
            for state in states {
                assert!(register.state(state).is_some(), "{}.{}: state {state}", register.key, verb.key);
            }
        }
    }
}

#[test]
fn practices_need_only_what_is_below_them_and_never_in_a_circle() {
    let house = house();
    let mut before: Vec<(&str, Floor)> = Vec::new();
    for practice in &house.practices {
        assert!(before.iter().all(|(_, floor)| *floor <= practice.floor), "{} stands in the order of floors", practice.key);
        for need in practice.needs {
            let found = before.iter().find(|(key, _)| key == need);
            assert!(
                found.is_some_and(|(_, floor)| *floor == practice.floor),
                "{} needs {need}, which must stand before it on its floor",
                practice.key
            );
        }
        before.push((practice.key, practice.floor));
    }
}

#[test]
fn reactions_and_panels_name_registers_that_exist() {
    let house = house();
    for practice in &house.practices {
        for on in practice.reactions.iter().map(|it| it.on).chain(practice.panels.iter().map(|it| it.on)) {
            assert!(house.register(on).is_some(), "{} looks at {on}", practice.key);
        }
    }
}

#[test]
fn keys_of_verbs_are_those_of_the_scheme_and_each_does_one_thing() {
    let house = house();
    let mut named = 0;
    for register in &house.registers {
        let mut taken: Vec<&str> = Vec::new();
        for verb in register.verbs.iter().filter(|verb| !verb.hotkey.is_empty()) {
            assert!(ui::keys::MAP.iter().any(|key| key.name == verb.hotkey), "{}.{}: {}", register.key, verb.key, verb.hotkey);
            assert!(!taken.contains(&verb.hotkey), "{}.{} shares {}", register.key, verb.key, verb.hotkey);
            taken.push(verb.hotkey);
            named += 1;
        }
    }
    assert!(named > 8, "{named} verbs have keys");
}
