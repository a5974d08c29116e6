//! Whose it is.

use kernel::describe::Input;
use kernel::register::{Cell, Draft};
use kernel::{Act, Error, Result};

/// Gives it to a team, a person or both. Another team without a person takes the person off.
pub fn assign(_: &mut Act, draft: &mut Draft, input: &Input) -> Result<()> {
    let (team, assignee) = (input.int("team"), input.int("assignee"));
    if team.is_none() && assignee.is_none() {
        return Err(Error::invalid("team", "Say to which team or to whom."));
    }
    if let Some(team) = team {
        if draft.int("team") != Some(team) {
            draft.set("assignee", Cell::Null);
        }
        draft.set("team", team);
    }
    if let Some(assignee) = assignee {
        draft.set("assignee", assignee);
    }
    assigned(draft);
    Ok(())
}

/// Gives it to whoever asks.
pub fn take(act: &mut Act, draft: &mut Draft, _: &Input) -> Result<()> {
    if act.view.person == 0 {
        return Err(Error::Conflict("Only a person can take a ticket.".into()));
    }
    draft.set("assignee", act.view.person);
    if let (None, Some(team)) = (draft.int("team"), act.view.teams.first()) {
        draft.set("team", *team);
    }
    assigned(draft);
    Ok(())
}

fn assigned(draft: &mut Draft) {
    if draft.state() == "new" {
        draft.set_state("assigned");
    }
}
