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

/// How soon a job has to be done. Each pace has a thread of its own, so that an import never keeps a reply waiting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    /// Short work that is due to the second.
    Prompt,
    /// Work that may take minutes.
    Long,
}

impl Pace {
    /// All of them.
    pub const ALL: [Pace; 2] = [Pace::Prompt, Pace::Long];

    /// The name of its queue in the table.
    fn word(self) -> &'static str {
        match self {
            Pace::Prompt => "prompt",
            Pace::Long => "default",
        }
    }
}

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
        Value::from(super::run::pace_of(house, job.kind).word()),
    ];
    let sql = "insert into job (id, queue, kind, input, state, run_at, attempts, most_attempts, person, created_at) \
               values (?1, ?8, ?2, ?3, 'waiting', ?4, 0, ?5, ?6, ?7)";
    tx.run(sql, &args)?;
    Ok(id)
}

/// Takes the next job that is due, or one whose worker went away, for [`LEASE`] milliseconds. One at a time: a worker that took
/// several would let the leases of those run out that still wait for their turn.
pub fn claim(tx: &mut Tx, now: i64, pace: Pace) -> Result<Option<Job>> {
    bury(tx, now, pace)?;
    let sql = format!(
        "update job set state = 'running', leased_until = ?1, attempts = attempts + 1 where id in (\
         select id from job where queue = ?3 and ((state = 'waiting' and run_at <= ?2) or (state = 'running' and leased_until < ?2)) \
         order by run_at, id limit 1 FOR UPDATE SKIP LOCKED) returning {COLUMNS}"
    );
    let args = [Value::Int(now + LEASE), Value::Int(now), Value::from(pace.word())];
    tx.maybe(&sql, &args)?.as_ref().map(read).transpose()
}

/// Puts jobs among the dead letters whose worker went away at their last try: what ends the program each time it runs would
/// otherwise be taken up for ever.
fn bury(tx: &mut Tx, now: i64, pace: Pace) -> Result<()> {
    let sql = "update job set state = 'dead', error = ?3, ended_at = ?2 \
               where queue = ?1 and state = 'running' and leased_until < ?2 and attempts >= most_attempts";
    tx.run(sql, &[Value::from(pace.word()), Value::Int(now), Value::from(BROKEN_OFF)])?;
    Ok(())
}

/// What is said of a job that never told how its last try went.
const BROKEN_OFF: &str = "The program ended while it ran, each time it was tried.";

/// A job is changed only by whoever still has it: another worker that took it over raised its attempts.
const HELD: &str = "id = ?1 and state = 'running' and attempts = ?2";

/// Says how far a running job is, and keeps the lease. Fails once another worker has taken the job over; what else the
/// transaction did is then not kept.
pub fn progress(tx: &mut Tx, job: &Job, now: i64, done: i64, total: i64) -> Result<()> {
    let sql = format!("update job set progress = ?3, total = ?4, leased_until = ?5 where {HELD}");
    let args = [Value::Int(job.id), Value::Int(job.attempts), Value::Int(done), Value::Int(total), Value::Int(now + LEASE)];
    match tx.run(&sql, &args)? {
        1 => Ok(()),
        _ => Err(Error::Fault("Another worker has taken the job over, so it goes on there.".into())),
    }
}

/// Keeps the lease of a job that runs; false when it is lost.
pub fn renew(tx: &mut Tx, job: &Job, now: i64) -> Result<bool> {
    let sql = format!("update job set leased_until = ?3 where {HELD}");
    Ok(tx.run(&sql, &[Value::Int(job.id), Value::Int(job.attempts), Value::Int(now + LEASE)])? == 1)
}

/// Ends a job well; false, and nothing, when another worker has taken it over.
pub fn done(tx: &mut Tx, job: &Job, now: i64, result: &Json) -> Result<bool> {
    let sql = format!("update job set state = 'done', result = ?3, error = null, ended_at = ?4 where {HELD}");
    Ok(tx.run(&sql, &[Value::Int(job.id), Value::Int(job.attempts), Value::Text(result.to_string()), Value::Int(now)])? == 1)
}

/// Puts a failed job back for a later try, or among the dead letters after its last; none, and nothing, when another worker has
/// taken it over.
pub fn failed(tx: &mut Tx, job: &Job, now: i64, error: &str) -> Result<Option<State>> {
    let row = tx.one("select most_attempts from job where id = ?1", &[Value::Int(job.id)])?;
    let state = if job.attempts >= row.int(0)? { State::Dead } else { State::Waiting };
    let wait = FIRST_WAIT.saturating_mul(1 << job.attempts.clamp(0, 30)).min(LONGEST_WAIT);
    let ended = (state == State::Dead).then_some(now);
    let sql = format!("update job set state = ?3, error = ?4, run_at = ?5, ended_at = ?6 where {HELD}");
    let (id, attempts) = (Value::Int(job.id), Value::Int(job.attempts));
    let args = [id, attempts, Value::from(state.word()), Value::from(error), Value::Int(now + wait), ended.into()];
    Ok((tx.run(&sql, &args)? == 1).then_some(state))
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
    let sql = format!("select {COLUMNS} from job where state = ?1 order by id desc limit 200");
    tx.all(&sql, &[Value::from(state.word())])?.iter().map(read).collect()
}
