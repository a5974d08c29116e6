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

/// Tickets that hold the most telling words of the summary: first all of them, then fewer, until some are found.
fn similar(tx: &mut Tx, request: &Request, record: &Record) -> Result<Vec<Record>> {
    let mut words = telling(record.title());
    let mut found: Vec<Record> = Vec::new();
    while !words.is_empty() && found.is_empty() {
        let hits = search::find(tx, &request.house, &request.view, &words.join(" "), Some(&TICKETS), MOST + 1)?;
        found = hits.into_iter().map(|hit| hit.record).filter(|it| it.id != record.id).take(MOST).collect();
        words.pop();
    }
    Ok(found)
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
    use super::telling;

    #[test]
    fn the_longest_words_tell_most() {
        assert_eq!(telling("The customs declarations are stuck at sent"), ["declarations", "customs", "stuck", "sent"]);
        assert!(telling("a b c").is_empty());
    }
}
