//! The states of a ticket, and who may do what by default.

use kernel::describe::{Grant, Rows, Scope, State, grant, state};

/// From the first report to the last word. Closed or cancelled tickets stay for ever.
pub const STATES: &[State] = &[
    state("new", "New").starts(),
    state("assigned", "Assigned"),
    state("in_progress", "In progress"),
    state("pending", "Pending").waits(),
    state("resolved", "Resolved"),
    state("closed", "Closed").ends(),
    state("cancelled", "Cancelled").ends(),
];

/// States in which something is owed.
pub const ACTIVE: &[&str] = &["new", "assigned", "in_progress", "pending"];

/// Who owns, works on and asked for a ticket.
pub const ROWS: Rows = Rows { owner: "assignee", team: "team", requester: "requester" };

/// Defaults on incidents and on requests.
pub const GRANTS: &[Grant] = &[
    grant("agent", "read create edit import export share internal", Scope::All),
    grant("agent", "assign take start reply note pend resume resolve close reopen cancel set-priority", Scope::All),
    grant("agent", "add-time link unlink watch unwatch merge split", Scope::All),
    grant("manager", "*", Scope::All),
    grant("auditor", "read export internal", Scope::All),
    grant("requester", "read create reply reopen cancel confirm watch unwatch", Scope::Requester),
    grant("vendor", "read reply", Scope::Own),
];

/// Defaults on the queue over both, which only reads.
pub const QUEUE_GRANTS: &[Grant] = &[
    grant("agent", "read export internal", Scope::All),
    grant("manager", "read export internal", Scope::All),
    grant("auditor", "read export internal", Scope::All),
    grant("requester", "read", Scope::Requester),
    grant("vendor", "read", Scope::Own),
];
