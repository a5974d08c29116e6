//! Configuration items: what services are made of.

mod register;

pub use register::REGISTER;

use kernel::describe::{Floor, Practice};

/// The practice.
pub const PRACTICE: Practice = Practice {
    key: "item",
    about: "Configuration items: the servers, databases, devices and places that services are made of.",
    floor: Floor::Estate,
    needs: &["service"],
    registers: &[&REGISTER],
    ..Practice::PLAIN
};
