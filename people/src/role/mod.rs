//! Roles: what a person may do. What each grants stands with the registers, and the organisation may change it.

mod register;
mod seed;
mod store;

pub use register::REGISTER;
pub use seed::{SHIPPED, seed};
pub use store::id_of;

use crate::remembered::forgets;
use kernel::describe::{Floor, Practice};

/// The practice.
pub const PRACTICE: Practice = Practice {
    key: "role",
    about: "Named sets of permissions that people hold.",
    floor: Floor::People,
    registers: &[&REGISTER],
    reactions: &[forgets("roles")],
    ..Practice::PLAIN
};
