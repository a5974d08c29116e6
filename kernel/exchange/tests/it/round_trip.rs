//! What goes out comes in again as it was.

use crate::world::{THINGS, World, table, world};
use exchange::{Format, Hint, Mapping, Target, guess_mapping, read};
use serde_json::json;
use std::io::Cursor;

const DATA: &[&str] = &[
    "name",
    "notes",
    "code",
    "pieces",
    "weight",
    "live",
    "bought_on",
    "seen_at",
    "lasts",
    "price",
    "colour",
    "grade",
    "keeper",
    "part_of",
    "about",
    "teams",
    "secret",
];

fn furnish(world: &World) {
    world.make("people", json!({ "name": "Ada Byron", "email": "ada@port.example" }));
    world.make("teams", json!({ "name": "Crane crew" }));
    world.make("teams", json!({ "name": "Night watch" }));
}

fn fill(world: &World) {
    for at in 0..30 {
        world.make(
            "things",
            json!({
                "name": format!("Thing {at:02} “ü” \u{1F6A2}"), "notes": format!("a\n\n\"b\"; 'c', {at}\n\tend"), "code": format!("={at}"),
                "pieces": at - 15, "weight": f64::from(at) / 7.0, "live": at % 2 == 0, "bought_on": "2024-02-29",
                "seen_at": format!("2026-01-02T03:04:05.{at:03}Z"), "lasts": "PT1H1S", "price": { "amount": "-0.05", "currency": "EUR" },
                "colour": "sea-green", "grade": 1 + at % 2, "keeper": "PER-1", "part_of": if at > 0 { json!("THG-1") } else { json!(null) },
                "about": "TEA-2", "teams": ["TEA-1", "TEA-2"], "secret": "+1 '=x"
            }),
        );
    }
    world.make("things", json!({ "name": "Bare", "colour": "red" }));
    world.make("things", json!({ "name": "'=1", "notes": "'quoted'" }));
}

/// Everything but the reference and times of the record itself.
fn trip(format: Format, hint: &Hint) {
    let (from, to) = (world(), world());
    furnish(&from);
    furnish(&to);
    fill(&from);
    let bytes = from.export(&from.everyone(), &[("sort", "created_at")], &[], format).unwrap();
    let mut file = read(Cursor::new(bytes), hint).unwrap();
    let columns = guess_mapping(&to.everyone(), &to.house.shape(&THINGS), &file);
    let own = columns.iter().filter_map(|it| it.field.clone().map(|field| (it.column.clone(), Target::Field(field))));
    let mapping = Mapping { key: Some("reference".into()), columns: own.collect(), ..Mapping::default() };
    assert_eq!(mapping.columns.len(), DATA.len(), "{columns:?}");
    let (report, rejects) = to.import(&mut file, &mapping.write(), false);
    assert_eq!((report.created, report.rejected), (32, 0), "{rejects}");
    assert_eq!(to.csv(DATA), from.csv(DATA));
    let entries = to.count("select count(*) from journal");
    let (again, _) = to.import(&mut file, &mapping.write(), false);
    assert_eq!((again.created, again.changed, again.same), (0, 0, 32));
    assert_eq!(to.count("select count(*) from journal"), entries);
}

#[test]
fn csv_comes_back_as_it_was() {
    trip(Format::Csv { mark: false }, &Hint::default());
    trip(Format::Csv { mark: true }, &Hint::default());
}

#[test]
fn json_lines_come_back_as_they_were() {
    trip(Format::JsonLines, &Hint::default());
}

#[test]
fn an_export_that_was_changed_changes_the_records_it_came_from() {
    let world = world();
    world.make("things", json!({ "name": "Crane", "pieces": 1, "code": "C" }));
    world.make("things", json!({ "name": "Truck", "pieces": 2, "code": "T" }));
    let csv = world.csv(&["reference", "name", "pieces"]).replace("Crane,1", "Crane,7");
    let mapping = "match = \"reference\"\n[columns]\nname = \"name\"\npieces = \"pieces\"";
    let (report, rejects) = world.import(&mut table(csv), mapping, false);
    assert_eq!((report.created, report.changed, report.same), (0, 1, 1), "{rejects}");
    assert_eq!(world.csv(&["reference", "name", "pieces", "code"]).lines().nth(1), Some("THG-1,Crane,7,C"));
    let (report, rejects) = world.import(&mut table("reference,name\nTHG-99,x\n"), mapping.split("pieces").next().unwrap(), false);
    assert_eq!((report.created, report.rejected), (0, 1));
    assert!(rejects.contains("There is no thing THG-99"), "{rejects}");
}
