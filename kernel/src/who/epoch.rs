//! The epoch of who: moves on when anything changes that decides who may see or do what.

use crate::Result;
use crate::memory;
use db::Tx;

/// Its name among the epochs.
pub const EPOCH: &str = "who";

/// The present epoch. What is remembered of viewers in memory holds only for the epoch it was read in.
pub fn epoch(tx: &mut Tx) -> Result<i64> {
    memory::epoch(tx, EPOCH)
}

/// Moves the epoch on: from the commit of this transaction every request reads its viewer anew, on every node.
pub fn touch(tx: &mut Tx) -> Result<()> {
    memory::next_epoch(tx, EPOCH)
}
