//! What was promised: service levels with their targets, and the clocks that measure them in working time.

pub mod calendars;
pub mod clock;
pub mod level;
pub mod target;

use kernel::describe::Practice;

/// Every practice of this floor, each after those it needs.
pub const PRACTICES: &[&Practice] = &[&level::PRACTICE, &target::PRACTICE, &clock::PRACTICE];
