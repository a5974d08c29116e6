//! PostgreSQL: closures that meet others are run again, and end as if they had not met.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Barrier};

use db::{Error, Options};

use crate::place::{Answer, options, postgres, postgres_with};

#[test]
fn a_serialisation_failure_is_run_again_until_it_is_right() {
    let Some(place) = postgres() else { return };
    place.script("CREATE TABLE counter (n bigint); INSERT INTO counter VALUES(0)");
    let all_have_read = Arc::new(Barrier::new(4));
    let threads: Vec<_> = (0..4)
        .map(|_| {
            let (database, barrier) = (place.database.clone(), all_have_read.clone());
            std::thread::spawn(move || {
                for round in 0..10 {
                    let barrier = barrier.clone();
                    // Reads, decides and writes without a lock: right only if 40001 is raised and minded.
                    let answer = database.write_wait(move |tx| {
                        tx.run("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ", &[])?;
                        let n = tx.one("SELECT n FROM counter", &[])?.int(0)?;
                        if round == 0 && tx.attempt() == 0 {
                            barrier.wait();
                        }
                        tx.run("UPDATE counter SET n = ?1", &[(n + 1).into()])
                    });
                    assert_eq!(answer, Ok(1));
                }
            })
        })
        .collect();
    for thread in threads {
        thread.join().unwrap();
    }
    assert_eq!(place.int("SELECT n FROM counter"), 40);
    assert!(place.stats().reruns >= 3, "four met, and only one of them can have been first");
}

#[test]
fn a_deadlock_is_run_again() {
    let Some(place) = postgres() else { return };
    place.script("CREATE TABLE account (id bigint PRIMARY KEY, sum bigint); INSERT INTO account VALUES(1, 0), (2, 0)");
    let both_hold_one = Arc::new(Barrier::new(2));
    let threads: Vec<_> = [(1i64, 2i64), (2, 1)]
        .into_iter()
        .map(|(first, second)| {
            let (database, barrier) = (place.database.clone(), both_hold_one.clone());
            std::thread::spawn(move || {
                database.write_wait(move |tx| {
                    tx.run("UPDATE account SET sum = sum + 1 WHERE id = ?1", &[first.into()])?;
                    if tx.attempt() == 0 {
                        barrier.wait();
                    }
                    tx.run("UPDATE account SET sum = sum + 10 WHERE id = ?1", &[second.into()])
                })
            })
        })
        .collect();
    for thread in threads {
        assert_eq!(thread.join().unwrap(), Ok(1));
    }
    assert_eq!(place.int("SELECT CAST(sum(sum) AS bigint) FROM account"), 22);
    assert!(place.stats().reruns >= 1);
}

const CONFLICT: &str = "DO $$ BEGIN RAISE EXCEPTION 'met another' USING ERRCODE = '40001'; END $$";

#[test]
fn a_conflict_that_the_closure_swallows_is_run_again_all_the_same() {
    let Some(place) = postgres() else { return };
    place.script("CREATE TABLE t (id bigint)");
    let answer = place.write_wait(|tx| {
        tx.run("INSERT INTO t VALUES(1)", &[])?;
        if tx.attempt() < 2 {
            let _ = tx.run(CONFLICT, &[]);
        }
        Ok::<_, Error>(tx.attempt())
    });
    assert_eq!(answer, Ok(2));
    assert_eq!(place.int("SELECT count(*) FROM t"), 1);
}

#[test]
fn a_conflict_without_end_is_given_up_and_said() {
    let Some(place) = postgres() else { return };
    let runs = Arc::new(AtomicU32::new(0));
    let counted = runs.clone();
    let answer: Answer<u64> = place.write_wait(move |tx| {
        counted.fetch_add(1, Ordering::SeqCst);
        tx.run(CONFLICT, &[])
    });
    assert_eq!(answer, Err(Error::Conflict));
    assert!((2..20).contains(&runs.load(Ordering::SeqCst)), "{runs:?} runs");
    assert_eq!(place.int("SELECT 1"), 1);
}

#[test]
fn a_conflict_found_by_the_commit_is_run_again() {
    let Some(place) = postgres() else { return };
    place.script(
        "CREATE TABLE t (attempt bigint);
         CREATE FUNCTION meet() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
             IF NEW.attempt < 2 THEN RAISE EXCEPTION 'late' USING ERRCODE = '40001'; END IF; RETURN NULL; END $$;
         CREATE CONSTRAINT TRIGGER late AFTER INSERT ON t DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION meet()",
    );
    let answers: Vec<_> = (0..4)
        .map(|_| {
            let database = place.database.clone();
            std::thread::spawn(move || database.write_wait(|tx| tx.run("INSERT INTO t VALUES(?1)", &[i64::from(tx.attempt()).into()])))
        })
        .collect();
    for answer in answers {
        assert_eq!(answer.join().unwrap(), Ok(1));
    }
    assert_eq!(place.int("SELECT count(*) FROM t WHERE attempt = 2"), 4);
    assert_eq!(place.int("SELECT count(*) FROM t"), 4);
}

/// A deferred rule that fails at COMMIT without being a conflict is the caller's failure.
#[test]
fn a_rule_broken_at_the_commit_is_answered() {
    let Some(place) = postgres() else { return };
    place.script(
        "CREATE TABLE parent (id bigint PRIMARY KEY);
         CREATE TABLE child (parent bigint REFERENCES parent(id) DEFERRABLE INITIALLY DEFERRED)",
    );
    let answer = place.write_wait(|tx| tx.run("INSERT INTO child VALUES(1)", &[]));
    assert!(matches!(answer, Err(Error::Constraint { kind: db::ConstraintKind::Foreign, .. })), "{answer:?}");
    assert_eq!(place.int("SELECT count(*) FROM child"), 0);
}

#[test]
fn a_statement_prepared_for_an_older_schema_is_prepared_again() {
    let Some(place) = postgres_with(Options { workers: 1, readers: 1, ..options() }) else { return };
    place.script("CREATE TABLE t (a bigint); INSERT INTO t VALUES(1)");
    let columns = || place.read_wait(|tx| Ok::<_, Error>(tx.one("SELECT * FROM t", &[])?.len()));
    assert_eq!(columns(), Ok(1));
    place.script("ALTER TABLE t ADD COLUMN b bigint");
    assert_eq!(columns(), Ok(2));
}

/// Closures that stand in the queue begin in the same journey as the one before ends; each is a transaction of its own.
#[test]
fn one_that_fails_does_not_touch_those_behind_it() {
    let Some(place) = postgres_with(Options { workers: 1, ..options() }) else { return };
    place.script("CREATE TABLE t (id bigint PRIMARY KEY)");
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let answers: Vec<_> = (0..60i64)
        .map(|n| {
            place.write(move |tx| {
                tx.run("INSERT INTO t VALUES(?1)", &[n.into()])?;
                match n % 6 {
                    1 => tx.run("INSERT INTO t VALUES(0)", &[]),
                    3 => panic!("on purpose"),
                    5 if tx.attempt() == 0 => tx.run(CONFLICT, &[]),
                    _ => Ok(1),
                }
            })
        })
        .collect();
    for (n, answer) in answers.into_iter().enumerate() {
        let answer = runtime.block_on(answer);
        match n % 6 {
            1 => assert!(matches!(answer, Err(Error::Constraint { .. })), "{n}: {answer:?}"),
            3 => assert!(matches!(answer, Err(Error::Panicked(_))), "{n}: {answer:?}"),
            _ => assert_eq!(answer, Ok(1), "{n}"),
        }
    }
    assert_eq!(place.int("SELECT count(*) FROM t"), 40);
}
