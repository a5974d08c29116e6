//! Pages that follow what happens: what a practice says about its own, who is looking, and who is typing.
//!
//! A page that is held with [`crate::web::Layout::live`] opens one stream. The server follows the journal, asks the [`Live`]
//! of the page what it must learn of what happened, in one snapshot with finding out who asks, and sends that.

mod happened;
mod inside;
mod presence;

pub use crate::memory::sealed;
pub use happened::{Happened, happened};
pub use inside::inside;
pub use presence::{Doing, Presence, Present, Told, Wrote};

use crate::Result;
use crate::describe::Register;
use crate::web::Request;
use db::Tx;
use maud::Markup;

/// How a kind of page follows what happens. It stands in the table of its practice.
#[derive(Clone, Copy)]
pub struct Live {
    /// The address of the page, as in its route: `/incidents/{reference}`.
    pub path: &'static str,
    /// The permission `register.verb` it needs; empty: signed in is enough.
    pub may: &'static str,
    /// What concerns it. Refuses, as the page would, what the viewer may not see.
    pub concerns: fn(&mut Tx, &Request) -> Result<Concern>,
    /// What the page must learn, as the viewer of the request may see it. A function of the present state: it may be asked twice
    /// about the same, and then says the same.
    pub tell: fn(&mut Tx, &Request, &Followed) -> Result<Vec<Event>>,
}

/// Which entries of the journal concern a page.
#[derive(Clone)]
pub enum Concern {
    /// Those of any record of these registers: a list.
    Registers(Vec<&'static str>),
    /// Those of one record.
    Record {
        /// Its id.
        id: i64,
        /// Its reference.
        reference: String,
        /// Its register.
        register: &'static Register,
    },
}

impl Concern {
    /// Whether an entry concerns the page.
    pub fn takes(&self, entry: &Happened) -> bool {
        match self {
            Concern::Registers(keys) => keys.contains(&entry.register.as_str()),
            Concern::Record { id, .. } => entry.record == *id,
        }
    }
}

/// What a page is asked to tell about.
pub struct Followed<'a> {
    /// References of the rows that stand on the page, in their order; empty where it is no list.
    pub rows: &'a [String],
    /// What happened that concerns it, oldest first.
    pub happened: &'a [Happened],
}

impl Followed<'_> {
    /// Whether anything happened to a record.
    pub fn touched(&self, record: i64) -> bool {
        self.happened.iter().any(|entry| entry.record == record)
    }
}

/// Something that a page learns.
#[derive(Clone, Debug)]
pub enum Event {
    /// Elements that replace those with the same ids in place.
    Patch(Markup),
    /// Entries that are put at the end of the conversation, unless they stand there.
    Append(Markup),
    /// How many rows would enter, leave or move if the list were loaded again.
    Newer(usize),
    /// A sentence: what somebody else changed on the record.
    Changed(String),
}

/// How many rows would enter, leave or move: `old` are the rows of the page, `new` those it would have now.
pub fn moved(old: &[String], new: &[String]) -> usize {
    let enter = new.iter().filter(|it| !old.contains(it)).count();
    let places: Vec<usize> = old.iter().filter_map(|it| new.iter().position(|other| other == it)).collect();
    enter + (old.len() - places.len()) + (places.len() - longest_rise(&places))
}

/// Length of the longest rising sequence: what can stay where it is when a list is put in order.
fn longest_rise(places: &[usize]) -> usize {
    let mut ends: Vec<usize> = Vec::new();
    for place in places {
        match ends.iter().position(|end| end >= place) {
            Some(at) => ends[at] = *place,
            None => ends.push(*place),
        }
    }
    ends.len()
}

#[cfg(test)]
mod tests {
    use super::moved;

    fn count(old: &str, new: &str) -> usize {
        let list = |text: &str| text.chars().map(String::from).collect::<Vec<_>>();
        moved(&list(old), &list(new))
    }

    #[test]
    fn rows_that_enter_leave_or_move_are_counted_once() {
        assert_eq!(count("abc", "abc"), 0);
        assert_eq!(count("abc", "xabc"), 1, "one enters");
        assert_eq!(count("abc", "ac"), 1, "one leaves");
        assert_eq!(count("abc", "cab"), 1, "one moves to the top");
        assert_eq!(count("abc", "xab"), 2, "a full page: one enters, one is pushed out");
        assert_eq!(count("abcd", "dcba"), 3);
        assert_eq!(count("", "ab"), 2);
    }
}
