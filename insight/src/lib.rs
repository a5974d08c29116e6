//! Insight: what the work amounts to, and what of it needs somebody today.

pub mod attainment;
pub mod dashboard;
pub mod service;
pub mod today;

mod address;

use kernel::describe::Practice;

/// The practices of this floor.
pub const PRACTICES: &[&Practice] = &[&today::PRACTICE, &dashboard::PRACTICE, &attainment::PRACTICE, &service::PRACTICE];
