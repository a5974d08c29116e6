//! Waiting for somebody else.

use super::talk::said;
use crate::ticket::message;
use kernel::describe::Input;
use kernel::register::Draft;
use kernel::{Act, Result};

/// Says for whom it waits.
pub fn pend(act: &mut Act, draft: &mut Draft, input: &Input) -> Result<()> {
    draft.set("pending_reason", input.text("reason"));
    if !input.get("text").is_null() {
        message::add(act, draft, true, input.text("text"))?;
        said(draft);
    }
    Ok(())
}
