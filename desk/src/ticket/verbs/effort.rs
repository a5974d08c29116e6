//! Time that people spend.

use crate::ticket::store;
use kernel::describe::Input;
use kernel::register::Draft;
use kernel::{Act, Error, Result};

/// Adds time.
pub fn add(act: &mut Act, draft: &mut Draft, input: &Input) -> Result<()> {
    let seconds = input.int("duration").unwrap_or(0);
    if seconds <= 0 {
        return Err(Error::invalid("duration", "This must be more than nothing, like 30m."));
    }
    let note = Some(input.text("text")).filter(|text| !text.is_empty());
    store::time_entry::insert(act, draft.record.id, seconds, note)?;
    sum(act, draft)
}

/// Takes the latest time that the act's person added out again.
pub fn take_back(act: &mut Act, draft: &mut Draft, input: &Input) -> Result<()> {
    let found = store::time_entry::latest_own(act, draft.record.id, input.int("duration").unwrap_or(0))?;
    let Some(id) = found else {
        return Err(Error::Conflict("Only whoever added this time can take it back. It stays as it is.".into()));
    };
    store::time_entry::remove(act, id)?;
    sum(act, draft)
}

/// The sum of the times on the ticket, which is what it shows.
fn sum(act: &mut Act, draft: &mut Draft) -> Result<()> {
    let sum = store::time_entry::sum(act.tx, draft.record.id)?;
    draft.set("time_spent", sum);
    Ok(())
}
