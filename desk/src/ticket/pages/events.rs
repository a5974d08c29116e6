//! What happened to a ticket, in one line each, between what was said.

use super::address::when;
use crate::ticket::verbs::said as past;
use kernel::describe::{Kind, Register};
use kernel::journal::Entry;
use kernel::register::{Cell, Record};
use maud::{Markup, html};
use pages::Shown;
use serde_json::Value as Json;
use ui::journal::{Entry as Line, Glyph};
use ui::people::Who;

/// What the conversation says itself: the first message is the opening.
const SAID: &[&str] = &["create", "reply", "note"];

/// What a requester is told of; everything else is the business of those who do the work.
const OPEN: &[&str] =
    &["take", "assign", "start", "pend", "resume", "resolve", "close", "confirm", "reopen", "cancel", "edit", "set-priority"];

/// Fields whose changes stand in the line.
const TOLD: &[&str] = &[
    "team",
    "assignee",
    "priority",
    "service",
    "item",
    "category",
    "requester",
    "pending_reason",
    "parent",
    "duplicate_of",
    "closure_code",
];

/// Ids of the records that the lines name.
pub fn linked(record: &Record, entries: &[Entry]) -> Vec<(&'static str, i64)> {
    let mut wanted: Vec<(&'static str, i64)> = entries.iter().filter_map(|it| it.actor).map(|id| ("people", id)).collect();
    for (key, change) in entries.iter().filter_map(|it| it.content.as_ref()).flat_map(|it| &it.changes) {
        if let Some(Kind::Link(to)) = told(record, key)
            && let Some(id) = change[1].as_i64()
        {
            wanted.push((to, id));
        }
    }
    wanted
}

fn told(record: &Record, key: &str) -> Option<Kind> {
    let field = TOLD.contains(&key).then(|| record.shape.field(key)).flatten();
    field.map(|field| field.kind)
}

/// The line of an entry; none for what is a message of its own, or not for this reader.
pub fn line(shown: &Shown, record: &Record, entry: &Entry) -> Option<Line> {
    let request = shown.request;
    let register = record.shape.register;
    let inner = request.view.may(register, "internal");
    if SAID.contains(&entry.verb.as_str()) || !(inner || OPEN.contains(&entry.verb.as_str())) {
        return None;
    }
    let changes = changes(shown, record, entry);
    if matches!(entry.verb.as_str(), "edit" | "assign" | "set-priority") && changes.is_empty() && !inner {
        return None;
    }
    let (glyph, who) = actor(shown, entry);
    let reason = entry.content.as_ref().and_then(|it| it.input.get("reason")).and_then(Json::as_str).filter(|_| says_why(&entry.verb));
    let text = html! {
        @if !who.is_empty() { b { (who) } " " }
        (what(register, entry))
        @if !changes.is_empty() { ": " (changes.join(", ")) }
        @if let Some(reason) = reason { " “" (reason) "”" }
    };
    Some(Line::Happened(format!("e{}", entry.seq), glyph, text, when(request, entry.at)))
}

fn says_why(verb: &str) -> bool {
    matches!(verb, "reopen" | "cancel" | "set-priority")
}

fn actor(shown: &Shown, entry: &Entry) -> (Glyph, String) {
    match entry.actor {
        Some(id) => {
            let name = shown.name(id);
            (Glyph::Who(Who::person(name.clone())), name)
        }
        None if entry.verb.starts_with("clock-") => (Glyph::Icon("timer"), String::new()),
        None => (Glyph::Icon("bot"), "Reeve".into()),
    }
}

fn what(register: &Register, entry: &Entry) -> Markup {
    let asked = |key: &str| entry.content.as_ref().and_then(|it| it.input.get(key)).and_then(Json::as_str).unwrap_or_default();
    let measure = || asked("measure").replace('_', " ");
    match entry.verb.as_str() {
        "clock-warned" => html! { "Most of the time for the " (measure()) " is used" },
        "clock-breached" => html! { "The time for the " (measure()) " is over" },
        "clock-recounted" => {
            html! { "What counts for its clocks changed with " a.ref href={ "/windows/" (asked("window")) } { (asked("window")) } }
        }
        "take-in" => html! { "merged " (asked("merged").trim_end_matches('M')) " into it" },
        "undo" => html! { "took back: " (past(asked("verb")).unwrap_or("a change")) },
        "edit" => html! { "changed it" },
        "retire" => html! { "retired it" },
        key => match (past(key), register.verb(key)) {
            (Some(past), _) => html! { (past) },
            (None, Some(verb)) => html! { (verb.label.trim_end_matches('…').to_lowercase()) },
            (None, None) => html! { (key.replace('-', " ")) },
        },
    }
}

/// "Team Network, Priority High": the new values of the fields told, as far as the reader may read them.
fn changes(shown: &Shown, record: &Record, entry: &Entry) -> Vec<String> {
    let Some(content) = &entry.content else { return Vec::new() };
    let register = record.shape.register;
    // Who takes it is its assignee, and what no longer waits waits for nobody.
    let plain = |key: &str, to: &Json| (key == "assignee" && entry.verb == "take") || (key == "pending_reason" && to.is_null());
    let one = |(key, change): (&String, &Json)| {
        if plain(key, &change[1]) {
            return None;
        }
        let field = record.shape.field(key).filter(|field| TOLD.contains(&field.key) && shown.request.view.reads(register, field))?;
        let cell = Cell::from_journal(field.kind, &change[1]);
        let value = shown.text(field, &cell);
        let value = if value.is_empty() { "none".to_owned() } else { value };
        Some(format!("{} {value}", field.label.to_lowercase()))
    };
    content.changes.iter().filter_map(one).collect()
}
