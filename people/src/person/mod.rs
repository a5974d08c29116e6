//! People: one record for everyone, whether they ask, work, decide or deliver. Signing in is apart from it.

pub mod address;
mod register;
mod roles;
mod store;
mod today;
mod verbs;

pub use register::REGISTER;

use crate::remembered::forgets;
use kernel::describe::{Floor, Practice};

/// The practice.
pub const PRACTICE: Practice = Practice {
    key: "person",
    about: "Everyone who asks, works, decides or delivers.",
    floor: Floor::People,
    needs: &["organisation", "team", "role"],
    registers: &[&REGISTER],
    reactions: &[forgets("people")],
    today: today::CONTRIBUTIONS,
    ..Practice::PLAIN
};
