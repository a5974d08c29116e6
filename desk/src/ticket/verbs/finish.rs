//! How it ends, and begins again.

use super::talk::answered;
use crate::ticket::register::{INCIDENTS, REQUESTS};
use crate::ticket::store;
use db::Tx;
use kernel::describe::{Input, Scope};
use kernel::register::{Cell, Draft, Record, Sent, Source, perform};
use kernel::settings;
use kernel::who::View;
use kernel::{Act, Error, House, Result};
use serde_json::{Map, json};

/// Says what was done. A resolution is an answer, so it also ends the wait for a first response.
pub fn resolve(act: &mut Act, draft: &mut Draft, input: &Input) -> Result<()> {
    for key in ["resolution", "closure_code"] {
        if !input.get(key).is_null() {
            draft.set(key, input.get(key).clone());
        }
    }
    if draft.get("resolution").is_null() {
        return Err(Error::invalid("resolution", "Say what was done, in words the requester understands."));
    }
    draft.set("resolved_at", act.at);
    draft.set("resolved_by", Some(act.view.person).filter(|id| *id != 0));
    answered(act, draft);
    if input.int("children") == Some(1) {
        children(act, draft)?;
    }
    Ok(())
}

/// Most children of a register that are resolved with their parent.
const MOST_CHILDREN: i64 = 100;

/// Resolves what is part of this ticket and still active, with the same words, as far as the viewer may.
fn children(act: &mut Act, draft: &Draft) -> Result<()> {
    let words = draft.text("resolution").to_owned();
    let fields: Map<_, _> = [("resolution".to_owned(), json!(words))].into_iter().collect();
    for register in [&INCIDENTS, &REQUESTS] {
        let verb = register.verb("resolve").ok_or(Error::NotFound)?;
        for reference in store::ticket::active_children(act.tx, act.view, register, verb.key, draft.record.id, MOST_CHILDREN)? {
            perform(act, register, &reference, verb, Sent { fields: &fields, source: Source::Text }, None)?;
        }
    }
    Ok(())
}

/// A ticket that has no active part that the viewer may resolve is not asked about its children.
pub fn childless(tx: &mut Tx, view: &View, ticket: &Record) -> Result<&'static [&'static str]> {
    for register in [&INCIDENTS, &REQUESTS] {
        if !store::ticket::active_children(tx, view, register, "resolve", ticket.id, 1)?.is_empty() {
            return Ok(&[]);
        }
    }
    Ok(&["children"])
}

/// The last word.
pub fn close(act: &mut Act, draft: &mut Draft, _: &Input) -> Result<()> {
    draft.set("closed_at", act.at);
    Ok(())
}

/// Whoever asked says that it works again. If nobody had answered them by then, nobody owes an answer any more.
pub fn confirm(act: &mut Act, draft: &mut Draft, _: &Input) -> Result<()> {
    let unanswered = draft.get("first_response_at").is_null();
    draft.set_state(if unanswered { "cancelled" } else { "closed" });
    draft.set("closed_at", act.at);
    if unanswered {
        return Ok(());
    }
    if draft.get("resolved_at").is_null() {
        draft.set("resolved_at", act.at);
        draft.set("resolved_by", Some(act.view.person).filter(|id| *id != 0));
    }
    Ok(())
}

/// It was not done after all. Whoever asked may say so for some days; those who do the work, always.
pub fn reopen(act: &mut Act, draft: &mut Draft, _: &Input) -> Result<()> {
    if draft.int("merged_into").is_some() {
        return Err(Error::Conflict("This ticket lives on in another one. Write there.".into()));
    }
    if let Some(days) = too_late(act.tx, act.house, act.view, &draft.record, act.at)? {
        return Err(Error::Conflict(format!("It ended more than {days} days ago. Open a new ticket and name this one in it.")));
    }
    // What was called off before anybody looked at it begins where it was.
    if draft.before.as_ref().is_some_and(|before| before.state == "cancelled") {
        draft.set_state(if draft.get("assignee").is_null() { "new" } else { "assigned" });
    }
    draft.set("reopen_count", draft.int("reopen_count").unwrap_or(0) + 1);
    for key in ["resolved_at", "resolved_by", "closed_at"] {
        draft.set(key, Cell::Null);
    }
    Ok(())
}

/// The days in which it could have been reopened, if they are over for a viewer.
pub fn too_late(tx: &mut Tx, house: &House, view: &View, record: &Record, now: i64) -> Result<Option<i64>> {
    if view.scopes(record.shape.register, "reopen").has(Scope::All) {
        return Ok(None);
    }
    let days = settings::get(tx, house, "ticket.reopen_days")?.int().unwrap_or(14);
    let ended = record.int("closed_at").or(record.int("resolved_at")).unwrap_or(now);
    Ok((now - ended > days.saturating_mul(86_400_000)).then_some(days))
}

/// It is no longer needed.
pub fn cancel(act: &mut Act, draft: &mut Draft, _: &Input) -> Result<()> {
    draft.set("closed_at", act.at);
    Ok(())
}
