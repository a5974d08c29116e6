//! Last night: from the end of the last working time until work began again, and what happened, in three sentences. Pure.

#[cfg(test)]
use super::rank::upper;
use super::rank::words;
use super::store::MOST_BROKEN;
use calendar::Calendar;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

/// The time in which nobody was at work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Night {
    /// When work ended.
    pub from: i64,
    /// When it began again, or now.
    pub until: i64,
    /// Work has begun again.
    pub over: bool,
}

const HOUR: i64 = 3_600_000;
/// A shorter break is not a night.
const BREAK: i64 = 4 * HOUR;
/// How far back the end of work is looked for.
const BACK: i64 = 21 * 24 * HOUR;

/// The last night seen at `now`, by the hours of a calendar; without one, or by one that never closes, from 18:00 to 08:00 in the zone.
pub fn night(calendar: Option<&Calendar>, now: i64, zone: &TimeZone) -> Night {
    calendar.and_then(|calendar| by_hours(calendar, now)).unwrap_or_else(|| evening_to_morning(now, zone))
}

fn by_hours(calendar: &Calendar, now: i64) -> Option<Night> {
    let mut work: Vec<(i64, i64)> = Vec::new();
    for span in calendar.intervals(now - BACK, now + 1) {
        match work.last_mut() {
            Some(last) if span.from - last.1 < BREAK => last.1 = span.until,
            _ => work.push((span.from, span.until)),
        }
    }
    let (begun, ended) = *work.last()?;
    if now - ended >= BREAK || !calendar.is_open(now) && ended <= now {
        return Some(Night { from: ended, until: now, over: false });
    }
    let before = work.len().checked_sub(2).and_then(|at| work.get(at))?;
    Some(Night { from: before.1, until: begun, over: true })
}

fn evening_to_morning(now: i64, zone: &TimeZone) -> Night {
    let stamp = Timestamp::from_millisecond(now).unwrap_or(Timestamp::UNIX_EPOCH);
    let today = zone.to_datetime(stamp).date();
    let at = |day: jiff::civil::Date, hour: i8| zone.to_timestamp(day.at(hour, 0, 0, 0)).map_or(now, |at| at.as_millisecond());
    let yesterday = today.checked_sub(1.day()).unwrap_or(today);
    let morning = at(today, 8);
    Night { from: at(yesterday, 18).min(now), until: morning.min(now), over: morning <= now }
}

/// A part of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Words.
    Text(String),
    /// A figure that opens its records; with what it counts.
    Figure(String, String, &'static str),
    /// A record.
    Link(String, String),
}

/// A count with the list of what was counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    /// How many.
    pub count: i64,
    /// The list; empty where no address can name what was counted.
    pub href: String,
}

/// How an incident of the night stands now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Stands {
    /// Something is still owed.
    #[default]
    Open,
    /// It was resolved, at a time as it reads.
    Resolved(String),
    /// It ended without a resolution.
    CalledOff,
}

impl Stands {
    fn told(&self) -> String {
        match self {
            Stands::Open => "it is still open".into(),
            Stands::Resolved(at) => format!("it was resolved at {at}"),
            Stands::CalledOff => "it was called off".into(),
        }
    }
}

/// A critical incident of the night.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Critical {
    /// When it was reported, as it reads.
    pub at: String,
    /// What.
    pub summary: String,
    /// Its page.
    pub href: String,
    /// 1 or 2.
    pub priority: i64,
    /// How it stands.
    pub stands: Stands,
    /// How many more there were.
    pub more: i64,
}

/// A window of the night.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ran {
    /// Its name.
    pub name: String,
    /// Its page.
    pub href: String,
    /// From when until when, as it reads.
    pub from: String,
    /// Its end.
    pub until: String,
}

/// What happened.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// Begin of the night, as it reads.
    pub from: String,
    /// Its end, if it is over.
    pub until: Option<String>,
    /// Tickets opened.
    pub opened: Counted,
    /// Tickets resolved.
    pub resolved: Counted,
    /// Tickets on which a promise was broken.
    pub broken: Counted,
    /// How many of them are critical incidents.
    pub broken_critical: i64,
    /// The most critical incident reported.
    pub critical: Option<Critical>,
    /// A window that ended in the night.
    pub window: Option<Ran>,
}

/// The three sentences.
pub fn sentences(facts: &Facts) -> Vec<Piece> {
    let mut all = Vec::new();
    contacts(facts, &mut all);
    promises(facts, &mut all);
    happened(facts, &mut all);
    all
}

fn text(all: &mut Vec<Piece>, words: impl Into<String>) {
    all.push(Piece::Text(words.into()));
}

fn figure(all: &mut Vec<Piece>, counted: &Counted, shown: String, what: &'static str) {
    all.push(Piece::Figure(shown, counted.href.clone(), what));
}

fn contacts(facts: &Facts, all: &mut Vec<Piece>) {
    let number = |count: i64| if count == 0 { "none".to_owned() } else { ui::format::number(count) };
    let contacts = match facts.opened.count {
        0 => "no contacts".into(),
        1 => "1 contact".into(),
        count => format!("{} contacts", ui::format::number(count)),
    };
    match &facts.until {
        Some(until) => text(all, format!("Between {} and {until} the desk took ", facts.from)),
        None => text(all, format!("Since {} the desk has taken ", facts.from)),
    }
    figure(all, &facts.opened, contacts, "Tickets opened in that time.");
    text(all, " and closed ");
    figure(all, &facts.resolved, number(facts.resolved.count), "Tickets whose last resolution falls into that time.");
    text(all, ". ");
}

fn promises(facts: &Facts, all: &mut Vec<Piece>) {
    let count = facts.broken.count;
    if count == 0 {
        return text(all, "No promise was broken. ");
    }
    text(all, if count == 1 { "A promise was broken on " } else { "Promises were broken on " });
    let number = if count >= MOST_BROKEN { format!("{} or more", ui::format::number(MOST_BROKEN)) } else { words(count) };
    let tickets = format!("{number} ticket{}", if count == 1 { "" } else { "s" });
    figure(all, &facts.broken, tickets, "Tickets on which the journal notes a broken promise in that time.");
    match facts.broken_critical {
        0 => text(all, ". "),
        1 if count == 1 => text(all, ", a critical incident. "),
        1 => text(all, ", one of them a critical incident. "),
        several => text(all, format!(", {} of them critical incidents. ", words(several))),
    }
}

fn happened(facts: &Facts, all: &mut Vec<Piece>) {
    if let Some(critical) = &facts.critical {
        text(all, format!("At {} ", critical.at));
        all.push(Piece::Link(critical.summary.clone(), critical.href.clone()));
        let more = match critical.more {
            0 => String::new(),
            1 => ", and one more critical incident was reported".into(),
            more => format!(", and {} more critical incidents were reported", words(more)),
        };
        return text(all, format!(" was reported as P{}; {}{more}.", critical.priority, critical.stands.told()));
    }
    if let Some(window) = &facts.window {
        all.push(Piece::Link(window.name.clone(), window.href.clone()));
        return text(all, format!(" ran from {} to {}; nothing critical was reported.", window.from, window.until));
    }
    text(all, "Nothing critical was reported.");
}

/// The sentences as plain words.
#[cfg(test)]
fn plain(pieces: &[Piece]) -> String {
    let words = pieces.iter().map(|piece| match piece {
        Piece::Text(text) | Piece::Figure(text, _, _) | Piece::Link(text, _) => text.as_str(),
    });
    upper(words.collect::<String>().trim())
}

#[cfg(test)]
#[path = "night_tests.rs"]
mod tests;
