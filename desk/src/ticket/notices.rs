//! Who is told of what happens to a ticket: whoever is named, and whoever works on it, follows it or asked for it.

use super::store::notice::{concerned, named};
use super::verbs::said;
use db::Tx;
use kernel::journal::Entry;
use kernel::notice::{NoticeKind, Told};
use kernel::{House, Result};

/// The sorts of notice about tickets.
pub const NOTICES: &[NoticeKind] = &[
    NoticeKind { key: "ticket.named", title: "Somebody names you in a ticket", tells: names },
    NoticeKind { key: "ticket.said", title: "Somebody writes on a ticket you work on, follow or asked for", tells: writes },
    NoticeKind { key: "ticket.moved", title: "A ticket you work on, follow or asked for goes on", tells: moves },
];

fn is_ticket(entry: &Entry) -> bool {
    matches!(entry.register.as_str(), "incidents" | "requests")
}

fn names(tx: &mut Tx, _: &House, entry: &Entry) -> Result<Vec<Told>> {
    if !is_ticket(entry) || !matches!(entry.verb.as_str(), "reply" | "note") {
        return Ok(Vec::new());
    }
    let told = |(person, internal)| Told { person, words: "named you in".into(), internal };
    Ok(named(tx, entry.record, entry.act)?.into_iter().map(told).collect())
}

fn writes(tx: &mut Tx, _: &House, entry: &Entry) -> Result<Vec<Told>> {
    let (words, internal) = match entry.verb.as_str() {
        "reply" => ("replied in", false),
        "note" => ("wrote a note in", true),
        _ => return Ok(Vec::new()),
    };
    told(tx, entry, words.into(), internal)
}

/// A ticket goes on when its state changes; what is computed or changed by hand is not told.
fn moves(tx: &mut Tx, _: &House, entry: &Entry) -> Result<Vec<Told>> {
    let moved = entry.content.as_ref().is_some_and(|content| content.changes.contains_key("state"));
    let Some(words) = words(&entry.verb).filter(|_| moved) else { return Ok(Vec::new()) };
    told(tx, entry, words, false)
}

/// "resolved it" before the name of the ticket is "resolved".
fn words(verb: &str) -> Option<String> {
    said(verb).and_then(|said| said.strip_suffix(" it")).map(str::to_owned)
}

fn told(tx: &mut Tx, entry: &Entry, words: String, internal: bool) -> Result<Vec<Told>> {
    if !is_ticket(entry) {
        return Ok(Vec::new());
    }
    Ok(concerned(tx, entry.record)?.into_iter().map(|person| Told { person, words: words.clone(), internal }).collect())
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn what_was_done_stands_before_the_name_of_the_ticket() {
        assert_eq!(words("resolve").as_deref(), Some("resolved"));
        assert_eq!(words("reopen").as_deref(), Some("reopened"));
        assert_eq!((words("reply"), words("no-such-verb")), (None, None));
    }
}
