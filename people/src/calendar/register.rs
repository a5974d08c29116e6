//! What a calendar is.

use super::{holidays, version, written, zone};
use kernel::describe::{Field, Register, Scope, Undo, date, grant, int, line, text, verb};
use kernel::register::Draft;
use kernel::{Act, Result};

const FILE: &[Field] = &[
    text("ical", "iCalendar file").required().limit(200_000).help("The text of an .ics file with whole-day events."),
    date("from", "From").help("The first day to take; empty: the first of this year."),
    date("until", "Until").help("The last day to take; empty: the end of the fifth year from now."),
];

/// The register. What it says is compiled and kept in versions when it changes.
pub const REGISTER: Register = Register {
    key: "calendars",
    table: "calendar",
    prefix: "CAL",
    one: "Calendar",
    many: "Calendars",
    about: "In which time people work: hours a week, holidays and special days, in a time zone.",
    icon: "calendar-range",
    room: "Promises",
    fields: &[
        line("name", "Name").title(),
        line("zone", "Time zone").required().listed().preset("UTC").limit(60).help("An IANA name like Europe/Copenhagen."),
        text("hours", "Working hours")
            .limit(2_000)
            .preset("mon-fri 09:00-17:00")
            .help("A line a weekday: mon 09:00-12:00, 13:00-17:00. A day that is not named is closed; midnight at the end is 24:00."),
        text("holidays", "Holidays").limit(200_000).help("A line a day: 2026-12-25 Christmas Day."),
        text("special_days", "Special days").limit(100_000).help(
            "Days with hours of their own; they beat holidays: 2026-12-24 09:00-12:00 Christmas Eve, or 2026-12-31 closed Inventory.",
        ),
        int("version_number", "Version", 1, 1_000_000).computed().listed().because(version::because),
    ],
    verbs: &[verb("import-holidays", "Import holidays…")
        .asks(FILE)
        .runs(holidays::import)
        .undo(Undo::Fields)
        .single()
        .help("Adds the holidays of an iCalendar file to those it has.")],
    grants: &[
        grant("manager", "read create edit retire import export import-holidays", Scope::All),
        grant("agent", "read", Scope::All),
        grant("auditor", "read export confidential internal", Scope::All),
    ],
    rules: |draft| zone::check(draft, "zone"),
    completes,
    directory: true,
    sort: "name",
    ..Register::PLAIN
};

/// Keeps a version of what it says now, if that differs from the version before.
fn completes(act: &mut Act, draft: &mut Draft) -> Result<()> {
    if draft.record.id == 0 {
        draft.record.id = act.new_id();
    }
    match written::spec(draft) {
        Some(spec) if draft.errors.is_empty() => version::keep(act, draft, &spec),
        _ => Ok(()),
    }
}
