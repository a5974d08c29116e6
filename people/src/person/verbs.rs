//! What can be done to a person.

use kernel::describe::Input;
use kernel::register::{Cell, Draft, names_of};
use kernel::{Act, Result};

/// Notes that they are to sign in; the page of the verb makes the link.
pub(super) fn invite(act: &mut Act, draft: &mut Draft, _: &Input) -> Result<()> {
    if draft.text("email").is_empty() {
        draft.refuse("email", "They sign in with an e-mail address. Give them one first.");
    }
    draft.set("invited_at", act.at);
    Ok(())
}

/// The roles are those of the input, with those held of which who grants may not know: nobody takes away what they cannot see. The
/// checks on roles follow when the draft is completed.
pub(super) fn grant_roles(act: &mut Act, draft: &mut Draft, input: &Input) -> Result<()> {
    let held: Vec<(&str, i64)> = draft.get("roles").ids().iter().map(|id| ("roles", *id)).collect();
    let known = names_of(act.tx, act.house, act.view, &[], &held)?;
    let unseen = held.iter().map(|(_, id)| *id).filter(|id| !known.contains_key(id));
    draft.set("roles", Cell::Many(input.get("roles").ids().iter().copied().chain(unseen).collect()));
    Ok(())
}

/// Memberships and roles end; their edges keep the dates.
pub(super) fn leave(_: &mut Act, draft: &mut Draft, _: &Input) -> Result<()> {
    for field in ["teams", "organisations", "roles"] {
        draft.set(field, Cell::Many(Vec::new()));
    }
    Ok(())
}
