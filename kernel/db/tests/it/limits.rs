//! Every queue and every wait has an end, and says so.

use std::sync::Arc;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc::{SyncSender, sync_channel};
use std::time::{Duration, Instant};

use db::{Engine, Error, Options};

use crate::place::{Answer, Place, both_with, options, postgres_with, sqlite_with};

const ENDLESS: &str = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n";

fn narrow() -> Options {
    Options {
        workers: 1,
        readers: 1,
        queue: 3,
        statement_time: Duration::from_millis(300),
        lock_time: Duration::from_millis(200),
        ..options()
    }
}

/// Holds the one writer or reader until told to go on.
fn hold(place: &Place, write: bool) -> SyncSender<()> {
    let (release, wait) = sync_channel(1);
    let (started, has_started) = sync_channel(1);
    let wait = Mutex::new(wait);
    let act = move |_: &mut db::Tx<'_>| {
        started.send(()).unwrap();
        wait.lock().unwrap().recv().unwrap();
        Answer::Ok(())
    };
    if write {
        drop(place.write(act))
    } else {
        std::mem::forget(place.read(act))
    }
    has_started.recv().unwrap();
    release
}

fn wait<T>(answer: impl Future<Output = Answer<T>>) -> Answer<T> {
    tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(answer)
}

#[test]
fn a_full_queue_refuses_and_keeps_what_it_accepted() {
    both_with(narrow(), |place| {
        for write in [true, false] {
            let release = hold(place, write);
            let ask = || if write { place.write(|_| Answer::Ok(7)) } else { place.read(|_| Answer::Ok(7)) };
            let accepted: Vec<_> = (0..3).map(|_| ask()).collect();
            let refused = wait(ask());
            assert!(matches!(refused, Err(Error::Overloaded { retry_after }) if retry_after > Duration::ZERO), "{refused:?}");
            let stats = place.stats();
            assert_eq!(if write { stats.write_queue } else { stats.read_queue }, 3);
            release.send(()).unwrap();
            for answer in accepted {
                assert_eq!(wait(answer), Ok(7));
            }
        }
        assert_eq!(place.stats().refused, 2);
    });
}

#[test]
fn a_thread_waits_for_room_instead() {
    both_with(narrow(), |place| {
        let release = hold(place, true);
        let accepted: Vec<_> = (0..3).map(|_| place.write(|_| Answer::Ok(7))).collect();
        let database = place.database.clone();
        let patient = std::thread::spawn(move || database.write_wait(|_| Answer::Ok(8)));
        std::thread::sleep(Duration::from_millis(50));
        assert!(!patient.is_finished());
        release.send(()).unwrap();
        assert_eq!(patient.join().unwrap(), Ok(8));
        drop(accepted);
    });
}

#[test]
fn a_read_nobody_waits_for_is_not_begun() {
    both_with(narrow(), |place| {
        let release = hold(place, false);
        let runs = Arc::new(AtomicU32::new(0));
        let counted = runs.clone();
        drop(place.read(move |_| {
            counted.fetch_add(1, Ordering::SeqCst);
            Answer::Ok(())
        }));
        release.send(()).unwrap();
        assert_eq!(place.read_wait(|_| Answer::Ok(1)), Ok(1));
        assert_eq!(runs.load(Ordering::SeqCst), 0);
    });
}

#[test]
fn a_statement_has_a_time_limit_and_the_connection_survives_it() {
    both_with(narrow(), |place| {
        for write in [true, false] {
            let start = Instant::now();
            let ask = |sql: &'static str| {
                let act = move |tx: &mut db::Tx<'_>| tx.one(sql, &[])?.int(0);
                if write { place.write_wait(act) } else { place.read_wait(act) }
            };
            assert_eq!(ask(ENDLESS), Err(Error::Timeout));
            assert!(start.elapsed() < Duration::from_secs(3), "{:?}", start.elapsed());
            assert_eq!(ask("SELECT 1"), Ok(1));
        }
    });
}

#[test]
fn the_limit_is_for_each_statement_and_can_be_changed() {
    both_with(narrow(), |place| {
        let long = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2500000) SELECT max(i) FROM n";
        let answer = place.read_wait(move |tx| {
            tx.set_statement_time(None)?;
            let start = Instant::now();
            tx.one(long, &[])?;
            let whole = start.elapsed();
            tx.set_statement_time(Some(Duration::from_millis(20)))?;
            assert!(whole > Duration::from_millis(40), "{whole:?} is too short for this test");
            tx.one(long, &[])
        });
        assert_eq!(answer, Err(Error::Timeout));
        // The next transaction has the usual limit again.
        assert_eq!(place.read_wait(|tx| tx.one(ENDLESS, &[])), Err(Error::Timeout));
    });
}

#[test]
fn a_lock_held_by_another_is_waited_for_only_so_long() {
    let place = sqlite_with(narrow());
    place.script("CREATE TABLE t (id bigint)");
    let other = rusqlite::Connection::open(place.file()).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let insert = || place.write_wait(|tx| tx.run("INSERT INTO t VALUES(1)", &[]));
    assert_eq!(insert(), Err(Error::Busy));
    other.execute_batch("ROLLBACK").unwrap();
    assert_eq!(insert(), Ok(1));

    let Some(place) = postgres_with(Options { workers: 2, statement_time: Duration::from_secs(5), ..narrow() }) else { return };
    assert_eq!(place.engine(), Engine::Postgres);
    place.script("CREATE TABLE t (id bigint); INSERT INTO t VALUES(1)");
    let (release, held) = sync_channel::<()>(1);
    let (started, has_started) = sync_channel(1);
    let held = Mutex::new(held);
    let holder = place.write(move |tx| {
        tx.one("SELECT id FROM t FOR UPDATE", &[])?;
        tx.lock("door")?;
        started.send(()).unwrap();
        held.lock().unwrap().recv().unwrap();
        Answer::Ok(())
    });
    has_started.recv().unwrap();
    assert_eq!(place.write_wait(|tx| tx.run("UPDATE t SET id = 2", &[])), Err(Error::Busy));
    assert_eq!(place.write_wait(|tx| tx.lock("door")), Err(Error::Busy));
    assert_eq!(place.write_wait(|tx| tx.lock("another door")), Ok(()));
    release.send(()).unwrap();
    assert_eq!(wait(holder), Ok(()));
}

#[test]
fn closing_finishes_what_was_accepted_and_refuses_the_rest() {
    both_with(Options { queue: 10_000, ..narrow() }, |place| {
        place.script("CREATE TABLE t (id bigint)");
        let release = hold(place, true);
        let accepted: Vec<_> = (0..50).map(|_| place.write(|tx| tx.run("INSERT INTO t VALUES(1)", &[]))).collect();
        let closing = place.database.clone();
        let closing = std::thread::spawn(move || closing.close());
        // Until the other thread has come to it, further calls are accepted; they are not waited for.
        let refused = || {
            let mut answer = std::pin::pin!(place.write(|_| Answer::Ok(())));
            let mut context = std::task::Context::from_waker(std::task::Waker::noop());
            answer.as_mut().poll(&mut context) == std::task::Poll::Ready(Err(Error::Closed))
        };
        while !refused() {
            std::thread::sleep(Duration::from_millis(20));
        }
        assert!(!closing.is_finished());
        release.send(()).unwrap();
        closing.join().unwrap();
        assert!(accepted.into_iter().all(|answer| wait(answer) == Ok(1)));
        assert_eq!(place.read_wait(|_| Answer::Ok(())), Err(Error::Closed));
        let again = db::Database::open(&place.source, narrow()).unwrap();
        assert_eq!(again.read_wait(|tx| tx.one("SELECT count(*) FROM t", &[])?.int(0)), Ok(50));
        again.close();
        if let db::Source::Sqlite(path) = &place.source {
            assert!(!path.with_extension("sqlite-wal").exists(), "the log was left behind");
        }
    });
}

/// The connection that writes is the last to close, since the others may not move the log into the file.
#[test]
fn closing_leaves_one_whole_file() {
    for _ in 0..30 {
        let place = sqlite_with(options());
        place.script("CREATE TABLE t (id bigint)");
        assert_eq!(place.int("SELECT count(*) FROM t"), 0);
        place.database.clone().close();
        assert_eq!(std::fs::read_dir(place.folder()).unwrap().count(), 1);
    }
}
