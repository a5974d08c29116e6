//! What people say.

use crate::ticket::{held, message};
use kernel::describe::Input;
use kernel::file;
use kernel::register::Draft;
use kernel::who::Means;
use kernel::{Act, Error, Result};

/// For so long a reply can be taken back.
pub const REPLY_SECONDS: i64 = 10;
/// For so long a note can be taken back.
const NOTE_SECONDS: i64 = 600;

/// A public message. The first of somebody else than the requester is the first response; the requester's own ends the
/// wait for them.
pub fn reply(act: &mut Act, draft: &mut Draft, input: &Input) -> Result<()> {
    message::add(act, draft, false, input.text("text"))?;
    said(draft);
    let person = Some(act.view.person).filter(|id| *id != 0);
    if person.is_some() && person == draft.int("requester") {
        if draft.state() == "pending" && draft.text("pending_reason") == "requester" {
            draft.set_state("in_progress");
        }
        return Ok(());
    }
    answered(act, draft);
    Ok(())
}

/// Notes that the desk answered.
pub fn answered(act: &Act, draft: &mut Draft) {
    if draft.get("first_response_at").is_null() {
        draft.set("first_response_at", act.at);
    }
    draft.set("answered_at", act.at);
}

/// An internal note.
pub fn note(act: &mut Act, draft: &mut Draft, input: &Input) -> Result<()> {
    message::add(act, draft, true, input.text("text"))?;
    said(draft);
    Ok(())
}

/// A message counts as an update, though no field of the ticket need change.
pub fn said(draft: &mut Draft) {
    draft.set("update_count", draft.int("update_count").unwrap_or(0) + 1);
}

/// Takes a reply back.
pub fn unsay(act: &mut Act, draft: &mut Draft, input: &Input) -> Result<()> {
    take_back(act, draft, input, false, REPLY_SECONDS)
}

/// Takes a note back.
pub fn unnote(act: &mut Act, draft: &mut Draft, input: &Input) -> Result<()> {
    take_back(act, draft, input, true, NOTE_SECONDS)
}

fn take_back(act: &mut Act, draft: &mut Draft, input: &Input, internal: bool, seconds: i64) -> Result<()> {
    let words = input.text("text");
    if let Some(message) = message::take_back(act, draft.record.id, internal, words, seconds)? {
        let holder = act.new_id();
        let files = file::take_off(act, &draft.record, message, holder)?;
        // A program has no composer, and of many tickets none is open.
        let composes = act.means == Means::Page && !act.several;
        return if composes { held::again(act, &draft.record, internal, words, &files) } else { Ok(()) };
    }
    let message = format!("A message can be taken back by its author for {seconds} s, while it is the last one. It stays as it is.");
    Err(Error::Conflict(message))
}
