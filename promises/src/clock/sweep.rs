//! Warnings and breaches are noted when their time has come, whether or not anybody looks.

use super::row::Clock;
use super::store;
use db::Tx;
use kernel::Result;

/// What is to be noted of a clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Most of the time is used.
    Warned,
    /// The promise is broken.
    Breached,
}

/// Clocks of which something is to be noted now, the earliest first.
pub fn due(tx: &mut Tx, now: i64, limit: i64) -> Result<Vec<Clock>> {
    store::next_before(tx, now, limit)
}

/// Notes what the time has brought, and says what that was; nothing if it was noted already. The caller holds the ticket's
/// row and journals it there.
pub fn mark(tx: &mut Tx, clock: &mut Clock, now: i64) -> Result<Option<Mark>> {
    let noted = if clock.next_at().is_none() {
        None
    } else if clock.due_at.is_some_and(|due| due < now) {
        clock.note_breach(now);
        Some(Mark::Breached)
    } else if clock.warned_at.is_none() && clock.warn_at.is_some_and(|at| at < now) {
        clock.warned_at = clock.warn_at;
        Some(Mark::Warned)
    } else {
        None
    };
    // Stored even if there was nothing to note, so that it is not found again.
    store::update(tx, clock)?;
    Ok(noted)
}
