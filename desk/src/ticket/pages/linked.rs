//! Other tickets that a ticket has to do with, and who follows it: seen, added and taken away in one place.

use super::address::href;
use super::head::status;
use super::sheet::{Part, Sheet};
use crate::ticket::store::{self, ticket::Child};
use crate::ticket::{INCIDENTS, REQUESTS, TICKETS};
use db::Tx;
use kernel::Result;
use kernel::describe::Register;
use kernel::register::{self, Record};
use kernel::web::{Reply, Request};
use maud::{Markup, html};
use pages::Shown;
use ui::control::{Choice, Kind};
use ui::field::Field;
use ui::form::{Form, Part as Fields};
use ui::head::block;
use ui::people::Who;
use ui::verb::Verb;

/// `GET /incidents/{reference}/links`
pub fn incident(tx: &mut Tx, request: &Request) -> Result<Reply> {
    page(tx, request, &INCIDENTS)
}

/// `GET /requests/{reference}/links`
pub fn request(tx: &mut Tx, request: &Request) -> Result<Reply> {
    page(tx, request, &REQUESTS)
}

/// Most children, and most duplicates, named.
const MOST: i64 = 50;

fn page(tx: &mut Tx, request: &Request, register: &'static Register) -> Result<Reply> {
    let record = register::load(tx, &request.house, &request.view, register, request.part("reference"))?;
    let ids: Vec<i64> =
        ["parent", "duplicate_of"].iter().filter_map(|key| record.int(key)).chain(record.get("links").ids().iter().copied()).collect();
    let mut others = Vec::new();
    for id in ids {
        // One that the reader may not see is left out.
        others.extend(register::by_id(tx, &request.house, &request.view, &TICKETS, id).ok());
    }
    let children = store::ticket::children(tx, &request.view, "parent", record.id, MOST)?;
    let duplicates = store::ticket::children(tx, &request.view, "duplicate_of", record.id, MOST)?;
    let sheet = Sheet::read(tx, request, &record, &[])?;
    let shown = Shown { request, names: &sheet.names };
    let main = html! {
        (tickets(request, &record, &others))
        @if !children.is_empty() { (block("Parts of this one", "", &html! {}, &list(&children))) }
        @if !duplicates.is_empty() { (block("Reported again in", "", &html! {}, &list(&duplicates))) }
        (watchers(&shown, &record))
        p.small { a href={ (href(&request.house, &record)) "/similar" } { "Similar tickets" } }
    };
    Ok(sheet.page(request, &record, Part::Links, (&html! {}, &html! {}), &main))
}

/// What another ticket is to this one.
fn role(record: &Record, other: i64) -> &'static str {
    if record.int("parent") == Some(other) {
        "Part of"
    } else if record.int("duplicate_of") == Some(other) {
        "Duplicate of"
    } else {
        "Related to"
    }
}

fn tickets(request: &Request, record: &Record, others: &[Record]) -> Markup {
    let here = href(&request.house, record);
    let (links, unlinks) = (request.view.may(record.shape.register, "link"), request.view.may(record.shape.register, "unlink"));
    let body = html! {
        @if others.is_empty() { p.ink2 { "It is linked to no other ticket." } }
        @else { ul.links { @for other in others {
            li {
                span.ink3 { (role(record, other.id)) }
                a.ref href=(href(&request.house, other)) { (other.reference) } span.clip { (other.title()) } (status(other))
                @if unlinks { (Verb::post("Take away", format!("{here}/unlink"), request.csrf.clone()).small().bare().at_end().with("ticket", &other.reference).with("back", format!("{here}/links"))) }
            }
        } } }
        @if links { (add_ticket(request, &here)) }
    };
    block("Tickets", "", &html! {}, &body)
}

fn add_ticket(request: &Request, here: &str) -> Markup {
    let kinds = crate::ticket::link_choices().iter().map(|it| Choice::new(it.key, it.label)).collect();
    let fields = vec![
        Field::new("kind", "This one is", Kind::Choice(kinds)).value("related"),
        Field::new("ticket", "Ticket", Kind::Link(Vec::new(), Some("/lookup/tickets".into()))),
        Field::new("back", "", Kind::Hidden).value(format!("{here}/links")),
    ];
    form(request, format!("{here}/link"), fields, "Link")
}

fn form(request: &Request, action: String, fields: Vec<Field>, verb: &str) -> Markup {
    let form = Form {
        action,
        csrf: request.csrf.clone(),
        parts: vec![Fields { fields, ..Fields::default() }],
        verbs: vec![Verb::submit(verb)],
        two_columns: true,
        ..Form::default()
    };
    html! { (form) }
}

fn list(children: &[Child]) -> Markup {
    html! {
        ul.links { @for child in children {
            @let kind = if child.request { "requests" } else { "incidents" };
            li { a.ref href={ "/" (kind) "/" (child.reference) } { (child.reference) } span.clip { (child.summary) } @if !child.active { span.ink3 { "done" } } }
        } }
    }
}

/// Who follows it, and taking on or off for whoever may.
fn watchers(shown: &Shown, record: &Record) -> Markup {
    let request = shown.request;
    let register = record.shape.register;
    if !request.view.may(register, "internal") {
        return html! {};
    }
    let here = href(&request.house, record);
    let (watch, unwatch) = (request.view.may(register, "watch"), request.view.may(register, "unwatch"));
    let ids = record.get("watchers").ids();
    let reference = |id: &i64| shown.names.get(id).map(|name| name.reference.clone());
    let back = format!("{here}/links");
    let body = html! {
        @if ids.is_empty() { p.ink2 { "Nobody follows it besides those who work on it and whoever asked." } }
        @else { ul.links { @for id in ids {
            li { (Who::person(shown.name(*id)))
                @if let (true, Some(reference)) = (unwatch, reference(id)) { (Verb::post("Take off", format!("{here}/unwatch"), request.csrf.clone()).small().bare().at_end().with("person", reference).with("back", &back)) }
            }
        } } }
        @if watch { (form(request, format!("{here}/watch"), vec![
            Field::new("person", "Who", Kind::Link(Vec::new(), Some("/lookup/people".into()))).help("Empty: you.").optional(),
            Field::new("back", "", Kind::Hidden).value(&back),
        ], "Let follow")) }
    };
    html! { div #watchers { (block("Watching", "", &html! {}, &body)) } }
}
