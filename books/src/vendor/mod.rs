//! Vendors: who is paid to keep a part of what is promised.

mod register;

pub use register::REGISTER;

use kernel::describe::{Floor, Practice};

/// The practice.
pub const PRACTICE: Practice = Practice {
    key: "vendor",
    about: "Those who are paid to keep a part of what is promised.",
    floor: Floor::Books,
    registers: &[&REGISTER],
    ..Practice::PLAIN
};
