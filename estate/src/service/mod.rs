//! Services: what people get, from the idea to the end of its life.

mod register;

pub use register::REGISTER;

use kernel::describe::{Floor, Practice};

/// The practice.
pub const PRACTICE: Practice = Practice {
    key: "service",
    about: "What people get: business services, technical services and applications.",
    floor: Floor::Estate,
    registers: &[&REGISTER],
    ..Practice::PLAIN
};
