//! What goes out, and what does not.

use crate::world::{World, world};
use bytes::Bytes;
use exchange::Format;
use kernel::Error;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field as Held;
use serde_json::{Value as Json, json};
use std::io::{Cursor, Read};
use zip::ZipArchive;

fn furnished() -> World {
    let world = world();
    world.make("people", json!({ "name": "Ada Byron", "email": "ada@port.example" }));
    world.make("teams", json!({ "name": "Crane crew" }));
    world.make("teams", json!({ "name": "Night watch" }));
    world.make(
        "things",
        json!({
            "name": "Crane", "notes": "Two\nlines, \"quoted\"", "code": "C-1", "pieces": -5, "weight": 1.5, "live": true,
            "bought_on": "2024-02-29", "seen_at": "2026-11-24T07:30:00Z", "lasts": "PT4H30M",
            "price": { "amount": "12.50", "currency": "EUR" }, "colour": "sea-green", "grade": 1, "keeper": "PER-1",
            "about": "TEA-1", "teams": ["TEA-1", "TEA-2"], "secret": "0000"
        }),
    );
    world.make("things", json!({ "name": "=cmd|' /C calc'!A0", "notes": "+1", "code": "-1", "secret": "@x" }));
    world
}

#[test]
fn a_csv_export_is_what_the_list_shows_and_safe_to_open() {
    let world = furnished();
    let csv = world.csv(&["reference", "name", "notes", "code", "pieces", "price", "keeper", "teams", "secret", "created_at"]);
    let expected = "reference,name,notes,code,pieces,price,keeper,teams,secret,created_at\r\n\
        THG-2,'=cmd|' /C calc'!A0,'+1,-1,,,,,'@x,2026-11-24T08:00:00Z\r\n\
        THG-1,Crane,\"Two\nlines, \"\"quoted\"\"\",C-1,-5,12.50 EUR,PER-1,\"TEA-1, TEA-2\",0000,2026-11-24T08:00:00Z\r\n";
    assert_eq!(csv, expected);
}

#[test]
fn conditions_order_names_and_mark_are_those_asked_for() {
    let world = furnished();
    let view = world.everyone();
    let bytes = world.export(&view, &[("grade", "1"), ("expand", "keeper,teams")], &["keeper", "teams"], Format::Csv { mark: true });
    let text = String::from_utf8(bytes.unwrap()).unwrap();
    assert_eq!(text, "\u{FEFF}keeper,keeper_name,teams,teams_name\r\nPER-1,Ada Byron,\"TEA-1, TEA-2\",Crane crew; Night watch\r\n");
    let down = world.export(&view, &[("sort", "-name")], &["reference"], Format::Csv { mark: false }).unwrap();
    assert_eq!(down, b"reference\r\nTHG-1\r\nTHG-2\r\n");
}

#[test]
fn an_export_for_reading_has_labels_names_and_local_times() {
    let world = furnished();
    let view = kernel::who::View { zone: jiff::tz::TimeZone::get("Europe/Copenhagen").unwrap(), ..world.everyone() };
    let columns = [
        "reference",
        "state",
        "live",
        "bought_on",
        "seen_at",
        "lasts",
        "price",
        "colour",
        "grade",
        "keeper",
        "about",
        "teams",
        "organisation",
    ];
    let format = Format::parse("csv").unwrap().readable().unwrap();
    let bytes = world.export(&view, &[("grade", "1"), ("expand", "keeper")], &columns, format).unwrap();
    assert_eq!(
        String::from_utf8(bytes).unwrap(),
        "\u{FEFF}Reference,State,In use,Bought on,Last seen,Lasts,Price,Colour,Grade,Keeper,About,Teams,Organisation\r\n\
        THG-1,New,Yes,2024-02-29,2026-11-24 08:30,4h 30m,12.50 EUR,Sea green,High,Ada Byron,Crane crew,Crane crew; Night watch,Port\r\n"
    );
    let workbook = world.export(&view, &[], &columns, Format::Xlsx.readable().unwrap()).unwrap();
    let mut sheet = String::new();
    ZipArchive::new(Cursor::new(workbook)).unwrap().by_name("xl/worksheets/sheet1.xml").unwrap().read_to_string(&mut sheet).unwrap();
    assert!(sheet.contains(">Last seen<") && sheet.contains(">High<"), "{sheet}");
    assert!(Format::Parquet.readable().is_err());
}

#[test]
fn nobody_gets_what_they_may_not_read() {
    let world = furnished();
    let csv = |role: &str, columns: &[&str]| world.export(&world.role(role), &[], columns, Format::Csv { mark: false });
    assert!(matches!(csv("reader", &[]), Err(Error::Forbidden(_))));
    assert!(matches!(csv("stranger", &[]), Err(Error::NotFound)));
    let open = String::from_utf8(csv("clerk", &[]).unwrap()).unwrap();
    assert!(open.contains("Crane") && !open.contains("secret") && !open.contains("0000"), "{open}");
    assert!(String::from_utf8(csv("auditor", &[]).unwrap()).unwrap().contains("0000"));
    let hidden = csv("clerk", &["secret"]).unwrap_err();
    let unknown = csv("clerk", &["nonsense"]).unwrap_err();
    assert_eq!(hidden.fields()[0].message, unknown.fields()[0].message);
    assert!(!hidden.to_string().contains("secret, "));
    for format in [Format::JsonLines, Format::Xlsx, Format::Parquet] {
        let bytes = world.export(&world.role("clerk"), &[], &[], format).unwrap();
        assert!(!bytes.windows(6).any(|it| it == b"secret"), "{format:?}");
    }
}

#[test]
fn json_lines_are_the_items_of_the_api() {
    let world = furnished();
    let text = String::from_utf8(world.export(&world.everyone(), &[("sort", "-name")], &[], Format::JsonLines).unwrap()).unwrap();
    let items: Vec<Json> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(items.len(), 2);
    assert_eq!(items[0]["price"], json!({ "amount": "12.50", "currency": "EUR" }));
    assert_eq!(items[0]["teams"], json!(["TEA-1", "TEA-2"]));
    assert_eq!(items[0]["lasts"], json!("PT4H30M"));
    assert_eq!(items[1]["name"], json!("=cmd|' /C calc'!A0"));
}

#[test]
fn a_workbook_has_numbers_and_texts_and_no_formula() {
    let world = furnished();
    let bytes = world.export(&world.everyone(), &[], &[], Format::Xlsx).unwrap();
    let mut book = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut part = |name: &str| {
        let mut text = String::new();
        book.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    };
    let sheet = part("xl/worksheets/sheet1.xml");
    assert!(!sheet.contains("<f"), "{sheet}");
    assert!(sheet.contains(r#"<t xml:space="preserve">=cmd|' /C calc'!A0</t>"#));
    assert!(sheet.contains("<v>-5</v>") && sheet.contains("<v>1.5</v>") && sheet.contains(r#"t="b"><v>1</v>"#));
    assert!(part("xl/workbook.xml").contains(r#"<sheet name="Things""#));
    assert!(part("[Content_Types].xml").contains("/xl/worksheets/sheet1.xml"));
}

#[test]
fn a_parquet_file_has_typed_columns() {
    let world = furnished();
    let bytes = world.export(&world.everyone(), &[("sort", "-name")], &[], Format::Parquet).unwrap();
    let reader = SerializedFileReader::new(Bytes::from(bytes)).unwrap();
    let rows: Vec<_> = reader.get_row_iter(None).unwrap().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 2);
    let value = |at: usize, key: &str| rows[at].get_column_iter().find(|(name, _)| *name == key).map(|(_, value)| value.clone()).unwrap();
    assert_eq!(value(0, "name"), Held::Str("Crane".into()));
    assert_eq!(value(0, "pieces"), Held::Long(-5));
    assert_eq!(value(0, "live"), Held::Bool(true));
    assert_eq!(value(0, "bought_on"), Held::Date(19_782));
    assert_eq!(value(0, "seen_at"), Held::TimestampMillis(1_795_505_400_000));
    assert_eq!(value(0, "lasts"), Held::Long(16_200));
    assert_eq!(value(0, "price").to_string(), "12.500");
    assert_eq!(value(0, "price_currency"), Held::Str("EUR".into()));
    assert_eq!(value(1, "price"), Held::Null);
    assert_eq!(value(1, "weight"), Held::Null);
}

#[test]
fn an_export_as_of_another_time_is_the_list_as_it_was() {
    let world = furnished();
    world.house.clock.advance(60_000);
    world.make("things", json!({ "name": "Later" }));
    let then = [("as_of", "2026-11-24T08:00:30Z")];
    let csv = world.export(&world.everyone(), &then, &["name"], Format::Csv { mark: false }).unwrap();
    assert_eq!(String::from_utf8(csv).unwrap().lines().count(), 3);
    assert_eq!(world.csv(&["name"]).lines().count(), 4);
}
