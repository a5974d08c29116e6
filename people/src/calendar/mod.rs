//! Calendars: in which time people work. Every change makes a new version, and a promise keeps the one it was made under.

mod holidays;
mod register;
mod store;
mod today;
mod version;
mod written;
pub(crate) mod zone;

pub use register::REGISTER;
pub use version::{Version, at, current, version};

use kernel::describe::{Floor, Practice};

/// The practice.
pub const PRACTICE: Practice = Practice {
    key: "calendar",
    about: "Working hours, holidays and special days, in versions.",
    floor: Floor::People,
    registers: &[&REGISTER],
    today: today::CONTRIBUTIONS,
    verify: version::verify,
    ..Practice::PLAIN
};
