//! Streams of server-sent events: one for a page that follows what happens.
//!
//! The hub follows the journal for all streams of this node; each stream asks the page's [`kernel::live::Live`] what is to be told,
//! in one snapshot with finding out who asks, so that a right that was taken away is gone with the next event. An event carries the
//! position it stands for, and a stream that is opened again goes on from there, after sleep, loss of the network or a restart.

mod bell;
mod hub;
mod log;
mod nodes;
mod open;
mod places;
mod presence;
mod stream;
mod wire;

pub(crate) use hub::{Hub, following};
pub(crate) use open::{open, since};
pub(crate) use places::Lives;
