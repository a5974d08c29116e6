//! A ticket: something that does not work (incident) or that somebody needs (request), from the first report to the last word.

mod choices;
mod fields;
mod flow;
mod register;
pub mod rules;

pub use register::{INCIDENTS, REQUESTS, TICKETS};

use kernel::describe::{Floor, Practice};

/// Tickets.
pub const PRACTICE: Practice = Practice {
    key: "ticket",
    about: "Incidents and requests: who needs what, who works on it, what was said, and by when it is promised.",
    floor: Floor::Desk,
    needs: &[],
    registers: &[&INCIDENTS, &REQUESTS, &TICKETS],
    ..Practice::PLAIN
};
