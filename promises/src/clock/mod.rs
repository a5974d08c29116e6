//! A clock: one promise on one ticket, measured in working time, with a ledger that adds up to the figure shown.

mod course;
mod follow;
mod ledger;
mod recount;
mod replay;
mod row;
mod step;
#[cfg(test)]
mod step_tests;
mod store;
mod sweep;
mod why;

pub use course::{Course, Reason, Wait};
pub use follow::{Outcome, follow, start};
pub use ledger::{Kept, disagreement, ledger};
pub use recount::{Recounted, recount};
pub use replay::{Past, replay};
pub use row::{Clock, State, Term};
pub use step::{Event, pauses_for};
pub use store::{between, drop, of_ticket, of_tickets, sample, terms_of};
pub use sweep::{Mark, due, mark};
pub use why::{closed, explain, level_name};

use crate::level::forgets;
use kernel::describe::{Floor, Practice};

/// Clocks.
pub const PRACTICE: Practice = Practice {
    key: "clock",
    about: "Clocks: every promise on a ticket as a sum of intervals in working time.",
    floor: Floor::Promises,
    needs: &["level", "target"],
    reactions: &[forgets("windows")],
    ..Practice::PLAIN
};
