//! Teams do the work: a queue belongs to one, people belong to several.

mod pages;
mod register;
mod store;

pub use register::REGISTER;

use crate::remembered::forgets;
use kernel::describe::{Floor, Panel, Practice};

/// The practice.
pub const PRACTICE: Practice = Practice {
    key: "team",
    about: "Groups of people that work is assigned to.",
    floor: Floor::People,
    registers: &[&REGISTER],
    reactions: &[forgets("teams")],
    panels: &[Panel { on: "teams", title: "Members", may: "people.read", show: pages::members }],
    ..Practice::PLAIN
};
