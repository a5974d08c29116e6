//! A ticket: something that does not work (incident) or that somebody needs (request), from the first report to the last word.

mod because;
mod choices;
mod completes;
pub mod course;
mod fields;
mod flow;
mod held;
mod language;
mod looked;
pub mod mention;
pub mod message;
mod notices;
mod pages;
mod recount;
mod register;
pub mod rules;
mod store;
mod sweep;
mod today;
mod values;
mod verbs;
mod verify;

pub use flow::ACTIVE;
pub use held::HOLD_SECONDS;
pub(crate) use pages::words;
pub use register::{INCIDENTS, REQUESTS, TICKETS, register_of};
pub(crate) use store::ticket::foresee;
pub use sweep::sweep;
pub(crate) use verbs::too_late as too_late_to_reopen;

use kernel::describe::{Erasure, Floor, Practice, Setting, int};
use kernel::jobs::Periodic;
use kernel::register::Record;

/// Tickets.
pub const PRACTICE: Practice = Practice {
    key: "ticket",
    about: "Incidents and requests: who needs what, who works on it, what was said, and by when it is promised.",
    floor: Floor::Desk,
    needs: &["template"],
    registers: &[&INCIDENTS, &REQUESTS, &TICKETS],
    routes: pages::ROUTES,
    live: pages::LIVE,
    today: today::CONTRIBUTIONS,
    notices: notices::NOTICES,
    settings: &[Setting {
        key: "ticket.reopen_days",
        field: int("reopen_days", "Days in which requesters may reopen", 0, 3_650)
            .preset("14")
            .help("After that they open a new ticket. Those who do the work may always reopen."),
    }],
    erasures: &[Erasure { on: "incidents", run: message::erase }, Erasure { on: "requests", run: message::erase }],
    reactions: &[recount::REACTION],
    jobs: &[held::SEND, recount::JOB],
    periodic: &[
        Periodic { key: "ticket.aside", every: 3_600, run: held::tidy },
        Periodic { key: "ticket.clocks", every: 15, run: sweep::run },
        Periodic { key: "ticket.looked", every: 5, run: looked::write },
        Periodic { key: "ticket.looks", every: 3_600, run: looked::sweep },
    ],
    verify: verify::verify,
    ..Practice::PLAIN
};

/// The place where what somebody is writing on a ticket is kept until it is sent.
pub fn place_of_draft(record: &Record) -> String {
    format!("{}/{}/said", record.shape.register.key, record.reference)
}

/// The same in the portal: what one writes as somebody who asks is never mixed with what one writes as somebody who works on it.
pub fn place_in_portal(record: &Record) -> String {
    format!("portal/{}/said", record.reference)
}

use values::values;

/// What one ticket may be to another.
fn link_choices() -> &'static [kernel::describe::Choice] {
    choices::LINK
}

/// For whom or what a pending ticket waits, in words.
fn waits_for(reason: &str) -> &'static str {
    choices::PENDING.iter().find(|it| it.key == reason).map_or("waiting", |it| it.label)
}
