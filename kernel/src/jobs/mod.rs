//! Work that is done later or takes long: queued in the transaction that wants it, leased, retried, and kept for inspection
//! when it fails for good.

mod keep;
mod queue;
mod run;
mod workers;

pub use queue::{Job, LEASE, Pace, Queued, State, cancel, claim, done, enqueue, failed, find, list, progress, rerun};
pub use run::{JobKind, Periodic, run_due, run_next, run_periodic};
pub use workers::Workers;
