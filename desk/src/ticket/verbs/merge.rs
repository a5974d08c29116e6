//! Two tickets about the same thing become one.

use super::links::with;
use crate::ticket::{place_in_portal, place_of_draft, store};
use kernel::describe::Input;
use kernel::register::{Draft, Record, load_for_update, save};
use kernel::{Act, Error, Result};
use serde_json::{Map, json};

/// The ticket lives on in another one of its kind, which must not itself live on elsewhere.
pub fn merge(act: &mut Act, draft: &mut Draft, input: &Input) -> Result<()> {
    let into = survivor(act, draft, input)?;
    let own = draft.record.clone();
    store::message::move_all(act, own.id, into.id)?;
    store::time_entry::move_all(act, own.id, into.id)?;
    store::merge::move_files(act, own.id, into.id)?;
    store::held::move_all(act, own.id, into.id)?;
    leads_on(act, draft, &into)?;
    drafts(act, &own, &into)?;
    survive(act, &own, into)?;
    draft.set_state("closed");
    draft.set("closed_at", act.at);
    draft.set("merged_into", input.int("into"));
    draft.record.retired_at = Some(act.at);
    Ok(())
}

fn survivor(act: &mut Act, draft: &Draft, input: &Input) -> Result<Record> {
    let refuse = |message: &str| Err(Error::invalid("into", message));
    if draft.int("merged_into").is_some() {
        return Err(Error::Conflict("This ticket was merged already.".into()));
    }
    let id = input.int("into").unwrap_or(0);
    if id == draft.record.id {
        return refuse("A ticket cannot be merged into itself.");
    }
    let register = draft.record.shape.register;
    let (reference, its_kind) = store::ticket::reference_and_kind(act.tx, id)?;
    if register.within.is_some_and(|(_, kind)| its_kind != kind) {
        return refuse("Incidents are merged with incidents and requests with requests. Link these two instead.");
    }
    let into = load_for_update(act.tx, act.house, act.view, register, &reference, "merge")?;
    if into.int("merged_into").is_some() {
        return refuse("That ticket was merged itself. Merge into the one it lives on in.");
    }
    Ok(into)
}

/// The reference leads to the survivor for ever; the row keeps a name of its own, so that its history can still be read.
fn leads_on(act: &mut Act, draft: &mut Draft, into: &Record) -> Result<()> {
    let own = &mut draft.record;
    store::merge::lead_on(act, own, into.id)?;
    let kept = format!("{}M", own.reference);
    store::merge::rename(act, own.id, &kept)?;
    own.reference = kept;
    Ok(())
}

/// What somebody has typed and not yet sent goes on at the survivor, unless they have typed something there too.
fn drafts(act: &mut Act, own: &Record, into: &Record) -> Result<()> {
    store::draft::move_all(act.tx, place_of_draft(own), place_of_draft(into))?;
    store::draft::move_all(act.tx, place_in_portal(own), place_in_portal(into))
}

/// The survivor is followed by all who followed or asked for the other one; whoever asked keeps seeing what comes of it.
fn survive(act: &mut Act, own: &Record, into: Record) -> Result<()> {
    let mut draft = Draft::of(into);
    let requester = own.int("requester");
    for person in own.get("watchers").ids().iter().copied().chain(requester) {
        with(&mut draft, "watchers", person);
    }
    if let Some(person) = requester.filter(|person| draft.int("requester") != Some(*person)) {
        store::merge::share(act, &draft.record, person)?;
        kernel::memory::next_epoch(act.tx, "who")?;
    }
    let spent = draft.int("time_spent").unwrap_or(0) + own.int("time_spent").unwrap_or(0);
    if spent > 0 {
        draft.set("time_spent", spent);
    }
    super::talk::said(&mut draft);
    let input: Map<_, _> = [("merged".to_owned(), json!(own.reference))].into_iter().collect();
    save(act, draft, "take-in", input)?;
    Ok(())
}
