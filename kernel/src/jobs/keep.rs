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
    std::thread::scope(|scope| {
        let (ends, ended) = channel::<()>();
        scope.spawn(move || keep(db, house, job, &ended));
        let done = work();
        drop(ends);
        done
    })
}

/// Renews until the work ends or the lease is lost.
fn keep(db: &Database, house: &Arc<House>, job: &Job, ended: &Receiver<()>) {
    while ended.recv_timeout(RENEW_EVERY) == Err(RecvTimeoutError::Timeout) {
        let (its, now) = (job.clone(), house.clock.now());
        match db.write_wait(move |tx| renew(tx, &its, now)) {
            Ok(true) => {}
            Ok(false) => return,
            Err(error) => tracing::warn!(job = job.id, %error, "the lease of a job could not be renewed just now"),
        }
    }
}
