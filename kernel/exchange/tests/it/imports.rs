//! What an import does with records, however often and however it ends.

use crate::world::{THINGS, table, world};
use exchange::{Mapping, Options, run};
use kernel::Error;
use kernel::register::Cell;
use kernel::who::View;
use serde_json::json;
use std::ops::ControlFlow;

const KEYED: &str = "key = \"id\"\n[columns]\nname = \"name\"\npieces = \"pieces\"";

#[test]
fn running_again_compares_instead_of_adding() {
    let world = world();
    let (first, _) = world.import(&mut table("id,name,pieces\n1,Crane,1\n2,Truck,2\n"), KEYED, false);
    assert_eq!((first.created, first.changed, first.same), (2, 0, 0));
    let (second, _) = world.import(&mut table("id,name,pieces\n2,Lorry,2\n1,Crane,1\n3,Ship,\n"), KEYED, false);
    assert_eq!((second.created, second.changed, second.same), (1, 1, 1));
    let (third, _) = world.import(&mut table("pieces,id,name\n2,2,Lorry\n1,1,Crane\n,3,Ship\n"), KEYED, false);
    assert_eq!((third.created, third.changed, third.same), (0, 0, 3));
    assert_eq!(world.csv(&["reference", "name", "pieces"]), "reference,name,pieces\r\nTHG-1,Crane,1\r\nTHG-2,Lorry,2\r\nTHG-3,Ship,\r\n");
    assert_eq!(world.count("select count(*) from journal where means = 'import' and through = 'test'"), 4);
}

#[test]
fn rows_without_a_key_are_known_by_their_values() {
    let world = world();
    let mapping = "[columns]\nname = \"name\"";
    let (first, rejects) = world.import(&mut table("name\nCrane\nCrane\nTruck\n"), mapping, false);
    assert_eq!((first.created, first.rejected), (2, 1));
    assert!(rejects.contains("the same as the one on line 2"), "{rejects}");
    let (again, _) = world.import(&mut table("name\nTruck\nCrane\n"), mapping, false);
    assert_eq!((again.created, again.same), (0, 2));
}

#[test]
fn keys_that_are_doubled_or_missing_are_rejected_by_line() {
    let world = world();
    let (report, rejects) = world.import(&mut table("id,name,pieces\n1,a,\n1,b,\n,c,\n2,d,\n"), KEYED, false);
    assert_eq!((report.created, report.rejected), (2, 2));
    assert!(rejects.contains("3,1 identifies the row on line 2 already.,1,b"), "{rejects}");
    assert!(rejects.contains("4,The row has no value in the column that identifies it.,,c"), "{rejects}");
}

#[test]
fn a_refused_row_leaves_nothing_and_takes_nobody_with_it() {
    let world = world();
    let mapping = "[columns]\nname = \"name\"\ncode = \"code\"\npieces = \"pieces\"";
    let csv = "name,code,pieces\na,1,1\nb,2,many\nc,1,3\n,4,4\ne,5,5000\nf,6,6\n";
    let (report, rejects) = world.import(&mut table(csv), mapping, false);
    assert_eq!((report.created, report.rejected), (2, 4), "{rejects}");
    let told: Vec<(u64, String)> = report.rejections.iter().map(|it| (it.line, it.reasons.join("\n"))).collect();
    for (line, part) in
        [(3, "Pieces: This must be a whole number"), (4, "another row has this key"), (5, "Name is required"), (6, "from -1000 to 1000")]
    {
        assert!(told.iter().any(|(at, why)| *at == line && why.contains(part)), "{line} {part}: {told:?}");
    }
    assert_eq!(world.count("select count(*) from journal where register = 'things'"), 2);
    assert_eq!(world.count("select count(*) from imported"), 2);
    let mended = rejects.replace("many", "2").replace(",c,1,", ",c,3,").replace(",,4,4", ",d,4,4").replace("5000", "5");
    let (report, rejects) = world.import(&mut table(mended), mapping, false);
    assert_eq!((report.created, report.rejected), (4, 0), "{rejects}");
}

#[test]
fn a_row_may_point_at_one_that_comes_later() {
    let world = world();
    let rows: String = (0..450)
        .map(|at| format!("{at},thing {at:03},{}\n", if at < 449 { format!("thing {:03}", at + 1) } else { String::new() }))
        .collect();
    let mapping = "key = \"id\"\n[columns]\nname = \"name\"\nin = \"part_of\"";
    let (report, rejects) = world.import(&mut table(format!("id,name,in\n{rows}450,lost,nowhere\n")), mapping, false);
    assert_eq!((report.created, report.rejected), (450, 1), "{}", &rejects[..rejects.len().min(500)]);
    assert_eq!(world.count("select count(*) from thing where part_of is not null"), 449);
    assert!(report.rejections[0].reasons[0].contains("There is no thing nowhere"));
}

#[test]
fn an_import_that_was_broken_off_goes_on() {
    let world = world();
    let rows: String = (0..1_000).map(|at| format!("{at},thing {at},\n")).collect();
    let csv = format!("id,name,pieces\n{rows}");
    let mapping = Mapping::parse(KEYED).unwrap();
    let options = Options { source: "test".into(), dry_run: false };
    let mut chunks = 0;
    let mut stop = |_: &exchange::Report| {
        chunks += 1;
        if chunks == 2 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    let view = world.everyone();
    let report = run(&world.db, &world.house, &view, &THINGS, &mut table(csv.clone()), &mapping, &options, &mut Vec::new(), &mut stop);
    let report = report.unwrap();
    assert_eq!(report.created, 400);
    assert!(report.stopped.is_some());
    let (rest, _) = world.import(&mut table(csv), KEYED, false);
    assert_eq!((rest.created, rest.same, rest.rejected), (600, 400, 0));
    assert_eq!(world.count("select count(*) from thing"), 1_000);
}

#[test]
fn a_dry_run_says_the_same_and_keeps_nothing() {
    let world = world();
    let csv = "id,name,pieces\n1,a,1\n2,b,x\n3,,3\n";
    let (dry, rejects) = world.import(&mut table(csv), KEYED, true);
    assert_eq!((dry.created, dry.rejected), (1, 2));
    assert!(dry.to_string().contains("Nothing was written"));
    assert_eq!(world.count("select count(*) from thing") + world.count("select count(*) from imported"), 0);
    let (wet, wet_rejects) = world.import(&mut table(csv), KEYED, false);
    assert_eq!((wet.created, wet.rejected), (dry.created, dry.rejected));
    assert_eq!(wet_rejects, rejects);
}

#[test]
fn records_that_are_here_are_found_by_a_field() {
    let world = world();
    world.make("things", json!({ "name": "Crane", "code": "C-1" }));
    let mapping = "key = \"id\"\nmatch = \"code\"\n[columns]\nname = \"name\"\ncode = \"code\"";
    let (report, rejects) = world.import(&mut table("id,name,code\n7,Big crane,C-1\n8,Truck,T-1\n"), mapping, false);
    assert_eq!((report.created, report.changed), (1, 1), "{rejects}");
    let (later, _) = world.import(&mut table("id,name,code\n7,Big crane,C-9\n"), mapping, false);
    assert_eq!((later.created, later.changed), (0, 1));
    assert_eq!(world.csv(&["reference", "name", "code"]), "reference,name,code\r\nTHG-1,Big crane,C-9\r\nTHG-2,Truck,T-1\r\n");
}

#[test]
fn an_empty_value_says_nothing_unless_it_is_to_clear() {
    let world = world();
    world.import(&mut table("id,name,pieces\n1,Crane,5\n"), KEYED, false);
    let (kept, _) = world.import(&mut table("id,name,pieces\n1,Crane,\n"), KEYED, false);
    assert_eq!((kept.changed, kept.same), (0, 1));
    assert_eq!(world.things()[0].int("pieces"), Some(5));
    assert_eq!(world.things()[0].text("colour"), "red");
    let (cleared, _) = world.import(&mut table("id,name,pieces\n1,Crane,\n"), &format!("empty_clears = true\n{KEYED}"), false);
    assert_eq!(cleared.changed, 1);
    assert_eq!(world.things()[0].get("pieces"), &Cell::Null);
}

#[test]
fn days_follow_the_order_of_their_column_and_values_are_translated() {
    let world = world();
    let csv = "name,bought,seen,how\na,03/04/2026,25/12/2026 14:05,P1\nb,4/13/2026,01/02/2026 09:00,2\nc,03/04/26,,P1\n";
    let mapping = "[columns]\nname = \"name\"\nbought = { field = \"bought_on\", dates = \"month-first\" }\nseen = \"seen_at\"\n\
        how = { field = \"grade\", values = { P1 = \"1\" } }";
    let (report, rejects) = world.import(&mut table(csv), mapping, false);
    assert_eq!((report.created, report.rejected), (2, 1), "{rejects}");
    assert!(rejects.contains("two digits"));
    let expected = "name,bought_on,seen_at,grade\r\na,2026-03-04,2026-12-25T14:05:00Z,1\r\nb,2026-04-13,2026-02-01T09:00:00Z,2\r\n";
    assert_eq!(world.csv(&["name", "bought_on", "seen_at", "grade"]), expected);
    let (report, _) = world.import(&mut table(csv), &format!("two_digit_years = true\n{mapping}"), false);
    assert_eq!((report.created, report.same), (1, 2));
    let open = "[columns]\nname = \"name\"\nbought = \"bought_on\"";
    let (report, rejects) = world.import(&mut table("name,bought\nx,03/04/2026\n"), open, false);
    assert_eq!((report.created, report.rejected), (0, 1));
    assert!(rejects.contains("Choose which it is"), "{rejects}");
}

#[test]
fn an_amount_without_a_currency_is_in_the_only_one_the_organisation_knows() {
    let world = world();
    let mapping = "[columns]\nname = \"name\"\nprice = \"price\"";
    let (report, rejects) = world.import(&mut table("name,price\na,120000\nb,12.50 EUR\nc,£3\n"), mapping, false);
    assert_eq!((report.created, report.rejected), (2, 1), "{rejects}");
    assert!(rejects.contains("Price: This must be an amount with its currency"), "{rejects}");
    let (report, rejects) = world.import(&mut table("{\"name\":\"d\",\"price\":7.5}\n"), mapping, false);
    assert_eq!(report.created, 1, "{rejects}");
    assert_eq!(world.csv(&["name", "price"]), "name,price\r\na,120000.00 EUR\r\nb,12.50 EUR\r\nd,7.50 EUR\r\n");
    world.import(&mut table("name,price\ne,1 CHF\n"), mapping, false);
    let (report, _) = world.import(&mut table("name,price\nf,5\n"), mapping, false);
    assert_eq!((report.created, report.rejected), (0, 1), "of two currencies none is taken");
}

#[test]
fn where_an_organisation_within_reach_has_another_currency_an_amount_must_name_its_own() {
    let world = world();
    world.make("organisations", serde_json::json!({ "name": "Branch", "currency": "CHF" }));
    let (report, rejects) = world.import(&mut table("name,price\na,120000\n"), "[columns]\nname = \"name\"\nprice = \"price\"", false);
    assert_eq!((report.created, report.rejected), (0, 1), "{rejects}");
}

#[test]
fn an_import_does_no_more_than_its_viewer_may() {
    let world = world();
    let try_as = |role: &str, mapping: &str| {
        world.import_as(&world.role(role), &mut table("id,name,pieces\n1,a,\n"), mapping, false, &mut Vec::new())
    };
    assert!(matches!(try_as("reader", KEYED), Err(Error::Forbidden(_))));
    assert!(matches!(try_as("stranger", KEYED), Err(Error::NotFound)));
    let hidden = try_as("agent", "[columns]\nid = \"secret\"").unwrap_err();
    assert!(hidden.fields()[0].message.contains("There is no field secret"), "{hidden}");
    assert_eq!(try_as("agent", KEYED).unwrap().created, 1);
}

#[test]
fn two_organisations_whose_files_are_alike_learn_nothing_of_each_other() {
    let world = world();
    world.make("organisations", json!({ "name": "Yard" }));
    let agent = |organisation: i64| View { organisation, reach: [organisation].into(), everything: false, ..world.role("agent") };
    let ids = [world.count("select min(id) from organisation"), world.count("select max(id) from organisation")];
    for organisation in ids {
        let import = |dry_run| {
            let report = world.import_as(&agent(organisation), &mut table("id,name,pieces\n1,Crane,1\n"), KEYED, dry_run, &mut Vec::new());
            let report = report.expect("an import");
            (report.created, report.same, report.rejected)
        };
        assert_eq!(import(true), (1, 0, 0), "a trial does not tell what the other has");
        assert_eq!(import(false), (1, 0, 0));
        assert_eq!(import(false), (0, 1, 0), "their own row is known again");
    }
    assert_eq!(world.count("select count(*) from thing"), 2);
}

#[test]
fn a_mapping_that_does_not_fit_is_refused_with_all_that_is_wrong() {
    let world = world();
    let mapping = "key = \"nr\"\nmatch = \"notes\"\n[columns]\nname = \"state\"\nwhat = \"name\"\npieces = \"pieces\"\nid = \"pieces\"";
    let refused = world.import_as(&world.everyone(), &mut table("id,name,pieces\n"), mapping, false, &mut Vec::new()).unwrap_err();
    let fields: Vec<&str> = refused.fields().iter().map(|it| it.field.as_str()).collect();
    assert_eq!(fields, ["name", "pieces", "what", "key", "match"], "{refused}");
}
