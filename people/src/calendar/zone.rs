//! Time zones by name.

use jiff::tz::TimeZone;
use kernel::register::Draft;

/// Refuses a name that is no IANA time zone; an empty one passes.
pub(crate) fn check(draft: &mut Draft, key: &str) {
    let name = draft.text(key);
    if draft.changed(key) && !name.is_empty() && TimeZone::get(name).is_err() {
        draft.refuse(key, "There is no such time zone. Use an IANA name like Europe/Copenhagen or UTC.");
    }
}
