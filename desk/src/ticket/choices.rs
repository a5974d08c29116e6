//! The words a ticket's fields choose from.

use kernel::describe::{Choice, opt, rung};

/// Incident or request: the column that the two registers share their table by.
pub const KIND: &[Choice] = &[opt("incident", "Incident"), opt("request", "Request")];

/// How much it harms, and how soon it must be mended.
pub const THREE: &[Choice] = &[rung(1, "1", "High"), rung(2, "2", "Medium"), rung(3, "3", "Low")];

/// What follows from impact and urgency; 5 is for planned work and only ever set by a person.
pub const PRIORITY: &[Choice] =
    &[rung(1, "1", "Critical"), rung(2, "2", "High"), rung(3, "3", "Moderate"), rung(4, "4", "Low"), rung(5, "5", "Planning")];

/// Through what it reached the desk.
pub const CHANNEL: &[Choice] = &[
    opt("portal", "Portal"),
    opt("phone", "Phone"),
    opt("email", "E-mail"),
    opt("self_service", "Self service"),
    opt("chat", "Chat"),
    opt("api", "API"),
    opt("alert", "Alert"),
    opt("ivr", "Voice menu"),
    opt("direct", "Opened directly"),
];

/// For whom or what it waits.
pub const PENDING: &[Choice] = &[
    opt("requester", "Requester"),
    opt("vendor", "Vendor"),
    opt("problem", "Problem"),
    opt("change", "Change"),
    opt("evidence", "Evidence"),
    opt("other", "Other"),
];

/// How the requester is told about progress.
pub const NOTIFY: &[Choice] = &[opt("none", "Do not notify"), opt("email", "By e-mail"), opt("phone", "By phone")];

/// What one ticket is to another.
pub const LINK: &[Choice] = &[opt("related", "Related to"), opt("duplicate_of", "Duplicate of"), opt("parent", "Child of")];
