//! Windows of which nobody was told, as lines of the morning.

use super::store::{Seen, seen_between};
use db::Tx;
use jiff::Timestamp;
use kernel::Result;
use kernel::describe::{By, Contribution, Morning, Need, Press, Stake};
use ui::format;

/// The one sort of line.
pub const CONTRIBUTIONS: &[Contribution] = &[Contribution {
    key: "window.unannounced",
    title: "Windows nobody was told of",
    about: "Windows you may change that begin within 24 hours, hold back alerts or do not count against promises, and are not announced.",
    may: "windows.edit",
    find,
}];

const DAY: i64 = 86_400_000;
/// Most windows looked at.
const MOST: i64 = 50;

fn find(tx: &mut Tx, morning: &Morning) -> Result<Vec<Need>> {
    let all = seen_between(tx, morning.view, "edit", morning.now, morning.now + DAY, MOST)?;
    let quiet = all.iter().filter(|it| it.window.starts_at >= morning.now && it.silences && !it.announced);
    Ok(quiet.map(|it| need(morning, it)).collect())
}

fn need(morning: &Morning, seen: &Seen) -> Need {
    let window = &seen.window;
    let stamp = |at| Timestamp::from_millisecond(at).unwrap_or(Timestamp::UNIX_EPOCH);
    let at = |at: i64| morning.view.zone.to_datetime(stamp(at)).strftime("%H:%M").to_string();
    let href = format!("/windows/{}", window.reference);
    Need {
        what: format!("{} begins at {} and nobody was told", window.name, at(window.starts_at)),
        because: format!(
            "From {} to {}, for {}; it is not shown on the status page.",
            at(window.starts_at),
            at(window.ends_at),
            format::duration((window.ends_at - window.starts_at) / 1000)
        ),
        stands: String::new(),
        href: href.clone(),
        reference: window.reference.clone(),
        stake: Stake { basis: "surprise".into(), ..Stake::default() },
        by: By::Time(window.starts_at),
        verbs: vec![Press::opens("Announce", format!("{href}/edit?back=/today"))],
    }
}
