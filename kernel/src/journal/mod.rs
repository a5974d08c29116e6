//! The journal: what happened, written in the transaction of the change, sealed in a chain afterwards.

mod as_of;
mod course;
mod entry;
mod order;
mod read;
mod redact;
mod seal;
mod verify;

pub use as_of::{rewind, rewind_all, rewind_to};
pub use course::{Step, course};
pub use entry::{Change, Changes, Content, NewEntry, write, write_all};
pub(crate) use order::prepare;
pub use read::{Entry, Reader, history, inner};
pub use redact::redact;
pub use seal::{SealerReport, seal_all, seal_next};
pub use verify::{Finding, Redaction, redactions, verify};
