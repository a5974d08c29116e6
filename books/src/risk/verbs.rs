//! What can be done to a risk.

use kernel::describe::Input;
use kernel::register::Draft;
use kernel::{Act, Result};

/// Accepts it, in the name of whoever decides and nobody else's.
pub fn accept(act: &mut Act, risk: &mut Draft, input: &Input) -> Result<()> {
    risk.set("accepted_by", Some(act.view.person).filter(|id| *id != 0));
    risk.set("accepted_until", input.text("until"));
    risk.set("accepted_because", input.text("because"));
    risk.set("review_on", input.text("until"));
    Ok(())
}
