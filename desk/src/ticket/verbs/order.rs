//! What comes first.

use crate::ticket::rules::priority;
use kernel::describe::Input;
use kernel::register::{Cell, Draft};
use kernel::{Act, Error, Result};

/// Sets impact and urgency; a priority of its own needs a reason.
pub fn set_priority(_: &mut Act, draft: &mut Draft, input: &Input) -> Result<()> {
    for key in ["impact", "urgency"] {
        if let Some(rung) = input.int(key) {
            draft.set(key, rung);
        }
    }
    let follows = priority(draft.int("impact").unwrap_or(3), draft.int("urgency").unwrap_or(3));
    match input.int("priority").filter(|own| *own != follows) {
        None => draft.set("priority_reason", Cell::Null),
        Some(_) if input.get("reason").is_null() => {
            let message = format!("Impact and urgency give priority {follows}. Say why it is to be another.");
            return Err(Error::invalid("reason", message));
        }
        Some(own) => {
            draft.set("priority", own);
            draft.set("priority_reason", input.get("reason").clone());
        }
    }
    Ok(())
}
