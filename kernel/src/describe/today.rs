//! What a practice says needs a person today: lines of the morning page, contributed from below without touching it.

use crate::error::Result;
use crate::house::House;
use crate::who::View;
use db::Tx;

/// A sort of line that a practice may put on the morning page.
#[derive(Clone, Copy)]
pub struct Contribution {
    /// `practice.name`; a person turns it off by this key.
    pub key: &'static str,
    /// What a person reads on "What counts".
    pub title: &'static str,
    /// One sentence: which records become lines, whose, and up to what limit.
    pub about: &'static str,
    /// The permission `register.verb` without which it says nothing.
    pub may: &'static str,
    /// Finds the lines, under the guard of the viewer, in any order; a few single ones and one that sums up the rest.
    pub find: fn(&mut Tx, &Morning) -> Result<Vec<Need>>,
}

/// Who looks at the morning, and when.
pub struct Morning<'a> {
    /// The house.
    pub house: &'a House,
    /// Who is looking.
    pub view: &'a View,
    /// Milliseconds since the epoch.
    pub now: i64,
    /// Midnight at the end of the viewer's day.
    pub day_ends: i64,
}

/// By when something must be done, or since when it is late. It decides before everything else how high a line stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// Something is lost every minute.
    Now,
    /// It can be kept until this instant.
    Time(i64),
    /// It was due at this instant, or waits since then.
    Late(i64),
    /// It has no time.
    Someday,
}

/// Money at stake.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Amount {
    /// Minor units.
    pub minor: i64,
    /// ISO 4217 code.
    pub currency: String,
    /// Lost every hour, and not once.
    pub per_hour: bool,
}

/// What is at stake, as far as it is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stake {
    /// Money, where the viewer may read it.
    pub money: Option<Amount>,
    /// Promises that are broken or would be.
    pub promises: i64,
    /// People who wait.
    pub people: i64,
    /// What the figure means, in a few words: "without Customs EDI".
    pub basis: String,
}

/// What one can do about it right there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Press {
    /// The verb's word.
    pub label: String,
    /// Where it leads or posts to.
    pub path: String,
    /// Posts at once; else it is a page.
    pub posts: bool,
    /// The verb most people would press.
    pub first: bool,
}

impl Press {
    /// Leads to a page.
    pub fn opens(label: &str, path: impl Into<String>) -> Press {
        Press { label: label.into(), path: path.into(), posts: false, first: false }
    }
    /// Posts at once; the page comes back.
    pub fn posts(label: &str, path: impl Into<String>) -> Press {
        Press { label: label.into(), path: path.into(), posts: true, first: false }
    }
    /// The verb most people would press.
    pub fn first(mut self) -> Press {
        self.first = true;
        self
    }
}

/// A line: something that needs the viewer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Need {
    /// The sentence that says what.
    pub what: String,
    /// Why it stands here, in whole sentences.
    pub because: String,
    /// How the record stands, in a few words: "P1, with Integration". Said once where lines become one; empty: nothing to say.
    pub stands: String,
    /// Where it leads: the record, or the list of the records.
    pub href: String,
    /// Reference of the record; empty for several. Lines about the same record become one.
    pub reference: String,
    /// What is at stake.
    pub stake: Stake,
    /// By when.
    pub by: By,
    /// What one can do.
    pub verbs: Vec<Press>,
}
