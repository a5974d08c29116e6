//! Working time: calendars, holidays from iCalendar files, and the clocks that measure a promise against them.
//!
//! Everything here is a pure function of its arguments: no database, no system clock, no zone files of the machine.
//!
//! **Units.** A point in time is an [`Instant`]: milliseconds since 1970-01-01T00:00Z. A duration a person agrees to is whole
//! seconds; sums are kept in milliseconds, so nothing is rounded before it is shown.
//!
//! **What is open.** A calendar is open whenever the wall clock of its zone shows an opening time. From this one rule follows
//! what happens when clocks change: a skipped hour is not worked, a repeated hour is worked twice, and an interval that starts
//! inside a skipped hour starts when the skipped hour is over.
//!
//! **Which day counts.** A special day replaces whatever the day would have had and beats a holiday, because naming hours for one
//! date is the more particular statement. A holiday closes the day.
//!
//! **It always ends.** Open milliseconds are numbered from [`EARLIEST`]; every question is two look-ups in that numbering
//! ([`Calendar::elapsed`] is a difference, [`Calendar::add`] a search), without stepping through days. Outside
//! [`EARLIEST`]..[`LATEST`] every calendar is closed, and a question with no answer there is answered by `None`.

mod calendar;
mod check;
pub mod clock;
mod counted;
mod day;
pub mod ical;
mod line;
mod open;
mod spec;
mod working_days;
mod zone;

pub use calendar::{Calendar, Closed};
pub use check::{Fault, Invalid};
pub use counted::{Counted, apart};
pub use open::{Open, Span};
pub use spec::{Holiday, Hours, Spec, SpecialDay, Week};

/// A point in time: milliseconds since 1970-01-01T00:00Z.
pub type Instant = i64;

/// First instant a calendar knows: 1900-01-01T00:00Z. Before it every calendar is closed.
pub const EARLIEST: Instant = -2_208_988_800_000;

/// End of what a calendar knows: 2200-01-01T00:00Z. From it on every calendar is closed.
pub const LATEST: Instant = 7_258_118_400_000;

/// First and last year a holiday or special day may lie in.
pub const YEARS: std::ops::RangeInclusive<i16> = 1900..=2199;

/// Most intervals in one day.
pub const MAX_INTERVALS: usize = 12;

/// Most holidays in one calendar.
pub const MAX_HOLIDAYS: usize = 5_000;

/// Most special days in one calendar.
pub const MAX_SPECIAL_DAYS: usize = 1_000;

/// Longest name of a holiday or special day, in characters.
pub const MAX_NAME: usize = 200;

pub(crate) const SECOND: i64 = 1_000;
pub(crate) const MINUTE: i64 = 60 * SECOND;
pub(crate) const DAY: i64 = 24 * 60 * MINUTE;
