//! The page of a ticket.

use super::address::{href, when};
use super::head::{Counted, head};
use super::talk::{self, Refused};
use super::{events, margin, why};
use crate::ticket::{INCIDENTS, REQUESTS, TICKETS, message};
use db::Tx;
use kernel::Result;
use kernel::describe::Register;
use kernel::journal::history;
use kernel::register::{self, Record, names_of};
use kernel::web::{Reply, Request};
use maud::{Markup, html};
use pages::Shown;
use promises::calendars::Calendars;
use promises::clock;
use ui::marks::Tone;
use ui::states::notice;
use ui::tabs::{Tab, tabs};

/// Latest journal entries told in the conversation; the whole of it is the history.
const TOLD: usize = 60;

/// `GET /incidents/{reference}`
pub fn incident(tx: &mut Tx, request: &Request) -> Result<Reply> {
    page(tx, request, &INCIDENTS)
}

/// `GET /requests/{reference}`
pub fn request(tx: &mut Tx, request: &Request) -> Result<Reply> {
    page(tx, request, &REQUESTS)
}

/// `GET /tickets/{reference}`
pub fn either(tx: &mut Tx, request: &Request) -> Result<Reply> {
    if !is_reference(request, &TICKETS) {
        return pages::handle_get(tx, request);
    }
    let record = register::load(tx, &request.house, &request.view, &TICKETS, request.part("reference"))?;
    Ok(Reply::redirect(href(&request.house, &record), ""))
}

/// Whether the path names a ticket rather than one of the engine's own pages (`/incidents/new`).
fn is_reference(request: &Request, register: &'static Register) -> bool {
    let of = request.house.register_of(request.part("reference"));
    of.is_some_and(|it| it.key == register.key || register.shows.contains(&it.key))
}

/// What this page explains itself; other questions are answered by the engine's page, as are questions about the past.
fn own_question(request: &Request) -> bool {
    request.asked("as_of").is_none() && request.asked("why").is_none_or(why::explains)
}

fn page(tx: &mut Tx, request: &Request, register: &'static Register) -> Result<Reply> {
    if !is_reference(request, register) || !own_question(request) {
        return pages::handle_get(tx, request);
    }
    let reference = request.part("reference");
    let record = register::load(tx, &request.house, &request.view, register, reference)?;
    if !record.reference.eq_ignore_ascii_case(reference) {
        let to = href(&request.house, &record);
        return Ok(Reply::redirect(to, format!("{} lives on in {}", reference.to_ascii_uppercase(), record.reference)));
    }
    match request.asked("why") {
        Some(asked) => why::page(tx, request, &record, asked),
        None => show(tx, request, &record, &Refused::default()),
    }
}

/// The page of a ticket that was loaded under guard; with what was refused of a message, if anything was.
pub fn show(tx: &mut Tx, request: &Request, record: &Record, refused: &Refused) -> Result<Reply> {
    let register = record.shape.register;
    let messages = message::of_ticket(tx, record.id, request.view.may(register, "internal"))?;
    let entries = history(tx, record.id, None, TOLD)?;
    let clocks = clocks(tx, request, record)?;
    let mut wanted = events::linked(record, &entries);
    wanted.extend(messages.iter().filter_map(|it| it.author).map(|id| ("people", id)));
    let names = names_of(tx, &request.house, &request.view, std::slice::from_ref(record), &wanted)?;
    let shown = Shown { request, names: &names };
    let typed = talk::typed(tx, request, record)?;
    let children = margin::children(tx, &shown, record)?;
    let main = html! {
        (notices(request, &shown, record))
        (tab_line(request, record, messages.len()))
        @if entries.len() == TOLD { p.small.ink3 { a href={ (href(&request.house, record)) "/history" } { "What happened before" } } }
        (talk::conversation(&shown, record, &messages, &entries))
        (talk::composer(&shown, record, typed.as_ref(), refused))
    };
    let body = html! { (head(request, record, &clocks)) (ui::facts::columns(&main, &margin::margin(&shown, record, &children), "Facts")) };
    Ok(Reply::page(format!("{} {}", record.reference, record.title()), register.key, body))
}

fn clocks(tx: &mut Tx, request: &Request, record: &Record) -> Result<Vec<Counted>> {
    let calendars = Calendars::of(&request.house);
    let all = clock::of_ticket(tx, record.id)?;
    all.into_iter().map(|clock| calendars.get(tx, clock.calendar_version).map(|calendar| (clock, calendar))).collect()
}

fn notices(request: &Request, shown: &Shown, record: &Record) -> Markup {
    let own = record.int("requester") == Some(request.view.person);
    let reopens = request.view.may(record.shape.register, "reopen");
    html! {
        @if let Some(into) = record.int("merged_into") { (notice(Tone::Info, &html! { "Merged: it lives on in " (shown.link(into)) "." })) }
        @else if record.retired_at.is_some() { (notice(Tone::Info, &html! { "Retired: it no longer appears in lists and choices." })) }
        @if own && record.state == "resolved" && reopens {
            (notice(Tone::Good, &html! { "Resolved " (when(request, record.int("resolved_at").unwrap_or(record.updated_at))) ". If it is not, "
                a href={ (href(&request.house, record)) "/reopen" } { "reopen it" } "." }))
        }
    }
}

fn tab_line(request: &Request, record: &Record, said: usize) -> Markup {
    let here = href(&request.house, record);
    let tab = |label: &str, href: String, current: bool, count: Option<String>| Tab { label: label.into(), href, current, count };
    let all = [
        tab("Conversation", here.clone(), true, Some((said + 1).to_string())),
        tab("Similar", format!("{here}/similar"), false, None),
        tab("Files", format!("{here}/files"), false, None),
        tab("History", format!("{here}/history"), false, None),
    ];
    tabs(record.shape.register.one, &all, &html! {})
}
