//! Relations: the service graph, one dated and typed edge each, with where it comes from and how sure it is.

mod kind;
mod register;
mod store;

pub use kind::{KINDS, Needs, needs, word};
pub use register::REGISTER;

use kernel::describe::{Floor, Practice};

/// The practice.
pub const PRACTICE: Practice = Practice {
    key: "relation",
    about: "The service graph: what depends on, runs on, contains or feeds what, from when until when.",
    floor: Floor::Estate,
    needs: &["service", "item"],
    registers: &[&REGISTER],
    ..Practice::PLAIN
};
