//! What can be done to a risk.

use kernel::describe::Input;
use kernel::register::{Cell, Draft};
use kernel::{Act, Result, time};

/// Accepts it, in the name of whoever decides and nobody else's.
pub fn accept(act: &mut Act, risk: &mut Draft, input: &Input) -> Result<()> {
    if input.text("until") < &time::rfc3339(act.at)[..10] {
        risk.refuse("until", "An acceptance cannot end in the past. Choose today or a later day.");
    }
    risk.set("accepted_by", Some(act.view.person).filter(|id| *id != 0));
    risk.set("accepted_until", input.text("until"));
    risk.set("accepted_because", input.text("because"));
    risk.set("review_on", input.text("until"));
    Ok(())
}

/// It is to be treated again: the acceptance is over.
pub fn reopen(_: &mut Act, risk: &mut Draft, _: &Input) -> Result<()> {
    for field in ["accepted_by", "accepted_until", "accepted_because"] {
        risk.set(field, Cell::Null);
    }
    Ok(())
}
