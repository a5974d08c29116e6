//! The threads of a server that run jobs and what practices do by the clock.

use super::queue::Pace;
use super::run::{run_next, run_periodic};
use crate::Result;
use crate::house::House;
use db::Database;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

/// How long a thread rests that found nothing to do.
const REST: Duration = Duration::from_secs(1);
/// How long it rests when the database did not answer.
const LONG_REST: Duration = Duration::from_secs(5);

/// One round of a thread; says whether it found something to do.
type Round = fn(&Database, &Arc<House>) -> Result<bool>;

/// Two threads: one for what is due to the second, one for what takes long.
pub struct Workers {
    stop: Arc<AtomicBool>,
    threads: Vec<JoinHandle<()>>,
}

impl Workers {
    /// Starts them. Call it once per process.
    pub fn start(db: &Database, house: &Arc<House>) -> Workers {
        let stop = Arc::new(AtomicBool::new(false));
        let thread = |round: Round| {
            let (db, house, stop) = (db.clone(), Arc::clone(house), Arc::clone(&stop));
            std::thread::spawn(move || work(&db, &house, &stop, round))
        };
        let threads = vec![thread(prompt), thread(long)];
        Workers { stop, threads }
    }

    /// Lets the jobs that run end, then ends the threads. Jobs that wait stay in their queue.
    pub fn stop(self) {
        self.stop.store(true, Ordering::Relaxed);
        for thread in &self.threads {
            thread.thread().unpark();
        }
        for thread in self.threads {
            if thread.join().is_err() {
                tracing::warn!("a thread that runs jobs had fallen over");
            }
        }
    }
}

fn prompt(db: &Database, house: &Arc<House>) -> Result<bool> {
    let did = run_periodic(db, house)?;
    Ok(run_next(db, house, Pace::Prompt)? || did > 0)
}

fn long(db: &Database, house: &Arc<House>) -> Result<bool> {
    run_next(db, house, Pace::Long)
}

fn work(db: &Database, house: &Arc<House>, stop: &AtomicBool, round: Round) {
    while !stop.load(Ordering::Relaxed) {
        match round(db, house) {
            Ok(true) => {}
            Ok(false) => std::thread::park_timeout(REST),
            Err(error) => {
                tracing::warn!(%error, "jobs could not be run");
                std::thread::park_timeout(LONG_REST);
            }
        }
    }
}
