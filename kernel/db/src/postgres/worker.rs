//! A thread that runs closures on its own connection.

use std::hash::{BuildHasher, Hasher, RandomState};
use std::sync::Arc;
use std::time::Duration;

use super::{Role, Session};
use crate::job::{Job, Outcome};
use crate::queue::Queue;
use crate::stats::{Counters, count};
use crate::tx::{Link, Tx};
use crate::{Error, Result};

pub(crate) struct Worker {
    pub session: Session,
    pub role: Role,
    pub queue: Arc<Queue>,
    pub statement_time: Duration,
    pub counters: Arc<Counters>,
    /// Taken from the queue before the last closure was ended, so that its transaction begins in the same journey.
    pub next: Option<Box<dyn Job>>,
}

/// How often a closure is run at most. With the pauses below the last run is begun after about 1.5 s.
const ATTEMPTS: u32 = 9;
const FIRST_PAUSE: Duration = Duration::from_millis(3);

impl Worker {
    /// Runs closures until the queue is closed and empty.
    pub(crate) fn serve(mut self) {
        while let Some(mut job) = self.take() {
            if self.role == Role::Write || job.awaited() {
                self.answer(&mut *job);
            }
        }
    }

    /// The closure taken while the last one was ended, or the next of the queue.
    fn take(&mut self) -> Option<Box<dyn Job>> {
        if let Some(job) = self.next.take().or_else(|| self.queue.try_pop()) {
            return Some(job);
        }
        // A connection must not wait for work with a transaction open.
        if self.session.begun() {
            self.close("ROLLBACK", false);
        }
        self.queue.pop()
    }

    /// Runs a closure, again if need be, and answers it.
    fn answer(&mut self, job: &mut dyn Job) {
        let mut attempt = 0;
        while let Err(error) = self.attempt(job, attempt) {
            attempt += 1;
            if attempt >= ATTEMPTS {
                job.fail(error);
                return job.answer();
            }
            count(&self.counters.reruns, 1);
            // What was taken to follow must not wait for the pause.
            if let Some(job) = self.next.take() {
                self.queue.give_back(job);
            }
            std::thread::sleep(pause(attempt));
        }
    }

    /// One run. A failure is one after which another run may do better, and then nothing was kept.
    fn attempt(&mut self, job: &mut dyn Job, attempt: u32) -> Result<()> {
        let begun = self.session.connect(&self.counters).and_then(|()| self.session.begin());
        if let Err(error) = begun {
            self.session.forget();
            return Err(error);
        }
        let mut tx = Tx::new(Link::Postgres(&mut self.session), attempt, self.statement_time);
        let outcome = job.run(&mut tx);
        count(&self.counters.statements, tx.statements());
        let again = tx.again();
        if outcome == Outcome::Panicked {
            count(&self.counters.panics, 1);
        } else if let Some(error) = again {
            self.undo(&error, attempt);
            return Err(error);
        }
        match (self.role, outcome) {
            // A read is answered before its transaction is closed: nothing can change the answer any more.
            (Role::Read, _) => {
                count(&self.counters.reads, 1);
                job.answer();
                self.end_quietly();
                Ok(())
            }
            (Role::Write, Outcome::Keep) => self.commit(job),
            (Role::Write, _) => {
                self.end_quietly();
                job.answer();
                Ok(())
            }
        }
    }

    fn undo(&mut self, error: &Error, attempt: u32) {
        if matches!(error, Error::Offline(_)) {
            return self.session.forget();
        }
        self.close("ROLLBACK", false);
        // A conflict that comes again may be a statement that was prepared for an older schema.
        if attempt > 0 {
            self.session.statements.clear();
        }
    }

    /// Ends a transaction that changed nothing.
    fn end_quietly(&mut self) {
        self.next = self.queue.try_pop();
        self.close("ROLLBACK", self.next.is_some());
    }

    fn close(&mut self, how: &str, begin_next: bool) {
        if self.session.end(how, begin_next).is_err() {
            self.session.forget();
        }
    }

    fn commit(&mut self, job: &mut dyn Job) -> Result<()> {
        self.next = self.queue.try_pop();
        match self.session.end("COMMIT", self.next.is_some()) {
            Ok(()) => {
                count(&self.counters.commits, 1);
                count(&self.counters.writes, 1);
            }
            Err(Error::Conflict) => return Err(Error::Conflict),
            Err(Error::Offline(_)) => {
                self.session.forget();
                job.fail(Error::Lost);
            }
            // A failed COMMIT has rolled back.
            Err(error) => job.fail(error),
        }
        job.answer();
        Ok(())
    }
}

/// Doubles with each attempt up to 400 ms, and is stretched by chance so that two that met do not meet again.
fn pause(attempt: u32) -> Duration {
    let chance = RandomState::new().build_hasher().finish() % 1000;
    let whole = FIRST_PAUSE * 2u32.pow(attempt.min(7));
    whole / 2 + whole.mul_f64(chance as f64 / 2000.0)
}
