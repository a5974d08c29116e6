//! Lists give every record once, whatever they are ordered by.

use crate::house::{World, worlds};
use kernel::register::{self, Count, Query, Sent, Source, create, custom, edit};
use kernel::who::{Means, View};
use serde_json::json;
use std::ops::ControlFlow;
use std::sync::Arc;

/// Reads a page as the house itself: the references, and where the next one begins.
fn page(world: &World, asked: &[(&str, &str)]) -> kernel::Result<(Vec<String>, Option<String>)> {
    let house = Arc::clone(&world.house);
    let pairs: Vec<(String, String)> = asked.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
    world.db.read_wait(move |tx| {
        custom::refresh(tx, &house)?;
        let view = View::unguarded_house_itself(&house, 1, Means::Cli);
        let notes = house.register("notes").expect("notes");
        let query = Query::parse(tx, &house, &view, notes, &pairs)?;
        let page = register::list(tx, &house, &view, notes, &query)?;
        Ok((page.records.into_iter().map(|it| it.reference).collect(), page.next.map(|it| it.encode())))
    })
}

/// Reads a list from its first page to its last, two records a page.
fn walk(world: &World, sort: &str) -> Vec<String> {
    pages(world, &[("sort", sort), ("limit", "2")])
}

fn pages(world: &World, question: &[(&str, &str)]) -> Vec<String> {
    let (mut all, mut cursor) = (Vec::new(), String::new());
    loop {
        let mut asked = question.to_vec();
        if !cursor.is_empty() {
            asked.push(("cursor", &cursor));
        }
        let (references, next) = page(world, &asked).unwrap_or_else(|error| panic!("{question:?}: {error:?}"));
        all.extend(references);
        match next {
            Some(next) => cursor = next,
            None => return all,
        }
    }
}

#[test]
fn records_older_than_a_required_field_stay_in_lists_that_are_ordered_by_it() {
    for world in worlds() {
        for number in 1..=5 {
            world.note(&format!("note {number}"));
        }
        for (kind, _) in custom::KINDS.iter().filter(|(kind, _)| *kind != "text") {
            let described = custom::Description {
                key: format!("own_{kind}"),
                label: format!("Own {kind}"),
                kind: (*kind).to_owned(),
                required: true,
                choices: if *kind == "choice" { vec![("a".into(), "A".into())] } else { Vec::new() },
                target: if *kind == "link" { "notes".into() } else { String::new() },
                ..custom::Description::default()
            };
            world.act(move |act| custom::add(act, act.house.register("notes").expect("notes"), &described)).expect("a field");
        }
        for (kind, _) in custom::KINDS.iter().filter(|(kind, _)| *kind != "text") {
            for sort in [format!("own_{kind}"), format!("-own_{kind}")] {
                let mut found = walk(&world, &sort);
                found.sort();
                assert_eq!(found, ["NOT-1", "NOT-2", "NOT-3", "NOT-4", "NOT-5"], "by {sort}");
            }
        }
    }
}

#[test]
fn a_cursor_that_holds_a_nul_is_refused_like_any_other_that_was_not_given_out() {
    for world in worlds() {
        world.note("one");
        // ["\u0000",5,false]
        let refused = page(&world, &[("sort", "summary"), ("cursor", "WyJcdTAwMDAiLDUsZmFsc2Vd")]);
        assert!(matches!(refused, Err(kernel::Error::Malformed(_))), "{refused:?}");
    }
}

#[test]
fn a_text_is_found_by_a_part_of_it_in_any_case_and_alphabet() {
    for world in worlds() {
        for summary in ["Ärger mit dem Kran", "ΣΊΣΥΦΟΣ", "Crane"] {
            world.note(summary);
        }
        let found = |part: &str| page(&world, &[("summary__contains", part)]).expect("a page").0;
        assert_eq!(found("Ärger"), ["NOT-1"], "as it is written");
        assert_eq!(found("CRAN"), ["NOT-3"]);
        assert_eq!(
            (found("ärger"), found("ÄRGER"), found("σίσυ")),
            (vec!["NOT-1".to_owned()], vec!["NOT-1".to_owned()], vec!["NOT-2".to_owned()])
        );
    }
}

/// More records than are taken back at once.
const MANY: usize = 450;

/// Notes, made and changed a minute later: the body of each third says "odd" only then, all have another summary now.
fn changed_since(world: &World) {
    let clock = world.house.clock.clone();
    let write = |world: &World, made: bool| {
        world.act(move |act| {
            let notes = act.house.register("notes").expect("notes");
            for number in 1..=MANY {
                let body = if made && number % 3 == 0 { "odd" } else { "even" };
                let summary = if made { format!("then {:03}", MANY - number) } else { "now".to_owned() };
                let fields = json!({ "summary": summary, "body": body }).as_object().cloned().unwrap_or_default();
                let sent = Sent { fields: &fields, source: Source::Api };
                match made {
                    true => create(act, notes, sent)?,
                    false => edit(act, notes, &format!("NOT-{number}"), sent, None)?,
                };
            }
            Ok(())
        })
    };
    write(world, true).expect("notes");
    clock.advance(60_000);
    write(world, false).expect("changes");
}

#[test]
fn a_long_list_of_another_time_is_in_order_and_whole() {
    for world in worlds() {
        changed_since(&world);
        let then = "2026-11-24T08:00:30Z";
        let wanted: Vec<String> = (1..=MANY).filter(|it| it % 3 == 0).rev().map(|it| format!("NOT-{it}")).collect();
        let asked = [("as_of", then), ("sort", "summary"), ("body__contains", "ODD"), ("limit", "100")];
        assert_eq!(pages(&world, &asked), wanted, "page by page");
        let words = [("as_of", then), ("sort", "summary"), ("q", "odd"), ("limit", "200")];
        assert_eq!(pages(&world, &words), wanted, "by words");

        let house = Arc::clone(&world.house);
        let walked = world.db.read_wait(move |tx| {
            let notes = house.register("notes").expect("notes");
            let view = View::unguarded_house_itself(&house, 1, Means::Cli);
            let pairs = asked.map(|(key, value)| (key.to_owned(), value.to_owned()));
            let query = Query::parse(tx, &house, &view, notes, &pairs)?;
            let mut walked = Vec::new();
            register::walk(tx, &house, &view, notes, &query, &mut |_, records| {
                assert!(records.len() <= 100, "memory holds a part of them");
                walked.extend(records.iter().map(|it| (it.reference.clone(), it.text("summary").to_owned())));
                Ok(ControlFlow::Continue(()))
            })?;
            Ok::<_, kernel::Error>(walked)
        });
        let walked = walked.expect("it can be read");
        assert_eq!(walked.iter().map(|it| it.0.clone()).collect::<Vec<_>>(), wanted);
        assert!(walked.iter().all(|it| it.1.starts_with("then ")), "as they were");
    }
}

/// Notes that all say "error", one of them, the oldest, also "pump"; more than a list looks at of its own accord.
fn flooded(world: &World) {
    let notes = "with recursive n(i) as (select 1 union all select i + 1 from n where i < 5200) \
        insert into note (id, reference, organisation, state, version, created_at, updated_at, summary) \
        select i, 'NOT-' || i, 1, '', 1, i, i, case when i = 1 then 'pump' else 'valve' end from n;";
    let documents = "insert into document (id, record, register, internal) select id, id, 'notes', 0 from note;";
    let words = match world.db.engine() {
        db::Engine::Sqlite => "insert into words (rowid, body) select id, 'zqknotes zqspublic zqo1 error ' || summary from note;",
        db::Engine::Postgres => {
            "insert into words (id, words) select id, to_tsvector('simple', 'zqknotes zqspublic zqo1 error ' || summary) from note;"
        }
    };
    world.db.write_wait(move |tx| tx.script(&format!("{notes}{documents}{words}"))).expect("many notes");
}

/// Asks for a list by words: references, whether it says that there may be more, its count.
fn hits(world: &World, asked: &[(&str, &str)]) -> (Vec<String>, bool, Option<(i64, bool)>) {
    let house = Arc::clone(&world.house);
    let pairs: Vec<(String, String)> = asked.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
    let page = world.db.read_wait(move |tx| {
        let notes = house.register("notes").expect("notes");
        let view = View::unguarded_house_itself(&house, 1, Means::Cli);
        let query = Query::parse(tx, &house, &view, notes, &pairs)?;
        register::list(tx, &house, &view, notes, &query)
    });
    let page = page.expect("a list");
    let count = page.count.map(|count| (count, page.more));
    (page.records.into_iter().map(|it| it.reference).collect(), page.hits.is_some(), count)
}

#[test]
fn words_with_many_hits_are_counted_and_walked_to_the_last() {
    for world in worlds() {
        flooded(&world);
        assert_eq!(hits(&world, &[("q", "error"), ("count", "exact"), ("limit", "1")]).2, Some((5_200, false)));
        let rough = hits(&world, &[("q", "error"), ("count", "rough"), ("limit", "1")]);
        assert_eq!((rough.1, rough.2), (true, Some((5_000, true))), "said to be of the newest only");
        let narrowed = [("q", "error"), ("summary", "pump")];
        assert_eq!(hits(&world, &narrowed), (Vec::new(), true, None), "said as well when few are left");
        let exact = [("q", "error"), ("summary", "pump"), ("count", "exact")];
        assert_eq!(hits(&world, &exact), (vec!["NOT-1".to_owned()], false, Some((1, false))));
        assert_eq!(hits(&world, &[("q", "pump"), ("count", "rough")]), (vec!["NOT-1".to_owned()], false, Some((1, false))));

        let house = Arc::clone(&world.house);
        let walked = world.db.read_wait(move |tx| {
            let notes = house.register("notes").expect("notes");
            let view = View::unguarded_house_itself(&house, 1, Means::Cli);
            let query = Query { q: "error".into(), limit: 200, count: Count::None, ..Query::plain(notes) };
            let mut walked = 0;
            register::walk(tx, &house, &view, notes, &query, &mut |_, records| {
                walked += records.len();
                Ok(ControlFlow::Continue(()))
            })?;
            Ok::<_, kernel::Error>(walked)
        });
        assert_eq!(walked.expect("it can be read"), 5_200, "an export and a task take all");
    }
}
