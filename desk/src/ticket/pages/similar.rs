//! Tickets with similar words: duplicates to merge, and solutions found before.

use super::address::{ago, href};
use super::head::{mark, status};
use crate::ticket::{INCIDENTS, REQUESTS, TICKETS};
use db::Tx;
use kernel::Result;
use kernel::describe::Register;
use kernel::register::{self, Record};
use kernel::search;
use kernel::web::{Reply, Request};
use maud::{Markup, Render, html};
use ui::head::Head;
use ui::list::{Column, Fold, List, Row, Width, subject};
use ui::states::Empty;

/// `GET /incidents/{reference}/similar`
pub fn incident(tx: &mut Tx, request: &Request) -> Result<Reply> {
    page(tx, request, &INCIDENTS)
}

/// `GET /requests/{reference}/similar`
pub fn request(tx: &mut Tx, request: &Request) -> Result<Reply> {
    page(tx, request, &REQUESTS)
}

/// Most tickets shown.
const MOST: usize = 20;
/// The longest words of the summary looked for, and how many of them may be missing in the end.
const WORDS: usize = 4;

fn page(tx: &mut Tx, request: &Request, register: &'static Register) -> Result<Reply> {
    let record = register::load(tx, &request.house, &request.view, register, request.part("reference"))?;
    let found = similar(tx, request, &record)?;
    if request.fragment {
        return Ok(Reply::Fragment(few(request, &record, &found)));
    }
    let here = href(&request.house, &record);
    let head = Head {
        crumbs: vec![("Queue".into(), "/queue".into()), (record.reference.clone(), here)],
        title: format!("Similar to {}", record.reference),
        lead: Some(record.title().to_owned()),
        ..Head::default()
    };
    let body = html! { (head) @if found.is_empty() { (empty()) } @else { (list(request, &found)) } };
    Ok(Reply::page(format!("Similar to {}", record.reference), register.key, body))
}

fn empty() -> Empty {
    Empty {
        title: "Nothing similar".into(),
        text: html! { "No ticket that you may see shares the words of this summary." },
        verbs: Vec::new(),
    }
}

/// Tickets with the most telling words of the summary, the likest first.
fn similar(tx: &mut Tx, request: &Request, record: &Record) -> Result<Vec<Record>> {
    let mut found = like(tx, request, record.title(), MOST + 1)?;
    found.retain(|it| it.id != record.id);
    Ok(found)
}

/// Tickets with the most telling words of a text: first those with all of them, then with fewer, until some are found; the
/// likest first.
pub fn like(tx: &mut Tx, request: &Request, text: &str, most: usize) -> Result<Vec<Record>> {
    let mut words = telling(text);
    let mut found: Vec<Record> = Vec::new();
    while !words.is_empty() && found.len() < ENOUGH {
        for hit in search::find(tx, &request.house, &request.view, &words.join(" "), Some(&TICKETS), most)? {
            if found.iter().all(|it| it.id != hit.record.id) {
                found.push(hit.record);
            }
        }
        words.pop();
    }
    found.sort_by_key(|it| std::cmp::Reverse(likeness(text, it.title())));
    found.truncate(most);
    Ok(found)
}

/// So many are found before words are left out no more.
const ENOUGH: usize = 3;

/// How much of two texts is the same, in percent: the letters of the words that both have, among all (Dice's coefficient over
/// words, each weighed by its length).
pub fn likeness(one: &str, other: &str) -> usize {
    let words = |text: &str| {
        let mut all: Vec<String> =
            text.split(|c: char| !c.is_alphanumeric()).filter(|it| it.chars().count() > 2).map(str::to_lowercase).collect();
        all.sort_unstable();
        all.dedup();
        all
    };
    let (one, other) = (words(one), words(other));
    let weight = |all: &mut dyn Iterator<Item = &String>| all.map(|word| word.chars().count()).sum::<usize>();
    let both = weight(&mut one.iter().filter(|word| other.contains(word)));
    let all = weight(&mut one.iter()) + weight(&mut other.iter());
    (200 * both).checked_div(all).unwrap_or(0)
}

/// Lines beside the conversation.
const FEW: usize = 3;
/// Less likeness than this is chance.
const LEAST: usize = 20;

/// The likest, in short, for the margin.
fn few(request: &Request, record: &Record, found: &[Record]) -> Markup {
    let share = |it: &Record| likeness(record.title(), it.title());
    let shown: Vec<&Record> = found.iter().filter(|it| share(it) >= LEAST).take(FEW).collect();
    let here = href(&request.house, record);
    html! {
        @if shown.is_empty() { p.ink3 { "None shares enough of its words." } }
        @else {
            table.list.plain.tight { caption.vh { "Similar tickets, with the share of words in common" }
                tbody { @for it in &shown {
                    tr { td { a.ref href=(href(&request.house, it)) { (it.reference) } }
                        td { span.clip title=(it.title()) { (it.title()) } } td.num { (share(it)) "\u{a0}%" } }
                } }
            }
            @if found.len() > shown.len() { p.small { a href={ (here) "/similar" } { "All " (found.len()) } } }
        }
    }
}

/// The longest words, which say most, longest first.
fn telling(summary: &str) -> Vec<String> {
    let mut words = search::terms(summary);
    words.sort_by_key(|word| std::cmp::Reverse(word.chars().count()));
    words.dedup();
    words.retain(|word| word.chars().count() > 3);
    words.truncate(WORDS);
    words
}

fn list(request: &Request, found: &[Record]) -> Markup {
    let row = |record: &Record| {
        let reference = html! { span.ref { (record.reference) } };
        let resolution: String = record.text("resolution").chars().take(120).collect();
        let facts = if resolution.is_empty() { vec![reference] } else { vec![reference, html! { (resolution) }] };
        Row {
            id: record.reference.clone(),
            name: record.reference.clone(),
            cells: vec![
                mark(record).render(),
                subject(&href(&request.house, record), record.title(), &facts),
                status(record).render(),
                ago(request, record.updated_at).render(),
            ],
            ..Row::default()
        }
    };
    List {
        label: "Similar tickets".into(),
        columns: vec![
            Column::new("Prio.", Fold::First).wide(Width::Tiny),
            Column::new("Subject", Fold::Main),
            Column::new("Status", Fold::Second).wide(Width::Large),
            Column::new("Changed", Fold::Gone).wide(Width::Small).figures(),
        ],
        rows: found.iter().map(row).collect(),
        ..List::default()
    }
    .render()
}

#[cfg(test)]
mod tests {
    use super::{likeness, telling};

    #[test]
    fn likeness_is_the_share_of_common_words() {
        assert_eq!(likeness("Printer at gate B", "printer at Gate B"), 100);
        assert_eq!(likeness("Printer", "Screen"), 0);
        assert_eq!(likeness("", "a b"), 0);
        // printer + gate of (printer gate) and (printer gate jams): 2 * 11 / (11 + 15).
        assert_eq!(likeness("printer gate", "printer gate jams"), 84);
    }

    #[test]
    fn the_longest_words_tell_most() {
        assert_eq!(telling("The customs declarations are stuck at sent"), ["declarations", "customs", "stuck", "sent"]);
        assert!(telling("a b c").is_empty());
    }
}
