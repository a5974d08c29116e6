//! Search over everything one may see: each engine's own full text, written in the transaction of the change.
//!
//! A record is one public document and, where it has internal fields or notes, further internal ones. Each document carries
//! marker words for its register, side and organisation, so that the guard is part of the match itself.

mod engine;
mod find;
mod index;
mod unordered;
mod words;

pub use engine::{NEWEST, beyond, matching};
pub use find::{Hit, find, find_texts};
pub use index::{Document, follow, index, remove};
pub use words::{highlight, terms};
