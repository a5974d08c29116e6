//! What a window is.

use kernel::describe::{Register, Scope, bool, grant, line, many, text, time};
use kernel::register::Draft;

/// Longest window, in milliseconds: a year.
const LONGEST: i64 = 366 * 24 * 3_600_000;

/// The register.
pub const REGISTER: Register = Register {
    key: "windows",
    table: "span",
    prefix: "WIN",
    one: "Window",
    many: "Windows",
    about: "A span of time in which something is meant not to change, not to alert or not to count.",
    icon: "calendar-clock",
    room: "Estate",
    fields: &[
        line("name", "Name").title(),
        time("starts_at", "From").required().listed().filtered(),
        time("ends_at", "Until").required().listed().filtered(),
        many("services", "Services", "services").filtered().help("None: all of them."),
        many("items", "Configuration items", "configuration-items").filtered().help("None: all of them."),
        bool("freezes_changes", "Nothing may change").listed().filtered().preset("false"),
        bool("suppresses_alerts", "Alerts are held back").listed().filtered().preset("false"),
        bool("excludes_clocks", "Does not count against promises").listed().filtered().preset("false"),
        bool("announced", "Shown on the status page").filtered().preset("false"),
        text("reason", "Reason").searched(),
    ],
    grants: &[
        grant("manager", "read create edit retire import export", Scope::All),
        grant("agent", "read create edit export", Scope::All),
        grant("approver", "read", Scope::All),
        grant("auditor", "read export confidential internal", Scope::All),
    ],
    rules,
    sort: "-starts_at",
    ..Register::PLAIN
};

fn rules(window: &mut Draft) {
    let (Some(from), Some(until)) = (window.int("starts_at"), window.int("ends_at")) else { return };
    if until <= from {
        window.refuse("ends_at", "A window ends after it begins.");
    } else if until - from > LONGEST {
        window.refuse("ends_at", "A window lasts at most a year; make several.");
    }
}
