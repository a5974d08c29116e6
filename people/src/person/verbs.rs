//! What can be done to a person.

use kernel::describe::Input;
use kernel::register::{Cell, Draft};
use kernel::{Act, Result};

/// Notes that they are to sign in; the page of the verb makes the link.
pub(super) fn invite(act: &mut Act, draft: &mut Draft, _: &Input) -> Result<()> {
    if draft.text("email").is_empty() {
        draft.refuse("email", "They sign in with an e-mail address. Give them one first.");
    }
    draft.set("invited_at", act.at);
    Ok(())
}

/// The roles are those of the input; the checks on roles follow when the draft is completed.
pub(super) fn grant_roles(_: &mut Act, draft: &mut Draft, input: &Input) -> Result<()> {
    draft.set("roles", Cell::Many(input.get("roles").ids().to_vec()));
    Ok(())
}

/// Memberships and roles end; their edges keep the dates.
pub(super) fn leave(_: &mut Act, draft: &mut Draft, _: &Input) -> Result<()> {
    for field in ["teams", "organisations", "roles"] {
        draft.set(field, Cell::Many(Vec::new()));
    }
    Ok(())
}
