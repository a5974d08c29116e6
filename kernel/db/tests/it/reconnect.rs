//! PostgreSQL: connections that break, and a server that goes and comes back.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use db::{Database, Error, Source};
use testing::Server;

use crate::place::{Answer, options, postgres};

const BREAK: &str = "SELECT pg_terminate_backend(pg_backend_pid())";

#[test]
fn idle_connections_that_broke_are_made_again_unseen() {
    let Some(place) = postgres() else { return };
    place.script("CREATE TABLE t (id bigint)");
    assert_eq!(place.int("SELECT count(*) FROM t"), 0);
    let before = place.stats().connections;
    let sql = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()";
    let Source::Postgres(address) = &place.source else { panic!() };
    let _ = postgres::Client::connect(address, postgres::NoTls).unwrap().batch_execute(sql);
    assert_eq!(place.write_wait(|tx| tx.run("INSERT INTO t VALUES(1)", &[])), Ok(1));
    assert_eq!(place.int("SELECT count(*) FROM t"), 1);
    assert!(place.stats().connections > before);
}

#[test]
fn a_connection_that_breaks_before_the_commit_costs_a_rerun() {
    let Some(place) = postgres() else { return };
    place.script("CREATE TABLE t (id bigint)");
    let answer = place.write_wait(|tx| {
        tx.run("INSERT INTO t VALUES(1)", &[])?;
        if tx.attempt() == 0 {
            tx.run(BREAK, &[])?;
        }
        Ok::<_, Error>(tx.attempt())
    });
    assert_eq!(answer, Ok(1));
    assert_eq!(place.int("SELECT count(*) FROM t"), 1);
    let read = place.read_wait(|tx| {
        if tx.attempt() == 0 {
            tx.run(BREAK, &[])?;
        }
        tx.one("SELECT count(*) FROM t", &[])?.int(0)
    });
    assert_eq!(read, Ok(1));
}

/// Whether a COMMIT that was never answered was done is not known, so the closure is not run again by itself; with the id
/// of its act it finds what it did.
#[test]
fn a_connection_that_breaks_in_the_commit_is_answered_as_unknown() {
    let Some(place) = postgres() else { return };
    place.script(
        "CREATE TABLE t (act bigint PRIMARY KEY);
         CREATE FUNCTION cut() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
             IF NEW.act = 1 THEN PERFORM pg_terminate_backend(pg_backend_pid()); END IF; RETURN NULL; END $$;
         CREATE CONSTRAINT TRIGGER cut AFTER INSERT ON t DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION cut()",
    );
    let runs = Arc::new(AtomicU32::new(0));
    let counted = runs.clone();
    let answer = place.write_wait(move |tx| {
        counted.fetch_add(1, Ordering::SeqCst);
        tx.run("INSERT INTO t VALUES(1)", &[])
    });
    assert_eq!(answer, Err(Error::Lost));
    assert_eq!(runs.load(Ordering::SeqCst), 1);
    let again = place.write_wait(|tx| tx.run("INSERT INTO t VALUES(2) ON CONFLICT DO NOTHING", &[]));
    assert_eq!(again, Ok(1));
}

#[test]
fn a_server_that_is_away_is_said_in_time_and_found_again() {
    let Some(server) = Server::own(true) else { return };
    let database = Database::open(&Source::Postgres(server.address().into()), options()).unwrap();
    let add = || -> Answer<u64> { database.write_wait(|tx| tx.run("INSERT INTO t VALUES(1)", &[])) };
    database.write_wait(|tx| tx.script("CREATE TABLE t (id bigint)")).unwrap();
    assert_eq!(add(), Ok(1));
    server.stop().unwrap();
    let start = Instant::now();
    let away = add();
    assert!(matches!(away, Err(Error::Offline(_))), "{away:?}");
    let away = database.read_wait(|tx| tx.one("SELECT 1", &[]));
    assert!(matches!(away, Err(Error::Offline(_))), "{away:?}");
    assert!(start.elapsed() < Duration::from_secs(10), "{:?}", start.elapsed());
    assert!(matches!(Database::open(&Source::Postgres(server.address().into()), options()), Err(Error::Offline(_))));
    server.resume().unwrap();
    assert_eq!(add(), Ok(1));
    // What was acknowledged before the server was killed is there.
    assert_eq!(database.read_wait(|tx| tx.one("SELECT count(*) FROM t", &[])?.int(0)), Ok(2));
    database.close();
}

#[test]
fn addresses_that_cannot_be_read_or_reached_are_refused_without_the_password() {
    let open = |address: &str| Database::open(&Source::Postgres(address.into()), options()).map(drop).unwrap_err();
    let unreadable = open("postgres://me:secret@host:port/x");
    assert!(matches!(unreadable, Error::Refused(_)), "{unreadable:?}");
    let unreachable = open("postgres://me:secret@127.0.0.1:1/x");
    assert!(matches!(unreachable, Error::Offline(_)), "{unreachable:?}");
    for error in [unreadable, unreachable] {
        assert!(!error.to_string().contains("secret"), "{error}");
    }
    assert!(!format!("{:?}", Source::parse("postgres://me:secret@host/x")).contains("secret"));
}
