//! The queue: a table with leases.

use crate::house::House;
use crate::{Error, Result};
use db::{Row, Tx, Value};
use serde_json::Value as Json;

/// How long a worker may hold a job without saying so again, in milliseconds.
pub const LEASE: i64 = 60_000;
/// The wait before the first retry, in milliseconds; it doubles each time, up to six hours.
const FIRST_WAIT: i64 = 10_000;
const LONGEST_WAIT: i64 = 6 * 3_600_000;

/// What a job is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Waits for its time or a retry.
    Waiting,
    /// A worker has it.
    Running,
    /// Finished.
    Done,
    /// Failed for good: a dead letter, to be inspected and run again.
    Dead,
    /// Taken back before it ran.
    Cancelled,
}

impl State {
    /// The word the table keeps.
    pub fn word(self) -> &'static str {
        match self {
            State::Waiting => "waiting",
            State::Running => "running",
            State::Done => "done",
            State::Dead => "dead",
            State::Cancelled => "cancelled",
        }
    }
    fn read(word: &str) -> State {
        let all = [State::Running, State::Done, State::Dead, State::Cancelled];
        all.into_iter().find(|state| state.word() == word).unwrap_or(State::Waiting)
    }
}

/// A job as it stands.
#[derive(Clone, Debug)]
pub struct Job {
    /// Its id.
    pub id: i64,
    /// Which [`super::JobKind`] runs it.
    pub kind: String,
    /// What it was asked.
    pub input: Json,
    /// Where it stands.
    pub state: State,
    /// When it may run.
    pub run_at: i64,
    /// How often it was tried.
    pub attempts: i64,
    /// The last failure.
    pub error: Option<String>,
    /// What it gave.
    pub result: Option<Json>,
    /// Steps done.
    pub progress: i64,
    /// Steps in all; 0: not known.
    pub total: i64,
    /// For whom it runs; none: the house.
    pub person: Option<i64>,
}

/// A job to be queued.
pub struct Queued<'a> {
    /// Which [`super::JobKind`] runs it.
    pub kind: &'a str,
    /// What it is asked.
    pub input: &'a Json,
    /// When it may run.
    pub run_at: i64,
    /// For whom it runs.
    pub person: Option<i64>,
    /// Tries before it is a dead letter.
    pub most_attempts: i64,
}

const COLUMNS: &str = "id, kind, input, state, run_at, attempts, error, result, progress, total, person";

fn read(row: &Row) -> Result<Job> {
    Ok(Job {
        id: row.int(0)?,
        kind: row.text(1)?.to_owned(),
        input: serde_json::from_str(row.text(2)?).unwrap_or_default(),
        state: State::read(row.text(3)?),
        run_at: row.int(4)?,
        attempts: row.int(5)?,
        error: row.maybe_text(6)?.map(str::to_owned),
        result: row.maybe_text(7)?.and_then(|text| serde_json::from_str(text).ok()),
        progress: row.int(8)?,
        total: row.int(9)?,
        person: row.maybe_int(10)?,
    })
}

/// Queues a job in this transaction: it exists if and only if what wanted it was committed.
pub fn enqueue(tx: &mut Tx, house: &House, job: &Queued) -> Result<i64> {
    let id = house.new_id();
    let args = [
        Value::Int(id),
        Value::from(job.kind),
        Value::Text(job.input.to_string()),
        Value::Int(job.run_at),
        Value::Int(job.most_attempts),
        job.person.into(),
        Value::Int(house.clock.now()),
    ];
    let sql = "insert into job (id, queue, kind, input, state, run_at, attempts, most_attempts, person, created_at) \
               values (?1, 'default', ?2, ?3, 'waiting', ?4, 0, ?5, ?6, ?7)";
    tx.run(sql, &args)?;
    Ok(id)
}

/// Takes the next due jobs, and those whose worker went away, for [`LEASE`] milliseconds.
pub fn claim(tx: &mut Tx, now: i64, limit: i64) -> Result<Vec<Job>> {
    let sql = format!(
        "update job set state = 'running', leased_until = ?1, attempts = attempts + 1 where id in (\
         select id from job where queue = 'default' and ((state = 'waiting' and run_at <= ?2) or (state = 'running' and leased_until < ?2)) \
         order by run_at limit ?3 FOR UPDATE SKIP LOCKED) returning {COLUMNS}"
    );
    tx.all(&sql, &[Value::Int(now + LEASE), Value::Int(now), Value::Int(limit)])?.iter().map(read).collect()
}

/// Says how far a running job is, and keeps the lease.
pub fn progress(tx: &mut Tx, id: i64, now: i64, done: i64, total: i64) -> Result<()> {
    let sql = "update job set progress = ?2, total = ?3, leased_until = ?4 where id = ?1 and state = 'running'";
    tx.run(sql, &[Value::Int(id), Value::Int(done), Value::Int(total), Value::Int(now + LEASE)])?;
    Ok(())
}

/// Ends a job well.
pub fn done(tx: &mut Tx, id: i64, now: i64, result: &Json) -> Result<()> {
    let sql = "update job set state = 'done', result = ?2, error = null, ended_at = ?3 where id = ?1";
    tx.run(sql, &[Value::Int(id), Value::Text(result.to_string()), Value::Int(now)])?;
    Ok(())
}

/// Puts a failed job back for a later try, or among the dead letters after its last.
pub fn failed(tx: &mut Tx, job: &Job, now: i64, error: &str) -> Result<State> {
    let row = tx.one("select most_attempts from job where id = ?1", &[Value::Int(job.id)])?;
    let state = if job.attempts >= row.int(0)? { State::Dead } else { State::Waiting };
    let wait = FIRST_WAIT.saturating_mul(1 << job.attempts.clamp(0, 30)).min(LONGEST_WAIT);
    let ended = (state == State::Dead).then_some(now);
    let sql = "update job set state = ?2, error = ?3, run_at = ?4, ended_at = ?5 where id = ?1";
    tx.run(sql, &[Value::Int(job.id), Value::from(state.word()), Value::from(error), Value::Int(now + wait), ended.into()])?;
    Ok(state)
}

/// Runs a dead letter again, from its first try.
pub fn rerun(tx: &mut Tx, id: i64, now: i64) -> Result<()> {
    let sql = "update job set state = 'waiting', attempts = 0, run_at = ?2, ended_at = null where id = ?1 and state = 'dead'";
    changed(tx.run(sql, &[Value::Int(id), Value::Int(now)])?)
}

/// Takes back a job that waits.
pub fn cancel(tx: &mut Tx, id: i64, now: i64) -> Result<()> {
    let sql = "update job set state = 'cancelled', ended_at = ?2 where id = ?1 and state in ('waiting', 'dead')";
    changed(tx.run(sql, &[Value::Int(id), Value::Int(now)])?)
}

fn changed(rows: u64) -> Result<()> {
    if rows == 1 {
        Ok(())
    } else {
        Err(Error::Conflict("The job is not in a state in which this can be done. Nothing was changed.".into()))
    }
}

/// One job.
pub fn find(tx: &mut Tx, id: i64) -> Result<Option<Job>> {
    tx.maybe(&format!("select {COLUMNS} from job where id = ?1"), &[Value::Int(id)])?.as_ref().map(read).transpose()
}

/// Jobs in a state, newest first, at most 200.
pub fn list(tx: &mut Tx, state: State) -> Result<Vec<Job>> {
    let sql = format!("select {COLUMNS} from job where queue = 'default' and state = ?1 order by id desc limit 200");
    tx.all(&sql, &[Value::from(state.word())])?.iter().map(read).collect()
}
