//! Reasons that stand in the journal: what set a field, and what a counter counted.

use super::{Question, Reason, Reasons};
use crate::Result;
use crate::describe::Register;
use crate::journal::{self, Entry};
use crate::register::Cell;
use db::Tx;
use std::collections::BTreeMap;

/// Most entries of a record that are looked through.
const MOST_ENTRIES: usize = 20_000;
/// Most reasons shown one by one; what came before is one of them, or counts are gathered by verb.
const MOST_REASONS: usize = 12;

/// The entries of a record that changed a field, oldest first, with from and to.
fn changes(tx: &mut Tx, asked: &Question) -> Result<Vec<(Entry, Cell, Cell)>> {
    let (key, kind) = (asked.field.key, asked.field.kind);
    let mut all = Vec::new();
    for entry in journal::history(tx, asked.record.id, None, MOST_ENTRIES)? {
        let Some(change) = entry.content.as_ref().and_then(|content| content.changes.get(key)) else { continue };
        let (from, to) = (Cell::from_journal(kind, &change[0]), Cell::from_journal(kind, &change[1]));
        all.push((entry, from, to));
    }
    all.reverse();
    Ok(all)
}

/// Whether the reader may know of an entry.
fn known(asked: &Question, entry: &Entry) -> bool {
    let register = asked.record.shape.register;
    asked.view.may(register, "internal") || !journal::inner(register, entry)
}

/// What set the field, each value replaced by the next.
pub fn set(tx: &mut Tx, asked: &Question) -> Result<Reasons> {
    let all = changes(tx, asked)?;
    let value = all.last().map_or(Cell::Null, |(_, _, to)| to.clone());
    let skip = all.len().saturating_sub(MOST_REASONS);
    let mut list = Vec::new();
    if skip > 0 {
        list.push(Reason::new("Earlier values", skip.to_string()).rejected());
    }
    for (place, (entry, _, to)) in all.iter().enumerate().skip(skip) {
        let word = if known(asked, entry) { word(asked.record.shape.register, &entry.verb) } else { "Set".into() };
        let reason = Reason::value(word, asked.field, to.clone()).told(entry);
        list.push(if place + 1 == all.len() { reason } else { reason.rejected() });
    }
    if list.is_empty() {
        list.push(Reason::new("Entries of the journal that set it", "none").rejected());
    }
    Ok(Reasons::new(list, value, asked.field.help))
}

/// What a counter counted: each entry that moved it, showing the value that another field got at the same time where `show`
/// names one; gathered by verb where there are many.
pub fn counted(tx: &mut Tx, asked: &Question, show: &str) -> Result<Reasons> {
    let all = changes(tx, asked)?;
    let number = |cell: &Cell| cell.int().unwrap_or(0);
    let value: i64 = all.iter().map(|(_, from, to)| number(to) - number(from)).sum();
    let moved: Vec<_> = all.iter().filter(|(_, from, to)| number(from) != number(to)).collect();
    let list = if moved.len() > MOST_REASONS || moved.iter().any(|(entry, ..)| !known(asked, entry)) {
        by_verb(asked, moved.iter().map(|(entry, from, to)| (entry, number(to) - number(from))))
    } else {
        moved.iter().map(|(entry, from, to)| one(asked, entry, number(to) - number(from), show)).collect()
    };
    let nothing = || vec![Reason::new("Entries of the journal that moved it", "none").records(history(asked))];
    Ok(Reasons::new(if list.is_empty() { nothing() } else { list }, value, asked.field.help))
}

fn history(asked: &Question) -> String {
    format!("/{}/{}/history", asked.record.shape.register.key, asked.record.reference)
}

fn one(asked: &Question, entry: &Entry, more: i64, show: &str) -> Reason {
    let word = word(asked.record.shape.register, &entry.verb);
    let shown = asked.record.shape.field(show).zip(entry.content.as_ref().and_then(|content| content.changes.get(show)));
    let reason = match shown {
        Some((field, change)) if more == 1 => Reason::value(word, field, Cell::from_journal(field.kind, &change[1])),
        _ => Reason::new(word, signed(more)),
    };
    reason.told(entry).records(history(asked))
}

fn by_verb<'a>(asked: &Question, moved: impl Iterator<Item = (&'a Entry, i64)>) -> Vec<Reason> {
    let mut sums: BTreeMap<String, (usize, i64)> = BTreeMap::new();
    for (entry, more) in moved {
        let word = if known(asked, entry) { word(asked.record.shape.register, &entry.verb) } else { "Other".into() };
        let sum = sums.entry(word).or_default();
        *sum = (sum.0 + 1, sum.1 + more);
    }
    let reason = |(word, (times, sum)): (String, (usize, i64))| {
        let times = if times == 1 { "once".to_owned() } else { format!("{times} times") };
        Reason::new(word, signed(sum)).note(times).records(history(asked))
    };
    sums.into_iter().map(reason).collect()
}

fn signed(more: i64) -> String {
    if more < 0 { format!("−{}", more.unsigned_abs()) } else { format!("+{more}") }
}

/// What was done, in a word of the register's own.
fn word(register: &Register, verb: &str) -> String {
    let own = register.verb(verb).map(|verb| verb.label.trim_end_matches('…'));
    let word = own.map_or_else(|| verb.replace('-', " "), str::to_owned);
    match word.as_str() {
        "create" => "Created".into(),
        "edit" => "Changed".into(),
        "undo" => "Taken back".into(),
        other => {
            let mut letters = other.chars();
            letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
        }
    }
}
