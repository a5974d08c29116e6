//! Risks as lines of the morning: reviews that are due, and those above what is borne.

use super::register::{REGISTER, borne};
use super::store::{Live, above, to_review};
use crate::days::{Days, said};
use db::Tx;
use kernel::Result;
use kernel::describe::{Amount, By, Contribution, Morning, Need, Press, Stake};

/// The sorts of line.
pub const CONTRIBUTIONS: &[Contribution] = &[
    Contribution {
        key: "risk.review",
        title: "Risks to look at again",
        about: "Open and accepted risks you answer for whose review is due within 14 days, or was.",
        may: "risks.edit",
        find: reviews,
    },
    Contribution {
        key: "risk.appetite",
        title: "Risks above what is borne",
        about: "Open risks you answer for that score higher than the setting risk.appetite says is borne, in one line.",
        may: "risks.edit",
        find: appetite,
    },
];

/// How many days ahead it looks.
const AHEAD: i64 = 14;
/// Most lines.
const MOST: i64 = 5;

fn reviews(tx: &mut Tx, morning: &Morning) -> Result<Vec<Need>> {
    let days = Days::of(morning);
    let reads = morning.view.may(&REGISTER, "confidential");
    Ok(to_review(tx, morning.view, &days.on(AHEAD), MOST)?.iter().map(|risk| review(&days, risk, reads)).collect())
}

fn review(days: &Days, risk: &Live, reads: bool) -> Need {
    let left = days.until(&risk.review_on);
    let (end, href) = (days.end(&risk.review_on), format!("/risks/{}", risk.reference));
    let because = match (risk.accepted, left < 0) {
        (true, true) => format!("It was accepted until {}: the acceptance ended {}.", days.named(&risk.review_on), said(left)),
        (true, false) => format!("It was accepted until {}, which is {}.", days.named(&risk.review_on), said(left)),
        (false, true) => format!("Its review was due {}.", said(left)),
        (false, false) => format!("Its review is due {}, on {}.", said(left), days.named(&risk.review_on)),
    };
    Need {
        what: format!("Look at the risk again: {}", risk.summary),
        because: format!("{because} It scores {} of 25.", risk.score),
        stands: String::new(),
        href: href.clone(),
        reference: risk.reference.clone(),
        stake: loss(risk.loss.clone().filter(|_| reads)),
        by: if left < 0 { By::Late(end) } else { By::Time(end) },
        verbs: vec![Press::opens("Open", href)],
    }
}

/// What it may cost; nothing at all where there is no amount, or none that the viewer may read.
fn loss(amount: Option<(i64, String)>) -> Stake {
    amount.map_or_else(Stake::default, |(minor, currency)| Stake {
        money: Some(Amount { minor, currency, per_hour: false }),
        basis: "expected loss a year".into(),
        ..Stake::default()
    })
}

fn appetite(tx: &mut Tx, morning: &Morning) -> Result<Vec<Need>> {
    let borne = borne(tx, morning.house)?;
    let (count, losses) = above(tx, morning.view, borne)?;
    if count == 0 {
        return Ok(Vec::new());
    }
    let reads = morning.view.may(&REGISTER, "confidential");
    let list = format!("/risks?state=open&score__gt={borne}");
    // Losses in several currencies do not add up; then none is said.
    let money = match losses.as_slice() {
        [one] if reads => Some(one.clone()),
        _ => None,
    };
    let (risks, them) = if count == 1 { ("One open risk scores".to_owned(), "it") } else { (format!("{count} open risks score"), "them") };
    Ok(vec![Need {
        what: format!("{risks} more than {borne}, where what is borne ends"),
        because: format!("Treat {them} until the score falls, or accept {them} for a time with a reason."),
        stands: String::new(),
        href: list.clone(),
        reference: String::new(),
        stake: loss(money),
        by: By::Someday,
        verbs: vec![Press::opens("Open the list", list)],
    }])
}
