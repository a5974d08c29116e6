//! The schema goes forward in whole steps, or not at all.

use std::time::Duration;

use db::{Database, Engine, Error, Migration, Options, migrate, newest};

use crate::place::{Place, both, both_with, options, sqlite};

const FIRST: Migration = Migration {
    number: 1,
    name: "people",
    sql: "CREATE TABLE person (id bigint PRIMARY KEY, name text NOT NULL);\nCREATE INDEX person_name ON person(name);\n",
};
const SECOND: Migration = Migration {
    number: 2,
    name: "words",
    sql: "ALTER TABLE person ADD COLUMN data jsonb NOT NULL DEFAULT '{}';
--! sqlite
CREATE VIRTUAL TABLE words USING fts5(body, content='', contentless_delete=1);
--! postgres
CREATE TABLE words (rowid bigint PRIMARY KEY, body tsvector NOT NULL);
--! both
INSERT INTO person(id, name) VALUES(1, 'Ann; -- ?1');",
};

fn applied(place: &Place, list: &'static [Migration]) -> Vec<i64> {
    migrate(place, list).unwrap().iter().map(|step| step.number).collect()
}

fn refusal(place: &Place, list: &'static [Migration]) -> String {
    match migrate(place, list) {
        Err(Error::Refused(why)) => why,
        other => panic!("{other:?}"),
    }
}

#[test]
fn missing_steps_are_applied_once_and_in_order() {
    both(|place| {
        assert_eq!(place.read_wait(newest), Ok(0));
        assert_eq!(applied(place, &[FIRST]), [1]);
        assert_eq!(applied(place, &[FIRST, SECOND]), [2]);
        assert_eq!(applied(place, &[FIRST, SECOND]), [0i64; 0]);
        assert_eq!(place.read_wait(newest), Ok(2));
        let row = place.read_wait(|tx| tx.one("SELECT name, CAST(data AS text) FROM person", &[])).unwrap();
        assert_eq!(row.into_values(), ["Ann; -- ?1".into(), "{}".into()]);
        let row = place.read_wait(|tx| tx.one("SELECT name, length(digest), applied_at FROM migration WHERE number = 2", &[])).unwrap();
        assert_eq!((row.text(0), row.int(1)), (Ok("words"), Ok(64)));
        // Milliseconds since 1970: after the year 2024, before the year 2200.
        assert!((1_704_000_000_000..7_300_000_000_000).contains(&row.int(2).unwrap()));
    });
}

#[test]
fn a_database_newer_than_the_program_is_refused() {
    both(|place| {
        applied(place, &[FIRST, SECOND]);
        assert!(refusal(place, &[FIRST]).contains("newer than this program"));
        assert!(refusal(place, &[]).contains("newer than this program"));
        assert!(refusal(place, &[SECOND]).contains("does not know"));
        assert_eq!(place.int("SELECT count(*) FROM migration"), 2);
    });
}

#[test]
fn a_step_whose_text_has_changed_is_refused() {
    both(|place| {
        applied(place, &[FIRST]);
        const CHANGED: Migration = Migration { sql: "CREATE TABLE person (id bigint)", ..FIRST };
        assert!(refusal(place, &[CHANGED, SECOND]).contains("another text"));
        assert_eq!(place.read_wait(newest), Ok(1));
        // Line ends are a matter of the checkout.
        const WINDOWS: Migration = Migration {
            sql: "CREATE TABLE person (id bigint PRIMARY KEY, name text NOT NULL);\r\nCREATE INDEX person_name ON person(name);\r\n",
            ..FIRST
        };
        assert_eq!(applied(place, &[WINDOWS]), [0i64; 0]);
    });
}

#[test]
fn a_step_that_fails_half_way_leaves_nothing() {
    both(|place| {
        const BROKEN: Migration =
            Migration { number: 2, name: "broken", sql: "CREATE TABLE one (id bigint); CREATE TABLE person (id bigint);" };
        let why = refusal(place, &[FIRST, BROKEN]);
        assert!(why.contains("migration 2 (broken) failed"), "{why}");
        assert_eq!(place.read_wait(newest), Ok(1));
        assert!(place.read_wait(|tx| tx.all("SELECT id FROM one", &[])).is_err());
        assert_eq!(applied(place, &[FIRST, SECOND]), [2]);
    });
}

#[test]
fn a_list_out_of_order_and_an_unknown_mark_are_refused() {
    both(|place| {
        assert!(refusal(place, &[SECOND, FIRST]).contains("does not come after"));
        assert!(refusal(place, &[FIRST, FIRST]).contains("does not come after"));
        const MARK: Migration = Migration { number: 1, name: "mark", sql: "--! oracle\nCREATE TABLE t (id bigint);" };
        assert!(refusal(place, &[MARK]).contains("--! oracle"));
        assert_eq!(place.read_wait(newest), Ok(0));
    });
}

#[test]
fn programs_that_start_at_once_apply_each_step_once() {
    both(|place| {
        let starts: Vec<_> = (0..3)
            .map(|_| {
                let source = place.source.clone();
                std::thread::spawn(move || {
                    let database = Database::open(&source, options()).unwrap();
                    let count = migrate(&database, &[FIRST, SECOND]).unwrap().len();
                    database.close();
                    count
                })
            })
            .collect();
        assert_eq!(starts.into_iter().map(|start| start.join().unwrap()).sum::<usize>(), 2);
        assert_eq!(place.int("SELECT count(*) FROM person"), 1);
    });
}

#[test]
fn a_step_may_take_longer_than_other_statements() {
    both_with(Options { statement_time: Duration::from_millis(50), ..options() }, |place| {
        const LONG: Migration = Migration {
            number: 1,
            name: "long",
            sql: "CREATE TABLE t (i bigint); INSERT INTO t WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 600000) SELECT i FROM n;",
        };
        assert_eq!(applied(place, &[LONG]), [1]);
        assert_eq!(place.int("SELECT max(number) FROM migration"), 1);
    });
}

#[test]
fn a_copy_is_kept_beside_a_file_that_has_something_in_it() {
    let place = sqlite();
    let copy = place.folder().join("reeve.sqlite.before-2");
    applied(&place, &[FIRST]);
    assert_eq!(
        std::fs::read_dir(place.folder())
            .unwrap()
            .filter(|file| file.as_ref().unwrap().path().to_string_lossy().contains("before"))
            .count(),
        0
    );
    place.write_wait(|tx| tx.run("INSERT INTO person(id, name) VALUES(7, 'Old')", &[])).unwrap();
    applied(&place, &[FIRST, SECOND]);
    let old = rusqlite::Connection::open(&copy).unwrap();
    let count = |sql: &str| old.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap();
    assert_eq!(count("SELECT count(*) FROM person WHERE id = 7"), 1);
    assert_eq!(count("SELECT max(number) FROM migration"), 1);
    assert_eq!(place.engine(), Engine::Sqlite);
}

#[test]
fn programs_that_start_at_once_keep_one_whole_copy_of_before() {
    for _ in 0..12 {
        let place = sqlite();
        applied(&place, &[FIRST]);
        let starts: Vec<_> = (0..4)
            .map(|_| {
                let source = place.source.clone();
                std::thread::spawn(move || {
                    let database = Database::open(&source, options()).unwrap();
                    let count = migrate(&database, &[FIRST, SECOND]).map(|done| done.len());
                    database.close();
                    count
                })
            })
            .collect();
        let done: Vec<_> = starts.into_iter().map(|start| start.join().unwrap()).collect();
        assert_eq!(done.iter().flatten().sum::<usize>(), 1, "{done:?}");
        assert!(done.iter().all(Result::is_ok), "{done:?}");
        let old = rusqlite::Connection::open(place.folder().join("reeve.sqlite.before-2")).unwrap();
        assert_eq!(old.query_row("SELECT max(number) FROM migration", [], |row| row.get::<_, i64>(0)).unwrap(), 1);
    }
}
