//! Improvements that are late, as lines of the morning.

use super::store::late;
use crate::days::{Days, said};
use db::Tx;
use kernel::Result;
use kernel::describe::{By, Contribution, Morning, Need, Press, Stake};

/// The one sort of line.
pub const CONTRIBUTIONS: &[Contribution] = &[Contribution {
    key: "improvement.late",
    title: "Improvements that are late",
    about: "Improvements you answer for that were due and are neither done nor rejected.",
    may: "improvements.edit",
    find,
}];

/// Most lines.
const MOST: i64 = 5;

fn find(tx: &mut Tx, morning: &Morning) -> Result<Vec<Need>> {
    let days = Days::of(morning);
    let all = late(tx, morning.view, &days.on(0), MOST)?;
    let need = |it: &super::store::Late| {
        let href = format!("/improvements/{}", it.reference);
        let way = it.progress.map_or("Nothing was measured yet".into(), |share| format!("{share} % of the way is done"));
        Need {
            what: format!("Late: {}", it.summary),
            because: format!("It was due {}. {way}.", said(days.until(&it.due_on))),
            stands: String::new(),
            href: href.clone(),
            reference: it.reference.clone(),
            stake: Stake { basis: format!("due {}", days.named(&it.due_on)), ..Stake::default() },
            by: By::Late(days.end(&it.due_on)),
            verbs: vec![Press::opens("Open", href)],
        }
    };
    Ok(all.iter().map(need).collect())
}
