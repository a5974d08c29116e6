//! All promises in force, kept in memory until one of them changes, and the choice of the one that a ticket gets.

use super::store;
use calendar::{Span, apart};
use db::Tx;
use estate::window::{Excluded, Window};
use kernel::House;
use kernel::Result;
use kernel::memory::epoch;
use std::collections::HashMap;
use std::sync::Arc;

/// What a clock measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Measure {
    /// Until somebody first answers in public.
    FirstResponse,
    /// From one public answer to the next.
    NextUpdate,
    /// Until it is resolved.
    Resolution,
}

impl Measure {
    /// As the database and URLs say it.
    pub fn key(self) -> &'static str {
        match self {
            Measure::FirstResponse => "first_response",
            Measure::NextUpdate => "next_update",
            Measure::Resolution => "resolution",
        }
    }
    /// As a chip says it.
    pub fn word(self) -> &'static str {
        match self {
            Measure::FirstResponse => "respond",
            Measure::NextUpdate => "next update",
            Measure::Resolution => "resolve",
        }
    }
    /// Reads what [`Measure::key`] wrote.
    pub fn read(text: &str) -> Option<Measure> {
        [Measure::FirstResponse, Measure::NextUpdate, Measure::Resolution].into_iter().find(|it| it.key() == text)
    }
}

/// How soon something is promised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Target {
    /// What is measured.
    pub measure: Measure,
    /// For tickets of this priority; none: of any other.
    pub priority: Option<i64>,
    /// Working time.
    pub seconds: i64,
    /// Share of it after which the clock warns.
    pub warn_percent: i64,
}

/// A service level with its targets.
#[derive(Clone, Debug, Default)]
pub struct Level {
    /// Its id.
    pub id: i64,
    /// Whose promise it is: it reaches that organisation and those below it.
    pub organisation: i64,
    /// Only for this service.
    pub service: Option<i64>,
    /// Only for this customer.
    pub customer: Option<i64>,
    /// `incident`, `request` or `all`.
    pub tickets: String,
    /// Its calendar.
    pub calendar: i64,
    /// For what it pauses, as bits; see [`crate::clock::pauses_for`].
    pub pauses: i64,
    /// Its targets.
    pub targets: Vec<Target>,
}

/// What a promise is about.
#[derive(Clone, Copy, Debug)]
pub struct About {
    /// The ticket's id.
    pub ticket: i64,
    /// Its organisation.
    pub organisation: i64,
    /// Its service.
    pub service: Option<i64>,
    /// Its configuration item.
    pub item: Option<i64>,
    /// Whether it is a request; else an incident.
    pub request: bool,
    /// 1 critical to 5 planning.
    pub priority: i64,
}

/// What of a ticket decides which windows are left out of its clocks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Subject {
    /// Its organisation.
    pub organisation: i64,
    /// Its service.
    pub service: Option<i64>,
    /// Its configuration item.
    pub item: Option<i64>,
}

/// All promises in force.
#[derive(Debug, Default)]
pub struct Book {
    epoch: i64,
    /// The levels.
    pub levels: Vec<Level>,
    parents: HashMap<i64, i64>,
    /// Calendar to its versions: (valid from, id), oldest first.
    versions: HashMap<i64, Vec<(i64, i64)>>,
    /// Windows whose time does not count.
    windows: Vec<Excluded>,
}

/// The promises in force, from memory unless they changed.
pub fn book(tx: &mut Tx, house: &House) -> Result<Arc<Book>> {
    let epoch = epoch(tx, "promises")?;
    match house.memory.get::<Book>() {
        Some(book) if book.epoch == epoch => Ok(book),
        _ => Ok(house.memory.keep(load(tx, epoch)?)),
    }
}

fn load(tx: &mut Tx, epoch: i64) -> Result<Book> {
    let mut levels = store::levels(tx)?;
    for (level, target) in store::targets(tx)? {
        if let Some(level) = levels.iter_mut().find(|it| it.id == level) {
            level.targets.push(target);
        }
    }
    Ok(Book { epoch, levels, parents: store::parents(tx)?, versions: store::versions(tx)?, windows: estate::window::excluded(tx)? })
}

impl Book {
    /// The promises in force, read anew: for checks, which believe no memory.
    pub fn read(tx: &mut Tx) -> Result<Book> {
        load(tx, 0)
    }
}

/// Organisations are nested no deeper than this.
const DEEPEST: usize = 50;

impl Book {
    /// The level that a ticket gets: of those that fit, the one that names service and customer, then service, then
    /// customer, then neither; among equals the one promised nearest to the ticket's organisation, then the oldest.
    pub fn choose(&self, about: &About) -> Option<&Level> {
        let kind = if about.request { "request" } else { "incident" };
        let fits = |level: &&Level| {
            (level.tickets == "all" || level.tickets == kind)
                && level.service.is_none_or(|service| Some(service) == about.service)
                && level.customer.is_none_or(|customer| self.distance(about.organisation, customer).is_some())
        };
        let rank = |level: &&Level| {
            let above = self.distance(about.organisation, level.organisation)?;
            let customer = level.customer.and_then(|customer| self.distance(about.organisation, customer)).unwrap_or(DEEPEST);
            Some((level.service.is_none(), level.customer.is_none(), customer, above, level.id))
        };
        let ranked = self.levels.iter().filter(fits).filter_map(|level| Some((rank(&level)?, level)));
        ranked.min_by_key(|(rank, _)| *rank).map(|(_, level)| level)
    }

    /// How many steps up from one organisation another stands; none if it does not stand above it.
    fn distance(&self, from: i64, to: i64) -> Option<usize> {
        let mut at = from;
        for steps in 0..DEEPEST {
            if at == to {
                return Some(steps);
            }
            at = *self.parents.get(&at)?;
        }
        None
    }

    /// The version of a calendar in force at an instant: the first one for anything earlier.
    pub fn version(&self, calendar: i64, at: i64) -> Option<i64> {
        let versions = self.versions.get(&calendar)?;
        let then = versions.iter().rev().find(|(from, _)| *from <= at);
        then.or(versions.first()).map(|(_, id)| *id)
    }
}

impl Book {
    /// The windows that end after `since` and whose time does not count for a ticket about something, in order of time.
    pub fn excluded(&self, about: Subject, since: i64) -> impl Iterator<Item = &Window> {
        let concerns = move |it: &&Excluded| {
            let named = |id: Option<i64>| id.is_some_and(|id| it.about.contains(&id));
            it.window.ends_at > since
                && (it.about.is_empty() || named(about.service) || named(about.item))
                && self.distance(about.organisation, it.organisation).is_some()
        };
        self.windows.iter().filter(concerns).map(|it| &it.window)
    }

    /// The same as stretches of time.
    pub fn out(&self, about: Subject, since: i64) -> Vec<Span> {
        apart(self.excluded(about, since).map(|it| Span { from: it.starts_at, until: it.ends_at }).collect())
    }
}

impl About {
    /// What windows go by.
    pub fn subject(&self) -> Subject {
        Subject { organisation: self.organisation, service: self.service, item: self.item }
    }

    /// The stretches of time after `since` that do not count for it.
    pub fn out(&self, book: &Book, since: i64) -> Vec<Span> {
        book.out(self.subject(), since)
    }
}

impl Level {
    /// The target for a measure and a priority: the one that names the priority, else the one for any.
    pub fn target(&self, measure: Measure, priority: i64) -> Option<&Target> {
        let mine = || self.targets.iter().filter(|it| it.measure == measure);
        mine().find(|it| it.priority == Some(priority)).or_else(|| mine().find(|it| it.priority.is_none()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Id, organisation, service, customer and kind of tickets of a level.
    type Promise = (i64, i64, Option<i64>, Option<i64>, &'static str);

    fn book(levels: &[Promise]) -> Book {
        let level = |&(id, organisation, service, customer, tickets): &Promise| Level {
            id,
            organisation,
            service,
            customer,
            tickets: tickets.into(),
            ..Level::default()
        };
        Book { levels: levels.iter().map(level).collect(), parents: [(11, 10), (12, 10), (111, 11)].into(), ..Book::default() }
    }

    fn chosen(book: &Book, organisation: i64, service: Option<i64>, request: bool) -> Option<i64> {
        let about = About { ticket: 1, organisation, service, item: None, request, priority: 3 };
        book.choose(&about).map(|level| level.id)
    }

    #[test]
    fn the_most_particular_promise_wins() {
        let all = book(&[
            (1, 10, None, None, "all"),
            (2, 10, None, Some(11), "all"),
            (3, 10, Some(7), None, "all"),
            (4, 10, Some(7), Some(11), "incident"),
            (5, 12, None, None, "all"),
        ]);
        assert_eq!(chosen(&all, 10, None, false), Some(1));
        assert_eq!(chosen(&all, 11, None, false), Some(2), "customer before default");
        assert_eq!(chosen(&all, 111, None, false), Some(2), "and for those below the customer");
        assert_eq!(chosen(&all, 12, None, false), Some(5), "the nearest organisation's default");
        assert_eq!(chosen(&all, 10, Some(7), false), Some(3), "service before default");
        assert_eq!(chosen(&all, 11, Some(7), false), Some(4), "both before one");
        assert_eq!(chosen(&all, 11, Some(7), true), Some(3), "service before customer, where the other is for incidents");
        assert_eq!(chosen(&all, 99, None, false), None, "another tree has no promise from here");
    }

    #[test]
    fn a_window_concerns_what_it_names_within_its_organisation() {
        let window = |id: i64, organisation, about: &[i64]| Excluded {
            window: Window { id, reference: String::new(), name: String::new(), starts_at: id * 10, ends_at: id * 10 + 10 },
            organisation,
            about: about.to_vec(),
        };
        let book = Book { windows: vec![window(1, 10, &[]), window(2, 11, &[]), window(3, 10, &[7, 8]), window(5, 12, &[7])], ..book(&[]) };
        let of =
            |organisation, service, item| book.excluded(Subject { organisation, service, item }, 0).map(|it| it.id).collect::<Vec<_>>();
        assert_eq!(of(10, None, None), [1]);
        assert_eq!(of(111, None, None), [1, 2], "those of the organisations above it");
        assert_eq!(of(11, Some(7), None), [1, 2, 3], "another organisation's window is not its own");
        assert_eq!(of(12, Some(9), Some(8)), [1, 3], "by its item");
        let about = About { ticket: 1, organisation: 11, service: Some(7), item: None, request: false, priority: 3 };
        let out = |since| about.out(&book, since).iter().map(|it| (it.from, it.until)).collect::<Vec<_>>();
        assert_eq!((out(0), out(20)), (vec![(10, 40)], vec![(20, 40)]), "windows that touch are one stretch");
    }

    #[test]
    fn a_target_for_the_priority_beats_the_one_for_any() {
        let target = |priority, seconds| Target { measure: Measure::Resolution, priority, seconds, warn_percent: 75 };
        let level = Level { targets: vec![target(None, 9), target(Some(1), 1)], ..Level::default() };
        let seconds = |priority| level.target(Measure::Resolution, priority).map(|it| it.seconds);
        assert_eq!((seconds(1), seconds(2)), (Some(1), Some(9)));
        assert_eq!(level.target(Measure::NextUpdate, 1), None);
    }

    #[test]
    fn a_calendars_version_is_the_one_in_force() {
        let book = Book { versions: [(1, vec![(100, 10), (200, 20)])].into(), ..Book::default() };
        let at = |at| book.version(1, at);
        assert_eq!((at(50), at(100), at(199), at(200), book.version(2, 0)), (Some(10), Some(10), Some(10), Some(20), None));
    }
}
