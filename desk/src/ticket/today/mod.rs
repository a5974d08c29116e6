//! What of the desk needs somebody today.

mod critical;
mod people;
mod promises;
mod share;
mod words;

use super::store::today::Whose;
use ::promises::level::LEVELS;
use kernel::describe::{Contribution, Morning};
use kernel::who::View;

/// Single lines of one sort; the rest is summed up in one line more.
const FEW: usize = 5;

/// Whoever may change what is promised answers for every ticket; others for their own and those of their teams.
fn whose(view: &View) -> Whose {
    if view.may(&LEVELS, "edit") { Whose::Anybody } else { Whose::Teams }
}

const fn line(key: &'static str, title: &'static str, about: &'static str, find: Find) -> Contribution {
    Contribution { key, title, about, may: "tickets.internal", find }
}

type Find = fn(&mut db::Tx, &Morning) -> kernel::Result<Vec<kernel::describe::Need>>;

/// Every sort of line.
pub const CONTRIBUTIONS: &[Contribution] = &[
    line(
        "ticket.critical",
        "Critical incidents",
        "Open incidents of the two highest priorities: yours and your teams', or all if you answer for the promises. Says what an hour costs and whether anybody works on it.",
        critical::critical,
    ),
    line(
        "ticket.due",
        "Promises due today",
        "Promises of yours and your teams' that fall due before midnight, or all if you answer for the promises.",
        promises::due,
    ),
    line(
        "ticket.broken",
        "Promises broken",
        "Promises that are broken and still owed: yours and your teams', or all if you answer for the promises.",
        promises::broken,
    ),
    line(
        "ticket.unsent",
        "Replies of yours that were not sent",
        "Replies that could not be sent, or that you took back and left, with the reason. Nobody but you has them.",
        people::unsent,
    ),
    line(
        "ticket.named",
        "You were named",
        "Messages of the last two weeks that name you or a team of yours behind an @, on tickets you have not looked at since.",
        people::named,
    ),
    line(
        "ticket.unanswered",
        "Requesters who wait for an answer",
        "Your and your teams' tickets on which whoever asked spoke last, and those that nobody has answered yet.",
        people::unanswered,
    ),
    line("ticket.waiting", "Tickets that wait for you", "Tickets you asked for yourself, which wait for your answer.", people::waiting),
    line("ticket.untouched", "Given to you, not begun", "Tickets assigned to you whose work has not begun.", share::untouched),
    line("ticket.reopened", "Came back", "Your and your teams' tickets that were done once and were opened again.", share::reopened),
    line("ticket.unowned", "Nobody's", "Your teams' tickets that nobody works on.", share::unowned),
    line(
        "ticket.crowded",
        "Services with several incidents",
        "Services with three or more open incidents: those of your teams, or all if you answer for the promises.",
        critical::crowded,
    ),
];
