//! An act: who does something, when, through what, in which transaction, and why.

use crate::house::House;
use crate::time::Instant;
use crate::who::{Means, View};
use db::Tx;

/// Everything a verb needs. Time, identifiers and chance come from here, so that a run can be replayed.
pub struct Act<'a, 't> {
    /// The transaction.
    pub tx: &'a mut Tx<'t>,
    /// Who does it.
    pub view: &'a View,
    /// The house.
    pub house: &'a House,
    /// Groups what one verb did to several records.
    pub id: i64,
    /// When it happened (an import has an old one).
    pub at: Instant,
    /// When Reeve learned of it.
    pub recorded_at: Instant,
    /// Through what.
    pub means: Means,
    /// The same is done to several records, and none of them is what the person looks at.
    pub several: bool,
    /// Why, in the words of whoever does it.
    pub reason: Option<String>,
    /// Entries written so far. A transaction that changed rows and journalled nothing refuses to commit.
    pub entries: u32,
    /// Rows of registers changed so far.
    pub changed: u32,
}

impl<'a, 't> Act<'a, 't> {
    /// An act that happens now.
    pub fn new(tx: &'a mut Tx<'t>, view: &'a View, house: &'a House) -> Act<'a, 't> {
        let now = house.clock.now();
        Act {
            tx,
            view,
            house,
            id: house.ids.next(now),
            at: now,
            recorded_at: now,
            means: view.means.clone(),
            several: false,
            reason: None,
            entries: 0,
            changed: 0,
        }
    }
    /// A new identifier.
    pub fn new_id(&self) -> i64 {
        self.house.ids.next(self.recorded_at)
    }
    /// Ends the act: refuses when something changed and nothing was journalled.
    pub fn end(self) -> crate::Result<()> {
        if self.changed > 0 && self.entries == 0 {
            return Err(crate::Error::Fault("A change was not journalled, so it was not made.".into()));
        }
        Ok(())
    }
}
