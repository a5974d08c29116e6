//! One event: what it says and the days it makes.

use super::lines::Line;
use super::rule::Rule;
use super::value::{self, When};
use super::{Budget, MAX_DAYS, Note};
use jiff::ToSpan;
use jiff::civil::Date;
use std::collections::BTreeSet;

/// A `VEVENT` as far as it matters.
pub(super) struct Event {
    pub(super) line: usize,
    name: String,
    start: Option<(usize, Option<When>)>,
    end: Option<(usize, Option<When>)>,
    days: Option<(usize, Option<i64>)>,
    rule: Option<(usize, String)>,
    more: Vec<Date>,
    except: Vec<Date>,
    cancelled: bool,
    notes: Vec<Note>,
}

/// What an event came to.
pub(super) struct Found {
    pub(super) name: String,
    pub(super) dates: BTreeSet<Date>,
    pub(super) notes: Vec<Note>,
}

impl Event {
    pub(super) fn new(line: usize) -> Self {
        Event {
            line,
            name: String::new(),
            start: None,
            end: None,
            days: None,
            rule: None,
            more: Vec::new(),
            except: Vec::new(),
            cancelled: false,
            notes: Vec::new(),
        }
    }

    pub(super) fn property(&mut self, line: &Line) {
        let at = line.number;
        match line.name.as_str() {
            "SUMMARY" => self.name = value::text(&line.value),
            "DTSTART" => self.start = Some((at, value::when(line))),
            "DTEND" => self.end = Some((at, value::when(line))),
            "DURATION" => self.days = Some((at, value::days(&line.value))),
            "RRULE" if self.rule.is_some() => self.note(at, "a second RRULE was left out"),
            "RRULE" => self.rule = Some((at, line.value.clone())),
            "RECURRENCE-ID" => self.note(at, "moves one date of a repetition; that date stays a holiday too"),
            "STATUS" => self.cancelled = line.value.eq_ignore_ascii_case("CANCELLED"),
            "EXDATE" => {
                let dates = self.dates(line);
                self.except.extend(dates);
            }
            "RDATE" => {
                let dates = self.dates(line);
                self.more.extend(dates);
            }
            _ => {}
        }
    }

    /// The days between `from` and `until` as far as the budget goes, or why there are none.
    pub(super) fn days(mut self, from: Date, until: Date, budget: &mut Budget) -> Result<Found, Note> {
        let name = if self.name.is_empty() { "Holiday".to_owned() } else { self.name.clone() };
        let line = self.line;
        let refuse = |line: usize, text: &str| Err(Note { line, text: format!("“{}” was left out: {text}", value::short(&name)) });
        let (start, length) = match (self.cancelled, self.start) {
            (true, _) => return refuse(line, "it is cancelled"),
            (_, None) => return refuse(line, "it has no DTSTART"),
            (_, Some((at, None))) => return refuse(at, "DTSTART is not a date"),
            (_, Some((at, Some(When::Timed)))) => return refuse(at, "it has a time of day"),
            (_, Some((at, Some(When::Day(start))))) => (start, self.length(start, at, false)),
            (_, Some((at, Some(When::Midnight(start))))) => (start, self.length(start, at, true)),
        };
        let length = match length {
            Ok(days) if days > MAX_DAYS => return refuse(line, &format!("it lasts {days} days, {MAX_DAYS} are possible")),
            Ok(days) => days,
            Err((at, text)) => return refuse(at, text),
        };
        let earliest = from.saturating_sub((length - 1).days());
        let mut starts = self.starts(start, earliest, until, budget);
        for date in &self.except {
            starts.remove(date);
        }
        let mut dates = BTreeSet::new();
        let mut next = from;
        for start in starts {
            let end = start.saturating_add((length - 1).days()).min(until);
            while next.max(start) <= end && budget.spend(1) {
                next = next.max(start);
                dates.insert(next);
                next = next.tomorrow().unwrap_or(Date::MAX);
            }
        }
        Ok(Found { name, dates, notes: self.notes })
    }

    /// Whole days from `start`: `DTEND` is exclusive; without an end, one.
    fn length(&mut self, start: Date, at: usize, midnight: bool) -> Result<i64, (usize, &'static str)> {
        let between = |end: Date| i64::from((end - start).get_days());
        let days = match (self.end, self.days) {
            (Some((at, None)), _) => return Err((at, "DTEND is not a date")),
            (Some((at, Some(When::Timed))), _) => return Err((at, "it ends at a time of day")),
            (Some((_, Some(When::Day(end) | When::Midnight(end)))), _) => between(end),
            (None, Some((at, None))) => return Err((at, "DURATION is not one of whole days")),
            (None, Some((_, Some(days)))) => days,
            (None, None) if midnight => return Err((at, "it has a time of day")),
            (None, None) => return Ok(1),
        };
        match days {
            ..0 => Err((at, "it ends before it starts")),
            0 if midnight => Err((at, "it has a time of day")),
            0 => {
                self.note(at, "ends on the day it starts; taken as one day");
                Ok(1)
            }
            days => Ok(days),
        }
    }

    fn starts(&mut self, start: Date, from: Date, until: Date, budget: &mut Budget) -> BTreeSet<Date> {
        let mut all: BTreeSet<Date> = self.more.iter().copied().collect();
        match self.rule.take().map(|(at, text)| (at, Rule::parse(&text, start))) {
            None => all.extend([start]),
            Some((_, Ok(rule))) => all.extend(rule.dates(start, from, until, budget)),
            Some((at, Err(why))) => {
                self.note(at, &format!("only the first date was taken: {why}"));
                all.extend([start]);
            }
        }
        all
    }

    /// Dates of an `EXDATE` or `RDATE`, times of day cut off.
    fn dates(&mut self, line: &Line) -> Vec<Date> {
        if line.param("VALUE").is_some_and(|v| v.eq_ignore_ascii_case("PERIOD")) {
            self.note(line.number, "periods are not read");
            return Vec::new();
        }
        let parts = || line.value.split(',').map(|p| value::date(p.split('T').next().unwrap_or(p)));
        if parts().any(|d| d.is_none()) {
            self.note(line.number, &format!("{} has something that is not a date", line.name));
        }
        parts().flatten().collect()
    }

    fn note(&mut self, line: usize, text: &str) {
        self.notes.push(Note { line, text: text.to_owned() });
    }
}
