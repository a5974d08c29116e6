//! The bounded queue between callers and the threads that have connections.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::job::Job;
use crate::{Error, Result};

/// First in, first out, with a length that is never exceeded.
pub(crate) struct Queue {
    state: Mutex<State>,
    work: Condvar,
    room: Condvar,
    limit: usize,
}

#[derive(Default)]
struct State {
    jobs: VecDeque<Box<dyn Job>>,
    idle: usize,
    pushing: usize,
    closed: bool,
}

impl Queue {
    pub(crate) fn new(limit: usize) -> Queue {
        Queue { state: Mutex::default(), work: Condvar::new(), room: Condvar::new(), limit: limit.max(1) }
    }

    // No code of others runs under the lock, so a poisoned one is as good as any.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Puts a job in, or refuses it when the queue is full or closed.
    pub(crate) fn offer(&self, job: Box<dyn Job>) -> Result<()> {
        let state = self.lock();
        if state.jobs.len() >= self.limit && !state.closed {
            return Err(Error::Overloaded { retry_after: Duration::from_secs(1) });
        }
        self.admit(state, job)
    }

    /// Puts a job in, and waits while the queue is full.
    pub(crate) fn put(&self, job: Box<dyn Job>) -> Result<()> {
        let mut state = self.lock();
        while state.jobs.len() >= self.limit && !state.closed {
            state.pushing += 1;
            state = self.room.wait(state).unwrap_or_else(PoisonError::into_inner);
            state.pushing -= 1;
        }
        self.admit(state, job)
    }

    fn admit(&self, mut state: MutexGuard<'_, State>, job: Box<dyn Job>) -> Result<()> {
        if state.closed {
            return Err(Error::Closed);
        }
        state.jobs.push_back(job);
        let wake = state.idle > 0;
        drop(state);
        if wake {
            self.work.notify_one();
        }
        Ok(())
    }

    /// The next job; waits for one. Nothing once the queue is closed and empty.
    pub(crate) fn pop(&self) -> Option<Box<dyn Job>> {
        let mut state = self.lock();
        loop {
            if let Some(job) = state.jobs.pop_front() {
                self.make_room(state);
                return Some(job);
            }
            if state.closed {
                return None;
            }
            state.idle += 1;
            state = self.work.wait(state).unwrap_or_else(PoisonError::into_inner);
            state.idle -= 1;
        }
    }

    /// Waits for so long, or until a job comes; whether none came and the queue is still open.
    pub(crate) fn rests(&self, time: Duration) -> bool {
        let mut state = self.lock();
        state.idle += 1;
        let waited = self.work.wait_timeout_while(state, time, |it| it.jobs.is_empty() && !it.closed);
        let (mut state, _) = waited.unwrap_or_else(PoisonError::into_inner);
        state.idle -= 1;
        state.jobs.is_empty() && !state.closed
    }

    /// The next job if one is there now.
    pub(crate) fn try_pop(&self) -> Option<Box<dyn Job>> {
        let mut state = self.lock();
        let job = state.jobs.pop_front()?;
        self.make_room(state);
        Some(job)
    }

    /// Puts a job taken in vain back to the front.
    pub(crate) fn give_back(&self, job: Box<dyn Job>) {
        let mut state = self.lock();
        state.jobs.push_front(job);
        drop(state);
        self.work.notify_one();
    }

    fn make_room(&self, state: MutexGuard<'_, State>) {
        let wake = state.pushing > 0;
        drop(state);
        if wake {
            self.room.notify_one();
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.lock().jobs.len()
    }

    /// Refuses further jobs; those inside are still done.
    pub(crate) fn close(&self) {
        self.lock().closed = true;
        self.work.notify_all();
        self.room.notify_all();
    }
}
