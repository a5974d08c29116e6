//! Contracts whose last safe day to cancel is near, as lines of the morning.

use super::register::REGISTER;
use super::store::{Ending, ending};
use crate::days::{Days, said};
use db::Tx;
use kernel::Result;
use kernel::describe::{Amount, By, Contribution, Morning, Need, Press, Stake};

/// The one sort of line.
pub const CONTRIBUTIONS: &[Contribution] = &[Contribution {
    key: "contract.cancel",
    title: "Contracts about to renew",
    about: "Contracts you answer for that renew themselves unless notice is given within 60 days; at stake is what the next term costs.",
    may: "contracts.edit",
    find,
}];

/// How many days ahead it looks.
const AHEAD: i64 = 60;
/// Most lines.
const MOST: i64 = 10;

fn find(tx: &mut Tx, morning: &Morning) -> Result<Vec<Need>> {
    let days = Days::of(morning);
    let all = ending(tx, morning.view, &days.on(0), &days.on(AHEAD), MOST)?;
    let reads = morning.view.may(&REGISTER, "confidential");
    Ok(all.iter().map(|contract| need(&days, contract, reads)).collect())
}

fn need(days: &Days, contract: &Ending, reads: bool) -> Need {
    let left = days.until(&contract.last_day);
    let with = contract.vendor.as_ref().map_or(String::new(), |vendor| format!(" with {vendor}"));
    let href = format!("/contracts/{}", contract.reference);
    // A year's cost times the months of the term, in whole minor units.
    let term = |(minor, currency): (i64, String)| Amount { minor: minor.saturating_mul(contract.months) / 12, currency, per_hour: false };
    let money = contract.year.clone().filter(|_| reads).map(term);
    Need {
        what: format!(
            "{} renews for {} months unless you give notice by {}",
            contract.name,
            contract.months,
            days.named(&contract.last_day)
        ),
        because: format!("The last safe day to end the contract{with} is {}.", said(left)),
        stands: String::new(),
        href: href.clone(),
        reference: contract.reference.clone(),
        stake: Stake {
            basis: if money.is_some() { format!("for {} months more", contract.months) } else { String::new() },
            money,
            ..Stake::default()
        },
        by: By::Time(days.end(&contract.last_day)),
        verbs: vec![Press::opens("Open", href)],
    }
}
