//! What stands still: critical incidents, and services with several open ones.

use super::people::of_teams;
use super::words::{counted, hour, href, long, stands, verbs};
use super::{FEW, whose};
use crate::ticket::rules::{serious_ones, so_far};
use crate::ticket::store::today::{self as store, CRITICAL, Line, Whose};
use db::Tx;
use kernel::Result;
use kernel::describe::{Amount, By, Morning, Need, Press, Stake};
use pages::money;

/// Open incidents of a serious priority.
pub fn critical(tx: &mut Tx, morning: &Morning) -> Result<Vec<Need>> {
    let whose = if whose(morning.view) == Whose::Anybody { Whose::Anybody } else { Whose::Team };
    let found = store::active(tx, morning, whose, CRITICAL, FEW as i64 + 1)?;
    let mut needs: Vec<Need> = found.iter().take(FEW).map(|line| need(morning, line)).collect();
    if found.len() > FEW {
        let list = match whose {
            Whose::Anybody => format!("/incidents?active=true&{}", serious_ones()),
            _ => of_teams(tx, morning, "/incidents", &serious_ones())?,
        };
        needs.push(more(morning, store::count(tx, morning.view, whose, CRITICAL)?, list));
    }
    Ok(needs)
}

fn need(morning: &Morning, line: &Line) -> Need {
    let waits = line.state == "pending";
    let open = long(line.opened_at, morning.now);
    let hour = hour(line);
    let basis = match &hour {
        Some((_, amount)) => format!("at most {} so far", money(so_far(amount.minor, line.opened_at, morning.now), &amount.currency)),
        None => "promised to be mended first".into(),
    };
    Need {
        what: line.summary.clone(),
        because: if waits { format!("Open for {open}, and waiting for others.") } else { format!("Open for {open}.") },
        stands: stands(line),
        href: href(line),
        reference: line.reference.clone(),
        stake: Stake { money: hour.map(|(_, amount)| amount), promises: 1, people: 1, basis },
        by: if waits { By::Time(morning.day_ends - 1) } else { By::Now },
        verbs: verbs(morning, line),
    }
}

fn more(morning: &Morning, count: i64, list: String) -> Need {
    Need {
        what: format!("{} critical incidents are open in all", counted(count)),
        because: "Those named are the oldest of the highest priority.".into(),
        stands: String::new(),
        href: list.clone(),
        reference: String::new(),
        stake: Stake { promises: count, basis: "critical incidents".into(), ..Stake::default() },
        by: By::Late(morning.now),
        verbs: vec![Press::opens("Open the list", list)],
    }
}

/// So many open incidents of one service are more than chance.
const SEVERAL: i64 = 3;

/// Services with several open incidents.
pub fn crowded(tx: &mut Tx, morning: &Morning) -> Result<Vec<Need>> {
    let all = whose(morning.view) == Whose::Anybody;
    let found = store::crowded(tx, morning, all, SEVERAL, FEW as i64)?;
    let need = |it: store::Crowded| {
        let list = format!("/incidents?service={}&active=true", it.reference);
        // The amount is one by the hour and says so.
        let basis = format!("{} {}", if it.value.is_some() { "without" } else { "on" }, it.name);
        Need {
            what: format!("{} has {} open incidents", it.name, it.incidents),
            because: "Several at once may have one cause: look at them together.".into(),
            stands: String::new(),
            href: list.clone(),
            reference: String::new(),
            stake: Stake {
                money: it.value.map(|(minor, currency)| Amount { minor, currency, per_hour: true }),
                promises: it.incidents,
                people: 0,
                basis,
            },
            by: By::Time(morning.day_ends - 1),
            verbs: vec![Press::opens("Compare", list)],
        }
    };
    Ok(found.into_iter().map(need).collect())
}
