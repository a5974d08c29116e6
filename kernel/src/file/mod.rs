//! Files: stored once by SHA-256 beside the database, rows point at them, unreferenced ones are collected.

mod aside;
mod deed;
mod media;
mod name;
mod row;
mod store;

pub use aside::{aside, aside_of, bring, forget_aside, hand_over, lay_aside, take_off};
pub(crate) use deed::ATTACH;
pub use deed::{AT_ONCE, Stored, attach_all, attach_said, detach, may_attach, of_form, open, pointed, unpointed};
pub use media::{inline, sniff};
pub use name::tidy_name;
pub(crate) use row::remove_attached;
pub use row::{Attached, attach, attached, find, remove};
pub use store::{LARGEST, Store, digest};
