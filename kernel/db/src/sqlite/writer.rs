//! The one thread that writes to SQLite, and how it commits in groups.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use super::Connection;
use crate::job::{Job, Outcome};
use crate::queue::Queue;
use crate::stats::{Counters, count};
use crate::tx::{Link, Tx};
use crate::{Error, Options, Result};

/// Bounds of one group.
pub(crate) struct Limits {
    changes: usize,
    time: Duration,
    statement: Duration,
}

impl From<&Options> for Limits {
    fn from(options: &Options) -> Limits {
        Limits { changes: options.batch.max(1), time: options.batch_time, statement: options.statement_time }
    }
}

pub(crate) struct Writer {
    pub connection: Connection,
    pub queue: Arc<Queue>,
    pub limits: Limits,
    pub counters: Arc<Counters>,
    pub waited: Option<Instant>,
    /// Groups to come in which every closure has a savepoint.
    pub careful: u32,
}

type Jobs = Vec<Box<dyn Job>>;

/// What became of one closure.
enum Step {
    /// In the transaction.
    Kept,
    /// Out of it again, or never in it; the others of the group are untouched.
    Undone,
    /// It failed after it had written, and there is no savepoint to go back to.
    Spoilt,
    /// SQLite has thrown the whole transaction away.
    Gone,
}

/// Whether a closure has a savepoint of its own. It costs a copy of every page that is written under it, and full text is
/// written out at each; so there is none until a closure has failed with its work half done.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Plain,
    Savepoint,
}

/// After a group that had to be run again, so many are run with savepoints.
const CAREFUL: u32 = 32;

/// Pages in the log (4 KiB each) from which they are moved into the file, and from which readers are waited for as well. A
/// page that was written often is moved once, so a longer log costs less; a reader looks through more of it.
const LOG_LONG: u64 = 12_000;
const LOG_TOO_LONG: u64 = 30_000;
/// Pages in the log from which it is worth moving once nobody has written for so long.
const LOG_WORTH: u64 = 256;
const LOG_REST: Duration = Duration::from_millis(250);
/// How long the writer may wait for readers to let go of the log, and how often.
const LOG_WAIT: Duration = Duration::from_millis(100);
const LOG_PAUSE: Duration = Duration::from_secs(2);

impl Writer {
    /// Writes until the queue is closed and empty, and hands back the connection.
    pub(crate) fn serve(mut self) -> Connection {
        let mut group = Jobs::with_capacity(self.limits.changes);
        while let Some(first) = self.next() {
            self.group(first, &mut group);
            for mut job in group.drain(..) {
                job.answer();
            }
            self.shorten_log();
        }
        self.connection
    }

    /// The next closure. While nobody writes, the log is moved into the file: until then readers look for each page in the log
    /// first, and copy what they find there.
    fn next(&mut self) -> Option<Box<dyn Job>> {
        if self.connection.log_pages.load(Ordering::Relaxed) >= LOG_WORTH && self.queue.rests(LOG_REST) {
            // A disk that is full is met again by whoever writes next, and told to them.
            if let Err(error) = self.move_log() {
                tracing::warn!(%error, "the write-ahead log could not be moved into the file");
            }
        }
        self.queue.pop()
    }

    /// Runs the first closure and those waiting behind it, and commits them together. All are answered by the caller.
    fn group(&mut self, first: Box<dyn Job>, group: &mut Jobs) {
        let until = Instant::now() + self.limits.time;
        let mut next = Some(first);
        if let Err(error) = self.connection.control("BEGIN IMMEDIATE") {
            return self.refuse(next, group, error);
        }
        let way = if self.careful > 0 { Way::Savepoint } else { Way::Plain };
        self.careful = self.careful.saturating_sub(1);
        let mut kept = 0;
        while let Some(mut job) = next.take() {
            let step = self.step(&mut *job, 0, way);
            group.push(job);
            let before = group.len() - 1;
            match step {
                Step::Kept => kept += 1,
                Step::Undone => {}
                // The last one has its failure; the ones before it lost work that was good.
                Step::Spoilt => {
                    self.roll_back();
                    if kept > 0 {
                        self.careful = CAREFUL;
                    }
                    return self.again(&mut group[..before]);
                }
                Step::Gone => return self.one_by_one(&mut group[..before]),
            }
            if group.len() >= self.limits.changes || Instant::now() >= until {
                break;
            }
            next = self.queue.try_pop();
        }
        match self.end(kept) {
            Ok(()) => count(&self.counters.writes, kept),
            Err(error) if group.len() == 1 => group[0].fail(error),
            Err(_) => self.one_by_one(group),
        }
    }

    /// Runs a group again, each in a savepoint, and commits what is kept together.
    fn again(&self, jobs: &mut [Box<dyn Job>]) {
        if jobs.is_empty() {
            return;
        }
        if let Err(error) = self.connection.control("BEGIN IMMEDIATE") {
            return jobs.iter_mut().for_each(|job| job.fail(error.clone()));
        }
        let mut kept = 0;
        for at in 0..jobs.len() {
            count(&self.counters.reruns, 1);
            match self.step(&mut *jobs[at], 1, Way::Savepoint) {
                Step::Kept => kept += 1,
                Step::Undone => {}
                Step::Spoilt | Step::Gone => {
                    self.roll_back();
                    self.one_by_one(&mut jobs[..at]);
                    return self.one_by_one(&mut jobs[at + 1..]);
                }
            }
        }
        match self.end(kept) {
            Ok(()) => count(&self.counters.writes, kept),
            Err(_) => self.one_by_one(jobs),
        }
    }

    fn refuse(&self, job: Option<Box<dyn Job>>, group: &mut Jobs, error: Error) {
        group.extend(job);
        for job in group {
            job.fail(error.clone());
        }
    }

    /// Runs one closure.
    fn step(&self, job: &mut dyn Job, attempt: u32, way: Way) -> Step {
        if way == Way::Savepoint
            && let Err(error) = self.connection.control("SAVEPOINT verb")
        {
            job.fail(error);
            return self.lost();
        }
        self.connection.wrote.set(false);
        let mut tx = Tx::new(Link::Sqlite(&self.connection), attempt, self.limits.statement);
        let outcome = job.run(&mut tx);
        count(&self.counters.statements, tx.statements());
        if outcome == Outcome::Panicked {
            count(&self.counters.panics, 1);
        }
        if self.connection.outside_transaction() {
            if outcome == Outcome::Keep {
                job.fail(Error::Statement("the transaction was ended inside the closure".into()));
            }
            return Step::Gone;
        }
        let undone = outcome != Outcome::Keep;
        if way == Way::Plain {
            return match undone {
                false => Step::Kept,
                true if self.connection.wrote.get() => Step::Spoilt,
                true => Step::Undone,
            };
        }
        let close = || {
            if undone {
                self.connection.control("ROLLBACK TO verb")?;
            }
            self.connection.control("RELEASE verb")
        };
        match close() {
            Ok(()) if undone => Step::Undone,
            Ok(()) => Step::Kept,
            Err(error) => {
                job.fail(error);
                self.lost()
            }
        }
    }

    /// Gives the transaction up.
    fn lost(&self) -> Step {
        self.roll_back();
        Step::Gone
    }

    fn roll_back(&self) {
        if !self.connection.outside_transaction()
            && let Err(error) = self.connection.control("ROLLBACK")
        {
            tracing::error!(%error, "a transaction could not be rolled back");
        }
    }

    /// Commits what was kept; with nothing kept, nothing needs the disk.
    fn end(&self, kept: u64) -> Result<()> {
        if kept == 0 {
            self.roll_back();
            return Ok(());
        }
        let result = self.connection.control("COMMIT");
        match &result {
            Ok(()) => count(&self.counters.commits, 1),
            Err(_) => self.roll_back(),
        }
        result
    }

    /// Runs each again in a transaction of its own, so that one that cannot be committed spoils no other. It is the last run.
    fn one_by_one(&self, jobs: &mut [Box<dyn Job>]) {
        for job in jobs {
            count(&self.counters.reruns, 1);
            if let Err(error) = self.alone(&mut **job) {
                job.fail(error);
            }
        }
    }

    fn alone(&self, job: &mut dyn Job) -> Result<()> {
        self.connection.control("BEGIN IMMEDIATE")?;
        match self.step(job, 1, Way::Plain) {
            Step::Kept => {
                self.end(1)?;
                count(&self.counters.writes, 1);
                Ok(())
            }
            Step::Undone | Step::Spoilt => self.end(0),
            Step::Gone => Ok(()),
        }
    }

    /// Moves the log into the file once it is long. Nobody waits for an answer while this runs, but for those queued behind.
    fn shorten_log(&mut self) {
        let pages = self.connection.log_pages.load(Ordering::Relaxed);
        if pages < LOG_LONG {
            return;
        }
        let overdue = pages >= LOG_TOO_LONG && self.waited.is_none_or(|since| since.elapsed() > LOG_PAUSE);
        let result = if overdue { self.wait_for_readers() } else { self.move_log() };
        if let Err(error) = result {
            tracing::warn!(%error, pages, "the write-ahead log could not be shortened");
        }
    }

    /// Moves what no reader needs in the log into the file. What a long reader keeps from being moved is moved next time.
    fn move_log(&self) -> Result<()> {
        self.connection.log_pages.store(0, Ordering::Relaxed);
        self.connection.control("PRAGMA wal_checkpoint(PASSIVE)")
    }

    fn wait_for_readers(&mut self) -> Result<()> {
        self.connection.log_pages.store(0, Ordering::Relaxed);
        self.waited = Some(Instant::now());
        let usual: i64 = self.connection.raw.pragma_query_value(None, "busy_timeout", |row| row.get(0)).map_err(super::fault)?;
        self.connection.raw.busy_timeout(LOG_WAIT).map_err(super::fault)?;
        let result = self.connection.control("PRAGMA wal_checkpoint(RESTART)");
        self.connection.raw.busy_timeout(Duration::from_millis(usual.max(0) as u64)).map_err(super::fault)?;
        result
    }
}
