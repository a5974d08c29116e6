//! A calendar as people write it: a line for each weekday, holiday and special day.
//!
//! `mon-fri 09:00-12:00, 13:00-17:00`, `2026-12-25 Christmas Day`, `2026-12-24 09:00-12:00 Christmas Eve`, `2026-12-31 closed Inventory`.

use ::calendar::{Calendar, Fault, Holiday, Hours, Spec, SpecialDay, Week};
use kernel::register::Draft;

const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// The spec that the fields of a draft say; what is wrong is refused, by field and line.
pub(super) fn spec(draft: &mut Draft) -> Option<Spec> {
    let written = Spec {
        zone: draft.text("zone").to_owned(),
        week: week(draft.text("hours")).map_err(|why| draft.refuse("hours", why)).ok()?,
        holidays: holidays(draft.text("holidays")).map_err(|why| draft.refuse("holidays", why)).ok()?,
        special_days: special_days(draft.text("special_days")).map_err(|why| draft.refuse("special_days", why)).ok()?,
    };
    match Calendar::new(written.clone()) {
        Ok(_) => Some(written),
        Err(invalid) => {
            let told = |draft: &Draft, key: &str| key == "zone" && draft.errors.iter().any(|it| it.field == key);
            for fault in &invalid.0 {
                if told(draft, field(fault)) {
                    continue;
                }
                draft.refuse(field(fault), sentence(draft, fault));
            }
            None
        }
    }
}

/// The field of the register that a fault of the spec belongs to.
fn field(fault: &Fault) -> &'static str {
    ["zone", "holidays", "special_days"].into_iter().find(|key| fault.field.starts_with(key)).unwrap_or("hours")
}

/// A fault, with the line it is about where the spec says only a position.
fn sentence(draft: &Draft, fault: &Fault) -> String {
    let key = field(fault);
    let position = fault.field.split_once('[').and_then(|(_, rest)| rest.split_once(']')).and_then(|(at, _)| at.parse::<usize>().ok());
    let place = match (key, position) {
        ("hours", _) => fault.field.trim_start_matches("week.").split('[').next().unwrap_or_default().to_owned(),
        ("holidays" | "special_days", Some(at)) => {
            lines(draft.text(key)).nth(at).map_or(String::new(), |(number, _)| format!("line {number}"))
        }
        _ => String::new(),
    };
    let message = &fault.message;
    if place.is_empty() { format!("{message}.") } else { format!("{place}: {message}.") }
}

/// The lines that say something, with their numbers from 1.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines().enumerate().map(|(at, line)| (at + 1, line.trim())).filter(|(_, line)| !line.is_empty())
}

fn week(text: &str) -> Result<Week, String> {
    let mut days: [Vec<Hours>; 7] = Default::default();
    for (number, line) in lines(text) {
        let (names, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        let wrong = || format!("line {number}: write a weekday and its hours, like mon-fri 09:00-12:00, 13:00-17:00.");
        let of = span(names.trim_end_matches(':')).ok_or_else(wrong)?;
        let hours = intervals(rest).ok_or_else(wrong)?;
        for day in of {
            days[day].extend(hours.clone());
        }
    }
    let [mon, tue, wed, thu, fri, sat, sun] = days;
    Ok(Week { mon, tue, wed, thu, fri, sat, sun })
}

/// `mon` or `mon-fri`, as positions in the week.
fn span(names: &str) -> Option<std::ops::RangeInclusive<usize>> {
    let names = names.to_lowercase();
    let place = |name: &str| DAYS.iter().position(|day| name.len() >= 3 && day.starts_with(name));
    let (from, until) = names.split_once(['-', '–']).unwrap_or((&names, &names));
    let (from, until) = (place(from)?, place(until)?);
    (from <= until).then_some(from..=until)
}

/// `09:00-12:00, 13:00-17:00`; `closed` is none.
fn intervals(text: &str) -> Option<Vec<Hours>> {
    let text = text.trim();
    if text.is_empty() || text.eq_ignore_ascii_case("closed") {
        return Some(Vec::new());
    }
    text.split(',').map(interval).collect()
}

fn interval(text: &str) -> Option<Hours> {
    let (from, until) = text.split_once(['-', '–'])?;
    let time = |text: &str| {
        let text = text.trim();
        let (hours, minutes) = text.split_once(':')?;
        let figures = |part: &str, most: usize| (1..=most).contains(&part.len()) && part.bytes().all(|it| it.is_ascii_digit());
        (figures(hours, 2) && figures(minutes, 2) && minutes.len() == 2).then(|| format!("{hours:0>2}:{minutes}"))
    };
    Some([time(from)?, time(until)?])
}

fn holidays(text: &str) -> Result<Vec<Holiday>, String> {
    let one = |(number, line): (usize, &str)| {
        let (date, name) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        if !kernel::time::is_day(date) {
            return Err(format!("line {number}: write a day and its name, like 2026-12-25 Christmas Day."));
        }
        Ok(Holiday { date: date.to_owned(), name: name.trim().to_owned() })
    };
    lines(text).map(one).collect()
}

fn special_days(text: &str) -> Result<Vec<SpecialDay>, String> {
    lines(text).map(|(number, line)| special_day(line).ok_or_else(|| special_wrong(number))).collect()
}

fn special_wrong(number: usize) -> String {
    format!("line {number}: write a day, its hours or closed, and why, like 2026-12-24 09:00-12:00 Christmas Eve.")
}

fn special_day(line: &str) -> Option<SpecialDay> {
    let (date, rest) = line.split_once(char::is_whitespace).unwrap_or((line, "closed"));
    let rest = rest.trim_start();
    if !kernel::time::is_day(date) {
        return None;
    }
    let hours_end = rest.find(|c: char| c.is_alphabetic()).unwrap_or(rest.len());
    let (hours, name) = match rest.get(..6) {
        Some(word) if word.eq_ignore_ascii_case("closed") => (Vec::new(), &rest[6..]),
        _ => (intervals(&rest[..hours_end]).filter(|hours| !hours.is_empty())?, &rest[hours_end..]),
    };
    Some(SpecialDay { date: date.to_owned(), name: name.trim().to_owned(), hours })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_week_is_read_with_ranges_and_several_intervals() {
        let week = week("mon-thu 9:00-12:00, 13:00-17:00\nFriday: 09:00 – 15:00\n\nsat closed").unwrap();
        let hours = |from: &str, until: &str| [from.to_owned(), until.to_owned()];
        assert_eq!(week.tue, vec![hours("09:00", "12:00"), hours("13:00", "17:00")]);
        assert_eq!(week.fri, vec![hours("09:00", "15:00")]);
        assert!(week.sat.is_empty() && week.sun.is_empty());
    }

    #[test]
    fn a_line_that_is_none_is_named() {
        for (text, line) in
            [("mon 09-17", 1), ("mon 09:00-17:00\nmond 09:00", 2), ("fri-mon 09:00-17:00", 1), ("x", 1), ("mon 09:00-17:00:00", 1)]
        {
            let wrong = week(text).unwrap_err();
            assert!(wrong.starts_with(&format!("line {line}:")), "{text}: {wrong}");
        }
        assert!(holidays("2026-12-25 Christmas\n25.12.2027").unwrap_err().starts_with("line 2:"));
        assert!(special_days("2026-12-24 morning").unwrap_err().starts_with("line 1:"));
    }

    #[test]
    fn special_days_have_hours_or_are_closed() {
        let days = special_days("2026-12-24 09:00-12:00, 13:00-14:00 Christmas Eve\n2026-12-31 Closed Inventory\n2027-01-02").unwrap();
        assert_eq!((days[0].hours.len(), days[0].name.as_str()), (2, "Christmas Eve"));
        assert_eq!((days[1].hours.len(), days[1].name.as_str()), (0, "Inventory"));
        assert_eq!((days[2].hours.len(), days[2].name.as_str()), (0, ""));
    }
}
