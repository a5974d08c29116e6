//! Improvements: from a baseline to a target, and what was measured in the end.

mod register;
mod store;
mod today;

pub use register::REGISTER;

use kernel::describe::{Floor, Practice};

/// The practice.
pub const PRACTICE: Practice = Practice {
    key: "improvement",
    about: "What is to become better, from what to what, and whether it did.",
    floor: Floor::Books,
    registers: &[&REGISTER],
    today: today::CONTRIBUTIONS,
    ..Practice::PLAIN
};
