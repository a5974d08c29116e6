//! Risks: what could harm a service, and what is being done about it.

mod register;
mod verbs;

pub use register::REGISTER;

use kernel::describe::{Floor, Practice};

/// The practice.
pub const PRACTICE: Practice = Practice {
    key: "risk",
    about: "What could harm a service, and what is being done about it.",
    floor: Floor::Books,
    registers: &[&REGISTER],
    ..Practice::PLAIN
};
