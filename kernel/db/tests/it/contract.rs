//! What every caller relies on, whichever engine it runs on.

use std::ops::ControlFlow;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};

use db::{ConstraintKind, Error, Value};

use crate::place::{Answer, Place, both};

const SCHEMA: &str = "CREATE TABLE person (id bigint PRIMARY KEY, name text NOT NULL UNIQUE, age bigint CHECK (age >= 0));
    CREATE TABLE pet (id bigint PRIMARY KEY, owner bigint NOT NULL REFERENCES person(id));";

fn people(place: &Place) -> i64 {
    place.int("SELECT count(*) FROM person")
}

#[test]
fn what_a_write_did_is_read_by_the_next_read() {
    both(|place| {
        place.script(SCHEMA);
        let changed = place.write_wait(|tx| {
            tx.run("INSERT INTO person(id, name) VALUES(?1, ?2), (?3, ?4)", &[1.into(), "Ann".into(), 2.into(), "Bob".into()])
        });
        assert_eq!(changed, Ok(2));
        let names = place.read_wait(|tx| {
            let rows = tx.all("SELECT name, age FROM person ORDER BY id", &[])?;
            assert_eq!(rows[0].maybe_int(1)?, None);
            rows.iter().map(|row| row.text(0).map(str::to_owned)).collect::<Answer<Vec<_>>>()
        });
        assert_eq!(names.unwrap(), ["Ann", "Bob"]);
        assert_eq!(place.read_wait(|tx| tx.maybe("SELECT 1 FROM person WHERE id = ?1", &[9.into()])), Ok(None));
        assert_eq!(place.read_wait(|tx| tx.one("SELECT 1 FROM person WHERE id = ?1", &[9.into()])), Err(Error::NotFound));
    });
}

#[test]
fn what_is_asked_again_in_a_read_is_answered_without_the_database() {
    both(|place| {
        place.script(SCHEMA);
        const ALL: &str = "SELECT id FROM person";
        let before = place.stats().statements;
        let twice = place.read_wait(|tx| Ok::<_, Error>((tx.steady(ALL)?.len(), tx.steady(ALL)?.len())));
        assert_eq!(twice, Ok((0, 0)));
        assert_eq!(place.stats().statements - before, 1);
        let grown = place.write_wait(|tx| {
            let before = tx.steady(ALL)?.len();
            tx.run("INSERT INTO person(id, name) VALUES(1, 'Ann')", &[])?;
            Ok::<_, Error>((before, tx.steady(ALL)?.len()))
        });
        assert_eq!(grown, Ok((0, 1)), "what can write sees what it wrote");
        assert_eq!(place.read_wait(|tx| Ok::<_, Error>(tx.steady(ALL)?.len())), Ok(1), "the next read asks anew");
    });
}

/// On PostgreSQL the COMMIT of a failed transaction answers success and rolls back: this is the trap of all traps.
#[test]
fn a_closure_that_swallows_an_error_commits_nothing() {
    both(|place| {
        place.script(SCHEMA);
        let answer: Answer<()> = place.write_wait(|tx| {
            tx.run("INSERT INTO person(id, name) VALUES(1, 'Ann')", &[])?;
            let first = tx.run("INSERT INTO person(id, name) VALUES(2, 'Ann')", &[]);
            assert!(matches!(first, Err(Error::Constraint { kind: ConstraintKind::Unique, .. })), "{first:?}");
            let second = tx.run("INSERT INTO person(id, name) VALUES(3, 'Cid')", &[]);
            assert!(matches!(second, Err(Error::Poisoned(_))), "{second:?}");
            Ok(())
        });
        assert!(matches!(answer, Err(Error::Poisoned(_))), "{answer:?}");
        assert_eq!(people(place), 0);
    });
}

#[test]
fn arguments_refused_before_they_are_sent_spoil_the_transaction_as_well() {
    both(|place| {
        place.script(SCHEMA);
        for args in [vec![], vec![Value::Int(1), Value::Int(2)], vec![Value::Text("nul\0".into())]] {
            let answer: Answer<()> = place.write_wait(move |tx| {
                tx.run("INSERT INTO person(id, name) VALUES(1, 'Ann')", &[])?;
                let refused = tx.run("UPDATE person SET name = ?1", &args);
                assert!(matches!(refused, Err(Error::Statement(_))), "{refused:?}");
                Ok(())
            });
            assert!(matches!(answer, Err(Error::Poisoned(_))), "{answer:?}");
        }
        assert_eq!(people(place), 0);
    });
}

#[test]
fn the_callers_own_error_passes_through_and_undoes() {
    #[derive(Debug, PartialEq)]
    enum Mine {
        TooYoung,
        Database(Error),
    }
    impl From<Error> for Mine {
        fn from(error: Error) -> Mine {
            Mine::Database(error)
        }
    }
    both(|place| {
        place.script(SCHEMA);
        let answer = place.write_wait(|tx| {
            tx.run("INSERT INTO person(id, name) VALUES(1, 'Ann')", &[])?;
            Err::<(), Mine>(Mine::TooYoung)
        });
        assert_eq!(answer, Err(Mine::TooYoung));
        let answer = place.write_wait(|tx| Ok::<_, Mine>(tx.one("SELECT 1 FROM person", &[]).map(drop)?));
        assert_eq!(answer, Err(Mine::Database(Error::NotFound)));
        assert_eq!(people(place), 0);
    });
}

#[test]
fn a_panic_undoes_its_own_closure_and_nothing_else() {
    both(|place| {
        place.script(SCHEMA);
        let answer = place.write_wait(|tx| {
            tx.run("INSERT INTO person(id, name) VALUES(1, 'Ann')", &[])?;
            if tx.attempt() == 0 {
                panic!("at the printer");
            }
            Ok::<_, Error>(())
        });
        assert_eq!(answer, Err(Error::Panicked("at the printer".into())));
        let answer = place.read_wait(|tx| {
            tx.each("SELECT 1", &[], &mut |_| panic!("within a row"))?;
            Ok::<_, Error>(())
        });
        assert_eq!(answer, Err(Error::Panicked("within a row".into())));
        assert_eq!(people(place), 0);
        place.write_wait(|tx| tx.run("INSERT INTO person(id, name) VALUES(2, 'Bob')", &[])).unwrap();
        assert_eq!(people(place), 1);
        assert_eq!(place.stats().panics, 2);
    });
}

#[test]
fn a_read_cannot_write() {
    both(|place| {
        place.script(SCHEMA);
        let answer = place.read_wait(|tx| tx.run("INSERT INTO person(id, name) VALUES(1, 'Ann')", &[]));
        assert_eq!(answer, Err(Error::ReadOnly));
        assert_eq!(people(place), 0);
    });
}

#[test]
fn a_read_sees_one_state_from_its_first_statement_to_its_last() {
    both(|place| {
        place.script(SCHEMA);
        let writer = place.database.clone();
        let next = Arc::new(AtomicU32::new(1));
        let counts = place.read_wait(move |tx| {
            let before = tx.one("SELECT count(*) FROM person", &[])?.int(0)?;
            let id = i64::from(next.fetch_add(1, Ordering::Relaxed));
            writer.write_wait(move |tx| tx.run("INSERT INTO person(id, name) VALUES(?1, 'Ann')", &[id.into()]))?;
            Ok::<_, Error>((before, tx.one("SELECT count(*) FROM person", &[])?.int(0)?))
        });
        assert_eq!(counts, Ok((0, 0)));
        assert_eq!(people(place), 1);
    });
}

#[test]
fn every_rule_of_the_schema_has_its_name() {
    both(|place| {
        place.script(SCHEMA);
        place.write_wait(|tx| tx.run("INSERT INTO person(id, name, age) VALUES(1, 'Ann', 3)", &[])).unwrap();
        let cases = [
            ("INSERT INTO person(id, name) VALUES(1, 'Bob')", ConstraintKind::Unique),
            ("INSERT INTO person(id, name) VALUES(2, 'Ann')", ConstraintKind::Unique),
            ("INSERT INTO person(id, name) VALUES(2, NULL)", ConstraintKind::NotNull),
            ("INSERT INTO person(id, name, age) VALUES(2, 'Bob', -1)", ConstraintKind::Check),
            ("INSERT INTO pet(id, owner) VALUES(1, 77)", ConstraintKind::Foreign),
        ];
        for (sql, wanted) in cases {
            match place.write_wait(move |tx| tx.run(sql, &[])) {
                Err(Error::Constraint { kind, detail }) => {
                    assert_eq!(kind, wanted, "{sql}");
                    assert!(!detail.contains("Bob"), "a value in {detail}");
                }
                other => panic!("{sql}: {other:?}"),
            }
        }
    });
}

/// A statement that writes does all its work, and looks at its foreign keys, before its first row is seen.
#[test]
fn a_returning_insert_of_which_one_row_is_read_still_keeps_the_rules() {
    both(|place| {
        place.script(SCHEMA);
        let answer = place.write_wait(|tx| tx.one("INSERT INTO pet(id, owner) VALUES(1, 77), (2, 77) RETURNING id", &[]));
        assert!(matches!(answer, Err(Error::Constraint { kind: ConstraintKind::Foreign, .. })), "{answer:?}");
        let two = place.write_wait(|tx| tx.maybe("INSERT INTO person(id, name) VALUES(1, 'Ann'), (2, 'Bob') RETURNING id", &[]));
        assert_eq!(two.unwrap().unwrap().int(0), Ok(1));
        assert_eq!(place.int("SELECT count(*) FROM pet"), 0);
        assert_eq!(people(place), 2);
    });
}

#[test]
fn rows_are_streamed_until_the_caller_has_enough() {
    both(|place| {
        let seen = Arc::new(Mutex::new(Vec::new()));
        let keep = seen.clone();
        let sql = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000) SELECT i FROM n";
        let answer = place.read_wait(move |tx| {
            tx.each(sql, &[], &mut |row| {
                keep.lock().unwrap().push(row.int(0)?);
                Ok(if row.int(0)? == 3 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
            })?;
            let failed = tx.each("SELECT 'x'", &[], &mut |row| row.int(0).map(|_| ControlFlow::Continue(())));
            assert!(matches!(failed, Err(Error::Statement(_))), "{failed:?}");
            // The caller's own failure spoils nothing.
            tx.one("SELECT 5", &[])?.int(0)
        });
        assert_eq!(answer, Ok(5));
        assert_eq!(*seen.lock().unwrap(), [1, 2, 3]);
    });
}

#[test]
fn a_row_lock_is_the_same_text_on_both() {
    both(|place| {
        place.script(SCHEMA);
        let answer = place.write_wait(|tx| {
            tx.lock("people")?;
            tx.run("INSERT INTO person(id, name) VALUES(1, 'FOR UPDATE')", &[])?;
            let row = tx.one("SELECT name FROM person WHERE id = ?1 FOR UPDATE", &[1.into()])?;
            let sql =
                "UPDATE person SET age = 1 WHERE id IN (SELECT id FROM person WHERE name = 'FOR UPDATE' LIMIT 1 FOR UPDATE SKIP LOCKED)";
            Ok::<_, Error>((row.text(0)?.to_owned(), tx.run(sql, &[])?))
        });
        assert_eq!(answer, Ok(("FOR UPDATE".into(), 1)));
    });
}

#[tokio::test]
async fn a_task_awaits_its_answer_after_the_commit() {
    let test = async |place: Place| {
        let script = place.write(|tx| tx.script(SCHEMA));
        assert_eq!(script.await, Ok(()));
        let add =
            |id: i64| place.write(move |tx| tx.run("INSERT INTO person(id, name) VALUES(?1, ?2)", &[id.into(), id.to_string().into()]));
        let answers: Vec<_> = (0..50).map(add).collect();
        for answer in answers {
            assert_eq!(answer.await, Ok(1));
        }
        // Nobody waits for this one; it is done all the same.
        drop(add(50));
        assert_eq!(place.bulk(|tx| tx.run("UPDATE person SET age = 1 WHERE id < 10", &[])).await, Ok(10));
        for _ in 0..100 {
            if place.read(|tx| tx.one("SELECT count(*) FROM person", &[])?.int(0)).await == Ok(51) {
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
        panic!("the abandoned write was not done");
    };
    test(crate::place::sqlite()).await;
    if let Some(place) = tokio::task::spawn_blocking(crate::place::postgres).await.unwrap() {
        test(place).await;
    }
}

#[test]
fn statistics_for_choosing_indexes_are_gathered() {
    both(|place| {
        place.script(SCHEMA);
        place
            .write_wait(|tx| {
                for id in 0..500i64 {
                    tx.run("INSERT INTO person(id, name) VALUES(?1, ?2)", &[id.into(), id.to_string().into()])?;
                }
                Ok::<_, Error>(())
            })
            .unwrap();
        place.refresh_statistics().unwrap();
        if place.engine() == db::Engine::Sqlite {
            assert!(place.int("SELECT count(*) FROM sqlite_stat1 WHERE tbl = 'person'") > 0);
        }
    });
}
