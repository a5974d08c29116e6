//! The head of a ticket: title, marks, clocks, and what can be done to it.

use super::address::href;
use super::chip::Timed;
use super::near;
use crate::ticket::language;
use kernel::describe::Verb as Described;
use kernel::register::{Record, verbs_for};
use kernel::web::Request;
use maud::{Markup, Render, html};
use pages::verb_button;
use ui::facts::why;
use ui::head::{Head, reference};
use ui::marks::{Priority, Stage, Status, Tone, pill};
use ui::menu::{Item, Menu, split};
use ui::verb::Verb;

/// The status of a ticket with its glyph.
pub fn status(record: &Record) -> Status {
    let stage = match record.state.as_str() {
        "new" => Stage::New,
        "pending" => Stage::Waiting,
        "resolved" => Stage::Done,
        "closed" | "cancelled" => Stage::Closed,
        _ => Stage::Active,
    };
    let label = record.shape.register.state(&record.state).map_or(record.state.as_str(), |it| it.label);
    Status::new(stage, label)
}

/// The priority mark.
pub fn mark(record: &Record) -> Priority {
    Priority(record.int("priority").and_then(|it| u8::try_from(it).ok()).unwrap_or(4))
}

/// The head.
pub fn head(request: &Request, record: &Record, clocks: &[Timed]) -> Markup {
    let here = href(&request.house, record);
    let register = record.shape.register;
    let mut meta = vec![reference(&record.reference, &here)];
    meta.push(html! { span.line.tight { (mark(record)) (why(&format!("{here}?why=priority"), "why?")) } });
    meta.push(status(record).render());
    if record.state == "pending" {
        let reason = crate::ticket::waits_for(record.text("pending_reason"));
        meta.push(pill(Tone::Plain, None, reason));
    }
    meta.extend(clocks.iter().filter_map(|clock| clock.chip(request, &here)).map(|chip| chip.render()));
    if record.int("merged_into").is_some() {
        meta.push(pill(Tone::Info, Some("git-merge"), "merged"));
    }
    let from = near::from(request);
    let mut verbs = verbs(request, record, &here);
    verbs.insert(0, html! { span data-presence={ "faces " (record.reference) } {} });
    Head {
        crumbs: from.as_ref().map_or_else(
            || vec![("Queue".into(), "/queue".into()), (register.many.into(), format!("/{}", register.key))],
            near::From::crumbs,
        ),
        place: from.as_ref().map(|from| from.place(&here)),
        title: record.title().to_owned(),
        lang: language_of(record),
        lead: None,
        live: true,
        meta,
        verbs,
    }
    .render()
}

/// The language of the title, when it is not that of the page; a few words say less than the whole report.
fn language_of(record: &Record) -> Option<&'static str> {
    language::of(&format!("{}\n{}", record.title(), record.text("description")))
}

/// Which verbs stand as buttons, the first one first; the others are behind the dots.
fn buttons(state: &str) -> &'static [&'static str] {
    match state {
        "new" => &["take", "assign", "resolve"],
        "assigned" => &["start", "assign", "resolve"],
        "in_progress" => &["resolve", "pend", "assign"],
        "pending" => &["resume", "resolve", "assign"],
        "resolved" => &["close", "reopen"],
        "closed" | "cancelled" => &["reopen"],
        _ => &[],
    }
}

fn verbs(request: &Request, record: &Record, here: &str) -> Vec<Markup> {
    let possible = verbs_for(&request.view, record);
    let first = buttons(&record.state);
    let mut shown: Vec<Verb> = first
        .iter()
        .filter_map(|key| possible.iter().find(|verb| verb.key == *key))
        .map(|verb| button(request, record, here, verb))
        .collect();
    if let Some(verb) = shown.first_mut() {
        *verb = verb.clone().first();
    }
    let ends = || possible.iter().filter(|verb| ENDS.contains(&verb.key) && !first.contains(&verb.key));
    let resolves = first.first() == Some(&"resolve") && possible.iter().any(|verb| verb.key == "resolve");
    let splits = resolves && ends().next().is_some();
    let watches = record.get("watchers").ids().contains(&request.view.person);
    let own = record.int("requester") == Some(request.view.person);
    // What stands elsewhere on the page, whichever of the two about watching, which here are of the reader, would change nothing, and
    // what only the requester says.
    let stands = |key: &str| {
        ["reply", "note", if watches { "watch" } else { "unwatch" }].contains(&key)
            || (key == "confirm" && !own)
            || (splits && ENDS.contains(&key))
    };
    let rest = possible.iter().filter(|verb| !first.contains(&verb.key) && !stands(verb.key));
    let mut more: Vec<Item> = rest.map(|verb| Item::Verb(button(request, record, here, verb))).collect();
    if !more.is_empty() {
        more.push(Item::Rule);
    }
    if request.view.may(record.shape.register, "edit") {
        more.push(Item::Verb(Verb::link("Change", format!("{here}/edit"))));
    }
    if request.view.may(record.shape.register, "share") {
        more.push(Item::Verb(Verb::link("Share", format!("{here}/share"))));
    }
    more.push(Item::Verb(Verb::link("Where it is used", format!("{here}/links"))));
    more.push(Item::Verb(Verb::link("Why can I see this?", format!("{here}?why=access"))));
    let mut all: Vec<Markup> = Vec::new();
    for (place, verb) in shown.iter().enumerate() {
        let items = || ends().map(|verb| Item::Verb(button(request, record, here, verb))).collect();
        all.push(if splits && place == 0 { split(verb, &other_ends(items())) } else { verb.render() });
    }
    all.push(Menu::more(more).render());
    all
}

/// Other ways to end than resolving, joined to it.
const ENDS: &[&str] = &["close", "cancel", "merge"];

fn other_ends(items: Vec<Item>) -> Menu {
    Menu { label: "Other ways to finish".into(), icon: Some("chevron-down"), class: "first", items, at_end: true, ..Menu::default() }
}

fn button(request: &Request, record: &Record, here: &str, verb: &Described) -> Verb {
    // Whoever came from a list comes back to the ticket as one of that list.
    let back = near::from(request).map(|from| from.within(here)).unwrap_or_default();
    // Here it is the reader who watches: there is nobody to ask for.
    let asks = if matches!(verb.key, "watch" | "unwatch") { &[] } else { verb.asks };
    verb_button(request, record, &Described { asks, ..*verb }, &back)
}
