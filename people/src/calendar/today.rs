//! Calendars without holidays for the next year, as lines of the morning.

use super::store::holidays;
use db::Tx;
use jiff::{Timestamp, civil::Date};
use kernel::Result;
use kernel::describe::{By, Contribution, Morning, Need, Press, Stake};

/// The one sort of line.
pub const CONTRIBUTIONS: &[Contribution] = &[Contribution {
    key: "calendar.holidays",
    title: "Calendars without holidays",
    about: "From October on, calendars that know holidays of this year and none of the next: promises would count those days.",
    may: "calendars.edit",
    find,
}];

/// Most calendars looked at.
const MOST: i64 = 500;
/// From this month on the next year is asked for.
const FROM: i8 = 10;

fn find(tx: &mut Tx, morning: &Morning) -> Result<Vec<Need>> {
    let now = Timestamp::from_millisecond(morning.now).unwrap_or(Timestamp::UNIX_EPOCH);
    let today = morning.view.zone.to_datetime(now).date();
    if today.month() < FROM {
        return Ok(Vec::new());
    }
    let next = today.year().saturating_add(1);
    let new_year = Date::new(next, 1, 1).ok().and_then(|day| morning.view.zone.to_timestamp(day.into()).ok());
    let by = new_year.map_or(By::Someday, |at| By::Time(at.as_millisecond()));
    let all = holidays(tx, morning.view, MOST)?;
    let lacking = all.into_iter().filter(|(_, _, written)| lacks(written, today.year()));
    Ok(lacking.map(|(reference, name, _)| need(&reference, &name, next, by)).collect())
}

/// Whether a calendar knows holidays of the year and none of the next.
fn lacks(written: &str, year: i16) -> bool {
    let knows = |year: i16| written.lines().any(|line| line.trim_start().starts_with(&format!("{year:04}-")));
    knows(year) && !knows(year + 1)
}

fn need(reference: &str, name: &str, year: i16, by: By) -> Need {
    let href = format!("/calendars/{reference}");
    Need {
        what: format!("{name} knows no holidays of {year}"),
        because: "Promises would count every holiday as a working day.".into(),
        stands: String::new(),
        href: href.clone(),
        reference: reference.to_owned(),
        stake: Stake { basis: "promises counted wrong".into(), ..Stake::default() },
        by,
        verbs: vec![Press::opens("Import holidays…", format!("{href}/import-holidays?back=/today"))],
    }
}

#[cfg(test)]
mod tests {
    use super::lacks;

    #[test]
    fn only_a_calendar_that_had_holidays_lacks_them() {
        assert!(lacks("2026-12-25 Christmas Day", 2026));
        assert!(!lacks("2026-12-25 Christmas Day\n2027-01-01 New Year", 2026));
        assert!(!lacks("", 2026) && !lacks("2024-12-25 Christmas Day", 2026));
    }
}
