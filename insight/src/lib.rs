//! Insight: what the work amounts to.

pub mod attainment;
pub mod dashboard;
pub mod service;

use kernel::describe::Practice;

/// The practices of this floor.
pub const PRACTICES: &[&Practice] = &[&dashboard::PRACTICE, &attainment::PRACTICE, &service::PRACTICE];
