//! Time zones as a table of stretches with one offset each.

use crate::{EARLIEST, Instant, LATEST, SECOND};
use jiff::Timestamp;
use jiff::tz::{TimeZone, TimeZoneDatabase};

/// From `start` until the next stretch, wall time is UTC plus `offset` milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stretch {
    pub(crate) start: Instant,
    pub(crate) offset: i64,
}

/// Finds a zone in the data compiled into the program, so that a promise does not depend on the machine.
pub(crate) fn find(name: &str) -> Option<TimeZone> {
    if name.len() > 64 {
        return None;
    }
    TimeZoneDatabase::bundled().get(name).ok()
}

/// The stretches of `zone` between [`EARLIEST`] and [`LATEST`], the first starting at `EARLIEST`.
pub(crate) fn stretches(zone: &TimeZone) -> Vec<Stretch> {
    let Ok(first) = Timestamp::from_millisecond(EARLIEST) else { return Vec::new() };
    let mut all = vec![Stretch { start: EARLIEST, offset: millis(zone.to_offset(first)) }];
    for change in zone.following(first) {
        let start = change.timestamp().as_millisecond();
        if start >= LATEST {
            break;
        }
        let offset = millis(change.offset());
        if all.last().is_some_and(|s| s.offset != offset) {
            all.push(Stretch { start, offset });
        }
    }
    all
}

fn millis(offset: jiff::tz::Offset) -> i64 {
    i64::from(offset.seconds()) * SECOND
}
