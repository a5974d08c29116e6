//! The clock of a promise as a ledger: what counted, what did not and why, so that anybody can add it up.
//!
//! A clock measures working time from a start until it is met, leaving out pauses. First response, next update and resolution
//! are the same thing with different starts and stops, so nothing here knows which of them it measures.
//!
//! Decisions, each covered by a test:
//! - **Due** is the earliest instant at which the target is used up: eight hours from the opening of an eight-hour day are due
//!   at its closing. A promise met exactly then is kept; a millisecond later it is broken. A target of 0 is due as soon as
//!   working time begins.
//! - **Pauses** may overlap (the time is left out once, the earlier pause gives the reason), lie outside hours (they then leave
//!   out nothing), or have no end (due is unknown until they have). One that ends before it begins is ignored and counted as
//!   such. One that begins after `now` is a planned one and moves the due time.
//! - **Met** stops the clock. Reopening lets it run on from what had elapsed; the time between does not count.
//! - **New terms** (another calendar or target) carry the elapsed time over. The promise they replace stays in the ledger with
//!   what became of it. Nobody can break the new terms before they were in force.

mod cuts;
mod ledger;
mod promise;
mod reading;
mod walk;

pub use ledger::{Interval, Kind, Ledger, MAX_LEDGER, MAX_PROMISES, Promised};
pub use promise::{Change, Pause, Promise, Stop, Target, Terms};
pub use reading::{NoDue, Reading, State};
