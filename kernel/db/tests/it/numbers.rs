//! Numbers of sequences, and the numbers of transactions that readers of a log go by.

use std::collections::HashSet;

use db::{Engine, Error, Tx};

use crate::place::{Answer, both, postgres};

#[test]
fn numbers_go_up_and_are_never_given_twice() {
    both(|place| {
        place.write_wait(|tx| tx.ensure_sequence("ticket", 1)).unwrap();
        let threads: Vec<_> = (0..4)
            .map(|_| {
                let database = place.database.clone();
                std::thread::spawn(move || (0..50).map(|_| database.write_wait(|tx| tx.next_number("ticket")).unwrap()).collect::<Vec<_>>())
            })
            .collect();
        let all: Vec<i64> = threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect();
        assert_eq!(all.iter().collect::<HashSet<_>>().len(), 200);
        assert_eq!(all.iter().min(), Some(&1));
        // Raised, but never lowered.
        let next = |at_least| place.write_wait(move |tx| tx.ensure_sequence("ticket", at_least).and_then(|()| tx.next_number("ticket")));
        assert_eq!(next(1000), Ok(1000));
        assert_eq!(next(5), Ok(1001));
        assert_eq!(next(1002), Ok(1002));
    });
}

#[test]
fn a_sequence_must_be_made_first_and_named_plainly() {
    both(|place| {
        place.write_wait(|tx| tx.ensure_sequence("known", 7)).unwrap();
        assert_eq!(place.write_wait(|tx| tx.next_number("known")), Ok(7));
        let unknown = place.write_wait(|tx| tx.next_number("unknown"));
        assert!(matches!(unknown, Err(Error::Statement(_))), "{unknown:?}");
        for name in ["", "a b", "a;drop table x", "Ä", "a\"b"] {
            let answer = place.write_wait(move |tx| tx.ensure_sequence(name, 1));
            assert!(matches!(answer, Err(Error::Statement(_))), "{name}: {answer:?}");
        }
    });
}

#[test]
fn raising_a_sequence_while_others_take_numbers_gives_none_twice() {
    let Some(place) = postgres() else { return };
    place.write_wait(|tx| tx.ensure_sequence("n", 1)).unwrap();
    let takers: Vec<_> = (0..3)
        .map(|_| {
            let database = place.database.clone();
            std::thread::spawn(move || (0..200).map(|_| database.write_wait(|tx| tx.next_number("n")).unwrap()).collect::<Vec<_>>())
        })
        .collect();
    for _ in 0..50 {
        place
            .write_wait(|tx| {
                let now = tx.next_number("n")?;
                tx.ensure_sequence("n", now + 3)
            })
            .unwrap();
    }
    let all: Vec<i64> = takers.into_iter().flat_map(|taker| taker.join().unwrap()).collect();
    assert_eq!(all.iter().collect::<HashSet<_>>().len(), all.len());
}

/// A writer that takes its number early and commits late is not skipped by a reader that follows the rule.
#[test]
fn a_follower_of_a_log_does_not_skip_a_late_commit() {
    let Some(place) = postgres() else { return };
    place.script("CREATE TABLE log (seq bigint PRIMARY KEY, tx bigint NOT NULL)");
    place.write_wait(|tx| tx.ensure_sequence("log", 1)).unwrap();
    fn append(tx: &mut Tx<'_>) -> Answer<i64> {
        let seq = tx.next_number("log")?;
        let sql = format!("INSERT INTO log(seq, tx) VALUES(?1, {})", Tx::transaction_number_sql(tx.engine()));
        tx.run(&sql, &[seq.into()])?;
        assert_eq!(tx.one("SELECT tx FROM log WHERE seq = ?1", &[seq.into()])?.int(0)?, tx.transaction_number()?);
        Ok(seq)
    }
    let naive = |after: i64| place.read_wait(move |tx| tx.all("SELECT seq FROM log WHERE seq > ?1 ORDER BY seq", &[after.into()])).unwrap();
    let safe = |after: i64| {
        let rows = place.read_wait(move |tx| {
            let below = tx.visible_below()?;
            tx.all("SELECT seq FROM log WHERE seq > ?1 AND tx < ?2 ORDER BY seq", &[after.into(), below.into()])
        });
        rows.unwrap().iter().map(|row| row.int(0).unwrap()).collect::<Vec<_>>()
    };
    let (began, has_begun) = std::sync::mpsc::sync_channel(1);
    let (finish, may_finish) = std::sync::mpsc::sync_channel::<()>(1);
    let may_finish = std::sync::Mutex::new(may_finish);
    let late = place.database.clone();
    let late = std::thread::spawn(move || {
        late.write_wait(move |tx| {
            let seq = append(tx)?;
            began.send(seq).unwrap();
            may_finish.lock().unwrap().recv().unwrap();
            Ok::<_, Error>(seq)
        })
    });
    let early_number = has_begun.recv().unwrap();
    let later_number = place.write_wait(append).unwrap();
    assert!(early_number < later_number);
    // This is the trap: the later number is there, the earlier is not yet.
    assert_eq!(naive(0).len(), 1);
    assert_eq!(safe(0), [0i64; 0], "nothing may be read past a writer that has not committed");
    finish.send(()).unwrap();
    late.join().unwrap().unwrap();
    // A write that is open in another database of the server holds the reader back as well, so this may take a moment.
    let until = std::time::Instant::now() + std::time::Duration::from_secs(20);
    while safe(0).len() < 2 && std::time::Instant::now() < until {
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    assert_eq!(safe(0), [early_number, later_number]);
    assert_eq!(safe(later_number), [0i64; 0]);
}

#[test]
fn on_sqlite_everything_committed_is_visible() {
    both(|place| {
        if place.engine() == Engine::Sqlite {
            assert_eq!(place.write_wait(|tx| Ok::<_, Error>((tx.transaction_number()?, tx.visible_below()?))), Ok((0, i64::MAX)));
        }
    });
}
