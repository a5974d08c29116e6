//! Notices: what happened to what somebody works on, follows or is named in. Written by a reader of the journal with a durable cursor,
//! and shown under the guard of the record, so that nobody learns from a notice what they may not see.

mod count;
mod follow;
mod recent;
mod store;

pub use count::unread;
pub use follow::{GIVEN, READER, follow};
pub use recent::{Recent, recent, remember};
pub use store::{Notice, latest, looked, read, read_all};

use crate::Result;
use crate::house::House;
use crate::journal::Entry;
use db::Tx;

/// A sort of notice that a practice tells of. A person turns it off in their profile.
#[derive(Clone, Copy)]
pub struct NoticeKind {
    /// `practice.name`.
    pub key: &'static str,
    /// What a person reads in the profile: "Somebody names you".
    pub title: &'static str,
    /// Who is told of an entry, among others than its actor. Touches only the database; a person told of twice hears the first.
    pub tells: fn(&mut Tx, &House, &Entry) -> Result<Vec<Told>>,
}

/// Somebody to be told of an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// Who.
    pub person: i64,
    /// What was done, after the name of whoever did it and before that of the record: "named you in". Never content of the record.
    pub words: String,
    /// Only for those who may read the inner side of the record.
    pub internal: bool,
}

/// Every sort of notice, those that speak to one alone before those that speak to many.
pub fn kinds(house: &House) -> impl Iterator<Item = &'static NoticeKind> {
    house.practices.iter().flat_map(|practice| practice.notices)
}

/// The preference by which a person turns a sort of notice off (`off`).
pub fn preference(kind: &NoticeKind) -> String {
    format!("notice:{}", kind.key)
}

/// The epoch that moves on when somebody is told something, or has read it.
pub const EPOCH: &str = "notices";
