//! The day on one axis: working time, windows, and what falls due.

use super::gather::Day;
use super::rank::Placed;
use calendar::Calendar;
use db::Tx;
use estate::window::Seen;
use jiff::Timestamp;
use kernel::Result;
use kernel::describe::By;
use kernel::web::Request;
use ui::chart::{Hours, Mark, Sort, Table};

/// Most windows of a day.
const MOST_WINDOWS: i64 = 40;
/// Most promises of a day; the rest stands in the list.
const MOST_DUE: usize = 8;

/// The lanes of the day; a lane without marks is left out.
pub fn lanes(tx: &mut Tx, request: &Request, day: &Day, hours: Option<&Calendar>, placed: &[Placed]) -> Result<Hours> {
    let windows = estate::window::seen_between(tx, &request.view, "read", day.from, day.until, MOST_WINDOWS)?;
    let axis = Axis { day, request };
    let all = [("Working time", axis.work(hours)), ("Windows", axis.windows(&windows)), ("Due", axis.due(placed))];
    let rows: Vec<Vec<String>> = all
        .iter()
        .flat_map(|(lane, marks)| marks.iter().map(|mark| vec![mark.when.clone(), (*lane).to_owned(), mark.label.clone()]))
        .collect();
    let (shown, due) = (windows.len(), all[2].1.len());
    Ok(Hours {
        finding: format!(
            "Today, hour by hour: {}, {}. The list behind this picture follows.",
            many(shown, "window"),
            many(due, "promise due")
        ),
        ticks: (0..=8).map(|part| part * 3).map(|hour| (axis.hour(hour), format!("{hour:02}:00"))).collect(),
        lanes: all.into_iter().filter(|(_, marks)| !marks.is_empty()).map(|(name, marks)| (name.to_owned(), marks)).collect(),
        now: Some((axis.at(request.now), format!("now {}", axis.clock(request.now)))),
        table: Table { heads: ["When", "What", "Which"].map(str::to_owned).to_vec(), rows, csv: None },
    })
}

fn many(count: usize, what: &str) -> String {
    let (first, rest) = what.split_once(' ').unwrap_or((what, ""));
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {first}{plural}{}{rest}", if rest.is_empty() { "" } else { " " })
}

struct Axis<'a> {
    day: &'a Day,
    request: &'a Request,
}

impl Axis<'_> {
    fn at(&self, at: i64) -> f64 {
        ((at - self.day.from) as f64 / (self.day.until - self.day.from).max(1) as f64).clamp(0.0, 1.0)
    }

    /// Where an hour of the clock stands: the clocks may go back or on that day. An hour that they repeat is its first.
    fn hour(&self, hour: i8) -> f64 {
        let civil = self.day.date.at(hour.min(23), 0, 0, 0);
        let begins = self.request.view.zone.to_timestamp(civil).map_or(self.day.from, |at| at.as_millisecond());
        self.at(if hour >= 24 { self.day.until } else { begins })
    }

    fn clock(&self, at: i64) -> String {
        let there = self.request.view.zone.to_datetime(Timestamp::from_millisecond(at).unwrap_or(Timestamp::UNIX_EPOCH));
        let form = if (self.day.from..self.day.until).contains(&at) { "%H:%M" } else { "%-d %b %H:%M" };
        ui::manner::written(there, form)
    }

    fn span(&self, from: i64, until: i64) -> String {
        // The midnight at the end of the day reads as 24:00, not as that of the day after.
        let until = if until == self.day.until { "24:00".into() } else { self.clock(until) };
        format!("{} to {until}", self.clock(from))
    }

    fn work(&self, hours: Option<&Calendar>) -> Vec<Mark> {
        let Some(hours) = hours else { return Vec::new() };
        let mark = |span: calendar::Span| Mark {
            from: self.at(span.from),
            until: self.at(span.until),
            label: self.span(span.from, span.until),
            when: self.span(span.from, span.until),
            sort: Sort::Work,
            href: None,
        };
        hours.intervals(self.day.from, self.day.until).map(mark).collect()
    }

    fn windows(&self, all: &[Seen]) -> Vec<Mark> {
        let mark = |seen: &Seen| Mark {
            from: self.at(seen.window.starts_at),
            until: self.at(seen.window.ends_at),
            label: if seen.freezes { format!("{}, no changes", seen.window.name) } else { seen.window.name.clone() },
            when: self.span(seen.window.starts_at, seen.window.ends_at),
            sort: if seen.freezes { Sort::Freeze } else { Sort::Window },
            href: Some(format!("/windows/{}", seen.window.reference)),
        };
        all.iter().map(mark).collect()
    }

    /// What falls or fell due today, of the lines of the morning.
    fn due(&self, placed: &[Placed]) -> Vec<Mark> {
        let mut due: Vec<(i64, bool, &Placed)> = placed
            .iter()
            .filter_map(|it| match it.need.by {
                By::Time(at) => Some((at, false, it)),
                By::Late(at) if it.need.stake.promises > 0 => Some((at, true, it)),
                _ => None,
            })
            .filter(|(at, _, it)| (self.day.from..self.day.until).contains(at) && !it.need.reference.is_empty())
            .collect();
        due.sort_by_key(|(at, _, _)| *at);
        due.truncate(MOST_DUE);
        let mark = |(at, missed, it): (i64, bool, &Placed)| Mark {
            from: self.at(at),
            until: self.at(at),
            label: it.need.reference.clone(),
            when: self.clock(at),
            sort: if missed { Sort::Missed } else { Sort::Due },
            href: Some(it.need.href.clone()),
        };
        due.into_iter().map(mark).collect()
    }
}
