//! Keeps one row from filling the memory: a quote that is never closed would make the rest of a file one row.

use std::cell::Cell;
use std::io::{self, Read};
use std::rc::Rc;

/// Most bytes of one row.
pub(super) const MOST_BYTES: usize = 4 << 20;

/// Passes bytes on until more than [`MOST_BYTES`] went by since [`Budget::renew`].
pub(super) struct Gate<R> {
    source: R,
    budget: Budget,
}

/// What may still go by.
#[derive(Clone)]
pub(super) struct Budget(Rc<Cell<usize>>);

impl Budget {
    /// A row has ended: the next may be as long again.
    pub fn renew(&self) {
        self.0.set(MOST_BYTES);
    }
    /// Whether it was used up.
    pub fn is_spent(&self) -> bool {
        self.0.get() == 0
    }
}

impl<R> Gate<R> {
    /// A gate before a source, and the handle that renews it.
    pub fn new(source: R) -> (Gate<R>, Budget) {
        let budget = Budget(Rc::new(Cell::new(MOST_BYTES)));
        (Gate { source, budget: budget.clone() }, budget)
    }
}

impl<R: Read> Read for Gate<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let left = self.budget.0.get();
        if left == 0 {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "the row is too long"));
        }
        let room = into.len().min(left);
        let got = self.source.read(&mut into[..room])?;
        self.budget.0.set(left - got);
        Ok(got)
    }
}
