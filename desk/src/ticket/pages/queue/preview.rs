//! The ticket under the cursor, beside the list: how it stands, what can be done, and what was said last.

use super::asked::Asked;
use super::rows::status;
use crate::ticket::message::Message;
use crate::ticket::pages::address::href;
use crate::ticket::pages::chip::Timed;
use crate::ticket::pages::head::mark;
use crate::ticket::pages::talk;
use crate::ticket::{TICKETS, looked, store};
use db::Tx;
use kernel::describe::Verb as Described;
use kernel::file::attached;
use kernel::register::{self, Record, names_of, verbs_for};
use kernel::web::{Reply, Request};
use kernel::{Error, Result};
use maud::{Markup, Render, html};
use pages::{Address, Shown, own_path, verb_button};
use promises::clock;
use ui::facts::kv;
use ui::head::reference;
use ui::people::Who;
use ui::verb::Verb;

/// Latest messages that are shown.
const SAID: i64 = 4;

/// `GET /queue/preview?at=&in=`: the preview alone, for a script; otherwise the list with it.
pub fn fragment(tx: &mut Tx, request: &Request) -> Result<Reply> {
    let list = request.asked("in").and_then(own_path).unwrap_or_else(|| "/queue".into());
    let (path, query) = list.split_once('?').unwrap_or((&list, ""));
    let list = Address { path: path.to_owned(), pairs: Address::read(query) };
    let at = request.asked("at").unwrap_or_default();
    if !request.fragment {
        return Ok(Reply::redirect(list.with("at", at).href(), ""));
    }
    Ok(Reply::Fragment(draw(tx, request, &list, at)?))
}

/// The preview of a ticket that the list's address names, or what stands there while none is chosen.
pub fn beside(tx: &mut Tx, request: &Request, asked: &Asked) -> Result<Markup> {
    let Some(at) = request.asked("at") else { return Ok(nothing()) };
    match draw(tx, request, &asked.here, at) {
        Err(Error::NotFound) => Ok(nothing()),
        drawn => drawn,
    }
}

fn nothing() -> Markup {
    html! { div.preview-none { p.ink3 { "The ticket under the cursor shows here." } p.small.ink3 { kbd { "j" } " " kbd { "k" } " move, " kbd { "o" } " opens, " kbd { "x" } " selects" } } }
}

fn draw(tx: &mut Tx, request: &Request, list: &Address, at: &str) -> Result<Markup> {
    let record = register::load(tx, &request.house, &request.view, &TICKETS, at)?;
    let internal = request.view.may(&TICKETS, "internal");
    let mut said = store::message::latest(tx, record.id, internal, SAID + 1)?;
    let more = said.len() > SAID as usize;
    said.truncate(SAID as usize);
    said.reverse();
    let files = attached(tx, &request.view, &record)?;
    let mut wanted: Vec<(&'static str, i64)> = said.iter().filter_map(|it: &Message| it.author).map(|id| ("people", id)).collect();
    wanted.extend(said.iter().flat_map(talk::named));
    let names = names_of(tx, &request.house, &request.view, std::slice::from_ref(&record), &wanted)?;
    let shown = Shown { request, names: &names };
    let head = head(tx, request, &record, list)?;
    if internal {
        looked::note(&request.house, request.view.person, record.id, request.now);
    }
    let why = list.with("at", at).with("why", &record.reference).href();
    Ok(html! {
        (head)
        div.preview-body tabindex="0" role="group" aria-label={ "What was said on " (record.reference) } {
            (facts(&shown, &record))
            (talk::glance(&shown, &record, &said, &files, more))
            p.small { a.quiet href=(why) { "Why does it stand here?" } }
        }
    })
}

fn head(tx: &mut Tx, request: &Request, record: &Record, list: &Address) -> Result<Markup> {
    let here = href(&request.house, record);
    let mut chips = Vec::new();
    for clock in clock::of_ticket(tx, record.id)? {
        chips.extend(Timed::load(tx, request, record, clock)?.chip(request, &here));
    }
    let kind = request.house.register_of(&record.reference).map_or("Ticket", |register| register.one);
    Ok(html! {
        div.preview-head data-reads=(record.reference) {
            div.line.small.ink3 {
                (reference(&record.reference, &here)) span { (kind) }
                span.push.line { span data-presence={ "faces " (record.reference) } {} span data-presence={ "words " (record.reference) } {} }
            }
            h2 { (record.title()) }
            div.line { (mark(record)) (status(record)) @for chip in &chips { (chip) } }
            div.verbs { @for verb in verbs(request, record, &here, list) { (verb) } }
        }
    })
}

/// Reply, note, assign and resolve, take while nobody has it, as far as they fit its state; then the whole ticket.
fn verbs(request: &Request, record: &Record, here: &str, list: &Address) -> Vec<Verb> {
    let own = request.house.register_of(&record.reference).unwrap_or(record.shape.register);
    let inside = Address::encode(&list.href());
    let back = list.with("at", &record.reference).href();
    let own = Record { shape: request.house.shape(own), ..record.clone() };
    let possible = verbs_for(&request.view, &own);
    let can = |key: &str| possible.iter().any(|it| it.key == key);
    let mut all = Vec::new();
    if can("reply") {
        all.push(Verb::link("Reply", format!("{here}?in={inside}#composer")).small().first().key("r"));
    }
    if can("note") {
        all.push(Verb::link("Note", format!("{here}?in={inside}&mode=internal#composer")).small().key("c"));
    }
    let free = record.int("assignee").is_none();
    for verb in possible.iter().filter(|it| ["assign", "resolve"].contains(&it.key) || (free && it.key == "take")) {
        let label = verb.label.trim_end_matches('…');
        all.push(verb_button(request, &own, &Described { label, ..**verb }, &back).small());
    }
    all.push(Verb::link("Open", format!("{here}?in={inside}")).small().bare().key("o").at_end());
    all
}

fn facts(shown: &Shown, record: &Record) -> Markup {
    let mut pairs: Vec<(String, Markup)> = Vec::new();
    for (key, label) in [("requester", "From"), ("service", "Service"), ("team", "Team")] {
        pairs.extend(record.int(key).map(|id| (label.to_owned(), shown.link(id))));
    }
    let owner = record.int("assignee").map_or_else(|| html! { span.ink3 { "none" } }, |id| Who::person(shown.name(id)).render());
    pairs.push(("Owner".into(), owner));
    kv(&pairs, false)
}
