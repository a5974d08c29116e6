//! What every register must do, proved for all of them from their descriptions: no test lines per register.

use crate::values::{bad, free, good, record};
use crate::world::{World, world};
use kernel::describe::{Kind, Register};
use serde_json::{Map, Value as Json, json};

const ADMIN: &str = "Ada";

fn registers(world: &World) -> Vec<&'static Register> {
    world.house.registers.iter().copied().filter(|register| !register.closed).collect()
}

fn make(world: &World, register: &Register, which: usize) -> (String, Map<String, Json>) {
    let sent = record(world, register, which);
    let answer = world.post(ADMIN, &format!("/api/v1/{}", register.key), &Json::Object(sent.clone()));
    assert_eq!(answer.status, 201, "{} is created: {}", register.key, answer.json);
    let reference = answer.json["reference"].as_str().unwrap_or_default().to_owned();
    assert!(reference.starts_with(register.prefix), "{reference}");
    assert_eq!(answer.header("location"), format!("/api/v1/{}/{reference}", register.key));
    (reference, sent)
}

#[test]
fn a_record_comes_back_as_it_was_sent() {
    let world = world();
    for register in registers(&world) {
        let (reference, sent) = make(&world, register, 0);
        let answer = world.get(ADMIN, &format!("/api/v1/{}/{reference}", register.key));
        for (key, value) in sent.iter().filter(|(_, value)| !value.is_null()) {
            assert_eq!(answer.json[key], *value, "{}.{key} comes back", register.key);
        }
        assert_eq!(answer.json["version"], 1);
    }
}

#[test]
fn what_is_required_wrong_or_unknown_is_refused_by_name() {
    let world = world();
    for register in registers(&world) {
        let path = format!("/api/v1/{}", register.key);
        let (reference, sent) = make(&world, register, 0);
        for field in register.fields.iter().filter(|field| field.required && !field.computed && field.preset.is_empty()) {
            let mut less = sent.clone();
            less.remove(field.key);
            let answer = world.post(ADMIN, &path, &Json::Object(less));
            assert_eq!(
                (answer.status, answer.names(field.key)),
                (422, true),
                "{}.{} is required: {}",
                register.key,
                field.key,
                answer.json
            );
        }
        for field in register.fields.iter().filter(|field| !field.computed) {
            for value in bad(field) {
                let answer = world.patch(ADMIN, &format!("{path}/{reference}"), &json!({ field.key: value }), None);
                assert_eq!(
                    (answer.status, answer.names(field.key)),
                    (422, true),
                    "{}.{} refuses {value}: {}",
                    register.key,
                    field.key,
                    answer.json
                );
            }
        }
        let own = register.fields.iter().filter(|field| field.computed).map(|field| field.key);
        for key in own.chain(["id", "reference", "version", "created_at", "no_such_field"]) {
            let answer = world.patch(ADMIN, &format!("{path}/{reference}"), &json!({ key: "1" }), None);
            assert_eq!((answer.status, answer.names(key)), (422, true), "{}.{key} cannot be sent: {}", register.key, answer.json);
        }
        let after = world.get(ADMIN, &format!("{path}/{reference}"));
        assert_eq!(after.json["version"], 1, "{}: nothing that was refused was kept", register.key);
    }
}

#[test]
fn an_edit_is_journalled_and_the_record_as_of_before_is_as_it_was() {
    let world = world();
    for register in registers(&world) {
        let (reference, _) = make(&world, register, 0);
        let path = format!("/api/v1/{}/{reference}", register.key);
        for field in register.fields.iter().filter(|field| !field.computed && free(register, field)) {
            let before = world.get(ADMIN, &path);
            let value = good(&world, field, 1);
            if before.json[field.key] == value {
                continue;
            }
            let then = world.now();
            world.later(60);
            let answer = world.patch(ADMIN, &path, &json!({ field.key: value }), Some(before.header("etag")));
            assert_eq!(answer.status, 200, "{}.{} takes {value}: {}", register.key, field.key, answer.json);
            assert_eq!(answer.json[field.key], value, "{}.{}", register.key, field.key);
            let stale = world.patch(ADMIN, &path, &json!({ field.key: value }), Some(before.header("etag")));
            assert_eq!(stale.status, 412, "{}.{} a stale edit is refused", register.key, field.key);
            let journal = world.get(ADMIN, &format!("{path}/journal"));
            let changes = &journal.json["items"][0]["changes"];
            assert!(changes.get(field.key).is_some(), "{}.{} stands in the journal: {}", register.key, field.key, journal.json["items"][0]);
            let was = world.get(ADMIN, &format!("{path}?as_of={then}"));
            assert_eq!(was.json[field.key], before.json[field.key], "{}.{} as of before", register.key, field.key);
        }
    }
}

#[test]
fn every_field_filters_and_the_opposite_filter_leaves_it_out() {
    let world = world();
    for register in registers(&world) {
        let (reference, sent) = make(&world, register, 0);
        let found = |question: &str| {
            let answer = world.get(ADMIN, &format!("/api/v1/{}?{question}&limit=200", register.key));
            assert_eq!(answer.status, 200, "{}?{question}: {}", register.key, answer.json);
            let items = answer.json["items"].as_array().cloned().unwrap_or_default();
            items.iter().any(|item| item["reference"] == json!(reference))
        };
        for field in register.fields.iter().filter(|field| !field.computed) {
            let value = &sent[field.key];
            if value.is_null() || matches!(field.kind, Kind::Text { .. } | Kind::Money) {
                continue;
            }
            let written = match value {
                Json::Array(parts) => parts[0].as_str().unwrap_or_default().to_owned(),
                Json::String(text) => text.clone(),
                other => other.to_string(),
            };
            let written = crate::world::escape(&written);
            assert!(found(&format!("{}={written}", field.key)), "{} by {}", register.key, field.key);
            assert!(!found(&format!("{}__ne={written}", field.key)), "{} by not {}", register.key, field.key);
            assert!(!found(&format!("{}__empty=true", field.key)), "{} by no {}", register.key, field.key);
        }
        let answer = world.get(ADMIN, &format!("/api/v1/{}?no_such_field=1", register.key));
        assert_eq!((answer.status, answer.names("no_such_field")), (400, true), "{}", register.key);
        let answer = world.get(ADMIN, &format!("/api/v1/{}?{}__near=1", register.key, register.title().key));
        assert_eq!(answer.status, 400, "{}", register.key);
    }
}

#[test]
fn every_order_pages_through_all_records_once() {
    let world = world();
    for register in registers(&world) {
        let made: Vec<String> = (0..5).map(|which| make(&world, register, which).0).collect();
        let fields = register.fields.iter().filter(|field| !matches!(field.kind, Kind::Many(_) | Kind::Text { .. } | Kind::LinkAny));
        for key in fields.map(|field| field.key).chain(["created_at", "updated_at", "reference"]) {
            for sort in [key.to_owned(), format!("-{key}")] {
                let mut seen = Vec::new();
                let mut cursor = String::new();
                loop {
                    let answer = world.get(ADMIN, &format!("/api/v1/{}?sort={sort}&limit=2{cursor}", register.key));
                    assert_eq!(answer.status, 200, "{} by {sort}: {}", register.key, answer.json);
                    let items = answer.json["items"].as_array().cloned().unwrap_or_default();
                    seen.extend(items.iter().filter_map(|item| item["reference"].as_str().map(str::to_owned)));
                    match answer.json["next"].as_str() {
                        Some(next) => cursor = format!("&cursor={next}"),
                        None => break,
                    }
                }
                let mut once = seen.clone();
                once.sort();
                once.dedup();
                assert_eq!(once.len(), seen.len(), "{} by {sort}: none twice", register.key);
                assert!(made.iter().all(|it| seen.contains(it)), "{} by {sort}: none left out", register.key);
            }
        }
    }
}

#[test]
fn a_stranger_sees_nothing_and_another_organisation_sees_nothing() {
    let world = world();
    for register in registers(&world) {
        let (reference, _) = make(&world, register, 0);
        for who in ["Nobody", "Foreign"] {
            let path = format!("/api/v1/{}/{reference}", register.key);
            assert_eq!(world.get(who, &path).status, 404, "{who} and {}", register.key);
            assert_eq!(world.get(who, &format!("{path}/journal")).status, 404, "{who} and the journal of {}", register.key);
            let patch = world.patch(who, &path, &json!({ register.title().key: "mine now" }), None);
            assert_eq!(patch.status, 404, "{who} edits {}", register.key);
            let list = world.get(who, &format!("/api/v1/{}?count=exact&limit=200", register.key));
            if list.status == 200 {
                let items = list.json["items"].as_array().cloned().unwrap_or_default();
                assert!(items.iter().all(|item| item["reference"] != json!(reference)), "{who} lists {}", register.key);
            } else {
                assert_eq!(list.status, 404, "{who} lists {}", register.key);
            }
        }
    }
}

#[test]
fn a_hidden_field_is_as_unknown_as_one_that_does_not_exist() {
    let world = world();
    for register in registers(&world) {
        for field in register.fields.iter().filter(|field| field.confidential || field.internal) {
            let (reference, _) = make(&world, register, 0);
            let who = "Reader";
            let answer = world.get(who, &format!("/api/v1/{}/{reference}", register.key));
            assert_eq!(answer.status, 200, "{} may be read: {}", register.key, answer.json);
            assert!(answer.json.get(field.key).is_none(), "{}.{} is not shown", register.key, field.key);
            for question in [format!("{}__empty=false", field.key), format!("sort={}", field.key), format!("fields={}", field.key)] {
                let hidden = world.get(who, &format!("/api/v1/{}?{question}", register.key));
                assert_eq!(hidden.status, 400, "{}?{question} is refused", register.key);
            }
            let journal = world.get(who, &format!("/api/v1/{}/{reference}/journal", register.key));
            assert!(
                !journal.json.to_string().contains(&format!("\"{}\"", field.key)),
                "{}.{} is not in the journal they read",
                register.key,
                field.key
            );
        }
    }
}

#[test]
fn a_retired_record_leaves_the_list_and_stays_in_history() {
    let world = world();
    for register in registers(&world) {
        let (reference, _) = make(&world, register, 0);
        let path = format!("/api/v1/{}/{reference}", register.key);
        assert_eq!(world.delete(ADMIN, &path).status, 204, "{}", register.key);
        assert_eq!(world.get(ADMIN, &path).status, 200, "{} can still be read", register.key);
        let list = world.get(ADMIN, &format!("/api/v1/{}?reference={reference}", register.key));
        assert_eq!(list.json["items"], json!([]), "{} is not listed", register.key);
        let list = world.get(ADMIN, &format!("/api/v1/{}?reference={reference}&retired=true", register.key));
        assert_eq!(list.json["items"].as_array().map(Vec::len), Some(1), "{} is listed when asked for", register.key);
    }
}

#[test]
fn the_words_of_its_title_find_it() {
    let world = world();
    for register in registers(&world) {
        if register.title().computed {
            continue;
        }
        let (reference, sent) = make(&world, register, 0);
        let word = sent[register.title().key].as_str().unwrap_or_default().split(' ').next().unwrap_or_default().to_owned();
        let list = world.get(ADMIN, &format!("/api/v1/{}?q={}", register.key, crate::world::escape(&word)));
        assert_eq!(list.json["items"][0]["reference"], json!(reference), "{} by {word}: {}", register.key, list.json);
        let search = world.get(ADMIN, &format!("/api/v1/search?q={}", crate::world::escape(&word)));
        assert!(search.json.to_string().contains(&reference), "{} in search: {}", register.key, search.json);
        let hidden = world.get("Foreign", &format!("/api/v1/search?q={}", crate::world::escape(&word)));
        assert!(!hidden.json.to_string().contains(&reference), "{} is not found from outside", register.key);
    }
}
