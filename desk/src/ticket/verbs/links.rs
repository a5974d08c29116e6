//! Other tickets, and people who follow this one.

use crate::ticket::store;
use kernel::describe::Input;
use kernel::memory::next_epoch;
use kernel::register::{Cell, Draft, by_id};
use kernel::who::guard::permits;
use kernel::who::{Means, view_of};
use kernel::{Act, Error, Result};

/// Relates it to another ticket.
pub fn link(_: &mut Act, draft: &mut Draft, input: &Input) -> Result<()> {
    let other = other(draft, input)?;
    match input.text("kind") {
        kind @ ("parent" | "duplicate_of") => draft.set(kind, other),
        _ => with(draft, "links", other),
    }
    Ok(())
}

/// Takes every relation to another ticket away.
pub fn unlink(_: &mut Act, draft: &mut Draft, input: &Input) -> Result<()> {
    let other = other(draft, input)?;
    let mut found = draft.get("links").ids().contains(&other);
    without(draft, "links", other);
    for key in ["parent", "duplicate_of"] {
        if draft.int(key) == Some(other) {
            draft.set(key, Cell::Null);
            found = true;
        }
    }
    if found { Ok(()) } else { Err(Error::invalid("ticket", "This ticket has no link to that one.")) }
}

fn other(draft: &Draft, input: &Input) -> Result<i64> {
    let other = input.int("ticket").unwrap_or(0);
    if other == draft.record.id { Err(Error::invalid("ticket", "A ticket cannot be linked to itself.")) } else { Ok(other) }
}

/// Somebody follows it from now on, and so sees it as its requester does. Nothing changes for whoever follows it already.
pub fn watch(act: &mut Act, draft: &mut Draft, input: &Input) -> Result<()> {
    let person = person(act, input)?;
    if draft.get("watchers").ids().contains(&person) {
        return Ok(());
    }
    with(draft, "watchers", person);
    if !sees(act, draft, person)? {
        store::merge::share(act, &draft.record, person)?;
        next_epoch(act.tx, "who")?;
    }
    Ok(())
}

/// Whether a person may read it as it is.
fn sees(act: &mut Act, draft: &Draft, person: i64) -> Result<bool> {
    let gone = |_| Error::invalid("person", "This person is no longer here. Name somebody else.");
    let view = view_of(act.tx, act.house, person, 0, Means::Page).map_err(gone)?;
    match by_id(act.tx, act.house, &view, draft.record.shape.register, draft.record.id) {
        Err(Error::NotFound) => Ok(false),
        seen => seen.map(|_| true),
    }
}

/// A person who sees it anyway follows it from now on; whoever may not see it is not let in.
pub fn follow(act: &mut Act, draft: &mut Draft, person: i64) -> Result<()> {
    if sees(act, draft, person)? {
        with(draft, "watchers", person);
    }
    Ok(())
}

/// Somebody no longer follows it. Everybody may leave; to take another off one must be able to let another follow.
pub fn unwatch(act: &mut Act, draft: &mut Draft, input: &Input) -> Result<()> {
    let person = person(act, input)?;
    let register = draft.record.shape.register;
    if person != act.view.person && !permits(act.tx, act.view, &draft.record, "watch")? {
        return Err(Error::forbidden(register.key, "watch"));
    }
    without(draft, "watchers", person);
    unshare(act, draft, person)
}

/// Takes back that somebody follows it.
pub fn withdraw(act: &mut Act, draft: &mut Draft, input: &Input) -> Result<()> {
    let person = person(act, input)?;
    unshare(act, draft, person)
}

/// Whoever no longer follows it sees it no longer, unless they could anyway.
fn unshare(act: &mut Act, draft: &Draft, person: i64) -> Result<()> {
    if store::merge::unshare(act, draft.record.id, person)? { next_epoch(act.tx, "who") } else { Ok(()) }
}

fn person(act: &Act, input: &Input) -> Result<i64> {
    let own = Some(act.view.person).filter(|id| *id != 0);
    input.int("person").or(own).ok_or_else(|| Error::invalid("person", "Say who."))
}

/// Adds an id to a field of several.
pub fn with(draft: &mut Draft, key: &str, id: i64) {
    let mut ids = draft.get(key).ids().to_vec();
    ids.push(id);
    ids.sort_unstable();
    ids.dedup();
    draft.set(key, Cell::Many(ids));
}

fn without(draft: &mut Draft, key: &str, id: i64) {
    let ids = draft.get(key).ids().iter().copied().filter(|it| *it != id).collect();
    draft.set(key, Cell::Many(ids));
}
