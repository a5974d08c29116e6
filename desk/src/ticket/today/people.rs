//! Who waits for whom.

use super::FEW;
use super::words::{href, long, stands, tickets, verbs, when};
use crate::ticket::looked;
use crate::ticket::register_of;
use crate::ticket::store::today::{self as store, Line, SILENT, WAITING, Whose};
use crate::ticket::store::{held, mention};
use db::Tx;
use kernel::Result;
use kernel::describe::{By, Morning, Need, Press, Stake};

/// Whoever asked spoke last, or nobody has ever answered.
pub fn unanswered(tx: &mut Tx, morning: &Morning) -> Result<Vec<Need>> {
    let found = store::unanswered(tx, morning, Whose::Teams, FEW as i64)?;
    let mut needs: Vec<Need> = found.iter().map(|(line, at, body)| spoke_last(morning, line, *at, body)).collect();
    let silent = store::active(tx, morning, Whose::Team, SILENT, 1)?;
    if let Some(oldest) = silent.first() {
        let count = store::count(tx, morning.view, Whose::Team, SILENT)?;
        needs.push(never(tx, morning, oldest, count)?);
    }
    Ok(needs)
}

/// For so long somebody who was named is told, in milliseconds.
const NAMED_FOR: i64 = 14 * 86_400_000;

/// Somebody named the viewer, who has not looked there since.
pub fn named(tx: &mut Tx, morning: &Morning) -> Result<Vec<Need>> {
    let mut found = mention::unread(tx, morning.view, morning.now - NAMED_FOR, FEW as i64)?;
    found.retain(|it| looked::noted(morning.house, morning.view.person, it.ticket).is_none_or(|at| at < it.at));
    let need = |it: &mention::Naming| {
        let href = format!("/{}/{}", register_of(&it.kind).key, it.reference);
        Need {
            what: format!("You were named: {}", it.summary),
            because: format!("{} ago: “{}”", long(it.at, morning.now), begin(&it.body)),
            stands: String::new(),
            reference: it.reference.clone(),
            stake: Stake { people: 1, basis: "asks you".into(), ..Stake::default() },
            by: By::Late(it.at),
            verbs: vec![Press::opens("Open", href.clone()).first()],
            href,
        }
    };
    Ok(found.iter().map(need).collect())
}

/// The viewer wrote, and it did not leave.
pub fn unsent(tx: &mut Tx, morning: &Morning) -> Result<Vec<Need>> {
    let found = held::stopped(tx, morning.view, FEW as i64)?;
    let need = |it: &held::Stopped| {
        let href = format!("/{}/{}", register_of(&it.kind).key, it.reference);
        Need {
            what: format!("A reply of yours was not sent: {}", it.summary),
            because: it.why.clone(),
            stands: format!("“{}”", begin(&it.body)),
            reference: it.reference.clone(),
            stake: Stake { people: 1, basis: "waits for what you wrote".into(), ..Stake::default() },
            by: By::Late(it.send_at),
            verbs: vec![Press::opens("Open", format!("{href}#composer")).first()],
            href,
        }
    };
    Ok(found.iter().map(need).collect())
}

fn spoke_last(morning: &Morning, line: &Line, at: i64, body: &str) -> Need {
    let who = line.requester.as_deref().unwrap_or("The requester");
    let mut presses = verbs(morning, line);
    if morning.view.may(register_of(&line.kind), "reply") {
        presses = vec![Press::opens("Reply…", format!("{}/reply?back=/today", href(line))).first()];
    }
    Need {
        what: format!("{who} waits for an answer: {}", line.summary),
        because: format!("Wrote {} ago: “{}”", long(at, morning.now), begin(body)),
        stands: stands(line),
        href: href(line),
        reference: line.reference.clone(),
        stake: Stake { people: 1, basis: "waits for an answer".into(), ..Stake::default() },
        by: By::Late(at),
        verbs: presses,
    }
}

/// How much of a message is quoted, in characters.
const QUOTED: usize = 90;

/// The beginning of a message in one line.
fn begin(body: &str) -> String {
    let line = body.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(QUOTED) {
        Some((end, _)) => format!("{}…", line[..end].trim_end()),
        None => line,
    }
}

/// The list of such tickets: of the viewer's teams, else the viewer's own.
pub(super) fn of_teams(tx: &mut Tx, morning: &Morning, path: &str, condition: &str) -> Result<String> {
    let view = morning.view;
    let whose =
        if view.teams.is_empty() { format!("assignee={}", view.reference) } else { format!("team={}", store::team_references(tx, view)?) };
    Ok(format!("{path}?active=true&{whose}&{condition}"))
}

fn never(tx: &mut Tx, morning: &Morning, oldest: &Line, count: i64) -> Result<Need> {
    let (one, list) = (count == 1, of_teams(tx, morning, "/tickets", "first_response_at__empty=true&requester__empty=false")?);
    let what = if one { format!("Nobody has answered: {}", oldest.summary) } else { format!("{} have had no answer yet", tickets(count)) };
    Ok(Need {
        what,
        because: match one {
            true => format!("No answer since it was opened, {}.", when(morning, oldest.opened_at)),
            false => format!("The oldest is {}, opened {}.", oldest.reference, when(morning, oldest.opened_at)),
        },
        stands: if one { stands(oldest) } else { String::new() },
        href: if one { href(oldest) } else { list.clone() },
        reference: if one { oldest.reference.clone() } else { String::new() },
        stake: Stake { people: count, basis: "wait for a first answer".into(), ..Stake::default() },
        by: By::Late(oldest.opened_at),
        verbs: if one { verbs(morning, oldest) } else { vec![Press::opens("Open the list", list)] },
    })
}

/// The viewer asked, and the desk waits for their answer.
pub fn waiting(tx: &mut Tx, morning: &Morning) -> Result<Vec<Need>> {
    let found = store::active(tx, morning, Whose::Asked, WAITING, FEW as i64)?;
    let need = |line: &Line| Need {
        what: format!("Your answer is waited for: {}", line.summary),
        because: format!("It rests since {}; its promises rest with it.", when(morning, line.updated_at)),
        stands: stands(line),
        href: href(line),
        reference: line.reference.clone(),
        stake: Stake { people: 1, basis: "waits for you".into(), ..Stake::default() },
        by: By::Late(line.updated_at),
        verbs: vec![Press::opens("Reply…", format!("{}/reply?back=/today", href(line))).first()],
    };
    Ok(found.iter().map(need).collect())
}

#[cfg(test)]
mod tests {
    use super::begin;

    #[test]
    fn a_message_is_quoted_by_its_beginning() {
        assert_eq!(begin("14 trucks\n\nnow"), "14 trucks now");
        let long = begin(&"ü ".repeat(200));
        assert_eq!((long.chars().count(), long.ends_with('…')), (90, true));
    }
}
