//! Everything that the parts of the page are made of, read once.

use crate::dashboard::period::Period;
use crate::dashboard::store::{self, Resolved};
use db::Tx;
use jiff::Timestamp;
use kernel::register::{Names, names_of};
use kernel::web::Request;
use kernel::{Error, Result};
use std::collections::BTreeSet;

/// Weeks of the page when nobody asks for others.
const WEEKS: i64 = 12;
/// Weeks shown instead where most of what there is is older.
const YEAR: i64 = 52;
/// So many tickets are enough to say something of the last weeks.
const ENOUGH: i64 = 100;

/// The figures of a period.
pub struct Read<'a> {
    /// What was asked.
    pub request: &'a Request,
    /// The period.
    pub period: Period,
    /// It is not the latest one, since that has too few tickets.
    pub older: bool,
    /// When the last ticket before the period came in.
    pub earlier: Option<i64>,
    /// Opened in each week.
    pub opened: Vec<i64>,
    /// Opened on each weekday (Monday first) in each hour, in the viewer's zone.
    pub arrivals: [[i64; 24]; 7],
    /// Resolved in the period.
    pub resolved: Vec<Resolved>,
    /// Open at the end of each week, or now.
    pub backlog: Vec<i64>,
    /// Open now: when opened, and priority.
    pub active: Vec<(i64, i64)>,
    /// Names of the teams of what was resolved, as far as the viewer may know of them.
    pub teams: Names,
}

impl Read<'_> {
    /// Reads them for the period asked for.
    pub fn load<'a>(tx: &mut Tx, request: &'a Request) -> Result<Read<'a>> {
        let view = &request.view;
        let tickets = request.house.register("tickets").ok_or(Error::NotFound)?;
        let (period, older) = chosen(tx, request)?;
        let earlier = store::latest(tx, view, tickets, period.from, 0)?;
        let quarters = store::opened(tx, view, tickets, &period)?;
        let resolved = store::resolved(tx, view, tickets, &period)?;
        let active = store::active(tx, view, tickets)?;
        let opened = weeks(&period, quarters.iter().copied());
        let backlog = backlog(tx, request, &period, (&opened, &resolved, active.len() as i64))?;
        let teams = team_names(tx, request, &resolved)?;
        Ok(Read { request, arrivals: arrivals(request, &quarters), period, older, earlier, opened, resolved, backlog, active, teams })
    }

    /// The whole period.
    pub fn span(&self) -> (i64, i64) {
        (self.period.from, self.period.until)
    }

    /// Weeks that are over: what is still going on says nothing yet beside them.
    pub fn over(&self) -> usize {
        self.period.over(self.request.now)
    }

    /// The first week that says something: those before the very first ticket are not weeks without any.
    pub fn begins(&self) -> usize {
        let first = self.opened.iter().position(|count| *count > 0).unwrap_or(self.opened.len());
        if self.earlier.is_some() { 0 } else { first }
    }

    /// "7 Sep": the first day of a week.
    pub fn week(&self, week: usize) -> String {
        ui::manner::written(self.period.monday(week), "%-d %b")
    }

    /// Something added up for each week in which tickets were resolved.
    pub fn by_week<T: Default + Clone>(&self, add: impl Fn(&mut T, &Resolved)) -> Vec<T> {
        let mut weeks = vec![T::default(); self.period.weeks as usize];
        for one in &self.resolved {
            add(&mut weeks[self.period.week(one.at)], one);
        }
        weeks
    }

    /// The address of the figures of a part as a file.
    pub fn csv(&self, part: &str) -> Option<String> {
        Some(format!("/desk/dashboard?{}&as=csv&of={part}", self.period.query()))
    }
}

/// The period asked for. If none is: the last weeks, or, where most of what there is is older, the year that ends with it; the
/// second value says so.
fn chosen(tx: &mut Tx, request: &Request) -> Result<(Period, bool)> {
    let zone = &request.view.zone;
    if request.asked("from").is_some() || request.asked("until").is_some() {
        return Ok((Period::read(request.asked("from"), request.asked("until"), request.now, zone), false));
    }
    let tickets = request.house.register("tickets").ok_or(Error::NotFound)?;
    let latest = Period::ending(request.now, WEEKS, zone);
    let mass = store::latest(tx, &request.view, tickets, request.now + 1, ENOUGH)?;
    Ok(match mass.filter(|at| *at < latest.from) {
        Some(at) => (Period::ending(at, YEAR, zone), true),
        None => (latest, false),
    })
}

fn team_names(tx: &mut Tx, request: &Request, resolved: &[Resolved]) -> Result<Names> {
    let teams: BTreeSet<i64> = resolved.iter().filter_map(|it| it.team).collect();
    let wanted: Vec<(&'static str, i64)> = teams.into_iter().map(|id| ("teams", id)).collect();
    names_of(tx, &request.house, &request.view, &[], &wanted)
}

fn weeks(period: &Period, all: impl Iterator<Item = (i64, i64)>) -> Vec<i64> {
    let mut weeks = vec![0; period.weeks as usize];
    for (at, count) in all {
        weeks[period.week(at)] += count;
    }
    weeks
}

fn arrivals(request: &Request, quarters: &[(i64, i64)]) -> [[i64; 24]; 7] {
    let mut all = [[0; 24]; 7];
    for (at, count) in quarters {
        let there = request.view.zone.to_datetime(Timestamp::from_millisecond(*at).unwrap_or(Timestamp::UNIX_EPOCH));
        let day = usize::try_from(there.weekday().to_monday_zero_offset()).unwrap_or(0);
        all[day.min(6)][usize::try_from(there.hour()).unwrap_or(0).min(23)] += count;
    }
    all
}

/// How many were open at the end of each week: counted back from those that are open now.
fn backlog(tx: &mut Tx, request: &Request, period: &Period, (opened, resolved, now): (&[i64], &[Resolved], i64)) -> Result<Vec<i64>> {
    let (view, tickets) = (&request.view, request.house.register("tickets").ok_or(Error::NotFound)?);
    let off = store::ended_otherwise(tx, view, tickets, period.from)?;
    let later = off.iter().filter(|at| **at >= period.until).count() as i64;
    let since = |tx: &mut Tx, column: &str| store::since(tx, view, tickets, column, period.until);
    let mut open = now + since(tx, "resolved_at")? + later - since(tx, "opened_at")?;
    let within = off.iter().filter(|at| **at < period.until).map(|at| (*at, 1));
    let ended = weeks(period, resolved.iter().map(|it| (it.at, 1)).chain(within));
    let mut backlog = vec![0; opened.len()];
    for week in (0..opened.len()).rev() {
        backlog[week] = open;
        open += ended[week] - opened[week];
    }
    Ok(backlog)
}
