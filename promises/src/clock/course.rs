//! The course of a ticket as its clocks see it, gathered from the journal by whoever knows the ticket.

use crate::level::Subject;

/// A stretch in which the ticket waited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wait {
    /// First instant.
    pub from: i64,
    /// First instant after; none while it still waits.
    pub until: Option<i64>,
    /// The word of the reason, as [`super::pauses_for`] takes it.
    pub reason: String,
}

/// Why a clock is stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Somebody answered in public.
    Responded,
    /// It was resolved.
    Resolved,
    /// It was called off.
    Cancelled,
}

/// What happened to a ticket, as far as clocks go. Each list is in order of time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Course {
    /// When it waited.
    pub waits: Vec<Wait>,
    /// When nothing was owed: why, from when, and until when it stood.
    pub stops: Vec<(Reason, i64, Option<i64>)>,
    /// What it was about, each from an instant on; the first from the beginning.
    pub subjects: Vec<(i64, Subject)>,
}

impl Course {
    /// Notes what it is about from now on.
    pub fn about(&mut self, at: i64, subject: Subject) {
        if self.subjects.last().is_none_or(|(_, last)| *last != subject) {
            self.subjects.push((at, subject));
        }
    }
    /// Begins a wait, ending the one before.
    pub fn wait(&mut self, at: i64, reason: &str) {
        self.go_on(at);
        self.waits.push(Wait { from: at, until: None, reason: reason.to_owned() });
    }
    /// Ends the wait.
    pub fn go_on(&mut self, at: i64) {
        if let Some(last) = self.waits.last_mut() {
            last.until = last.until.or(Some(at));
        }
    }
    /// Notes that something is no longer owed.
    pub fn stop(&mut self, reason: Reason, at: i64) {
        self.stops.push((reason, at, None));
    }
    /// Notes that it is owed again.
    pub fn reopen(&mut self, of: &[Reason], at: i64) {
        for (reason, _, until) in &mut self.stops {
            if of.contains(reason) {
                *until = until.or(Some(at));
            }
        }
    }
}
