//! Whether a reply can be sent: asked before it is held, so that whoever wrote it learns of it while they look.

use super::{MOST, Reply, possible};
use crate::ticket::store;
use kernel::describe::Kind;
use kernel::register::{self, Record};
use kernel::who::guard::permits;
use kernel::who::{Means, view_of};
use kernel::{Act, Error, Result};

/// Refuses what could not be sent to a ticket as it stands now.
///
/// # Errors
/// `Conflict` if nobody can answer any more, `Invalid` by field, `Forbidden` for what is to follow.
pub fn check(act: &mut Act, ticket: &Record, reply: &Reply) -> Result<()> {
    let register = ticket.shape.register;
    if !possible(act.view, ticket, "reply") || !permits(act.tx, act.view, ticket, "reply")? {
        return Err(Error::Conflict(format!("{} cannot be answered as it stands. What you wrote is kept here.", ticket.reference)));
    }
    if reply.text.trim().is_empty() {
        return Err(Error::invalid("text", "Write something to send."));
    }
    if let Some(most) = longest(ticket).filter(|most| reply.text.chars().count() > *most) {
        return Err(Error::invalid("text", format!("At most {most} characters fit into one reply. Attach the rest as a file.")));
    }
    let following = ticket.get("watchers").ids();
    let new = readers(act, &reply.cc)?.into_iter().any(|id| !following.contains(&id));
    if new && !permits(act.tx, act.view, ticket, "watch")? {
        return Err(Error::invalid("cc", "You may not let others follow this. Take the names out."));
    }
    if reply.next == "resolve" && act.view.scopes(register, "resolve").is_empty() {
        return Err(Error::forbidden(register.key, "resolve"));
    }
    Ok(())
}

/// Refuses to hold one more than anybody can oversee.
pub fn few(act: &mut Act, ticket: &Record) -> Result<()> {
    if store::held::of(act.tx, act.view.person, ticket.id)?.len() < MOST {
        return Ok(());
    }
    Err(Error::Conflict(format!("{MOST} replies of yours wait here. Send them or take them back first. What you wrote is kept here.")))
}

/// Most characters of a reply.
fn longest(ticket: &Record) -> Option<usize> {
    ticket.shape.register.verb("reply")?.asks.iter().find_map(|field| match field.kind {
        Kind::Text { limit } => Some(limit),
        _ => None,
    })
}

/// Most people who may be named as further readers of one reply.
const MOST_READERS: usize = 20;

/// Ids of those who are to read along, each once.
pub(super) fn readers(act: &mut Act, cc: &str) -> Result<Vec<i64>> {
    let names = || cc.split(',').map(str::trim).filter(|name| !name.is_empty());
    if names().nth(MOST_READERS).is_some() {
        return Err(Error::invalid("cc", format!("At most {MOST_READERS} people can be added at once. Nothing was sent.")));
    }
    let people = act.house.register("people").ok_or(Error::NotFound)?;
    let mut ids = Vec::new();
    for name in names() {
        let shown: String = name.chars().take(60).collect();
        let unknown = || Error::invalid("cc", format!("There is no person {shown} that you may see, or several. Nothing was sent."));
        let id = register::resolve(act.tx, act.house, act.view, people, name)?.ok_or_else(unknown)?;
        if !ids.contains(&id) {
            let gone = |_| Error::invalid("cc", format!("{shown} is no longer here. Nothing was sent."));
            view_of(act.tx, act.house, id, 0, Means::Page).map_err(gone)?;
            ids.push(id);
        }
    }
    Ok(ids)
}
