//! Running jobs: outside the transaction that queued them, on threads of their own.

use super::queue::{Job, claim, done, failed};
use crate::Result;
use crate::house::House;
use db::Database;
use serde_json::Value as Json;
use std::sync::Arc;

/// A sort of job, brought by a practice.
#[derive(Clone, Copy)]
pub struct JobKind {
    /// `practice.name`.
    pub key: &'static str,
    /// Does the work with transactions of its own, small ones. May be run again after a failure, so it compares before it adds.
    pub run: fn(&Database, &Arc<House>, &Job) -> Result<Json>,
}

/// Something a practice does by the clock. Runs on one node at a time; a run that fails is tried again at the next time.
#[derive(Clone, Copy)]
pub struct Periodic {
    /// `practice.name`.
    pub key: &'static str,
    /// Seconds between runs.
    pub every: i64,
    /// Does the work; says how many things it did.
    pub run: fn(&Database, &Arc<House>) -> Result<usize>,
}

/// Most jobs taken at once.
const BATCH: i64 = 8;

/// Runs what is due now; says how many jobs it ran. Blocks: call it from a thread of its own.
pub fn run_due(db: &Database, house: &Arc<House>) -> Result<usize> {
    let now = house.clock.now();
    let jobs = db.write_wait(move |tx| claim(tx, now, BATCH))?;
    let count = jobs.len();
    for job in jobs {
        run_one(db, house, job)?;
    }
    Ok(count)
}

fn run_one(db: &Database, house: &Arc<House>, job: Job) -> Result<()> {
    let kind = house.practices.iter().flat_map(|practice| practice.jobs).find(|kind| kind.key == job.kind);
    let outcome = match kind {
        None => Err(format!("There is no sort of job called {}.", job.kind)),
        Some(kind) => {
            let run = std::panic::AssertUnwindSafe(|| (kind.run)(db, house, &job));
            match std::panic::catch_unwind(run) {
                Ok(result) => result.map_err(|error| error.to_string()),
                Err(_) => Err("A fault in the program stopped it.".into()),
            }
        }
    };
    let now = house.clock.now();
    match outcome {
        Ok(result) => db.write_wait(move |tx| done(tx, job.id, now, &result)),
        Err(error) => {
            tracing::warn!(job = job.id, kind = job.kind, error, "a job failed");
            db.write_wait(move |tx| failed(tx, &job, now, &error).map(drop))
        }
    }
}

/// Runs what the clock says is due, keeping the time of the last run in the table `reader` so that nodes share it.
pub fn run_periodic(db: &Database, house: &Arc<House>) -> Result<usize> {
    let mut ran = 0;
    for periodic in house.practices.iter().flat_map(|practice| practice.periodic) {
        if due(db, house, periodic)? {
            match (periodic.run)(db, house) {
                Ok(did) => ran += did,
                Err(error) => tracing::warn!(periodic = periodic.key, %error, "periodic work failed"),
            }
        }
    }
    Ok(ran)
}

/// Whether it is this node's turn now; notes the time if so.
fn due(db: &Database, house: &Arc<House>, periodic: &Periodic) -> Result<bool> {
    let (now, every, name) = (house.clock.now(), periodic.every * 1000, format!("periodic:{}", periodic.key));
    db.write_wait(move |tx| {
        let sql = "insert into reader (name, position) values (?1, ?2) on conflict (name) do update set position = excluded.position \
                   where reader.position <= ?3";
        Ok(tx.run(sql, &[name.as_str().into(), now.into(), (now - every).into()])? == 1)
    })
}
