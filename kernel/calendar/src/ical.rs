//! Holidays from an iCalendar file (RFC 5545).
//!
//! Only whole days matter: events with a time of day are left out and noted. A holiday list comes from outside, so everything is
//! bounded: size, lines, events, repetitions and the days that come out of it. Repetitions cover yearly feasts (a date, the nth
//! or last weekday of a month) and plain daily, weekly and monthly ones; of other rules the first date is taken and noted.

mod event;
mod lines;
mod rule;
mod value;

use crate::spec::Holiday;
use crate::{MAX_HOLIDAYS, YEARS};
use event::Event;
use jiff::civil::Date;
use lines::Line;
use std::collections::BTreeSet;
use std::fmt;

/// Largest file read, in bytes.
pub const MAX_BYTES: usize = 1024 * 1024;

/// Longest line after unfolding, in bytes.
pub const MAX_LINE: usize = 8 * 1024;

/// Most events in one file.
pub const MAX_EVENTS: usize = 5_000;

/// Longest event, in days.
pub const MAX_DAYS: i64 = 366;

/// Most notes given; one more says that there were others.
pub const MAX_NOTES: usize = 200;

/// Most days looked at for one file, repetitions and long events included.
pub const MAX_WORK: usize = 250_000;

/// What came out of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Import {
    /// The holidays by date, none twice.
    pub holidays: Vec<Holiday>,
    /// What was left out or taken in a way one may want to know.
    pub notes: Vec<Note>,
}

/// A remark on a line of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Line number from 1; of a folded line, its first.
    pub line: usize,
    /// The remark.
    pub text: String,
}

/// Why a file was refused as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// Line number from 1; 0 if it concerns the whole file.
    pub line: usize,
    /// What is wrong and what to do.
    pub message: String,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => f.write_str(&self.message),
            line => write!(f, "line {line}: {}", self.message),
        }
    }
}

impl std::error::Error for Refused {}

/// Reads the holidays from `from` to `until` (both included, cut to [`YEARS`]) from a file.
///
/// Refused as a whole: files over [`MAX_BYTES`], not UTF-8, not iCalendar, cut off, or with a line that cannot be one. An event
/// that cannot be understood is left out and noted with its line.
pub fn read(bytes: &[u8], from: Date, until: Date) -> Result<Import, Refused> {
    if bytes.len() > MAX_BYTES {
        let message = format!("the file has {} bytes, {MAX_BYTES} are read at most; export fewer years", bytes.len());
        return Err(Refused { line: 0, message });
    }
    let text = std::str::from_utf8(bytes).map_err(|e| {
        let line = bytes[..e.valid_up_to()].iter().filter(|&&b| b == b'\n').count() + 1;
        Refused { line, message: "not UTF-8 text; save the file as UTF-8".into() }
    })?;
    let from = from.max(Date::constant(*YEARS.start(), 1, 1));
    let until = until.min(Date::constant(*YEARS.end(), 12, 31));
    let mut reader = Reader { from, until, budget: Budget(MAX_WORK), ..Reader::default() };
    for line in lines::unfold(text) {
        reader.line(&line?)?;
    }
    reader.finish(text.lines().count())
}

/// State of reading: the open components, the event being read and the days found.
#[derive(Default)]
struct Reader {
    from: Date,
    until: Date,
    stack: Vec<String>,
    ended: bool,
    events: usize,
    event: Option<Event>,
    days: BTreeSet<Holiday>,
    notes: Vec<Note>,
    budget: Budget,
    full: bool,
}

/// Days that may still be looked at.
#[derive(Default)]
struct Budget(usize);

impl Budget {
    /// Takes `n` days; if that is more than is left, takes all and says no, now and from now on.
    fn spend(&mut self, n: usize) -> bool {
        let enough = n <= self.0;
        self.0 = if enough { self.0 - n } else { 0 };
        enough
    }
}

impl Reader {
    fn line(&mut self, line: &Line) -> Result<(), Refused> {
        let refuse = |message: String| Err(Refused { line: line.number, message });
        match line.name.as_str() {
            _ if self.ended => self.after_end(line),
            "BEGIN" => self.begin(line),
            _ if self.stack.is_empty() => refuse("not an iCalendar file: it must start with BEGIN:VCALENDAR".into()),
            "END" => match self.stack.pop() {
                Some(open) if open.eq_ignore_ascii_case(&line.value) => {
                    self.end(&open);
                    Ok(())
                }
                Some(open) => refuse(format!("END:{} where END:{open} belongs; the file is damaged", value::short(&line.value))),
                None => refuse("END without BEGIN".into()),
            },
            _ => {
                if let (Some(event), true) = (&mut self.event, self.stack.len() == 2) {
                    event.property(line);
                }
                Ok(())
            }
        }
    }

    /// More than one calendar in a file is allowed; anything else is not.
    fn after_end(&mut self, line: &Line) -> Result<(), Refused> {
        self.ended = false;
        self.begin(line)
    }

    fn begin(&mut self, line: &Line) -> Result<(), Refused> {
        let name = line.value.to_ascii_uppercase();
        let refuse = |message: &str| Err(Refused { line: line.number, message: message.into() });
        if self.stack.is_empty() && (line.name != "BEGIN" || name != "VCALENDAR") {
            return refuse("not an iCalendar file: it must start with BEGIN:VCALENDAR");
        }
        if self.stack.len() >= 8 {
            return refuse("components nested too deeply");
        }
        if self.stack.len() == 1 && name == "VEVENT" {
            self.events += 1;
            if self.events > MAX_EVENTS {
                return refuse(&format!("more than {MAX_EVENTS} events; export fewer years"));
            }
            self.event = Some(Event::new(line.number));
        }
        self.stack.push(name);
        Ok(())
    }

    fn end(&mut self, name: &str) {
        self.ended = self.stack.is_empty();
        if name != "VEVENT" || self.stack.len() != 1 {
            return;
        }
        let Some(event) = self.event.take() else { return };
        let line = event.line;
        match event.days(self.from, self.until, &mut self.budget) {
            Ok(found) => {
                found.notes.into_iter().for_each(|n| self.note(n.line, n.text));
                for date in found.dates {
                    self.day(line, date, &found.name);
                }
            }
            Err(note) => self.note(note.line, note.text),
        }
        if self.budget.0 == 0 {
            self.stop(line, format!("{MAX_WORK} days looked at"));
        }
    }

    fn day(&mut self, line: usize, date: Date, name: &str) {
        if self.days.len() < MAX_HOLIDAYS {
            self.days.insert(Holiday { date: date.to_string(), name: name.to_owned() });
        } else {
            self.stop(line, format!("{MAX_HOLIDAYS} holidays reached"));
        }
    }

    fn stop(&mut self, line: usize, why: String) {
        if !self.full {
            self.full = true;
            self.notes.push(Note { line, text: format!("{why}; from here on holidays were left out") });
        }
    }

    fn note(&mut self, line: usize, text: String) {
        match self.notes.len() {
            n if n < MAX_NOTES => self.notes.push(Note { line, text }),
            n if n == MAX_NOTES => self.notes.push(Note { line, text: "and more of the kind".into() }),
            _ => {}
        }
    }

    fn finish(self, lines: usize) -> Result<Import, Refused> {
        if !self.ended {
            let message = match self.stack.last() {
                Some(open) => format!("the file ends before END:{open}; it was cut off, fetch it again"),
                None => "the file is empty".into(),
            };
            return Err(Refused { line: lines, message });
        }
        Ok(Import { holidays: self.days.into_iter().collect(), notes: self.notes })
    }
}
