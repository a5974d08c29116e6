//! Holidays from an iCalendar file.

use ::calendar::ical;
use jiff::civil::Date;
use jiff::{Timestamp, tz::TimeZone};
use kernel::describe::Input;
use kernel::register::Draft;
use kernel::{Act, Result};
use std::collections::BTreeSet;

/// Adds the file's holidays to the lines there are: each day and name once, in order of days.
pub(super) fn import(act: &mut Act, draft: &mut Draft, input: &Input) -> Result<()> {
    let now = TimeZone::UTC.to_datetime(Timestamp::from_millisecond(act.at).unwrap_or_default());
    let day = |key: &str, other: Date| input.text(key).parse().unwrap_or(other);
    let from = day("from", Date::constant(now.year().clamp(1, 9990), 1, 1));
    let until = day("until", Date::constant(now.year().clamp(1, 9990) + 5, 12, 31));
    match ical::read(input.text("ical").as_bytes(), from, until) {
        Err(refused) => draft.refuse("ical", format!("Nothing was imported: {refused}.")),
        Ok(found) if found.holidays.is_empty() => {
            draft.refuse("ical", format!("Nothing was imported: there is no whole-day event from {from} to {until} in the file."));
        }
        Ok(found) => {
            let mut lines: BTreeSet<String> = draft.text("holidays").lines().map(|line| line.trim().to_owned()).collect();
            lines.extend(found.holidays.iter().map(|day| format!("{} {}", day.date, day.name).trim_end().to_owned()));
            lines.remove("");
            draft.set("holidays", lines.into_iter().collect::<Vec<_>>().join("\n"));
        }
    }
    Ok(())
}
