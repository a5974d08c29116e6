//! Running jobs: outside the transaction that queued them, on threads of their own.

use super::keep::keeping;
use super::queue::{Job, Pace, claim, done, failed};
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
    /// How soon it has to be done.
    pub pace: Pace,
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

/// The pace of a sort of job; one that nobody brings, and that can only fail, is in no hurry.
pub(super) fn pace_of(house: &House, kind: &str) -> Pace {
    kind_of(house, kind).map_or(Pace::Long, |it| it.pace)
}

fn kind_of(house: &House, key: &str) -> Option<&'static JobKind> {
    house.practices.iter().flat_map(|practice| practice.jobs).find(|kind| kind.key == key)
}

/// Runs all that is due now, of every pace; says how many jobs it ran. Blocks. For whoever does not serve.
pub fn run_due(db: &Database, house: &Arc<House>) -> Result<usize> {
    let mut ran = 0;
    for pace in Pace::ALL {
        while run_next(db, house, pace)? {
            ran += 1;
        }
    }
    Ok(ran)
}

/// Runs the next job of a pace, if one is due; says whether one was. Blocks: call it from a thread of its own.
pub fn run_next(db: &Database, house: &Arc<House>, pace: Pace) -> Result<bool> {
    let now = house.clock.now();
    match db.write_wait(move |tx| claim(tx, now, pace))? {
        Some(job) => run_one(db, house, job).map(|()| true),
        None => Ok(false),
    }
}

fn run_one(db: &Database, house: &Arc<House>, job: Job) -> Result<()> {
    let outcome = keeping(db, house, &job, || attempt(db, house, &job));
    let (now, id) = (house.clock.now(), job.id);
    let told = match outcome {
        Ok(result) => db.write_wait(move |tx| done(tx, &job, now, &result)),
        Err(error) => {
            tracing::warn!(job = id, kind = job.kind, error, "a job failed");
            db.write_wait(move |tx| Ok::<_, crate::Error>(failed(tx, &job, now, &error)?.is_some()))
        }
    };
    if !told? {
        tracing::warn!(job = id, "a job was taken over by another worker while it ran; what it came to here is not kept");
    }
    Ok(())
}

/// Runs the work of a job once; what went wrong in words.
fn attempt(db: &Database, house: &Arc<House>, job: &Job) -> std::result::Result<Json, String> {
    let Some(kind) = kind_of(house, &job.kind) else { return Err(format!("There is no sort of job called {}.", job.kind)) };
    let run = std::panic::AssertUnwindSafe(|| (kind.run)(db, house, job));
    match std::panic::catch_unwind(run) {
        Ok(result) => result.map_err(|error| error.to_string()),
        Err(_) => Err("A fault in the program stopped it.".into()),
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
