//! A reply that repeats an internal note.

use crate::ticket::store;
use kernel::describe::Register;
use kernel::register::Record;
use kernel::{Act, Result};
use std::collections::HashSet;

/// So many characters in common are no chance.
const SHARED: usize = 24;
/// Latest notes that are looked at, and most of their words in bytes: all others wait while a reply is written.
const MOST_NOTES: i64 = 100;
const MOST_BYTES: usize = 256 << 10;

/// A stretch of words that a reply shares with one of the latest internal notes of the ticket: it would leave the house.
pub fn leaks(act: &mut Act, register: &Register, ticket: &Record, text: &str) -> Result<Option<String>> {
    if !act.view.may(register, "internal") {
        return Ok(None);
    }
    let notes = store::message::latest_notes(act.tx, ticket.id, MOST_NOTES)?;
    let mut left = MOST_BYTES;
    let some = notes.iter().take_while(|note| {
        let fits = note.len() <= left;
        left = left.saturating_sub(note.len());
        fits
    });
    Ok(shared(text, some.map(String::as_str)))
}

/// The first sentence of the notes that stands in the text, whatever stands between the words.
fn shared<'a>(text: &str, notes: impl Iterator<Item = &'a str>) -> Option<String> {
    let text = plain(text);
    let starts: HashSet<&str> =
        text.split(' ').filter_map(|word| beginning(&text[word.as_ptr() as usize - text.as_ptr() as usize..])).collect();
    let pieces = notes.flat_map(|note| note.split(['\n', '.', '!', '?', ';'])).map(plain);
    pieces.into_iter().find(|piece| beginning(piece).is_some_and(|begin| starts.contains(begin)) && text.contains(piece.as_str()))
}

/// The first characters of a stretch that is long enough to count.
fn beginning(stretch: &str) -> Option<&str> {
    stretch.char_indices().nth(SHARED - 1).map(|(at, last)| &stretch[..at + last.len_utf8()])
}

/// Words alone, small, with one space between them.
fn plain(text: &str) -> String {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_of_a_note_is_found_however_it_is_written() {
        let notes = ["Short. The vendor's contract ends in MÄRZ, do not tell them.", "another"];
        let found = |text: &str| shared(text, notes.into_iter());
        assert_eq!(
            found("Hello,\nthe vendor’s contract ends in März: do not tell them!").as_deref(),
            Some("the vendor s contract ends in märz do not tell them")
        );
        assert_eq!(found("The vendor's contract ends in May, do not tell them."), None);
        assert_eq!(found("short"), None, "what is short is chance");
    }
}
