//! Organisations form a tree; every record belongs to one, and whoever acts in one sees it and those below it.

mod register;
mod store;
mod tree;

pub use register::REGISTER;
pub use store::zone;

use crate::remembered::forgets;
use kernel::describe::{Floor, Practice};

/// The practice.
pub const PRACTICE: Practice = Practice {
    key: "organisation",
    about: "The tree of companies, units, customers and vendors that records belong to.",
    floor: Floor::People,
    registers: &[&REGISTER],
    reactions: &[forgets("organisations")],
    ..Practice::PLAIN
};
