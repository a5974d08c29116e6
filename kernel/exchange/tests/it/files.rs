//! Files as people and programs write them.

use crate::world::{table, world};
use exchange::{Encoding, Form, Hint, read};
use std::io::Cursor;

const NAME: &str = "[columns]\nname = \"name\"\nnotes = \"notes\"";

#[test]
fn marks_separators_and_encodings_are_told() {
    let wide = |text: &str| -> Vec<u8> { [0xFEFF].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect() };
    for (bytes, encoding) in [
        ("\u{FEFF}name;notes\r\nMöwe;\"a;b\"\r\n".as_bytes().to_vec(), Encoding::Utf8),
        (b"name;notes\r\nM\xF6we;\"a;b\"\r\n".to_vec(), Encoding::Windows1252),
        (wide("name;notes\r\nMöwe;\"a;b\"\r\n"), Encoding::Utf16Little),
        ("sep=;\r\nname;notes\r\nMöwe;\"a;b\"\r\n".as_bytes().to_vec(), Encoding::Utf8),
    ] {
        let mut file = table(bytes);
        assert_eq!((file.encoding, file.form), (encoding, Form::Csv { delimiter: b';' }));
        assert_eq!(file.columns, ["name", "notes"]);
        assert_eq!(file.notes.is_empty(), encoding != Encoding::Windows1252, "{:?}", file.notes);
        let world = world();
        let (report, _) = world.import(&mut file, NAME, false);
        assert_eq!(report.created, 1);
        let things = world.things();
        assert_eq!((things[0].text("name"), things[0].text("notes")), ("Möwe", "a;b"));
    }
}

#[test]
fn values_over_several_lines_keep_their_lines_and_rows_their_numbers() {
    let world = world();
    let csv = "name,notes\n\"Crane\",\"one\ntwo, \"\"three\"\"\"\nTruck,x,y\nShip,\"\n\n\"\n\"\",\"\"\nlast,\n";
    let (report, rejects) = world.import(&mut table(csv), NAME, false);
    assert_eq!((report.rows, report.created, report.rejected, report.blank), (5, 3, 1, 1));
    assert_eq!(report.rejections[0].line, 4);
    assert_eq!(
        rejects,
        "_line,_reason,name,notes\r\n4,The row has 3 values where the heading has 2. Mend quotes and separators.,Truck,x,y\r\n"
    );
    assert_eq!(world.things()[0].text("notes"), "one\ntwo, \"three\"");
}

#[test]
fn lines_are_named_as_an_editor_counts_them_and_in_order() {
    let mapping = "[columns]\nname = \"name\"\npieces = \"pieces\"\nin = \"part_of\"";
    let csv = "name,pieces,in\na,x,\nb,1,nowhere\n\"c\nd\",y,\n\ne,1,,,\nf,1,f,g\ng,z,\n";
    for ends in ["\n", "\r\n", "\r"] {
        for said in ["", "sep=,\n"] {
            let world = world();
            let (report, rejects) = world.import(&mut table(format!("{said}{csv}").replace('\n', ends)), mapping, false);
            let more = u64::from(!said.is_empty());
            let lines: Vec<u64> = report.rejections.iter().map(|it| it.line - more).collect();
            assert_eq!(lines, [2, 3, 4, 8, 9], "{ends:?} {report:?}");
            let listed: Vec<u64> = table(rejects).sample.iter().filter_map(|row| row.cells[0].as_ref()?.as_str()?.parse().ok()).collect();
            assert_eq!(listed, lines.iter().map(|it| it + more).collect::<Vec<_>>());
        }
    }
}

#[test]
fn formulas_and_control_characters_are_tamed() {
    let world = world();
    let csv = "name,notes\n'=cmd|' /C calc'!A0,x\0y\u{202E}z\n-1,+1\n@x,'tis\n";
    let (report, _) = world.import(&mut table(csv), NAME, false);
    assert_eq!(report.created, 3);
    let seen: Vec<(String, String)> = world.things().iter().map(|it| (it.text("name").into(), it.text("notes").into())).collect();
    let expected = [("-1", "+1"), ("=cmd|' /C calc'!A0", "xyz"), ("@x", "'tis")];
    assert_eq!(seen, expected.map(|(name, notes)| (name.to_owned(), notes.to_owned())));
}

#[test]
fn two_hundred_columns_are_read_and_more_refused() {
    let csv = |columns: usize| {
        let heading: Vec<String> = (0..columns).map(|at| if at == columns - 1 { "name".into() } else { format!("c{at}") }).collect();
        let row: Vec<String> = (0..columns).map(|at| format!("v{at}")).collect();
        format!("{}\n{}\n", heading.join(","), row.join(","))
    };
    let world = world();
    let (report, _) = world.import(&mut table(csv(200)), "[columns]\nname = \"name\"", false);
    assert_eq!(report.created, 1);
    assert_eq!(world.things()[0].text("name"), "v199");
    let refused = read(Cursor::new(csv(201).into_bytes()), &Hint::default()).err().unwrap();
    assert!(refused.to_string().contains("201 columns"), "{refused}");
}

#[test]
fn headings_that_are_empty_or_twice_get_names() {
    let file = table("name,,name,name\na,b,c,d\n");
    assert_eq!(file.columns, ["name", "column 2", "name (2)", "name (3)"]);
    assert_eq!(file.notes.len(), 3);
}

#[test]
fn a_quote_that_is_never_closed_ends_the_import_and_says_where() {
    let world = world();
    let csv = format!("name,notes\nfirst,\nsecond,\"{}", "x\n".repeat(3 << 20));
    let (report, _) = world.import(&mut table(csv), NAME, false);
    assert_eq!(report.created, 1);
    assert!(report.stopped.as_deref().is_some_and(|it| it.contains("line 3") && it.contains("quote")), "{:?}", report.stopped);
}

#[test]
fn what_cannot_be_imported_says_what_to_do() {
    for (bytes, said) in [
        (&b"PK\x03\x04......"[..], "Save the sheet as CSV"),
        (b"", "no heading"),
        (b"\n\n", "no heading"),
        (b"[{\"name\":1}]", "one a line"),
    ] {
        let hint = Hint { json_lines: bytes.starts_with(b"[").then_some(true), ..Hint::default() };
        let refused = read(Cursor::new(bytes), &hint).err().unwrap();
        assert!(refused.to_string().contains(said), "{refused}");
    }
    let large = read(Cursor::new(vec![b'x'; 2_000]), &Hint { most_bytes: Some(1_000), ..Hint::default() });
    assert!(matches!(large, Err(kernel::Error::TooLarge(_))));
}

#[test]
fn json_lines_may_have_different_members_and_bad_lines() {
    let world = world();
    let lines =
        "{\"name\":\"a\",\"pieces\":1}\n\n{\"name\":\"b\",\"weight\":2.5,\"teams\":[]}\n{broken\n[1]\n{\"name\":\"c\",\"pieces\":\"1\"}\n";
    let mut file = read(Cursor::new(lines), &Hint { name: "things.jsonl".into(), ..Hint::default() }).unwrap();
    assert_eq!(file.columns, ["name", "pieces", "weight", "teams"]);
    let mapping = "[columns]\nname = \"name\"\npieces = \"pieces\"\nweight = \"weight\"\nteams = \"teams\"";
    let (report, rejects) = world.import(&mut file, mapping, false);
    assert_eq!((report.created, report.rejected), (2, 3), "{rejects}");
    let lines: Vec<u64> = report.rejections.iter().map(|it| it.line).collect();
    assert_eq!(lines, [4, 5, 6]);
    assert_eq!(world.things()[1].get("weight"), &kernel::register::Cell::Real(2.5));
}
