//! What was sent at once and then taken back, as without script: it stands in the composer again, as what was held does.

use super::{BESIDE, Reply, begun, hold, joined_texts, place_of_draft, store, text, typed_at};
use kernel::register::Record;
use kernel::{Act, Result};
use serde_json::{Map, Value as Json};

/// Puts words that the act's person took back before what they have typed on the ticket since. A reply is never mixed with a note:
/// when the other was begun, a reply waits in its line, and a note stays in the history alone.
pub fn again(act: &mut Act, ticket: &Record, internal: bool, words: &str) -> Result<()> {
    let (place, person) = (place_of_draft(ticket), act.view.person);
    let typed = typed_at(act, place.clone())?;
    if begun(&typed) && (typed["mode"] == "internal") != internal {
        return if internal { Ok(()) } else { beside(act, ticket, words) };
    }
    let mut content: Map<String, Json> = typed.as_object().cloned().unwrap_or_default();
    content.insert("mode".into(), if internal { "internal" } else { "public" }.into());
    content.insert("text".into(), joined_texts(words, text(&typed, "text"), "\n\n").into());
    store::draft::keep(act.tx, person, place, Json::Object(content).to_string(), act.recorded_at)
}

fn beside(act: &mut Act, ticket: &Record, words: &str) -> Result<()> {
    let id = hold(act, ticket, Reply { text: words.to_owned(), ..Reply::default() })?;
    store::held::stop(act.tx, id, BESIDE)
}
