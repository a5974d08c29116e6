//! Who may give and take roles.

use super::{REGISTER, store};
use crate::role;
use kernel::register::Draft;
use kernel::{Act, Error, Result};

/// Roles are given and taken with a permission of their own; the role administrator by administrators alone; and one
/// administrator always remains.
pub(super) fn guard(act: &mut Act, draft: &mut Draft) -> Result<()> {
    let before = draft.before.as_ref();
    let was = before.map_or(Vec::new(), |before| before.get("roles").ids().to_vec());
    let now = draft.get("roles").ids().to_vec();
    let leaves = draft.state() == "left" && before.is_some_and(|before| before.state != "left");
    if was != now && !leaves && !act.view.may(&REGISTER, "grant-roles") {
        return Err(Error::forbidden(REGISTER.key, "grant-roles"));
    }
    let ends = draft.record.retired_at.is_some() && before.is_some_and(|before| before.retired_at.is_none());
    if was == now && !ends {
        return Ok(());
    }
    let Some(administrator) = role::id_of(act.tx, "administrator")? else { return Ok(()) };
    let (had, has) = (was.contains(&administrator), now.contains(&administrator) && !ends);
    let may = act.view.person == 0 || act.view.roles.iter().any(|role| role == "administrator");
    if had != has && !may {
        draft.refuse("roles", "Only an administrator makes or unmakes an administrator.");
    }
    if had && !has && last(act, administrator, draft.record.id)? {
        draft.refuse("roles", "This is the last administrator. Make another first; otherwise nobody could grant roles any more.");
    }
    Ok(())
}

/// Whether nobody else administers. One at a time asks: two administrators who unmake each other at once would each count the other.
fn last(act: &mut Act, administrator: i64, person: i64) -> Result<bool> {
    act.tx.lock("administrators")?;
    Ok(store::others_with(act.tx, administrator, person)? == 0)
}
