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

/// Whoever furnishes the house begins here, until the first ticket is there.
fn begins(tx: &mut Tx, _: &House, view: &View) -> Result<Option<&'static str>> {
    let furnishes = view.may(&PEOPLE, "grant-roles") && view.may(&TICKETS, "read");
    Ok(if furnishes && !store::any_ticket(tx)? { Some("/first-hour") } else { None })
}
