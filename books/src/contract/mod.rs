//! Contracts: what was agreed with a vendor, and the last day on which it can still be ended.

mod register;
mod rules;

pub use register::REGISTER;
pub use rules::{Terms, last_cancel};

use kernel::describe::{Floor, Practice};

/// The practice.
pub const PRACTICE: Practice = Practice {
    key: "contract",
    about: "What was agreed with vendors, and when it can be ended.",
    floor: Floor::Books,
    needs: &["vendor"],
    registers: &[&REGISTER],
    ..Practice::PLAIN
};
