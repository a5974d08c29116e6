//! The lines of all practices, ranked for one viewer.

use super::chosen::Chosen;
use super::rank::{Placed, rank};
use db::Tx;
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use kernel::Result;
use kernel::describe::{Contribution, Morning, Practice};
use kernel::web::Request;
use kernel::who::View;

/// The viewer's day.
#[derive(Clone, Copy, Debug)]
pub struct Day {
    /// Its date.
    pub date: Date,
    /// Its first instant.
    pub from: i64,
    /// The first instant of the next.
    pub until: i64,
}

/// The day that a request falls into, in the viewer's zone.
pub fn day(request: &Request) -> Day {
    let zone = &request.view.zone;
    let date = zone.to_datetime(Timestamp::from_millisecond(request.now).unwrap_or(Timestamp::UNIX_EPOCH)).date();
    let at = |day: Date| zone.to_timestamp(day.into()).map_or(request.now, |at| at.as_millisecond());
    Day { date, from: at(date), until: at(date.checked_add(1.day()).unwrap_or(date)) }
}

/// Whether the viewer may have a line.
pub fn may(request: &Request, view: &View, line: &Contribution) -> bool {
    let Some((register, verb)) = line.may.split_once('.') else { return false };
    request.house.register(register).is_some_and(|register| view.may(register, verb))
}

/// Every sort of line there is for the viewer, with its practice.
pub fn sorts(request: &Request) -> impl Iterator<Item = (&'static Practice, &'static Contribution)> {
    let all = request.house.practices.iter().flat_map(|practice| practice.today.iter().map(move |line| (*practice, line)));
    all.filter(|(_, line)| may(request, &request.view, line))
}

/// What needs the viewer, in order.
pub fn gather(tx: &mut Tx, request: &Request, chosen: &Chosen) -> Result<Vec<Placed>> {
    let day = day(request);
    let morning = Morning { house: &request.house, view: &request.view, now: request.now, day_ends: day.until };
    let mut found = Vec::new();
    for (_, line) in sorts(request).filter(|(_, line)| !chosen.off.iter().any(|off| off == line.key)) {
        found.extend((line.find)(tx, &morning)?.into_iter().map(|need| (line.key, need)));
    }
    Ok(rank(found, request.now, day.until))
}
