//! Work that lies about: given and not begun, come back, or nobody's. Several of a sort are one line.

use super::people::of_teams;
use super::words::{href, long, stands, tickets, verbs, when};
use crate::ticket::register_of;
use crate::ticket::store::today::{self as store, Line, Question, REOPENED, UNOWNED, UNTOUCHED, Whose};
use db::Tx;
use kernel::Result;
use kernel::describe::{By, Morning, Need, Press, Stake};

/// How a sort of ticket reads, alone and together.
struct Sort {
    one: fn(&Line) -> String,
    many: &'static str,
    basis: &'static str,
    verb: &'static str,
}

/// Assigned to the viewer and not begun.
pub fn untouched(tx: &mut Tx, morning: &Morning) -> Result<Vec<Need>> {
    let sort = Sort {
        one: |line| format!("Given to you and not begun: {}", line.summary),
        many: "are given to you and not begun",
        basis: "wait for you to begin",
        verb: "Begin with the oldest",
    };
    let list = format!("/tickets?state=assigned&active=true&assignee={}", morning.view.reference);
    of(tx, morning, Whose::Mine, UNTOUCHED, &sort, list)
}

/// Done once and not after all.
pub fn reopened(tx: &mut Tx, morning: &Morning) -> Result<Vec<Need>> {
    let sort = Sort {
        one: |line| format!("Came back: {}", line.summary),
        many: "of yours or your teams came back",
        basis: "thought it was done",
        verb: "Open the last",
    };
    let list = of_teams(tx, morning, "/tickets", "reopen_count__gte=1&state__ne=pending")?;
    of(tx, morning, Whose::Team, REOPENED, &sort, list)
}

/// Of the viewer's teams, and nobody works on it.
pub fn unowned(tx: &mut Tx, morning: &Morning) -> Result<Vec<Need>> {
    if morning.view.teams.is_empty() {
        return Ok(Vec::new());
    }
    let sort = Sort {
        one: |line| format!("Nobody works on it: {}", line.summary),
        many: "of your teams are nobody's",
        basis: "wait for somebody to take it",
        verb: "Open the oldest",
    };
    let list = of_teams(tx, morning, "/tickets", "assignee__empty=true")?;
    of(tx, morning, Whose::Team, UNOWNED, &sort, list)
}

fn of(tx: &mut Tx, morning: &Morning, whose: Whose, question: Question, sort: &Sort, list: String) -> Result<Vec<Need>> {
    let found = store::active(tx, morning, whose, question, 2)?;
    let Some(first) = found.first() else { return Ok(Vec::new()) };
    let count = if found.len() == 1 { 1 } else { store::count(tx, morning.view, whose, question)? };
    let mut need = Need {
        what: (sort.one)(first),
        because: format!("Last changed {} ago.", long(first.updated_at, morning.now)),
        stands: stands(first),
        href: href(first),
        reference: first.reference.clone(),
        stake: Stake { people: count, basis: sort.basis.into(), ..Stake::default() },
        by: By::Late(first.updated_at),
        verbs: begin(morning, first),
    };
    if count > 1 {
        need.what = format!("{} {}", tickets(count), sort.many);
        need.because = format!("First of them {}, “{}”, last changed {}.", first.reference, first.summary, when(morning, first.updated_at));
        (need.reference, need.stands) = (String::new(), String::new());
        need.verbs = vec![Press::opens(sort.verb, href(first)), Press::opens("Open the list", list.clone())];
        need.href = list;
    }
    Ok(vec![need])
}

/// Begin at once, where that is the next step; else what every ticket offers.
fn begin(morning: &Morning, line: &Line) -> Vec<Press> {
    if line.state == "assigned" && morning.view.may(register_of(&line.kind), "start") {
        return vec![Press::posts("Start", format!("{}/start", href(line))).first()];
    }
    verbs(morning, line)
}
