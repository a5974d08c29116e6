//! The first hour of a new house: five steps from nothing to a ticket in a queue whose clock runs. Each may be left out and
//! taken up again, for what is done is read from what there is; and each does what the ordinary verbs do.

mod hours;
mod made;
mod pages;
mod rules;
mod store;

use crate::ticket::TICKETS;
use db::Tx;
use kernel::describe::{Floor, Practice};
use kernel::who::View;
use kernel::{House, Result};
use people::person::REGISTER as PEOPLE;

/// The first hour.
pub const PRACTICE: Practice = Practice {
    key: "first_hour",
    about: "The first hour of a new house, in five steps that end with a ticket whose clock runs.",
    floor: Floor::Desk,
    needs: &["ticket"],
    routes: pages::ROUTES,
    begins,
    ..Practice::PLAIN
};

/// Its first page.
pub const HOME: &str = "/first-hour";

/// Whoever furnishes the house begins here, until the first ticket is there.
fn begins(tx: &mut Tx, _: &House, view: &View) -> Result<Option<&'static str>> {
    Ok(if furnishes(view) && !store::any_ticket(tx)? { Some(HOME) } else { None })
}

fn furnishes(view: &View) -> bool {
    view.may(&PEOPLE, "grant-roles") && view.may(&TICKETS, "read")
}

/// For whoever furnishes the house until the first ticket is there: how many steps are done, and how many there are. A house that is in
/// use leaves steps out for good reasons, such as an organisation that lives by the promises of the one above it.
///
/// # Errors
/// The database fails.
pub fn unfinished(tx: &mut Tx, view: &View) -> Result<Option<(usize, usize)>> {
    if !furnishes(view) || store::any_ticket(tx)? {
        return Ok(None);
    }
    let steps = store::done(tx, view.organisation)?;
    let done = steps.iter().filter(|done| **done).count();
    Ok((done < steps.len()).then_some((done, steps.len())))
}
