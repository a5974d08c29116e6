//! A practice: a part of the work, and everything it brings to the house.

use super::{Contribution, Register};
use crate::act::Act;
use crate::error::Result;
use crate::jobs::{JobKind, Periodic};
use crate::journal::{Entry, Finding};
use crate::live::Live;
use crate::notice::NoticeKind;
use crate::register::{Query, Record};
use crate::web::{Portal, Route};
use crate::who::View;
use db::Tx;

/// Where a practice stands. A practice may call those on lower floors and those it names in `needs` on its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Floor {
    /// Who.
    People,
    /// What.
    Estate,
    /// What was promised.
    Promises,
    /// The daily work.
    Desk,
    /// Vendors, money, risk.
    Books,
    /// What it all amounts to.
    Insight,
}

/// A change that was just saved, as reactions see it: inside the transaction.
pub struct Change<'a> {
    /// The register.
    pub register: &'static Register,
    /// The verb (`create`, `edit`, `resolve`, ...).
    pub verb: &'a str,
    /// The record before; none on create.
    pub before: Option<&'a Record>,
    /// The record as saved.
    pub after: &'a Record,
}

/// What a practice does, inside the transaction, when a record of a register changes. Touches only the database.
#[derive(Clone, Copy)]
pub struct Reaction {
    /// Register key.
    pub on: &'static str,
    /// What to do.
    pub run: fn(&mut Act, &Change) -> Result<()>,
}

/// What a practice keeps of an act beside record and journal, and erases when the content of the act's entry must go.
#[derive(Clone, Copy)]
pub struct Erasure {
    /// Register key.
    pub on: &'static str,
    /// Erases it: gets the record and its entry before the entry loses its content.
    pub run: fn(&mut Act, &Record, &Entry) -> Result<()>,
}

/// What a panel may look at.
pub struct PanelRequest<'a> {
    /// The house.
    pub house: &'a crate::house::House,
    /// Who is looking.
    pub view: &'a View,
    /// The record the page is about.
    pub record: &'a Record,
    /// The register of the page.
    pub register: &'static Register,
    /// Milliseconds since the epoch.
    pub now: i64,
}

/// A box that a practice contributes to the detail page of a register, its own or a lower one's.
#[derive(Clone, Copy)]
pub struct Panel {
    /// Register key.
    pub on: &'static str,
    /// Heading.
    pub title: &'static str,
    /// Permission needed besides reading the record (`register.verb`), or empty.
    pub may: &'static str,
    /// What it shows; `None`: nothing to say, so no heading either.
    pub show: fn(&mut Tx, &PanelRequest) -> Result<Option<maud::Markup>>,
}

/// What an overview may look at.
pub struct OverviewRequest<'a> {
    /// The house.
    pub house: &'a crate::house::House,
    /// Who is looking.
    pub view: &'a View,
    /// What the list was asked for.
    pub query: &'a Query,
    /// The same as it stands in the address, for links that narrow the list further.
    pub pairs: &'a [(String, String)],
    /// Milliseconds since the epoch.
    pub now: i64,
}

/// What a practice puts above the list of a register, its own or a lower one's: the records of the list seen as a whole.
#[derive(Clone, Copy)]
pub struct Overview {
    /// Register key.
    pub on: &'static str,
    /// One line for the reference.
    pub about: &'static str,
    /// Permission needed besides reading the register (`register.verb`), or empty.
    pub may: &'static str,
    /// What it shows, under the guard of the viewer; `None`: nothing to say.
    pub show: fn(&mut Tx, &OverviewRequest) -> Result<Option<maud::Markup>>,
}

/// A setting of the installation, described once: the page, the reference and the check follow from it.
#[derive(Clone, Copy)]
pub struct Setting {
    /// `practice.name`.
    pub key: &'static str,
    /// A field, so that type, label, help, limits and default are said in the usual way.
    pub field: super::Field,
}

/// Everything a practice brings.
#[derive(Clone, Copy)]
pub struct Practice {
    /// snake_case; also its folder, unless a folder of a lower floor has that name.
    pub key: &'static str,
    /// One sentence.
    pub about: &'static str,
    /// Its floor.
    pub floor: Floor,
    /// Practices of the same floor that it calls.
    pub needs: &'static [&'static str],
    /// Its registers.
    pub registers: &'static [&'static Register],
    /// Its pages.
    pub routes: &'static [Route],
    /// Which of its pages follow what happens, and how.
    pub live: &'static [Live],
    /// What it does when something changes.
    pub reactions: &'static [Reaction],
    /// What it erases with the content of an entry.
    pub erasures: &'static [Erasure],
    /// Its boxes on detail pages.
    pub panels: &'static [Panel],
    /// What it puts above lists.
    pub overviews: &'static [Overview],
    /// What it puts on the morning page.
    pub today: &'static [Contribution],
    /// The sorts of notice it tells people.
    pub notices: &'static [NoticeKind],
    /// Its settings.
    pub settings: &'static [Setting],
    /// Sorts of jobs it runs.
    pub jobs: &'static [JobKind],
    /// What it does by the clock.
    pub periodic: &'static [Periodic],
    /// The pages for those who only ask, if it brings them; one practice does.
    pub portal: Option<Portal>,
    /// Where somebody begins for whom it has something to begin with; the first practice that says so is followed.
    pub begins: fn(&mut Tx, &crate::house::House, &View) -> Result<Option<&'static str>>,
    /// Checks its own data; findings name the record.
    pub verify: fn(&mut Tx) -> Result<Vec<Finding>>,
}

impl Practice {
    /// A practice that brings nothing yet.
    pub const PLAIN: Practice = Practice {
        key: "",
        about: "",
        floor: Floor::People,
        needs: &[],
        registers: &[],
        routes: &[],
        live: &[],
        reactions: &[],
        erasures: &[],
        panels: &[],
        overviews: &[],
        today: &[],
        notices: &[],
        settings: &[],
        jobs: &[],
        periodic: &[],
        portal: None,
        begins: |_, _, _| Ok(None),
        verify: |_| Ok(Vec::new()),
    };
}
