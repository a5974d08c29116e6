//! How the database goes about the hot lists: in the order of an index, with nothing sorted, whoever looks.

use crate::world::{engine, world};
use kernel::register::{self, Query, Sort};
use kernel::who::{Means, view_of};
use std::sync::Arc;

/// Register and orders that pages use all day.
const HOT: &[(&str, &[&str])] = &[
    ("tickets", &["-updated_at"]),
    ("incidents", &["-updated_at"]),
    ("people", &["name"]),
    ("services", &["name"]),
    ("configuration-items", &["name"]),
];

#[test]
fn hot_lists_are_read_in_the_order_of_an_index() {
    if engine() == "postgres" {
        // The planner of PostgreSQL goes by the number of rows, and this world has few; `bench` looks at it with many.
        return;
    }
    let world = world();
    for who in ["dana@example.org", "ada@example.org", "bao@example.org"] {
        for (kind, orders) in HOT {
            for order in *orders {
                let (house, order) = (Arc::clone(&world.house), (*order).to_owned());
                let plan = world.read(move |tx| {
                    let register = house.register(kind).ok_or(kernel::Error::NotFound)?;
                    let row = tx.one("select id, organisation from person where email = ?1", &[who.into()])?;
                    let view = view_of(tx, &house, row.int(0)?, row.int(1)?, Means::Page)?;
                    let query = Query { sort: Sort::read(&order), lean: true, ..Query::plain(register) };
                    register::plan(tx, &house, &view, register, &query)
                });
                let sorted = plan.iter().any(|step| step.contains("USE TEMP B-TREE FOR ORDER BY"));
                let own = who.starts_with("bao");
                assert!(!sorted || own, "{kind} by {who} is sorted after reading: {plan:?}");
                assert!(!plan.iter().any(|step| step == "SCAN t"), "{kind} by {who} reads every row: {plan:?}");
            }
        }
    }
}

#[test]
fn one_record_is_found_by_an_index() {
    let world = world();
    let reference = world.some("incidents", 0);
    let plan = world.read(move |tx| {
        let sql = match tx.engine() {
            db::Engine::Sqlite => "explain query plan select id from ticket where reference = ?1",
            db::Engine::Postgres => "explain select id from ticket where reference = ?1",
        };
        let rows = tx.all(sql, &[reference.as_str().into()])?;
        let column = if tx.engine() == db::Engine::Sqlite { 3 } else { 0 };
        Ok(rows.iter().map(|row| row.text(column).map(str::to_owned)).collect::<db::Result<Vec<_>>>()?)
    });
    assert!(plan.iter().any(|step| step.to_lowercase().contains("index")), "{plan:?}");
}

/// What a page may ask of the database in all; a page that asks once a row would be far beyond it.
const MOST_STATEMENTS: usize = 120;

#[test]
fn no_page_reads_a_table_that_grows_without_end_from_end_to_end() {
    if engine() == "postgres" {
        // Its planner reads small tables from end to end, and is right; `cargo x bench --plans` looks at large ones.
        return;
    }
    let world = world();
    for (kind, which) in [("incidents", 0), ("incidents", 1), ("requests", 0), ("services", 0), ("risks", 0)] {
        let reference = world.some(kind, which);
        if kind == "incidents" {
            let said = world.post("Dana", &format!("/api/v1/{kind}/{reference}/reply"), &serde_json::json!({ "text": "We look at it." }));
            assert_eq!(said.status, 200, "{}", said.text);
        }
    }
    for who in ["dana@example.org", "max@example.org", "bao@example.org"] {
        let house = Arc::clone(&world.house);
        let pages = world.read(move |tx| {
            let row = tx.one("select id, organisation from person where email = ?1", &[who.into()])?;
            let view = view_of(tx, &house, row.int(0)?, row.int(1)?, Means::Page)?;
            reeve::plans::of_pages(tx, &house, &view, &mut |tx, kind| {
                let Some(register) = house.register(kind) else { return Ok(None) };
                let query = Query { limit: 1, ..Query::plain(register) };
                let page = register::list(tx, &house, &view, register, &query)?;
                Ok(page.records.first().map(|record| record.reference.clone()))
            })
        });
        assert!(pages.len() > 20, "{who} opens {} pages", pages.len());
        let scans: Vec<String> = pages.iter().flat_map(|it| it.scans.iter().map(|scan| format!("{}: {scan:?}", it.page))).collect();
        assert!(scans.is_empty(), "{who}:\n{}", scans.join("\n"));
        let many: Vec<_> = pages.iter().filter(|it| it.statements > MOST_STATEMENTS).map(|it| (&it.page, it.statements)).collect();
        assert!(many.is_empty(), "{who} asks too often: {many:?}");
    }
}

#[test]
fn a_walk_that_ends_only_with_the_table_is_told_from_one_that_stops() {
    use reeve::plans::is_scan;
    let count = |conditions: &str| format!("select count(*) from (select 1 from ticket t where {conditions} limit 10001) c");
    assert!(is_scan(&count("t.organisation = ?1 and t.resolved_by = ?2"), "SCAN t", false));
    assert!(!is_scan(&count("t.organisation = ?1 and t.retired_at is null"), "SCAN t", false));
    assert!(is_scan("select t.id from ticket t where 1 = 1 order by t.summary limit 5", "SCAN t", true), "sorted after all are read");
    assert!(!is_scan("select t.id from ticket t where 1 = 1 order by t.id desc limit 5", "SCAN t", false));
    assert!(!is_scan("select 1 from ticket t where t.summary = ?1 order by t.id limit 5", "SCAN t USING INDEX ticket_created", false));
    assert!(is_scan("select count(*) from message", "SCAN message USING COVERING INDEX message_ticket", false));
    assert!(!is_scan("select 1 from team t where t.name = ?1", "SCAN t", false));
    assert!(!is_scan(&count("t.resolved_by = ?2"), "SEARCH t USING INDEX ticket_resolved_by (resolved_by=?)", false));
}
