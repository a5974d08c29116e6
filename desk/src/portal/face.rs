//! Who gets the portal, and which of its pages shows what an address of the desk means.

use crate::ticket::{INCIDENTS, REQUESTS, TICKETS};
use kernel::House;
use kernel::describe::Scope;
use kernel::who::View;

/// Its first page.
pub const HOME: &str = "/portal";

/// Whether somebody may read tickets, but only those they asked for themselves.
pub fn asks_only(_: &House, view: &View) -> bool {
    let reads = view.scopes(&TICKETS, "read");
    reads.has(Scope::Requester) && ![Scope::All, Scope::Team, Scope::Own].into_iter().any(|scope| reads.has(scope))
}

/// Where the portal shows what an address of the desk means.
pub fn leads(house: &House, parts: &[&str], query: &str) -> Option<String> {
    let tickets = [INCIDENTS.key, REQUESTS.key, TICKETS.key];
    let named = |reference: &str| house.register_of(reference).is_some_and(|it| tickets.contains(&it.key));
    match parts {
        ["search"] => Some(format!("{HOME}/search?{query}")),
        ["queue"] => Some(format!("{HOME}/things")),
        ["requests", "new"] => Some(format!("{HOME}/ask")),
        ["incidents" | "tickets", "new"] => Some(format!("{HOME}/report")),
        [kind] if tickets.contains(kind) => Some(format!("{HOME}/things")),
        [kind, reference, ..] if tickets.contains(kind) && named(reference) => {
            Some(format!("{HOME}/things/{}", reference.to_ascii_uppercase()))
        }
        _ => None,
    }
}
