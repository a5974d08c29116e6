//! Levels whose share is not kept this month, as lines of the morning.

use super::store::{Standing, standings};
use db::Tx;
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use kernel::Result;
use kernel::describe::{By, Contribution, Morning, Need, Press, Stake};

/// The one sort of line.
pub const CONTRIBUTIONS: &[Contribution] = &[Contribution {
    key: "level.share",
    title: "Levels below their promise",
    about: "Service levels whose share of kept promises to resolve lies below the promised one this month, or cannot reach it any more with the tickets there are.",
    may: "levels.edit",
    find,
}];

/// Most levels looked at.
const MOST: i64 = 500;

fn find(tx: &mut Tx, morning: &Morning) -> Result<Vec<Need>> {
    let Some((begin, end)) = month(morning) else { return Ok(Vec::new()) };
    let all = standings(tx, morning.view, begin, MOST)?;
    Ok(all.iter().filter_map(|level| need(level, end)).collect())
}

/// The month that the viewer is in: its first instant and the one after its last.
fn month(morning: &Morning) -> Option<(i64, i64)> {
    let zone = &morning.view.zone;
    let first = zone.to_datetime(Timestamp::from_millisecond(morning.now).ok()?).date().first_of_month();
    let begin = |day: Date| Some(zone.to_timestamp(day.into()).ok()?.as_millisecond());
    Some((begin(first)?, begin(first.checked_add(1.month()).ok()?)?))
}

fn need(level: &Standing, month_ends: i64) -> Option<Need> {
    let lack = lack(level.made, level.broken, level.promised)?;
    let best = (level.made - level.broken) as f64 / level.made as f64 * 100.0;
    let href = format!("/levels/{}", level.reference);
    Some(Need {
        what: format!("{} does not keep its {} % this month", level.name, level.promised),
        because: format!(
            "Of {} promises to resolve made this month {} are broken: at best {best:.1} % are kept. {}",
            level.made,
            level.broken,
            if lack == i64::MAX {
                "It cannot be reached any more.".into()
            } else {
                format!("The next {lack} must all be kept to reach it.")
            }
        ),
        stands: String::new(),
        href: href.clone(),
        reference: level.reference.clone(),
        stake: Stake { promises: level.broken, basis: format!("broken, of {}", level.made), ..Stake::default() },
        by: By::Time(month_ends),
        verbs: vec![Press::opens("Open", href)],
    })
}

/// How many more promises must be kept, without one broken, for the share to be reached; none if it is within reach with those
/// there are, even though some are still open. A share of 100 can never be reached again once one is broken: then it is as many
/// as there could be.
fn lack(made: i64, broken: i64, promised: i64) -> Option<i64> {
    if made <= 0 || (made - broken) * 100 >= promised * made {
        return None;
    }
    let spare = 100 - promised;
    if spare <= 0 {
        return Some(i64::MAX);
    }
    // broken / (made + more) <= spare / 100
    Some((broken * 100 + spare - 1) / spare - made)
}

#[cfg(test)]
mod tests {
    use super::lack;

    #[test]
    fn so_many_must_be_kept_and_one_fewer_is_not_enough() {
        for made in 1..60 {
            for broken in 0..=made {
                for promised in [50, 90, 95, 99] {
                    let kept = |more: i64| (made - broken + more) * 100 >= promised * (made + more);
                    match lack(made, broken, promised) {
                        None => assert!(kept(0)),
                        Some(more) => assert!(!kept(0) && kept(more) && !kept(more - 1), "{made} {broken} {promised}: {more}"),
                    }
                }
            }
        }
        assert_eq!((lack(10, 1, 100), lack(10, 0, 100), lack(0, 0, 90)), (Some(i64::MAX), None, None));
    }
}
