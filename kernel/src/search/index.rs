//! Documents: what search knows of a record.

use super::engine::{kind_word, organisation_word, remove_words, side_word, write_words};
use crate::Result;
use crate::act::Act;
use crate::register::{Draft, Record};
use db::{Tx, Value};
use std::borrow::Cow;

/// A document: the words of one side of a record, or of one message.
pub struct Document<'a> {
    /// Its id: the record's for its public words, the message's for a message.
    pub id: i64,
    /// Register key of the record.
    pub register: &'a str,
    /// Id of the record that is found.
    pub record: i64,
    /// Organisation of the record.
    pub organisation: i64,
    /// Only for those with the grant `internal`.
    pub internal: bool,
    /// Its words.
    pub text: &'a str,
    /// Whether there may be one already.
    pub replaces: bool,
}

/// Longest text that is indexed, in bytes; what comes after is not found.
const LONGEST: usize = 50_000;

/// Writes a document.
pub fn index(tx: &mut Tx, document: &Document) -> Result<()> {
    let mut end = document.text.len().min(LONGEST);
    while !document.text.is_char_boundary(end) {
        end -= 1;
    }
    let (kind, side, of) = (kind_word(document.register), side_word(document.internal), organisation_word(document.organisation));
    let text = format!("{kind} {side} {of} {}", without_markers(&document.text[..end]));
    let conflict = if document.replaces { " on conflict (id) do nothing" } else { "" };
    let sql = format!("insert into document (id, record, register, internal) values (?1, ?2, ?3, ?4){conflict}");
    let args = [Value::Int(document.id), Value::Int(document.record), Value::from(document.register), Value::from(document.internal)];
    tx.run(&sql, &args)?;
    write_words(tx, document.id, &text, document.replaces)
}

/// A text in which no word can pass for a marker, which all begin with "zq": a word that does falls in two. Full text may fold other
/// letters to a z ("ž"), so every letter beyond ASCII counts as one.
fn without_markers(text: &str) -> Cow<'_, str> {
    let marks = |(before, letter): (char, char)| {
        matches!(letter, 'q' | 'Q') && (matches!(before, 'z' | 'Z') || (!before.is_ascii() && before.is_alphabetic()))
    };
    if !text.chars().zip(text.chars().skip(1)).any(marks) {
        return Cow::Borrowed(text);
    }
    let mut apart = String::with_capacity(text.len() + 8);
    let mut before = ' ';
    for letter in text.chars() {
        if marks((before, letter)) {
            apart.push(' ');
        }
        apart.push(letter);
        before = letter;
    }
    Cow::Owned(apart)
}

/// Takes a document out.
pub fn remove(tx: &mut Tx, id: i64) -> Result<()> {
    tx.run("delete from document where id = ?1", &[Value::Int(id)])?;
    remove_words(tx, id)
}

/// Keeps the documents of a saved record true to it.
pub fn follow(act: &mut Act, draft: &Draft) -> Result<()> {
    let record = &draft.record;
    let moved = draft.before.as_ref().is_some_and(|before| before.organisation != record.organisation);
    for internal in [false, true] {
        let fields: Vec<&str> = searched(record, internal).collect();
        if fields.is_empty() || !(draft.is_new() || moved || fields.iter().any(|key| draft.changed(key))) {
            continue;
        }
        let mut text = if internal { String::new() } else { record.reference.clone() };
        for key in &fields {
            text.push(' ');
            text.push_str(record.text(key));
        }
        let id = if internal { inner_id(act, record)? } else { record.id };
        if internal && text.trim().is_empty() && draft.is_new() {
            continue;
        }
        let (register, organisation) = (record.shape.register.key, record.organisation);
        let replaces = internal || !draft.is_new();
        let document = Document { id, register, record: record.id, organisation, internal, text: &text, replaces };
        index(act.tx, &document)?;
    }
    Ok(())
}

fn searched(record: &Record, internal: bool) -> impl Iterator<Item = &str> {
    record
        .shape
        .fields
        .iter()
        .filter(move |field| field.searched && (field.internal || field.confidential) == internal)
        .map(|field| field.key)
}

/// The id of a record's internal document: the one it has, or a new one.
fn inner_id(act: &mut Act, record: &Record) -> Result<i64> {
    let sql = "select id from document where record = ?1 and internal = 1 and part = 1";
    match act.tx.maybe(sql, &[Value::Int(record.id)])? {
        Some(row) => Ok(row.int(0)?),
        None => {
            let id = act.new_id();
            let sql = "insert into document (id, record, register, internal, part) values (?1, ?2, ?3, 1, 1)";
            act.tx.run(sql, &[Value::Int(id), Value::Int(record.id), Value::from(record.shape.register.key)])?;
            Ok(id)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_of_a_text_passes_for_a_marker() {
        assert_eq!(without_markers("a quick zebra of Iraq"), "a quick zebra of Iraq");
        assert_eq!(without_markers("say zqspublic, Zqo12 and žqkpeople"), "say z qspublic, Z qo12 and ž qkpeople");
    }
}
