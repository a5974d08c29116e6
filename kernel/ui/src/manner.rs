//! The languages in which dates and numbers are written. Only those; words stay in the language of the product.
//! Names of months and days, order and marks after Unicode CLDR.

use std::fmt::Write;

use jiff::civil::Date;
use jiff::fmt::strtime::BrokenDownTime;

use crate::reader;

/// A manner of writing.
#[derive(Debug, PartialEq, Eq)]
pub struct Manner {
    /// A language tag, by which it is kept.
    pub key: &'static str,
    /// What it is called in its own words.
    pub label: &'static str,
    months: [&'static str; 12],
    long_months: [&'static str; 12],
    /// Monday first.
    days: [&'static str; 7],
    long_days: [&'static str; 7],
    order: Order,
    /// Between thousands, and before the fraction.
    pub(crate) marks: (&'static str, &'static str),
}

/// How day, month and year follow one another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    /// "2 Oct 2026".
    Day,
    /// "2. Oct 2026".
    DayDot,
    /// "Oct 2, 2026".
    Month,
    /// "2026-10-02".
    Year,
}

const NO_BREAK: &str = "\u{a0}";
const ENGLISH: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const ENGLISH_LONG: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
const ENGLISH_DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const ENGLISH_LONG_DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// All of them; the first is how the product writes for whoever has not chosen.
pub static ALL: [Manner; 9] = [
    Manner {
        key: "en-GB",
        label: "English",
        months: ENGLISH,
        long_months: ENGLISH_LONG,
        days: ENGLISH_DAYS,
        long_days: ENGLISH_LONG_DAYS,
        order: Order::Day,
        marks: (",", "."),
    },
    Manner {
        key: "en-US",
        label: "English (United States)",
        months: ENGLISH,
        long_months: ENGLISH_LONG,
        days: ENGLISH_DAYS,
        long_days: ENGLISH_LONG_DAYS,
        order: Order::Month,
        marks: (",", "."),
    },
    Manner {
        key: "da",
        label: "Dansk",
        months: ["jan.", "feb.", "mar.", "apr.", "maj", "jun.", "jul.", "aug.", "sep.", "okt.", "nov.", "dec."],
        long_months: [
            "januar",
            "februar",
            "marts",
            "april",
            "maj",
            "juni",
            "juli",
            "august",
            "september",
            "oktober",
            "november",
            "december",
        ],
        days: ["man.", "tir.", "ons.", "tor.", "fre.", "lør.", "søn."],
        long_days: ["mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag"],
        order: Order::DayDot,
        marks: (".", ","),
    },
    Manner {
        key: "de",
        label: "Deutsch",
        months: ["Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sept.", "Okt.", "Nov.", "Dez."],
        long_months: [
            "Januar",
            "Februar",
            "März",
            "April",
            "Mai",
            "Juni",
            "Juli",
            "August",
            "September",
            "Oktober",
            "November",
            "Dezember",
        ],
        days: ["Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"],
        long_days: ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"],
        order: Order::DayDot,
        marks: (".", ","),
    },
    Manner {
        key: "es",
        label: "Español",
        months: ["ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sept", "oct", "nov", "dic"],
        long_months: [
            "enero",
            "febrero",
            "marzo",
            "abril",
            "mayo",
            "junio",
            "julio",
            "agosto",
            "septiembre",
            "octubre",
            "noviembre",
            "diciembre",
        ],
        days: ["lun", "mar", "mié", "jue", "vie", "sáb", "dom"],
        long_days: ["lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"],
        order: Order::Day,
        marks: (".", ","),
    },
    Manner {
        key: "fr",
        label: "Français",
        months: ["janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."],
        long_months: [
            "janvier",
            "février",
            "mars",
            "avril",
            "mai",
            "juin",
            "juillet",
            "août",
            "septembre",
            "octobre",
            "novembre",
            "décembre",
        ],
        days: ["lun.", "mar.", "mer.", "jeu.", "ven.", "sam.", "dim."],
        long_days: ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"],
        order: Order::Day,
        marks: (NO_BREAK, ","),
    },
    Manner {
        key: "nl",
        label: "Nederlands",
        months: ["jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"],
        long_months: [
            "januari",
            "februari",
            "maart",
            "april",
            "mei",
            "juni",
            "juli",
            "augustus",
            "september",
            "oktober",
            "november",
            "december",
        ],
        days: ["ma", "di", "wo", "do", "vr", "za", "zo"],
        long_days: ["maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"],
        order: Order::Day,
        marks: (".", ","),
    },
    Manner {
        key: "sv",
        label: "Svenska",
        months: ["jan.", "feb.", "mars", "apr.", "maj", "juni", "juli", "aug.", "sep.", "okt.", "nov.", "dec."],
        long_months: [
            "januari",
            "februari",
            "mars",
            "april",
            "maj",
            "juni",
            "juli",
            "augusti",
            "september",
            "oktober",
            "november",
            "december",
        ],
        days: ["mån", "tis", "ons", "tors", "fre", "lör", "sön"],
        long_days: ["måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag"],
        order: Order::Day,
        marks: (NO_BREAK, ","),
    },
    Manner {
        key: "iso",
        label: "ISO 8601",
        months: ENGLISH,
        long_months: ENGLISH_LONG,
        days: ENGLISH_DAYS,
        long_days: ENGLISH_LONG_DAYS,
        order: Order::Year,
        marks: (NO_BREAK, "."),
    },
];

/// The manner of a tag; the first for one that is not known.
pub fn find(key: &str) -> &'static Manner {
    ALL.iter().find(|it| it.key == key).unwrap_or(&ALL[0])
}

/// A moment or a day in a pattern of English parts: `%-d %b %Y`, `%-d %B %Y`, `%-d %b`, `%b`, `%B`, `%a` and `%A` become what the
/// reader's manner makes of them; hours, minutes, seconds and zone stay as the pattern has them.
pub fn written(at: impl Into<BrokenDownTime>, pattern: &str) -> String {
    let at: BrokenDownTime = at.into();
    let mut text = String::with_capacity(pattern.len() + 8);
    // Writing to a string fails only for what the moment has not, as the hour of a day; then the rest is left out.
    let _ = reader::with(|it| it.manner().write(&at, pattern, &mut text));
    text
}

/// A part of a pattern that is written here; a longer one stands before what it begins with.
const PARTS: [(&str, Part); 11] = [
    ("%-d %B %Y", Part::Date { long: true, year: true }),
    ("%-d %b %Y", Part::Date { long: false, year: true }),
    ("%-d %b", Part::Date { long: false, year: false }),
    ("%B", Part::Month { long: true }),
    ("%b", Part::Month { long: false }),
    ("%A", Part::Day { long: true }),
    ("%a", Part::Day { long: false }),
    ("%H", Part::Clock(BrokenDownTime::hour)),
    ("%M", Part::Clock(BrokenDownTime::minute)),
    ("%S", Part::Clock(BrokenDownTime::second)),
    ("%%", Part::Sign),
];

#[derive(Clone, Copy)]
enum Part {
    Date { long: bool, year: bool },
    Month { long: bool },
    Day { long: bool },
    Clock(fn(&BrokenDownTime) -> Option<i8>),
    Sign,
}

impl Manner {
    fn write(&self, at: &BrokenDownTime, mut pattern: &str, out: &mut String) -> std::fmt::Result {
        let date = at.to_date().ok();
        while let Some(start) = pattern.find('%') {
            out.push_str(&pattern[..start]);
            pattern = &pattern[start..];
            match PARTS.iter().find(|(written, _)| pattern.starts_with(written)) {
                Some((written, part)) => {
                    self.part(at, date, *part, out)?;
                    pattern = &pattern[written.len()..];
                }
                None => {
                    let end = pattern[1..].find(|it: char| it.is_ascii_alphabetic()).map_or(pattern.len(), |at| at + 2);
                    out.push_str(&at.to_string(&pattern[..end]).map_err(|_| std::fmt::Error)?);
                    pattern = &pattern[end..];
                }
            }
        }
        out.push_str(pattern);
        Ok(())
    }

    fn part(&self, at: &BrokenDownTime, date: Option<Date>, part: Part, out: &mut String) -> std::fmt::Result {
        let day = || date.ok_or(std::fmt::Error);
        match part {
            Part::Date { long, year } => day().and_then(|date| self.date(date, self.month(date, long), year, out)),
            Part::Month { long } => out.write_str(self.month(day()?, long)),
            Part::Day { long } => out.write_str(self.day(day()?, long)),
            Part::Clock(read) => write!(out, "{:02}", read(at).ok_or(std::fmt::Error)?),
            Part::Sign => out.write_char('%'),
        }
    }

    fn month(&self, date: Date, long: bool) -> &'static str {
        let names = if long { &self.long_months } else { &self.months };
        names[usize::from(date.month().unsigned_abs()) - 1]
    }

    fn day(&self, date: Date, long: bool) -> &'static str {
        let names = if long { &self.long_days } else { &self.days };
        names[usize::from(date.weekday().to_monday_zero_offset().unsigned_abs())]
    }

    fn date(&self, date: Date, month: &str, year: bool, out: &mut String) -> std::fmt::Result {
        let day = date.day();
        match self.order {
            Order::Day => write!(out, "{day} {month}")?,
            Order::DayDot => write!(out, "{day}. {month}")?,
            Order::Month => write!(out, "{month} {day}")?,
            Order::Year if year => return write!(out, "{date}"),
            Order::Year => return write!(out, "{:02}-{day:02}", date.month()),
        }
        match year {
            true => write!(out, "{}{}", if self.order == Order::Month { ", " } else { " " }, date.year()),
            false => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::{decimal, number};
    use crate::reader::{Reader, reading};
    use jiff::civil::{date, datetime};
    use std::sync::Arc;

    fn as_read<T>(key: &str, make: impl FnOnce() -> T) -> T {
        reading(&Arc::new(Reader::new("", key)), make)
    }

    #[test]
    fn dates_and_numbers_are_written_as_the_reader_is_used_to() {
        let at = datetime(2026, 10, 2, 8, 5, 0, 0);
        for (key, said, short, figure) in [
            ("en-GB", "Fri 2 Oct 2026 08:05", "2 Oct", "24,918.5"),
            ("en-US", "Fri Oct 2, 2026 08:05", "Oct 2", "24,918.5"),
            ("de", "Fr 2. Okt. 2026 08:05", "2. Okt.", "24.918,5"),
            ("fr", "ven. 2 oct. 2026 08:05", "2 oct.", "24\u{a0}918,5"),
            ("iso", "Fri 2026-10-02 08:05", "10-02", "24\u{a0}918.5"),
            ("xx", "Fri 2 Oct 2026 08:05", "2 Oct", "24,918.5"),
        ] {
            as_read(key, || {
                assert_eq!(written(at, "%a %-d %b %Y %H:%M"), said);
                assert_eq!((written(at.date(), "%-d %b"), decimal(24_918.5, 1)), (short.to_owned(), figure.to_owned()));
            });
        }
        assert_eq!(as_read("da", || written(date(2026, 5, 4), "%A %-d %B %Y")), "mandag 4. maj 2026");
        assert_eq!(as_read("fr", || written(date(2026, 5, 4), "%b %Y, %d/%m, 100 %%")), "mai 2026, 04/05, 100 %");
        assert_eq!(as_read("de", || written(date(2026, 5, 4), "%-d %b %H:%M")), "4. Mai ", "a day has no hour");
        assert_eq!(as_read("sv", || number(-1_200)), "−1\u{a0}200");
    }

    #[test]
    fn every_manner_has_a_key_and_names_of_its_own() {
        for (at, manner) in ALL.iter().enumerate() {
            assert!(ALL[..at].iter().all(|it| it.key != manner.key && it.label != manner.label), "{}", manner.key);
            let names = manner.months.iter().chain(&manner.long_months).chain(&manner.days).chain(&manner.long_days);
            assert!(names.clone().all(|name| !name.is_empty() && !name.contains('%')), "{}", manner.key);
        }
    }
}
