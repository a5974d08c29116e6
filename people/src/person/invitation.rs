//! Links that let somebody in: made for whoever invites them, who hands them on.

use super::REGISTER;
use kernel::describe::Register;
use kernel::register::{self, Record, Sent, Source, perform};
use kernel::who::one_time::{self, Purpose};
use kernel::who::{Grants, account, role_keys, roles::overrides};
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
/// Whoever invites may not; the person has no e-mail address; or has a password, or is an administrator, and whoever invites is none; or may
/// do more than whoever invites: the link would let them in as that person.
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
        let roles = role_keys(act.tx, before.id)?;
        if administrator(&roles) {
            return Err(Error::Conflict(format!("{} is an administrator, whom only an administrator invites.", before.title())));
        }
        if let Some(more) = more_than_own(act, &roles)? {
            return Err(Error::Conflict(format!(
                "{} may do more than you ({more}). Somebody who may do that too, such as an administrator, can make them a link.",
                before.title()
            )));
        }
    }
    let person = perform(act, &REGISTER, reference, verb, Sent { fields: &Map::new(), source: Source::Text }, None)?.record;
    account::open(act.tx, person.id, person.text("email"), act.recorded_at)?;
    let purpose = if again { Purpose::Reset } else { Purpose::Invitation };
    let link = one_time::create(act.tx, person.id, purpose, act.recorded_at)?;
    Ok(Invited { person, link, again })
}

/// Something that roles grant and the act's person does not hold; nobody grants more than they hold, by a link either.
fn more_than_own(act: &mut Act, roles: &[String]) -> Result<Option<String>> {
    let theirs = Grants::of(act.house, roles, &overrides(act.tx)?);
    let more = |register: &&'static Register| {
        let own = |permission: &&str| !act.view.scopes(register, permission).covers(theirs.scopes(register.key, permission));
        register.permissions().find(own).map(|permission| format!("{}: {permission}", register.many))
    };
    Ok(act.house.registers.iter().find_map(more))
}
