//! Figures about a database, for monitoring.

use std::sync::atomic::{AtomicU64, Ordering};

/// Counted since the database was opened, except the two lengths, which are now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Stats {
    /// Writes waiting.
    pub write_queue: u64,
    /// Reads waiting.
    pub read_queue: u64,
    /// Commits; on SQLite each may hold many writes.
    pub commits: u64,
    /// Writes that were committed.
    pub writes: u64,
    /// Reads that were answered.
    pub reads: u64,
    /// Queries and statements run, without those that begin and end transactions.
    pub statements: u64,
    /// Closures run again, after a conflict, a lost connection or a spoilt group.
    pub reruns: u64,
    /// Calls refused because a queue was full.
    pub refused: u64,
    /// Closures that panicked.
    pub panics: u64,
    /// Connections opened, the first ones included.
    pub connections: u64,
}

#[derive(Default)]
pub(crate) struct Counters {
    pub commits: AtomicU64,
    pub writes: AtomicU64,
    pub reads: AtomicU64,
    pub statements: AtomicU64,
    pub reruns: AtomicU64,
    pub refused: AtomicU64,
    pub panics: AtomicU64,
    pub connections: AtomicU64,
}

/// Adds to a counter that only people read, so in any order.
pub(crate) fn count(counter: &AtomicU64, by: u64) {
    counter.fetch_add(by, Ordering::Relaxed);
}

impl Counters {
    pub(crate) fn read(&self, write_queue: usize, read_queue: usize) -> Stats {
        let get = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        Stats {
            write_queue: write_queue as u64,
            read_queue: read_queue as u64,
            commits: get(&self.commits),
            writes: get(&self.writes),
            reads: get(&self.reads),
            statements: get(&self.statements),
            reruns: get(&self.reruns),
            refused: get(&self.refused),
            panics: get(&self.panics),
            connections: get(&self.connections),
        }
    }
}
