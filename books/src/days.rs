//! Days as the morning counts them: in the viewer's zone.

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use kernel::describe::Morning;

/// The viewer's today and zone.
pub struct Days<'a> {
    today: Date,
    zone: &'a jiff::tz::TimeZone,
}

impl Days<'_> {
    /// Those of whoever looks.
    pub fn of<'a>(morning: &Morning<'a>) -> Days<'a> {
        let now = Timestamp::from_millisecond(morning.now).unwrap_or(Timestamp::UNIX_EPOCH);
        Days { today: morning.view.zone.to_datetime(now).date(), zone: &morning.view.zone }
    }
    /// The day so many days from today, `YYYY-MM-DD`.
    pub fn on(&self, ahead: i64) -> String {
        self.today.checked_add(ahead.days()).unwrap_or(self.today).to_string()
    }
    /// Days from today until a day; negative for one that has passed. 0 for what is no day.
    pub fn until(&self, day: &str) -> i64 {
        day.parse::<Date>().ok().and_then(|day| self.today.until(day).ok()).map_or(0, |span| i64::from(span.get_days()))
    }
    /// The last millisecond of a day.
    pub fn end(&self, day: &str) -> i64 {
        let next = day.parse::<Date>().ok().and_then(|day| day.tomorrow().ok()).and_then(|day| self.zone.to_timestamp(day.into()).ok());
        next.map_or(i64::MAX, |at| at.as_millisecond() - 1)
    }
    /// "Sun 29 Nov", with the year when it is not this one.
    pub fn named(&self, day: &str) -> String {
        let Ok(date) = day.parse::<Date>() else { return day.to_owned() };
        date.strftime(if date.year() == self.today.year() { "%a %-d %b" } else { "%-d %b %Y" }).to_string()
    }
}

/// "today", "tomorrow", "in 6 days", "3 days ago".
pub fn said(days: i64) -> String {
    match days {
        0 => "today".into(),
        1 => "tomorrow".into(),
        -1 => "yesterday".into(),
        days if days < 0 => format!("{} days ago", -days),
        days => format!("in {days} days"),
    }
}
