//! What a register gives out as a file brings its records back to what they were: for every register, from its description.

use crate::values::{free, good, record};
use crate::world::{World, world};
use exchange::{Format, Hint, Mapping, Options, Report, Target};
use kernel::describe::{Kind, Register};
use kernel::register::Query;
use kernel::who::{Means, View};
use serde_json::{Value as Json, json};
use std::io::Cursor;
use std::ops::ControlFlow;

const FORMATS: [Format; 2] = [Format::Csv { mark: false }, Format::JsonLines];

#[test]
fn an_export_brought_in_again_makes_every_record_what_it_was() {
    let world = world();
    for register in world.house.registers.iter().copied().filter(|register| !register.closed) {
        let sent = record(&world, register, 0);
        let made = world.post("Ada", &format!("/api/v1/{}", register.key), &Json::Object(sent));
        assert_eq!(made.status, 201, "{}: {}", register.key, made.json);
        let reference = made.json["reference"].as_str().expect("a reference").to_owned();
        for format in FORMATS {
            let before = written(&world, register, &reference, format);
            let changed = change(&world, register, &reference);
            assert!(changed > 0, "{}: something of it can be changed", register.key);
            assert_ne!(written(&world, register, &reference, format), before, "{}: it was changed", register.key);
            let report = bring_in(&world, register, before.clone(), format);
            assert_eq!((report.changed, report.rejected, report.created), (1, 0, 0), "{} {format:?}", register.key);
            let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
            assert_eq!(text(&written(&world, register, &reference, format)), text(&before), "{} {format:?}", register.key);
        }
    }
}

fn house_itself(world: &World) -> View {
    View::unguarded_house_itself(&world.house, 1, Means::Import("again".into()))
}

/// The columns that somebody may set, with the reference in front.
fn columns(register: &Register) -> Vec<String> {
    let own = register.fields.iter().filter(|field| !field.computed).map(|field| field.key.to_owned());
    std::iter::once("reference".to_owned()).chain(own).collect()
}

fn written(world: &World, register: &'static Register, reference: &str, format: Format) -> Vec<u8> {
    let (house, view, reference) = (std::sync::Arc::clone(&world.house), house_itself(world), reference.to_owned());
    world.read(move |tx| {
        let asked = [("reference".to_owned(), reference.clone())];
        let query = Query::parse(tx, &house, &view, register, &asked)?;
        let mut out = Vec::new();
        exchange::export(tx, &house, &view, register, &query, &columns(register), format, &mut out)?;
        Ok(out)
    })
}

/// Gives every free field another value and says how many took it.
fn change(world: &World, register: &Register, reference: &str) -> usize {
    let path = format!("/api/v1/{}/{reference}", register.key);
    let fields = register.fields.iter().filter(|field| !field.computed && free(register, field) && !matches!(field.kind, Kind::Many(_)));
    fields.filter(|field| world.patch("Ada", &path, &json!({ field.key: good(world, field, 1) }), None).status == 200).count()
}

fn bring_in(world: &World, register: &'static Register, bytes: Vec<u8>, format: Format) -> Report {
    let hint = Hint { json_lines: Some(format == Format::JsonLines), ..Hint::default() };
    let mut table = exchange::read(Cursor::new(bytes), &hint).expect("the file is read");
    let own = columns(register).into_iter().skip(1).map(|key| (key.clone(), Target::Field(key)));
    let mapping = Mapping { matching: Some("reference".into()), columns: own.collect(), ..Mapping::default() };
    // A source of its own for each format: what one source said before and says again is not done again.
    let options = Options { source: format!("again-{}", format.ending()), dry_run: false };
    let (view, mut rejects) = (house_itself(world), Vec::new());
    let report = exchange::run(&world.db, &world.house, &view, register, &mut table, &mapping, &options, &mut rejects, &mut |_| {
        ControlFlow::Continue(())
    });
    let report = report.expect("the file is brought in");
    assert_eq!(report.rejected, 0, "{}: {}", register.key, String::from_utf8_lossy(&rejects));
    report
}
