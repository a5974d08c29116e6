//! Search across everything one may see: the page, and what is shown while typing.

use db::Tx;
use kernel::describe::{Kind, Register};
use kernel::register::{Record, load};
use kernel::search::{Hit, find, find_texts, highlight, terms};
use kernel::web::{Reply, Request};
use kernel::{Error, Result, describe::Field};
use maud::{Markup, html};
use ui::head::{Head, block};
use ui::icon;
use ui::palette::{Choice, Group, options};
use ui::states::Empty;
use ui::verb::Verb;

use crate::address::encode;
use crate::palette::also;
use crate::shown::{in_sentence, record_href, state, when};

/// Hits of each register on the page and while typing.
const ON_PAGE: usize = 10;
const WHILE_TYPING: usize = 3;
/// Hits of all registers together while typing.
const MOST_TYPING: usize = 8;
/// What is said where nothing is asked yet.
const WHAT: &str = "Finds records of every kind that you may see, by any words in them, what was said on tickets too, and by their reference, like INC-42.";
/// Characters of a text around its first hit.
const AROUND: usize = 180;

/// `GET /search?q=`: the best hits of each register, best register first.
pub fn page(tx: &mut Tx, request: &Request) -> Result<Reply> {
    let q = question(request);
    let only = request.asked("kind").and_then(|key| request.house.register(key));
    let hits = if q.is_empty() { Vec::new() } else { find_texts(tx, &request.house, &request.view, &q, only, ON_PAGE + 1)? };
    let title = match (q.is_empty(), hits.len()) {
        (true, _) => "Search".to_owned(),
        (false, 0) => format!("Nothing found for “{q}”"),
        (false, _) => format!("Found for “{q}”"),
    };
    let head = Head { title: title.clone(), lead: q.is_empty().then(|| WHAT.into()), ..Head::default() };
    let groups = groups(&hits);
    let empty = Empty {
        title: "No record has these words".into(),
        text: html! { "Fewer or shorter words find more. A reference such as INC-1042 leads straight to its record." },
        verbs: Vec::new(),
    };
    let body = html! {
        (head)
        form.find role="search" action="/search" {
            label.vh for="search-words" { "Words" }
            input.in #search-words type="search" name="q" value=(q) maxlength="200" autofocus;
            " " button.verb type="submit" { "Search" } " " a.small href="/do" { "Everything you can do" }
        }
        @if !q.is_empty() && hits.is_empty() { (empty) }
        @for (register, found) in &groups { (group(request, register, found, &q)) }
    };
    Ok(Reply::page(title, "/search", body))
}

fn question(request: &Request) -> String {
    request.asked("q").unwrap_or_default().trim().chars().take(400).collect()
}

/// Hits by register, in the order of each register's best hit.
fn groups(hits: &[Hit]) -> Vec<(&'static Register, Vec<&Hit>)> {
    let mut groups: Vec<(&'static Register, Vec<&Hit>)> = Vec::new();
    for hit in hits {
        let register = hit.record.shape.register;
        match groups.iter_mut().find(|(it, _)| it.key == register.key) {
            Some((_, found)) => found.push(hit),
            None => groups.push((register, vec![hit])),
        }
    }
    groups
}

fn group(request: &Request, register: &'static Register, found: &[&Hit], q: &str) -> Markup {
    let terms = terms(q);
    let more = found.len() > ON_PAGE;
    let list = html! {
        ul.stack data-rows { @for hit in found.iter().take(ON_PAGE) { (line(request, &hit.record, &terms)) } }
        @if more { p.small { a href={ "/" (register.key) "?q=" (encode(q)) } { "All " (in_sentence(register.many)) " with these words" } } }
    };
    block(register.many, "", &html! {}, &list)
}

fn line(request: &Request, record: &Record, terms: &[String]) -> Markup {
    let register = record.shape.register;
    html! {
        li data-row=(record.reference) {
            div { (icon::small(register.icon)) " " a.subject href=(record_href(&request.house, record)) { (marked(record.title(), terms, 400)) } }
            div.line.small.ink3 {
                span.ref { (record.reference) }
                @if let Some(status) = state(register, &record.state) { (status) }
                (when(request, record.updated_at))
            }
            @if let Some((field, text)) = excerpt(request, record, terms) { div.small.ink2 { (field.label) ": " (marked(text, terms, AROUND)) } }
        }
    }
}

/// The first text besides the title in which a word was found.
fn excerpt<'a>(request: &Request, record: &'a Record, terms: &[String]) -> Option<(&'a Field, &'a str)> {
    let register = record.shape.register;
    let searched = record.shape.fields.iter().zip(&record.cells).filter(|(field, _)| {
        field.searched && !field.title && matches!(field.kind, Kind::Line { .. } | Kind::Text { .. }) && request.view.reads(register, field)
    });
    let mut texts = searched.map(|(field, cell)| (field, cell.text()));
    texts.find(|(_, text)| highlight(text, terms, AROUND).iter().any(|(_, hit)| *hit))
}

fn marked(text: &str, terms: &[String], length: usize) -> Markup {
    html! { @for (part, hit) in highlight(text, terms, length) { @if hit { mark { (part) } } @else { (part) } } }
}

/// `GET /search/suggest?q=`: a few hits of each register, as options of the palette. `#4127` finds records by their number, `@` people;
/// `on` is the address of the record one is on, to which what is found may be linked.
pub fn suggest(tx: &mut Tx, request: &Request) -> Result<Reply> {
    let q = question(request);
    let records: Vec<Record> = match q.chars().next() {
        None => Vec::new(),
        Some('#') => numbered(tx, request, &q[1..])?,
        Some('@') => {
            let people = request.house.register("people").filter(|it| request.view.may(it, "read"));
            let hits = people.map(|people| find(tx, &request.house, &request.view, &q[1..], Some(people), ON_PAGE)).transpose()?;
            hits.unwrap_or_default().into_iter().map(|hit| hit.record).collect()
        }
        Some(_) => {
            let hits = find(tx, &request.house, &request.view, &q, None, WHILE_TYPING)?;
            let few = groups(&hits).into_iter().flat_map(|(_, found)| found.into_iter().take(WHILE_TYPING).map(|hit| hit.record.clone()));
            let mut few: Vec<Record> = few.collect();
            few.sort_by_key(|record| farther(record, &q));
            few.truncate(MOST_TYPING);
            few
        }
    };
    let found = Group { kind: "found", label: "Found".into(), choices: records.iter().map(|record| choice(request, record)).collect() };
    let with = if records.is_empty() { None } else { also(tx, request, &records.iter().collect::<Vec<_>>())? };
    Ok(Reply::Fragment(options(&[Some(found), with].into_iter().flatten().collect::<Vec<_>>())))
}

/// How far a record is from being the one that is meant: its reference is typed, its name begins so, or it only has the words.
fn farther(record: &Record, typed: &str) -> u8 {
    let begins = record.title().to_lowercase().starts_with(&typed.to_lowercase());
    match (record.reference.eq_ignore_ascii_case(typed), begins) {
        (true, _) => 0,
        (_, true) => 1,
        _ => 2,
    }
}

/// A record as one may go to it: "INC-4127 Customs declarations stuck", and what it is at the right.
fn choice(request: &Request, record: &Record) -> Choice {
    let register = record.shape.register;
    let own = request.house.register_of(&record.reference).unwrap_or(register);
    let label = if own.directory { record.title().to_owned() } else { format!("{} {}", record.reference, record.title()) };
    let state = own.state(&record.state).map(|state| format!(", {}", in_sentence(state.label))).unwrap_or_default();
    let hint = format!("{}{state}", in_sentence(own.one));
    Choice::new(Verb::link(label.trim_end(), record_href(&request.house, record)).icon(own.icon)).hint(hint).words(record.reference.clone())
}

/// Records of any register that have a number.
fn numbered(tx: &mut Tx, request: &Request, number: &str) -> Result<Vec<Record>> {
    let number = number.trim();
    if number.is_empty() || number.len() > 12 || !number.bytes().all(|digit| digit.is_ascii_digit()) {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    let registers =
        request.house.registers.iter().filter(|it| !it.prefix.is_empty() && it.shows.is_empty() && request.view.may(it, "read"));
    for register in registers {
        match load(tx, &request.house, &request.view, register, &format!("{}-{number}", register.prefix)) {
            Ok(record) => found.push(record),
            Err(Error::NotFound) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(found)
}
