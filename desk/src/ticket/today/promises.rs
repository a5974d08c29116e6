//! Promises about to break, and broken ones that are still owed.

use super::words::{hour, href, long, stands, verbs, when};
use super::{FEW, whose};
use crate::ticket::rules::serious;
use crate::ticket::store::today::{self as store, Promise};
use ::promises::level::Measure;
use db::Tx;
use kernel::Result;
use kernel::describe::{By, Morning, Need, Press, Stake};
use ui::format;

/// Promises looked at to find those of the highest priority among the ones nearest to now.
const LOOKED_AT: i64 = 100;

/// Promises that fall due before midnight.
pub fn due(tx: &mut Tx, morning: &Morning) -> Result<Vec<Need>> {
    let span = (morning.now, morning.day_ends);
    let found = once(store::promises(tx, morning, whose(morning.view), span, false, LOOKED_AT)?);
    let mut needs: Vec<Need> = found.iter().take(FEW).map(|promise| need(morning, promise)).collect();
    if let Some(next) = found.get(FEW) {
        needs.push(more("More tickets have a promise due today", By::Time(next.due_at)));
    }
    Ok(needs)
}

/// Broken promises that are named; they can no longer be kept, so fewer than of those that can.
const FEW_BROKEN: usize = 3;

/// Broken promises that are still owed, the highest priority first.
pub fn broken(tx: &mut Tx, morning: &Morning) -> Result<Vec<Need>> {
    let span = (i64::MIN, morning.now);
    let mut found = once(store::promises(tx, morning, whose(morning.view), span, true, LOOKED_AT)?);
    found.sort_by_key(|promise| (promise.line.priority, promise.due_at));
    let mut needs: Vec<Need> = found.iter().take(FEW_BROKEN).map(|promise| need(morning, promise)).collect();
    if let Some(next) = found.get(FEW_BROKEN) {
        needs.push(more("More tickets have broken promises", By::Late(next.due_at)));
    }
    Ok(needs)
}

/// One promise a ticket: the one that comes first.
fn once(all: Vec<Promise>) -> Vec<Promise> {
    let mut kept: Vec<Promise> = Vec::with_capacity(all.len());
    for promise in all {
        if !kept.iter().any(|it| it.line.id == promise.line.id) {
            kept.push(promise);
        }
    }
    kept
}

fn need(morning: &Morning, promise: &Promise) -> Need {
    let (line, now, due) = (&promise.line, morning.now, promise.due_at);
    let word = match Measure::read(&promise.measure) {
        Some(Measure::FirstResponse) => "to answer",
        Some(Measure::NextUpdate) => "of an update",
        _ => "to resolve",
    };
    let within = format::working(promise.within, false);
    let (what, because) = if due < now {
        let what = format!("{}: late since {}", line.summary, when(morning, due));
        (what, format!("The promise {word} within {within} was broken {} ago.", long(due, now)))
    } else {
        let what = format!("{}: due at {}", line.summary, when(morning, due));
        (what, format!("The promise {word} within {within} breaks in {}.", long(now, due)))
    };
    Need {
        what,
        because,
        stands: stands(line),
        href: href(line),
        reference: line.reference.clone(),
        stake: Stake {
            money: hour(line).map(|(_, amount)| amount).filter(|_| serious(line.priority)),
            promises: 1,
            people: 1,
            basis: if due < now { "broken, still owed" } else { "would be broken" }.into(),
        },
        by: if due < now { By::Late(due) } else { By::Time(due) },
        verbs: verbs(morning, line),
    }
}

/// The rest, which stands below every line that is named, as its stake is not known.
fn more(what: &str, by: By) -> Need {
    Need {
        what: what.into(),
        because: "Those named are the most pressing of them.".into(),
        stands: String::new(),
        href: "/queue?view=breaching".into(),
        reference: String::new(),
        stake: Stake { basis: "not named here".into(), ..Stake::default() },
        by,
        verbs: vec![Press::opens("Open the list", "/queue?view=breaching")],
    }
}
