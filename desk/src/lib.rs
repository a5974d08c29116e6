//! The daily work: tickets, from the first report to the last word.

pub mod first_hour;
pub mod incident_log;
pub mod portal;
pub mod template;
pub mod ticket;

use kernel::describe::Practice;

/// Every practice of this floor, each after those it needs.
pub const PRACTICES: &[&Practice] = &[&template::PRACTICE, &ticket::PRACTICE, &portal::PRACTICE, &first_hour::PRACTICE];
