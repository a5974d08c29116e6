//! The order of the morning. Pure: the same lines at the same time always stand in the same order.
//!
//! First by how soon, in four bands; within a band by money that is lost by the hour, then other money, then promises, then people;
//! then by time. No weight is invented to make a promise comparable with money: where money is known it goes first, and the page says so.

use kernel::describe::{By, Need};
use std::cmp::Reverse;
pub use ui::format::{upper, words};

/// How soon.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Band {
    /// Something is lost every minute, or will be within the hour.
    Now,
    /// Due before midnight, or late.
    Today,
    /// Due within seven days.
    Week,
    /// Later, or without a time.
    Later,
}

impl Band {
    /// What a person reads.
    pub fn said(self) -> &'static str {
        match self {
            Band::Now => "cannot wait",
            Band::Today => "today",
            Band::Week => "this week",
            Band::Later => "later",
        }
    }
}

const HOUR: i64 = 3_600_000;
const WEEK: i64 = 7 * 24 * HOUR;

/// The band of something to be done, seen at `now` on a day that ends at `day_ends`. What is due on a day, which is at its very end,
/// does not become urgent by its last hour.
pub fn band(by: By, now: i64, day_ends: i64) -> Band {
    let on_the_day = |at: i64| (day_ends - 1..=day_ends).contains(&at);
    match by {
        By::Now => Band::Now,
        By::Time(at) if at <= now + HOUR && !on_the_day(at) => Band::Now,
        By::Late(_) => Band::Today,
        By::Time(at) if at <= day_ends => Band::Today,
        By::Time(at) if at <= now + WEEK => Band::Week,
        By::Time(_) | By::Someday => Band::Later,
    }
}

/// A line in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    /// Key of the contribution.
    pub key: &'static str,
    /// How soon.
    pub band: Band,
    /// What.
    pub need: Need,
}

/// Puts lines into order. Lines about one record become one: the first of them, with the reasons of the others behind its own.
pub fn rank(found: Vec<(&'static str, Need)>, now: i64, day_ends: i64) -> Vec<Placed> {
    let mut all: Vec<Placed> = found.into_iter().map(|(key, need)| Placed { key, band: band(need.by, now, day_ends), need }).collect();
    all.sort_by(|a, b| order(a).cmp(&order(b)));
    let mut kept: Vec<Placed> = Vec::with_capacity(all.len());
    for placed in all {
        let same = |it: &&mut Placed| !placed.need.reference.is_empty() && it.need.reference == placed.need.reference;
        match kept.iter_mut().find(same) {
            Some(first) => join(&mut first.need, placed.need),
            None => kept.push(placed),
        }
    }
    kept
}

type Order<'a> = (Band, Reverse<(bool, i64)>, Reverse<i64>, Reverse<i64>, i64, &'static str, &'a str);

fn order(placed: &Placed) -> Order<'_> {
    let stake = &placed.need.stake;
    let money = stake.money.as_ref().map_or((false, 0), |amount| (amount.per_hour, amount.minor));
    let at = match placed.need.by {
        By::Now => i64::MIN,
        By::Time(at) | By::Late(at) => at,
        By::Someday => i64::MAX,
    };
    (placed.band, Reverse(money), Reverse(stake.promises), Reverse(stake.people), at, placed.key, placed.need.what.as_str())
}

fn join(first: &mut Need, other: Need) {
    if !first.because.contains(&other.because) {
        first.because = format!("{} {}", first.because, other.because);
    }
    if first.stands.is_empty() {
        first.stands = other.stands;
    }
    for verb in other.verbs {
        if !first.verbs.iter().any(|it| it.path == verb.path) && first.verbs.len() < 2 {
            first.verbs.push(verb);
        }
    }
    if first.verbs.iter().filter(|it| it.first).count() > 1 {
        first.verbs.iter_mut().skip(1).for_each(|it| it.first = false);
    }
}

/// What stands above the line: at most so many, and nothing that can wait more than a week.
pub const MOST_ABOVE: usize = 12;

/// How many lines stand above the line, of those in order.
pub fn above(placed: &[Placed]) -> usize {
    placed.iter().take_while(|it| it.band < Band::Later).count().min(MOST_ABOVE)
}

/// The title: how many things need whoever looks, and how many of them cannot wait.
pub fn title(placed: &[Placed]) -> String {
    let all = placed.iter().filter(|it| it.band < Band::Later).count();
    let hot = placed.iter().filter(|it| it.band == Band::Now).count();
    match (all, hot) {
        (0, _) => "Nothing needs you now".into(),
        (1, 0) => "One thing needs you".into(),
        (1, _) => "One thing needs you, and it cannot wait".into(),
        (all, 0) => format!("{} things need you; all can wait an hour", upper(&words(all as i64))),
        (all, hot) if all == hot => format!("{} things need you, and none of them can wait", upper(&words(all as i64))),
        (all, hot) => format!("{} things need you; {} cannot wait", upper(&words(all as i64)), words(hot as i64)),
    }
}

#[cfg(test)]
#[path = "rank_tests.rs"]
mod tests;
