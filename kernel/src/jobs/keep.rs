//! A job that runs is kept from others for as long as it runs, however seldom it says how far it is.

use super::queue::{Job, LEASE, renew};
use crate::house::House;
use db::Database;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

/// How often the lease is renewed: twice may fail before it is lost.
const RENEW_EVERY: Duration = Duration::from_millis(LEASE as u64 / 3);

/// Runs `work` while a thread beside it renews the job's lease.
pub(super) fn keeping<T>(db: &Database, house: &Arc<House>, job: &Job, work: impl FnOnce() -> T) -> T {
    keeping_each(RENEW_EVERY, db, house, job, work)
}

fn keeping_each<T>(every: Duration, db: &Database, house: &Arc<House>, job: &Job, work: impl FnOnce() -> T) -> T {
    std::thread::scope(|scope| {
        let (ends, ended) = channel::<()>();
        scope.spawn(move || keep(every, db, house, job, &ended));
        let done = work();
        drop(ends);
        done
    })
}

/// Renews until the work ends or the lease is lost.
fn keep(every: Duration, db: &Database, house: &Arc<House>, job: &Job, ended: &Receiver<()>) {
    while ended.recv_timeout(every) == Err(RecvTimeoutError::Timeout) {
        let (its, now) = (job.clone(), house.clock.now());
        match db.write_wait(move |tx| renew(tx, &its, now)) {
            Ok(true) => {}
            Ok(false) => return,
            Err(error) => tracing::warn!(job = job.id, %error, "the lease of a job could not be renewed just now"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::queue::{Pace, Queued, State, claim, enqueue, find};
    use super::*;
    use crate::time::Clock;
    use db::{Options, Source};

    #[test]
    fn a_job_that_runs_longer_than_its_lease_is_not_taken_by_another() {
        let folder = std::env::temp_dir().join(format!("reeve-keep-{}", crate::id::hex(&crate::id::random::<8>())));
        std::fs::create_dir_all(&folder).unwrap();
        let db = Database::open(&Source::Sqlite(folder.join("reeve.sqlite")), Options::default()).unwrap();
        db::migrate(&db, migrations::ALL).unwrap();
        let house = House::new(&[], Clock::set(1_795_507_200_000), 1);
        let (its, run_at) = (Arc::clone(&house), house.clock.now());
        let input = serde_json::json!({});
        let queued =
            move |tx: &mut db::Tx| enqueue(tx, &its, &Queued { kind: "long", input: &input, run_at, person: None, most_attempts: 3 });
        let id = db.write_wait(queued).unwrap();
        let taken = || {
            let now = house.clock.now();
            db.write_wait(move |tx| claim(tx, now, Pace::Long)).unwrap()
        };
        let job = taken().expect("it is due");
        keeping_each(Duration::from_millis(1), &db, &house, &job, || {
            for _ in 0..3 {
                house.clock.advance(LEASE - 1);
                let until = house.clock.now() + LEASE;
                let kept = move |tx: &mut db::Tx| Ok::<_, crate::Error>(tx.one("select leased_until from job", &[])?.int(0)? >= until);
                while !db.read_wait(kept).unwrap() {
                    std::thread::sleep(Duration::from_millis(1));
                }
                assert!(taken().is_none(), "it is kept");
            }
        });
        assert_eq!(db.read_wait(move |tx| find(tx, id)).unwrap().map(|it| (it.state, it.attempts)), Some((State::Running, 1)));
        house.clock.advance(LEASE + 1);
        assert!(taken().is_some(), "nobody keeps it any more");
        db.close();
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
