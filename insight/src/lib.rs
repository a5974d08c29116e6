//! Insight: what the work amounts to.

pub mod dashboard;

use kernel::describe::Practice;

/// The practices of this floor.
pub const PRACTICES: &[&Practice] = &[&dashboard::PRACTICE];
