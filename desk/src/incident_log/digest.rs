//! What tells whether a case, or the part of it that was imported before, has changed since.

use super::gather::Case;
use super::history::Teller;
use sha2::{Digest as _, Sha256};

/// A running digest with its value after every row.
#[derive(Default)]
pub struct Digest {
    running: Sha256,
    after: Vec<[u8; 16]>,
    buffer: Vec<u8>,
}

impl Digest {
    /// Adds a row: what the mapping takes of it. Final values count from when they take effect.
    pub(super) fn row(&mut self, teller: &Teller, case: &Case, row: usize, at: i64, state: &str) {
        let plan = teller.plan();
        self.buffer.clear();
        self.buffer.extend(at.to_be_bytes());
        let fields = plan.rules.iter().filter(|it| !it.rests(state)).filter_map(|it| it.column);
        let others = [Some(plan.state), plan.actor].into_iter().flatten().chain(plan.notes.iter().map(|it| it.1));
        for column in others.chain(fields) {
            let text = teller.text(case, row, column);
            self.buffer.extend((text.len() as u32).to_be_bytes());
            self.buffer.extend(text.as_bytes());
        }
        self.running.update(&self.buffer);
        let mut short = [0; 16];
        short.copy_from_slice(&self.running.clone().finalize()[..16]);
        self.after.push(short);
    }
    /// As it is stored, for the first `count` rows: the count and the digest.
    pub fn stored(&self, count: usize) -> Option<String> {
        let digest = count.checked_sub(1).and_then(|at| self.after.get(at))?;
        Some(format!("{count}:{}", kernel::id::hex(digest)))
    }
    /// The number of rows that a stored digest covers.
    pub fn count(stored: &str) -> Option<usize> {
        stored.split_once(':').and_then(|(count, _)| count.parse().ok())
    }
}
