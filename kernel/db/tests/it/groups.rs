//! SQLite: changes of several callers in one commit, each of them as if it were alone.

use std::sync::mpsc::{SyncSender, sync_channel};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use db::{ConstraintKind, Database, Error, Options, Tx};

use crate::place::{Answer, Place, options, sqlite_with};

type Act = Box<dyn Fn(&mut Tx<'_>) -> Answer<u64> + Send>;

fn place(batch: usize) -> Place {
    let patient = Options { batch, batch_time: Duration::from_secs(5), statement_time: Duration::from_millis(300), ..options() };
    let place = sqlite_with(patient);
    place.script("CREATE TABLE t (id bigint PRIMARY KEY, text text); CREATE TABLE child (parent bigint NOT NULL REFERENCES t(id))");
    place
}

/// Holds the writer until told to go on, so that what is asked meanwhile stands in the queue.
fn hold(database: &Database) -> SyncSender<()> {
    let (release, wait) = sync_channel(1);
    let (started, has_started) = sync_channel(1);
    let wait = Mutex::new(wait);
    drop(database.write(move |tx| {
        if tx.attempt() == 0 {
            started.send(()).unwrap();
            wait.lock().unwrap().recv().unwrap();
        }
        Ok::<_, Error>(())
    }));
    has_started.recv().unwrap();
    release
}

/// What each answers when all stand in the queue together.
fn together(place: &Place, acts: Vec<Act>) -> Vec<Answer<u64>> {
    let release = hold(place);
    let answers: Vec<_> = acts.into_iter().map(|act| place.write(act)).collect();
    release.send(()).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    answers.into_iter().map(|answer| runtime.block_on(answer)).collect()
}

fn add(id: i64) -> Act {
    Box::new(move |tx| tx.run("INSERT INTO t(id) VALUES(?1)", &[id.into()]))
}

fn ids(place: &Place) -> Vec<i64> {
    let rows = place.read_wait(|tx| tx.all("SELECT id FROM t ORDER BY id", &[])).unwrap();
    rows.iter().map(|row| row.int(0).unwrap()).collect()
}

#[test]
fn those_who_wait_share_a_commit() {
    let place = place(256);
    let before = place.stats();
    assert!(together(&place, (0..40).map(add).collect()).iter().all(Result::is_ok));
    assert_eq!(ids(&place).len(), 40);
    let after = place.stats();
    assert_eq!((after.commits - before.commits, after.writes - before.writes), (1, 41));
}

#[test]
fn a_group_has_a_largest_size() {
    let place = place(10);
    let before = place.stats().commits;
    // With the one that holds the writer they are 41.
    assert!(together(&place, (0..40).map(add).collect()).iter().all(Result::is_ok));
    assert_eq!(place.stats().commits - before, 5);
}

#[test]
fn one_that_finds_nobody_behind_it_is_committed_at_once() {
    let place = place(256);
    let start = Instant::now();
    place.write_wait(add(1)).unwrap();
    assert!(start.elapsed() < Duration::from_secs(2));
}

#[test]
fn one_that_fails_does_not_touch_its_neighbours() {
    let place = place(256);
    let refuses: Act = Box::new(|tx| {
        tx.run("INSERT INTO t(id) VALUES(50)", &[])?;
        tx.run("INSERT INTO t(id) VALUES(1)", &[])
    });
    let swallows: Act = Box::new(|tx| {
        tx.run("INSERT INTO t(id) VALUES(60)", &[])?;
        let _ = tx.run("INSERT INTO t(id) VALUES(1)", &[]);
        Ok(0)
    });
    let panics: Act = Box::new(|tx| {
        tx.run("INSERT INTO t(id) VALUES(70)", &[])?;
        panic!("on purpose")
    });
    let before = place.stats();
    let answers = together(&place, vec![add(1), refuses, add(2), swallows, add(3), panics, add(4)]);
    let after = place.stats();
    assert!(after.reruns > before.reruns, "nothing was undone under the others, so this test shows nothing");
    assert!(after.commits - before.commits < 5, "the others were not committed together");
    assert!(matches!(answers[1], Err(Error::Constraint { kind: ConstraintKind::Unique, .. })));
    assert!(matches!(answers[3], Err(Error::Poisoned(_))));
    assert_eq!(answers[5], Err(Error::Panicked("on purpose".into())));
    for good in [0, 2, 4, 6] {
        assert_eq!(answers[good], Ok(1));
    }
    assert_eq!(ids(&place), [1, 2, 3, 4]);
}

#[test]
fn one_that_is_refused_before_it_wrote_costs_its_neighbours_nothing() {
    let place = place(256);
    let looks: Act = Box::new(|tx| {
        tx.one("SELECT count(*) FROM t", &[])?;
        Err(Error::NotFound)
    });
    let before = place.stats();
    let answers = together(&place, vec![add(1), looks, add(2)]);
    let after = place.stats();
    assert_eq!(answers, [Ok(1), Err(Error::NotFound), Ok(1)]);
    assert_eq!((after.reruns - before.reruns, after.commits - before.commits), (0, 1));
    assert_eq!(ids(&place), [1, 2]);
}

/// When it is full SQLite throws the whole transaction away, the work of others with it.
#[test]
fn a_full_disk_hits_only_the_one_that_filled_it() {
    let place = place(256);
    place
        .write_wait(|tx| {
            let pages = tx.one("PRAGMA page_count", &[])?.int(0)?;
            tx.all(&format!("PRAGMA max_page_count = {}", pages + 20), &[])
        })
        .unwrap();
    let fills: fn() -> Act = || Box::new(|tx| tx.run("INSERT INTO t(id, text) VALUES(100, ?1)", &["x".repeat(1_000_000).into()]));
    let swallows: Act = Box::new(|tx| {
        let _ = tx.run("INSERT INTO t(id, text) VALUES(200, ?1)", &["x".repeat(1_000_000).into()]);
        // The transaction is gone: this statement, if it were run, would be committed by itself.
        let _ = tx.run("INSERT INTO t(id) VALUES(201)", &[]);
        Ok(0)
    });
    let before = place.stats();
    let answers = together(&place, vec![add(1), add(2), fills(), add(3), swallows, add(4)]);
    assert_eq!(answers[2], Err(Error::DiskFull));
    assert!(matches!(answers[4], Err(Error::Poisoned(_))), "{:?}", answers[4]);
    for good in [0, 1, 3, 5] {
        assert_eq!(answers[good], Ok(1));
    }
    assert_eq!(ids(&place), [1, 2, 3, 4]);
    assert!(place.stats().reruns > before.reruns, "the transaction was not thrown away, so this test shows nothing");
    // Alone it fails the same way, and the database goes on.
    assert_eq!(place.write_wait(fills()), Err(Error::DiskFull));
    assert_eq!(place.write_wait(add(5)), Ok(1));
}

#[test]
fn one_that_takes_too_long_hits_only_itself() {
    let place = place(256);
    let endless: Act =
        Box::new(|tx| tx.run("WITH RECURSIVE n(i) AS (SELECT 1000 UNION ALL SELECT i + 1 FROM n) INSERT INTO t(id) SELECT i FROM n", &[]));
    let answers = together(&place, vec![add(1), endless, add(2)]);
    assert_eq!(answers, [Ok(1), Err(Error::Timeout), Ok(1)]);
    assert_eq!(ids(&place), [1, 2]);
}

/// A foreign key that is looked at only by COMMIT fails the commit of everybody in the group.
#[test]
fn a_commit_that_fails_hits_only_the_one_to_blame() {
    let place = place(256);
    let breaks: Act = Box::new(|tx| {
        tx.all("PRAGMA defer_foreign_keys = ON", &[])?;
        tx.run("INSERT INTO child(parent) VALUES(77)", &[])
    });
    let answers = together(&place, vec![add(1), breaks, add(2)]);
    assert!(matches!(answers[1], Err(Error::Constraint { kind: ConstraintKind::Foreign, .. })), "{:?}", answers[1]);
    assert_eq!((&answers[0], &answers[2]), (&Ok(1), &Ok(1)));
    assert_eq!(ids(&place), [1, 2]);
    assert_eq!(place.int("SELECT count(*) FROM child"), 0);
}

#[test]
fn a_closure_cannot_end_the_transaction_of_its_neighbours() {
    let place = place(256);
    let commits: Act = Box::new(|tx| tx.run(" commit", &[]));
    let rolls_back: Act = Box::new(|tx| tx.all("ROLLBACK", &[]).map(|_| 0));
    let answers = together(&place, vec![add(1), commits, rolls_back, add(2)]);
    assert!(matches!(answers[1], Err(Error::Statement(_))), "{:?}", answers[1]);
    assert!(matches!(answers[2], Err(Error::Statement(_))), "{:?}", answers[2]);
    assert_eq!(ids(&place), [1, 2]);
}

#[test]
fn an_answer_means_that_others_can_read_it() {
    let place = Arc::new(place(256));
    let writers: Vec<_> = (0..4i64)
        .map(|writer| {
            let place = place.clone();
            std::thread::spawn(move || {
                let other = rusqlite::Connection::open(place.file()).unwrap();
                for id in (0..50).map(|n| writer * 1000 + n) {
                    place.write_wait(add(id)).unwrap();
                    let seen: i64 = other.query_row("SELECT count(*) FROM t WHERE id = ?1", [id], |row| row.get(0)).unwrap();
                    assert_eq!(seen, 1);
                }
            })
        })
        .collect();
    for writer in writers {
        writer.join().unwrap();
    }
}

/// The log is moved into the file by the writer, though there is always somebody reading.
#[test]
fn the_log_does_not_grow_without_end() {
    let place = Arc::new(place(256));
    let reading = place.clone();
    let (stop, stopped) = sync_channel::<()>(1);
    let reader = std::thread::spawn(move || {
        while stopped.try_recv().is_err() {
            reading.int("SELECT count(*) FROM t");
        }
    });
    let mut longest = 0;
    for id in 0..1_200 {
        place.write_wait(move |tx| tx.run("INSERT INTO t(id, text) VALUES(?1, ?2)", &[id.into(), "x".repeat(200_000).into()])).unwrap();
        let log = place.file().with_extension("sqlite-wal");
        longest = longest.max(log.metadata().map_or(0, |file| file.len()));
    }
    stop.send(()).unwrap();
    reader.join().unwrap();
    assert!(longest > 10 << 20, "{longest} bytes: too little was written for a test");
    // On a busy machine the reader is often put aside in the middle of a read: then the log grows until readers are waited for.
    assert!(longest < 160 << 20, "the log grew to {longest} bytes while 240 MB were written");
}

#[test]
fn while_nobody_writes_the_log_is_moved_into_the_file() {
    let place = place(256);
    let text = "It is heavy. ".repeat(400);
    for id in 0..600 {
        let text = text.clone();
        place.write_wait(move |tx| tx.run("INSERT INTO t(id, text) VALUES(?1, ?2)", &[id.into(), text.as_str().into()])).unwrap();
    }
    let size = || std::fs::metadata(place.file()).unwrap().len();
    let begun = Instant::now();
    while size() < 600 * text.len() as u64 {
        assert!(begun.elapsed() < Duration::from_secs(20), "the file has {} bytes", size());
        std::thread::sleep(Duration::from_millis(20));
    }
    assert_eq!(ids(&place).len(), 600);
}
