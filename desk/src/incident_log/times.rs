//! Times as a log writes them.

use super::mapping;
use jiff::fmt::strtime::BrokenDownTime;
use jiff::tz::TimeZone;
use kernel::{Error, Result};

/// How times are written.
pub struct Times {
    format: String,
    zone: TimeZone,
}

impl Times {
    /// Checks the zone. `rfc3339` as format means that.
    pub fn new(said: &mapping::Times) -> Result<Times> {
        let zone = TimeZone::get(&said.zone);
        let zone =
            zone.map_err(|_| Error::invalid("mapping", format!("{} is no time zone. Write an IANA name like Europe/Rome.", said.zone)))?;
        Ok(Times { format: said.format.clone(), zone })
    }
    /// Milliseconds since the epoch; none if it is no such time. In an hour that occurs twice the first is taken.
    pub fn read(&self, text: &str) -> Option<i64> {
        if self.format == "rfc3339" {
            return kernel::time::parse(text);
        }
        let parts = BrokenDownTime::parse(&self.format, text).ok()?;
        if parts.offset().is_some() {
            return Some(parts.to_timestamp().ok()?.as_millisecond());
        }
        Some(self.zone.to_timestamp(parts.to_datetime().ok()?).ok()?.as_millisecond())
    }
    /// The format, for messages.
    pub fn format(&self) -> &str {
        &self.format
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(format: &str, zone: &str, text: &str) -> Option<String> {
        let times = Times::new(&mapping::Times { format: format.into(), zone: zone.into() }).expect("a zone");
        times.read(text).map(kernel::time::rfc3339)
    }

    #[test]
    fn times_are_read_as_the_shipped_mappings_say_them() {
        assert_eq!(read("%d/%m/%Y %H:%M", "UTC", "29/2/2016 01:16").as_deref(), Some("2016-02-29T01:16:00Z"));
        assert_eq!(read("%d/%m/%Y %H:%M", "UTC", "5/3/2016 12:00").as_deref(), Some("2016-03-05T12:00:00Z"));
        assert_eq!(read("%d/%m/%Y %H:%M", "UTC", "30/2/2016 12:00"), None);
        assert_eq!(read("%Y-%m-%d %H:%M:%S", "Europe/Amsterdam", "2013-10-17 12:22:40").as_deref(), Some("2013-10-17T10:22:40Z"));
        assert_eq!(read("%Y/%m/%d %H:%M:%S%.f", "Europe/Rome", "2012/10/09 14:50:17.000").as_deref(), Some("2012-10-09T12:50:17Z"));
        assert_eq!(read("rfc3339", "UTC", "2016-02-29T01:16:00+01:00").as_deref(), Some("2016-02-29T00:16:00Z"));
    }
}
