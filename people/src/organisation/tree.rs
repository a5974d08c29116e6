//! Keeps the organisations a tree.

use super::store;
use db::Tx;
use kernel::register::Draft;
use kernel::{Act, Result};

/// How many organisations there may be from the top to any one.
pub const DEEPEST: usize = 32;

/// Refuses a parent that would make a circle, go too deep or take the organisation out of the reach of whoever moves it.
pub(super) fn check(act: &mut Act, draft: &mut Draft) -> Result<()> {
    let Some(parent) = draft.int("parent") else {
        if !draft.is_new() && !act.view.everything {
            draft.refuse("parent", "Without it you would no longer see this organisation. Put it below one that you see.");
        }
        return Ok(());
    };
    let above = above(act.tx, parent)?;
    if above.contains(&draft.record.id) {
        draft.refuse("parent", "That organisation stands below this one, so they would go round in a circle. Choose another.");
    } else if above.len() >= DEEPEST {
        draft.refuse("parent", format!("Organisations stand at most {DEEPEST} deep. Choose one higher up."));
    }
    Ok(())
}

/// An organisation and those above it, nearest first; stops after [`DEEPEST`].
fn above(tx: &mut Tx, from: i64) -> Result<Vec<i64>> {
    let mut all = vec![from];
    let mut at = from;
    while all.len() <= DEEPEST {
        match store::parent(tx, at)? {
            Some(parent) => all.push(parent),
            None => break,
        }
        at = all[all.len() - 1];
    }
    Ok(all)
}
