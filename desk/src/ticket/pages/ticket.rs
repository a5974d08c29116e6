//! The page of a ticket.

use super::address::{href, when};
use super::sheet::{Part, Sheet};
use super::talk::{self, Talk};
use super::write::{self, Refused};
use super::{seen, why};
use crate::ticket::{INCIDENTS, REQUESTS, TICKETS, held};
use db::Tx;
use kernel::Result;
use kernel::describe::Register;
use kernel::register::{self, Record};
use kernel::web::{Reply, Request};
use maud::{Markup, html};
use pages::Shown;
use ui::marks::Tone;
use ui::states::notice;

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
    let sheet = Sheet::read(tx, request, record, &[])?;
    let shown = Shown { request, names: &sheet.names };
    let held = held::of(tx, &request.view, record)?;
    let typed = write::typed(tx, request, record, refused)?;
    let seen = seen::until(tx, request, record)?;
    let talk = Talk { messages: &sheet.messages, entries: &sheet.entries, files: &sheet.files, held: &held, seen };
    let above = notices(request, &shown, record);
    let events = html! { label.line.tight.small.ink3 { input.tick #events type="checkbox" checked autocomplete="off"; "events" } };
    let main = html! { (talk::conversation(&shown, record, &talk)) (write::composer(&shown, record, &typed, refused)) };
    Ok(sheet.page(request, record, Part::Talk, (&above, &events), &main))
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
