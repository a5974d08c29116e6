//! What a person sees before anything is written.

use crate::world::{THINGS, World, table, world};
use exchange::{Mapping, Options, Preview, Would, preview};
use serde_json::json;
use std::sync::{Arc, Mutex};

fn look(world: &World, csv: &str, mapping: &str) -> Vec<Preview> {
    let (house, view) = (Arc::clone(&world.house), world.everyone());
    let (file, mapping) = (Mutex::new(table(csv)), Mapping::parse(mapping).unwrap());
    let options = Options { source: "test".into(), dry_run: false };
    world.db.read_wait(move |tx| preview(tx, &house, &view, &THINGS, &file.lock().unwrap(), &mapping, &options, 20)).unwrap()
}

#[test]
fn a_preview_says_what_each_row_would_become() {
    let world = world();
    world.make("people", json!({ "name": "Ada Byron", "email": "ada@port.example" }));
    let mapping = "key = \"id\"\n[columns]\nname = \"name\"\nwho = \"keeper\"\nbought = \"bought_on\"\npieces = \"pieces\"";
    world.import(&mut table("id,name,who,bought,pieces\n1,Crane,,,1\n2,Truck,,,2\n"), mapping, false);
    let csv = "id,name,who,bought,pieces\n1,Crane,,,1\n2,Lorry,,,2\n3,Ship,Ada Byron,25/12/2026,\n4,,Nobody,,x\n5\n";
    let rows = look(&world, csv, mapping);
    let would: Vec<&Would> = rows.iter().map(|it| &it.would).collect();
    assert_eq!(would, [&Would::Nothing, &Would::Change("THG-2".into()), &Would::Create, &Would::Reject, &Would::Reject]);
    let value = |at: usize, key: &str| rows[at].values.iter().find(|(name, _)| name == key).map(|(_, value)| value.as_str());
    assert_eq!((value(2, "keeper"), value(2, "bought_on")), (Some("Ada Byron"), Some("2026-12-25")));
    assert_eq!((value(3, "keeper"), value(3, "pieces")), (Some("Nobody"), Some("x")), "a rejected row stands as the file has it");
    let wrong: Vec<&str> = rows[3].wrong.iter().map(|it| it.field.as_str()).collect();
    assert_eq!(wrong, ["pieces", "keeper", "name"]);
    assert_eq!(rows[4].line, 6);
    assert_eq!(world.count("select count(*) from thing"), 2);
}

#[test]
fn a_preview_and_a_trial_say_all_that_is_wrong_with_a_row_in_words() {
    let world = world();
    let mapping = "[columns]\nname = \"name\"\ngrade = \"grade\"\nbought = \"bought_on\"";
    let csv = "name,grade,bought\n,Foo,12/25/26\nCrane,high,2026-01-02\n";
    let rows = look(&world, csv, mapping);
    let wrong: Vec<&str> = rows[0].wrong.iter().map(|it| it.field.as_str()).collect();
    assert_eq!(wrong, ["bought_on", "grade", "name"], "{:?}", rows[0]);
    assert_eq!(rows[0].wrong[1].message, "This must be High or Low.");
    let value = |at: usize, key: &str| rows[at].values.iter().find(|(name, _)| name == key).map(|(_, value)| value.as_str());
    assert_eq!((value(0, "grade"), value(0, "bought_on"), value(1, "grade")), (Some("Foo"), Some("12/25/26"), Some("High")));
    let (report, _) = world.import(&mut table(csv), mapping, true);
    let reasons = &report.rejections[0].reasons;
    assert!(reasons[0].starts_with("Bought on: "), "{reasons:?}");
    assert_eq!(reasons[1..], ["Grade: This must be High or Low.", "Name is required."]);
    assert_eq!((report.created, report.rejected), (1, 1));
}
