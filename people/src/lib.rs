//! The people floor: organisations, people, teams, roles, and the calendars they work by.

pub mod calendar;
pub mod organisation;
pub mod person;
pub mod role;
pub mod team;

mod remembered;

/// The practices of this floor.
pub const PRACTICES: &[&kernel::describe::Practice] =
    &[&organisation::PRACTICE, &team::PRACTICE, &role::PRACTICE, &person::PRACTICE, &calendar::PRACTICE];
