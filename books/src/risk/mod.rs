//! Risks: what could harm a service, and what is being done about it.

mod pages;
mod register;
mod store;
mod verbs;

pub use register::REGISTER;

use kernel::describe::{Floor, Panel, Practice};

/// The practice.
pub const PRACTICE: Practice = Practice {
    key: "risk",
    about: "What could harm a service, and what is being done about it.",
    floor: Floor::Books,
    registers: &[&REGISTER],
    panels: &[Panel { on: "services", title: "Risks", may: "risks.read", show: pages::panel }],
    ..Practice::PLAIN
};
