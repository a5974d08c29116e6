//! What happened last night, read from the records and the journal.

use super::chosen::Chosen;
use super::night::{Counted, Critical, Facts, Night, Ran, Stands, night};
use super::store;
use crate::address::{self, count, span};
use calendar::Calendar;
use db::Tx;
use jiff::Timestamp;
use kernel::kept::kept;
use kernel::web::Request;
use kernel::{Error, Result};
use std::sync::Arc;

/// By whose hours the night is told: the calendar chosen, else the first in the viewer's zone that closes, else the first that closes.
pub fn hours(tx: &mut Tx, request: &Request, chosen: &Chosen) -> Result<Option<Arc<Calendar>>> {
    let register = request.house.register("calendars").ok_or(Error::NotFound)?;
    let mut all = store::calendars(tx, &request.view, register)?;
    let zone = request.view.zone.iana_name().unwrap_or("UTC").to_owned();
    all.sort_by_key(|it| (it.reference != chosen.calendar, it.zone != zone, it.id));
    for it in all {
        let working = match people::calendar::at(tx, &request.house, it.id, request.now) {
            Ok(version) => version.working,
            Err(Error::NotFound) => continue,
            Err(error) => return Err(error),
        };
        const MONTH: i64 = 31 * 24 * 3_600_000;
        let closes = working.elapsed_ms(request.now - MONTH, request.now) < MONTH;
        if closes || it.reference == chosen.calendar {
            return Ok(Some(working));
        }
    }
    Ok(None)
}

/// What happened in the night.
pub fn facts(tx: &mut Tx, request: &Request, hours: Option<&Calendar>) -> Result<Arc<Facts>> {
    let night = night(hours, request.now, &request.view.zone);
    let question = format!("night from {} over {} in {}", night.from, night.over, request.view.zone.iana_name().unwrap_or_default());
    kept(tx, &request.house, &request.view, &question, |tx| told(tx, request, &night))
}

fn told(tx: &mut Tx, request: &Request, night: &Night) -> Result<Facts> {
    let tickets = request.house.register("tickets").ok_or(Error::NotFound)?;
    let (from, until) = (night.from, night.until);
    let counted = |tx: &mut Tx, column: &str| -> Result<Counted> {
        let href = address::tickets(&span(column, from, until));
        Ok(Counted { count: count(tx, request, tickets, &href)?, href })
    };
    let opened = counted(tx, "opened_at")?;
    let resolved = counted(tx, "resolved_at")?;
    let (broken, broken_critical) = store::broken(tx, &request.view, tickets, from, until)?;
    Ok(Facts {
        from: clock(request, from, night),
        until: night.over.then(|| clock(request, until, night)),
        opened,
        resolved,
        broken: Counted { count: broken.len() as i64, href: named(&broken) },
        broken_critical,
        critical: critical(tx, request, night)?,
        window: window(tx, request, night)?,
    })
}

/// The list of some tickets by name; none where they are too many for an address.
fn named(references: &[String]) -> String {
    if references.len() > store::MOST_NAMED { String::new() } else { format!("/tickets?reference={}", references.join(",")) }
}

fn critical(tx: &mut Tx, request: &Request, night: &Night) -> Result<Option<Critical>> {
    const MOST: i64 = 100;
    let tickets = request.house.register("tickets").ok_or(Error::NotFound)?;
    let all = store::critical(tx, &request.view, tickets, night.from, night.until, MOST)?;
    let more = all.len() as i64 - 1;
    Ok(all.into_iter().next().map(|it| Critical {
        at: clock(request, it.opened_at, night),
        href: format!("/incidents/{}", it.reference),
        summary: it.summary,
        priority: it.priority,
        stands: match it.resolved_at {
            _ if it.active => Stands::Open,
            Some(at) => Stands::Resolved(clock(request, at, night)),
            None => Stands::CalledOff,
        },
        more,
    }))
}

/// A window that began and ended in the night; the last of them.
fn window(tx: &mut Tx, request: &Request, night: &Night) -> Result<Option<Ran>> {
    const MOST: i64 = 100;
    let all = estate::window::seen_between(tx, &request.view, "read", night.from, night.until, MOST)?;
    let within = all.into_iter().map(|it| it.window).rfind(|it| it.starts_at >= night.from && it.ends_at <= night.until);
    Ok(within.map(|it| Ran {
        name: it.name,
        href: format!("/windows/{}", it.reference),
        from: clock(request, it.starts_at, night),
        until: clock(request, it.ends_at, night),
    }))
}

/// A time of the night: "18:00"; with the day where the night is longer than a day.
fn clock(request: &Request, at: i64, night: &Night) -> String {
    const DAY: i64 = 24 * 3_600_000;
    let there = request.view.zone.to_datetime(Timestamp::from_millisecond(at).unwrap_or(Timestamp::UNIX_EPOCH));
    there.strftime(if night.until - night.from > DAY { "%a %H:%M" } else { "%H:%M" }).to_string()
}
