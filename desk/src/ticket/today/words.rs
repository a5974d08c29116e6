//! How the morning speaks of a ticket.

use crate::ticket::register_of;
use crate::ticket::store::today::{Line, MOST};
use jiff::Timestamp;
use kernel::describe::{Amount, Morning, Press};
use ui::format;

/// The page of a ticket.
pub fn href(line: &Line) -> String {
    format!("/{}/{}", register_of(&line.kind).key, line.reference)
}

/// An instant as the viewer meets it: "08:05", "Mon", "2 Oct".
pub fn when(morning: &Morning, at: i64) -> String {
    let stamp = |at| Timestamp::from_millisecond(at).unwrap_or(Timestamp::UNIX_EPOCH);
    format::when(stamp(at), stamp(morning.now), &morning.view.zone).shown
}

/// A length of time from one instant to another, as a sentence has it; whole minutes at least.
pub fn long(from: i64, until: i64) -> String {
    format::duration(((until - from).max(0) / 60_000).max(1) * 60)
}

/// Who works on it: "with Rahul Menon, Integration", "with Integration, nobody in person", "nobody works on it".
fn who(line: &Line) -> String {
    match (&line.assignee, &line.team) {
        (Some(person), Some(team)) => format!("with {person}, {team}"),
        (Some(person), None) => format!("with {person}"),
        (None, Some(team)) if line.taken => format!("with {team}"),
        (None, None) if line.taken => "somebody works on it".into(),
        (None, Some(team)) => format!("with {team}, but nobody works on it"),
        (None, None) => "nobody works on it".into(),
    }
}

/// How it stands: "P1, with Rahul Menon, Integration".
pub fn stands(line: &Line) -> String {
    format!("P{}, {}", line.priority, who(line))
}

/// What an hour without the ticket's service costs, if that is known and may be read.
pub fn hour(line: &Line) -> Option<(String, Amount)> {
    let (name, value) = line.service.as_ref()?;
    let (minor, currency) = value.clone()?;
    Some((name.clone(), Amount { minor, currency, per_hour: true }))
}

/// What one can do at once: take it if nobody has it, and open it.
pub fn verbs(morning: &Morning, line: &Line) -> Vec<Press> {
    let mut verbs = vec![Press::opens("Open", href(line))];
    if !line.taken && morning.view.may(register_of(&line.kind), "take") {
        verbs.push(Press::posts("Take", format!("{}/take", href(line))).first());
    }
    verbs
}

/// A count that may have ended early: "17", "1,000 or more".
pub fn counted(count: i64) -> String {
    if count > MOST { format!("{} or more", format::number(MOST)) } else { format::number(count) }
}

/// "1 ticket", "17 tickets".
pub fn tickets(count: i64) -> String {
    format!("{} ticket{}", counted(count), if count == 1 { "" } else { "s" })
}
