//! The books floor: vendors and contracts, risks, improvements.

pub mod contract;
pub mod improvement;
pub mod risk;
pub mod vendor;

mod days;

use kernel::describe::Practice;

/// The practices of this floor.
pub const PRACTICES: &[&Practice] = &[&vendor::PRACTICE, &contract::PRACTICE, &risk::PRACTICE, &improvement::PRACTICE];
