//! What is remembered in memory of who may see what is thrown away when any of it changes.

use kernel::describe::{Change, Reaction};
use kernel::{Act, Result, memory};

/// The reaction for one register: the epoch `who` moves on.
pub(crate) const fn forgets(on: &'static str) -> Reaction {
    Reaction { on, run: move_on }
}

fn move_on(act: &mut Act, _: &Change) -> Result<()> {
    memory::next_epoch(act.tx, "who")
}
