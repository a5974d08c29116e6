//! A service level: what is promised to whom, for which service, in which working time.

mod book;
mod register;
mod store;
mod today;

pub use book::{About, Book, Level, Measure, Subject, Target, book};
pub use register::LEVELS;
pub(crate) use store::{spec, version_named};

use kernel::describe::{Change, Floor, Practice, Reaction};
use kernel::{Act, Result};

/// Service levels.
pub const PRACTICE: Practice = Practice {
    key: "level",
    about: "Service levels: what is promised to whom, for which service, in which working time.",
    floor: Floor::Promises,
    registers: &[&LEVELS],
    today: today::CONTRIBUTIONS,
    reactions: &[forgets("levels"), forgets("calendars"), forgets("organisations")],
    ..Practice::PLAIN
};

/// What is remembered of the promises is thrown away when a register that they rest on changes.
pub(crate) const fn forgets(on: &'static str) -> Reaction {
    Reaction { on, run: move_on }
}

/// The epoch gets a number that no other transaction uses, so that what one remembered and then undid is never taken for
/// what another stored.
fn move_on(act: &mut Act, _: &Change) -> Result<()> {
    let number = act.new_id();
    store::move_epoch(act.tx, number)
}
