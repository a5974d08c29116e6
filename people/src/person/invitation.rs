//! Links that let somebody in: made for whoever invites them, who hands them on.

use super::REGISTER;
use kernel::register::{self, Record, Sent, Source, perform};
use kernel::who::one_time::{self, Purpose};
use kernel::who::{account, role_keys};
use kernel::{Act, Error, Result};
use serde_json::Map;

/// What an invitation came to.
pub struct Invited {
    /// The person.
    pub person: Record,
    /// Path of a link that works once.
    pub link: String,
    /// Whether it lets them choose a new password in place of one they have.
    pub again: bool,
}

/// Invites a person and makes their link. Older links end.
///
/// # Errors
/// Whoever invites may not; the person has no e-mail address; or has a password, or is an administrator, and whoever invites is none: the
/// link would let them in as that person.
pub fn invite(act: &mut Act, reference: &str) -> Result<Invited> {
    let verb = REGISTER.verb("invite").ok_or(Error::NotFound)?;
    let before = register::load(act.tx, act.house, act.view, &REGISTER, reference)?;
    let again = account::by_person(act.tx, before.id)?.is_some_and(|account| account.password.is_some());
    let administrator = |roles: &[String]| roles.iter().any(|role| role == "administrator");
    if !administrator(&act.view.roles) && act.view.person != 0 {
        if again {
            return Err(Error::Conflict(format!(
                "{} has a password already. An administrator can make them a link for a new one.",
                before.title()
            )));
        }
        if administrator(&role_keys(act.tx, before.id)?) {
            return Err(Error::Conflict(format!("{} is an administrator, whom only an administrator invites.", before.title())));
        }
    }
    let person = perform(act, &REGISTER, reference, verb, Sent { fields: &Map::new(), source: Source::Text }, None)?.record;
    account::open(act.tx, person.id, person.text("email"), act.recorded_at)?;
    let purpose = if again { Purpose::Reset } else { Purpose::Invitation };
    let link = one_time::create(act.tx, person.id, purpose, act.recorded_at)?;
    Ok(Invited { person, link, again })
}
