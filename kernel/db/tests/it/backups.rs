//! Copies made while others write, and putting them back.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use db::{Database, Error, Migration, Source, migrate, restore};

use crate::place::{Folder, Place, options, postgres, sqlite};

const SCHEMA: [Migration; 1] = [Migration {
    number: 1,
    name: "accounts",
    sql: "CREATE TABLE account (id bigint PRIMARY KEY, sum bigint NOT NULL);
          CREATE TABLE filler (id bigint PRIMARY KEY, account bigint NOT NULL REFERENCES account(id), text text NOT NULL);",
}];

/// A database of some 20 MB whose accounts sum up to 0.
fn filled() -> Place {
    let place = sqlite();
    migrate(&place, &SCHEMA).unwrap();
    place.script("INSERT INTO account VALUES(1, 0), (2, 0)");
    place
        .write_wait(|tx| {
            tx.run(
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
                INSERT INTO filler SELECT i, 1, ?1 FROM n",
                &["x".repeat(1000).into()],
            )
        })
        .unwrap();
    place
}

fn open(path: &Path) -> Database {
    Database::open(&Source::Sqlite(path.into()), options()).unwrap()
}

fn int(database: &Database, sql: &'static str) -> i64 {
    database.read_wait(move |tx| tx.one(sql, &[])?.int(0)).unwrap()
}

fn refusal(from: &Path, to: &Path, newest: i64) -> String {
    match restore(from, to, newest) {
        Err(Error::Refused(why)) => why,
        other => panic!("{other:?}"),
    }
}

/// Every file of a folder and what is in it.
fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap().path())
        .map(|path| (path.clone(), std::fs::read(path).unwrap()))
        .collect();
    files.sort();
    files
}

#[test]
fn a_copy_made_while_others_write_is_one_state_and_can_be_restored() {
    let place = filled();
    let stop = Arc::new(AtomicBool::new(false));
    let (database, stopped) = (place.database.clone(), stop.clone());
    let writer = std::thread::spawn(move || {
        let mut moved = 0u64;
        while !stopped.load(Ordering::SeqCst) {
            moved += database
                .write_wait(|tx| {
                    tx.run("UPDATE account SET sum = sum + 1 WHERE id = 1", &[])?;
                    tx.run("UPDATE filler SET text = text || 'y' WHERE id = 20000", &[])?;
                    tx.run("UPDATE account SET sum = sum - 1 WHERE id = 2", &[])
                })
                .unwrap();
        }
        moved
    });
    while place.int("SELECT sum FROM account WHERE id = 1") == 0 {
        std::thread::yield_now();
    }
    let elsewhere = Folder::new();
    let (copy, new) = (elsewhere.0.join("copy"), elsewhere.0.join("new.sqlite"));
    let before = place.int("SELECT sum FROM account WHERE id = 1");
    place.backup(&copy).unwrap();
    assert_eq!(files(&elsewhere.0).len(), 1, "a copy is one file");
    // The version bytes of SQLite's header: 1 means that the file needs no log beside it.
    assert_eq!(std::fs::read(&copy).unwrap()[18..20], [1, 1]);
    let after = place.int("SELECT sum FROM account WHERE id = 1");
    stop.store(true, Ordering::SeqCst);
    assert!(writer.join().unwrap() > 0);
    assert!(after > before, "nobody wrote during the backup, so this test shows nothing");

    restore(&copy, &new, 1).unwrap();
    let restored = open(&new);
    assert_eq!(int(&restored, "SELECT sum(sum) FROM account"), 0);
    assert!((before..=after).contains(&int(&restored, "SELECT sum FROM account WHERE id = 1")));
    assert_eq!(int(&restored, "SELECT count(*) FROM filler"), 20_000);
    restored.close();
}

#[test]
fn a_backup_overwrites_nothing() {
    let place = filled();
    let taken = place.folder().join("taken");
    std::fs::write(&taken, "mine").unwrap();
    assert!(matches!(place.backup(&taken), Err(Error::Refused(why)) if why.contains("exists already")));
    assert_eq!(std::fs::read(&taken).unwrap(), b"mine");
    let nowhere = place.folder().join("no folder").join("copy");
    assert!(place.backup(&nowhere).is_err());
    if let Some(place) = postgres() {
        assert!(matches!(place.backup(&taken), Err(Error::Refused(why)) if why.contains("pg_dump")));
    }
}

#[test]
fn a_damaged_newer_or_foreign_file_is_refused_and_touches_nothing() {
    let place = filled();
    let elsewhere = Folder::new();
    let good = elsewhere.0.join("good");
    place.backup(&good).unwrap();
    place.database.clone().close();
    let bytes = std::fs::read(&good).unwrap();
    let make = |name: &str, content: &[u8]| {
        let path = elsewhere.0.join(name);
        std::fs::write(&path, content).unwrap();
        path
    };
    let mut torn = bytes.clone();
    let middle = torn.len() / 2;
    torn[middle..middle + 40_000].fill(0xAA);
    let orphan = make("orphan", &bytes);
    rusqlite::Connection::open(&orphan)
        .unwrap()
        .execute_batch("PRAGMA foreign_keys = OFF; UPDATE filler SET account = 9 WHERE id = 5")
        .unwrap();
    let newer = make("newer", &bytes);
    rusqlite::Connection::open(&newer).unwrap().execute_batch("INSERT INTO migration VALUES(2, 'next', 'x', 0)").unwrap();
    let foreign = elsewhere.0.join("foreign");
    rusqlite::Connection::open(&foreign).unwrap().execute_batch("CREATE TABLE song (id INTEGER)").unwrap();
    let cases = [
        (make("torn", &torn), "damaged"),
        (make("short", &bytes[..bytes.len() / 3]), "damaged"),
        (make("text", b"this is not a database, but a letter to my aunt"), "damaged"),
        (orphan, "points at a row"),
        (newer, "newer program"),
        (foreign, "another program"),
        (make("empty", b""), "another program"),
        (elsewhere.0.join("missing"), "not a file"),
    ];
    let before = files(place.folder());
    for (from, wanted) in cases {
        let why = refusal(&from, place.file(), 1);
        assert!(why.contains(wanted) && why.contains("nothing was changed"), "{why}");
        assert!(files(place.folder()) == before, "{} touched something", from.display());
    }
    restore(&good, place.file(), 1).unwrap();
}

#[test]
fn a_database_in_use_is_not_replaced() {
    let place = filled();
    let elsewhere = Folder::new();
    let copy = elsewhere.0.join("copy");
    place.backup(&copy).unwrap();
    place.script("INSERT INTO account VALUES(3, 0)");
    assert!(refusal(&copy, place.file(), 1).contains("in use"));
    assert_eq!(place.int("SELECT count(*) FROM account"), 3);
    place.script("INSERT INTO account VALUES(4, 0)");
    assert_eq!(place.int("SELECT count(*) FROM account"), 4);
}

#[test]
fn what_is_replaced_is_kept_beside() {
    let place = filled();
    let elsewhere = Folder::new();
    let copy = elsewhere.0.join("copy");
    place.backup(&copy).unwrap();
    place.script("INSERT INTO account VALUES(3, 0)");
    place.database.clone().close();
    // As after a crash: the last change is in the log alone.
    let crashed = elsewhere.0.join("crashed.sqlite");
    std::fs::copy(place.file(), &crashed).unwrap();
    let writer = rusqlite::Connection::open(&crashed).unwrap();
    writer.execute_batch("PRAGMA wal_autocheckpoint = 0; INSERT INTO account VALUES(4, 0)").unwrap();
    let to = elsewhere.0.join("to.sqlite");
    for ending in ["", "-wal"] {
        std::fs::copy(format!("{}{ending}", crashed.display()), format!("{}{ending}", to.display())).unwrap();
    }
    restore(&copy, &to, 1).unwrap();
    let restored = open(&to);
    assert_eq!(int(&restored, "SELECT count(*) FROM account"), 2);
    restored.close();
    let kept = open(&elsewhere.0.join("to.sqlite.replaced"));
    assert_eq!(int(&kept, "SELECT count(*) FROM account"), 4);
    kept.close();
}

#[test]
fn a_damaged_database_can_be_replaced() {
    let place = filled();
    let elsewhere = Folder::new();
    let (copy, broken) = (elsewhere.0.join("copy"), elsewhere.0.join("broken.sqlite"));
    place.backup(&copy).unwrap();
    std::fs::write(&broken, "scrambled").unwrap();
    restore(&copy, &broken, 1).unwrap();
    let restored = open(&broken);
    assert_eq!(int(&restored, "SELECT count(*) FROM account"), 2);
    restored.close();
    assert_eq!(std::fs::read(elsewhere.0.join("broken.sqlite.replaced")).unwrap(), b"scrambled");
}
