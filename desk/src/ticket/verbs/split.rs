//! Something said on one ticket is another matter: it becomes a ticket of its own.

use super::links::with;
use crate::ticket::{message, store};
use kernel::describe::Input;
use kernel::register::{Cell, Draft, blank, save};
use kernel::{Act, Error, Result};
use serde_json::{Map, json};

/// Makes a ticket of a message and links the two. A public message is what the new ticket says, asked for by whoever wrote it; an
/// internal one stays an internal note there, and nobody has asked.
pub fn split(act: &mut Act, draft: &mut Draft, input: &Input) -> Result<()> {
    let register = draft.record.shape.register;
    act.view.demand(register, "create")?;
    let internal = act.view.may(register, "internal");
    let id = input.text("message").trim_start_matches('m').parse().unwrap_or(0);
    let Some(said) = store::message::one(act.tx, draft.record.id, id, internal)? else {
        return Err(Error::invalid("message", "This ticket has no such message."));
    };
    let mut new = blank(act, register)?;
    new.record.organisation = draft.record.organisation;
    new.record.id = act.new_id();
    new.set("summary", input.text("summary"));
    for key in ["service", "item", "impact", "urgency", "location"] {
        new.set(key, draft.get(key).clone());
    }
    new.set("links", Cell::Many(vec![draft.record.id]));
    if said.internal {
        message::add(act, &mut new, true, &said.body)?;
    } else {
        new.set("description", said.body.as_str());
        let asked = draft.int("requester").filter(|id| said.author == Some(*id));
        new.set("requester", asked);
    }
    let kept: Map<_, _> = [("split_from".to_owned(), json!(draft.record.reference))].into_iter().collect();
    let new = save(act, new, "create", kept)?;
    with(draft, "links", new.id);
    Ok(())
}
