//! Three registers over one table: incidents, requests, and the queue over both.

use super::completes::completes;
use super::fields::{FIELDS, LATER, QUEUE_FIELDS};
use super::flow::{GRANTS, QUEUE_GRANTS, ROWS, STATES};
use super::rules::rules;
use super::verbs::VERBS;
use kernel::describe::Register;

/// What incidents and requests have in common.
const TICKET: Register = Register {
    table: "ticket",
    fields: &FIELDS,
    later: LATER,
    states: STATES,
    rows: ROWS,
    shared: &["read", "reply", "unwatch"],
    room: "Desk",
    rules,
    completes,
    verbs: VERBS,
    parted: "active",
    ..Register::PLAIN
};

/// The register that a ticket of a kind (`incident`, `request`) belongs to.
pub fn register_of(kind: &str) -> &'static Register {
    if kind == "request" { &REQUESTS } else { &INCIDENTS }
}

/// Something that does not work as promised.
pub const INCIDENTS: Register = Register {
    key: "incidents",
    within: Some(("kind", "incident")),
    prefix: "INC",
    one: "Incident",
    many: "Incidents",
    about: "Something that does not work as it should, from the report to its end.",
    icon: "zap",
    grants: GRANTS,
    ..TICKET
};

/// Something that somebody needs.
pub const REQUESTS: Register = Register {
    key: "requests",
    within: Some(("kind", "request")),
    prefix: "REQ",
    one: "Request",
    many: "Requests",
    about: "Something that somebody needs, from asking to having it.",
    icon: "layout-list",
    grants: GRANTS,
    ..TICKET
};

/// Both, to look at; they are made and changed under their own names.
pub const TICKETS: Register = Register {
    key: "tickets",
    one: "Ticket",
    many: "Tickets",
    about: "Incidents and requests in one queue.",
    icon: "inbox",
    fields: &QUEUE_FIELDS,
    room: "",
    grants: QUEUE_GRANTS,
    verbs: &[],
    closed: true,
    shows: &["incidents", "requests"],
    ..TICKET
};
