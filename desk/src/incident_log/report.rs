//! What an import says while it runs and when it is done.

use super::reject::Reject;

/// What it is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doing {
    /// Reading: `done` of `total` bytes as stored.
    Reading,
    /// Making people, teams, services and items: `done` of `total` names.
    Naming,
    /// Writing tickets with their history: `done` of `total` updates.
    Writing,
}

/// How far it is.
#[derive(Clone, Copy, Debug)]
pub struct Progress {
    /// With what.
    pub doing: Doing,
    /// How much of it is done.
    pub done: u64,
    /// How much there is.
    pub total: u64,
}

/// What an import did, or in a dry run would do.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// The mapping used.
    pub source: String,
    /// Rows read.
    pub rows: usize,
    /// Cases met.
    pub cases: usize,
    /// Tickets made.
    pub new: usize,
    /// Tickets that were there and got the entries that were new.
    pub grown: usize,
    /// Tickets that were there and had them all.
    pub same: usize,
    /// Journal entries of updates written.
    pub entries: usize,
    /// People, teams, services and items made.
    pub names: usize,
    /// What was not taken. Written to the rejects file too.
    pub rejects: Vec<Reject>,
}
