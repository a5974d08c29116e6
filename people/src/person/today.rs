//! Invitations that nobody followed, as lines of the morning.

use super::store::never_came;
use db::Tx;
use kernel::Result;
use kernel::describe::{By, Contribution, Morning, Need, Press, Stake};

/// The one sort of line.
pub const CONTRIBUTIONS: &[Contribution] = &[Contribution {
    key: "person.invited",
    title: "Invitations not followed",
    about: "People you may invite who were invited between 3 and 90 days ago and have never signed in.",
    may: "people.invite",
    find,
}];

const DAY: i64 = 86_400_000;
/// Most people looked at.
const MOST: i64 = 100;

fn find(tx: &mut Tx, morning: &Morning) -> Result<Vec<Need>> {
    let found = never_came(tx, morning.view, morning.now - 90 * DAY, morning.now - 3 * DAY, MOST)?;
    let Some((reference, name, at)) = found.first() else { return Ok(Vec::new()) };
    let days = (morning.now - at) / DAY;
    let href = format!("/people/{reference}");
    let others = found.len() - 1;
    let what = match others {
        0 => format!("{name} has not followed the invitation"),
        1 => format!("{name} and one more have not followed their invitations"),
        more => format!("{name} and {more} more have not followed their invitations"),
    };
    Ok(vec![Need {
        what,
        because: format!("{name} was invited {days} days ago and has never signed in."),
        stands: String::new(),
        href: href.clone(),
        reference: reference.clone(),
        stake: Stake { people: found.len() as i64, basis: "cannot sign in".into(), ..Stake::default() },
        by: By::Late(*at),
        verbs: vec![Press::opens("Open", href.clone()), Press::posts("Invite again", format!("{href}/invite"))],
    }])
}
