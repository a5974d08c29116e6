//! What was sent at once and then taken back, as without script: it stands in the composer again, as what was held does.

use super::{BESIDE, Reply, begun, few, hold, joined_texts, kept, place_of_draft, store, text, typed_at};
use kernel::file;
use kernel::register::Record;
use kernel::{Act, Error, Result};
use serde_json::{Map, Value as Json};

/// Puts words that the act's person took back, with their files, before what they have typed on the ticket since. A reply is never
/// mixed with a note: when the other was begun, a reply waits in its line, and a note stays in the history alone.
///
/// # Errors
/// A note with files, while a reply was begun: nothing would keep the files. More replies than may wait.
pub fn again(act: &mut Act, ticket: &Record, internal: bool, words: &str, files: &[i64]) -> Result<()> {
    let (place, person) = (place_of_draft(ticket), act.view.person);
    let typed = typed_at(act, place.clone())?;
    if begun(&typed) && (typed["mode"] == "internal") != internal {
        return if internal { left(files) } else { beside(act, ticket, words, files) };
    }
    let all: Vec<String> = files.iter().map(i64::to_string).chain(kept(&typed)).collect();
    let mut content: Map<String, Json> = typed.as_object().cloned().unwrap_or_default();
    content.insert("mode".into(), if internal { "internal" } else { "public" }.into());
    content.insert("text".into(), joined_texts(words, text(&typed, "text"), "\n\n").into());
    if !all.is_empty() {
        content.insert("kept".into(), all.into());
    }
    store::draft::keep(act.tx, person, place, Json::Object(content).to_string(), act.recorded_at)
}

fn left(files: &[i64]) -> Result<()> {
    if files.is_empty() {
        return Ok(());
    }
    let why = "You have begun a reply here, which the files of the note would come into. Send it or clear it, then take the note back.";
    Err(Error::Conflict(format!("{why} Nothing was changed.")))
}

fn beside(act: &mut Act, ticket: &Record, words: &str, files: &[i64]) -> Result<()> {
    few(act, ticket)?;
    let id = hold(act, ticket, Reply { text: words.to_owned(), ..Reply::default() })?;
    file::hand_over(act, files, id)?;
    store::held::stop(act.tx, id, BESIDE)
}
