//! The conversation as whoever asked reads it: messages, what was done, and the few events that matter to them.

use crate::ticket::message::Message;
use crate::ticket::words;
use jiff::Timestamp;
use kernel::journal::Entry;
use kernel::register::Record;
use maud::{Markup, html};
use pages::Shown;
use serde_json::Value as Json;
use ui::journal::{Entry as Line, Glyph, Said, journal};
use ui::people::Who;
use ui::time::When;

/// Ids of the records that the lines name.
pub fn linked(entries: &[Entry]) -> Vec<(&'static str, i64)> {
    let actors = entries.iter().filter_map(|it| it.actor).map(|id| ("people", id));
    let given = |entry: &Entry| [("people", to(entry, "assignee")), ("teams", to(entry, "team"))];
    actors.chain(entries.iter().flat_map(given).filter_map(|(kind, id)| Some((kind, id?)))).collect()
}

/// The id that a field was given.
fn to(entry: &Entry, key: &str) -> Option<i64> {
    entry.content.as_ref()?.changes.get(key)?.get(1)?.as_i64()
}

/// The act that an entry took back.
fn undone(entry: &Entry) -> Option<i64> {
    entry.content.as_ref()?.input.get("act")?.as_i64()
}

/// What a text field was given, or a verb was asked with.
fn text<'a>(entry: &'a Entry, key: &str) -> &'a str {
    let Some(content) = &entry.content else { return "" };
    let changed = content.changes.get(key).and_then(|change| change.get(1));
    changed.or_else(|| content.input.get(key)).and_then(Json::as_str).unwrap_or_default()
}

/// The conversation, oldest first. `entries` are the latest of the journal, latest first.
pub fn conversation(shown: &Shown, record: &Record, messages: &[Message], entries: &[Entry]) -> Markup {
    let mut all: Vec<(i64, i64, Line)> = vec![(i64::MIN, 0, opening(shown, record))];
    all.extend(
        messages.iter().map(|it| (it.at, it.id, Line::Message(said(shown, &format!("m{}", it.id), it.author, it.at, "", &it.body)))),
    );
    // What the desk took back was never so, for whoever asked.
    let undone: Vec<i64> = entries.iter().filter(|it| it.verb == "undo").filter_map(undone).collect();
    let kept = entries.iter().filter(|entry| !undone.contains(&entry.act));
    all.extend(kept.filter_map(|entry| Some((entry.at, entry.seq, line(shown, record, entry)?))));
    all.sort_by_key(|(at, order, _)| (*at, *order));
    journal(&all.into_iter().map(|(_, _, line)| line).collect::<Vec<_>>())
}

fn opening(shown: &Shown, record: &Record) -> Line {
    let body = if record.text("description").is_empty() { record.text("summary") } else { record.text("description") };
    let at = record.int("opened_at").unwrap_or(record.created_at);
    Line::Message(said(shown, "opened", record.int("requester").or(record.int("opened_by")), at, "", body))
}

fn said(shown: &Shown, id: &str, author: Option<i64>, at: i64, via: &str, body: &str) -> Said {
    let own = author == Some(shown.request.view.person);
    Said {
        id: id.into(),
        who: author.map_or_else(|| Who::machine("Reeve"), |id| Who::person(shown.name(id))),
        when: when(shown, at),
        via: if own && via.is_empty() { "you".into() } else { via.into() },
        body: words(body),
        ..Said::default()
    }
}

fn name(shown: &Shown, id: i64) -> String {
    if id == shown.request.view.person { "You".into() } else { shown.name(id) }
}

fn when(shown: &Shown, at: i64) -> When {
    let stamp = |at| Timestamp::from_millisecond(at).unwrap_or_default();
    ui::format::when(stamp(at), stamp(shown.request.now), &shown.request.view.zone)
}

/// The line of an entry; none for what is no business of whoever asked.
fn line(shown: &Shown, record: &Record, entry: &Entry) -> Option<Line> {
    if entry.verb == "resolve" && !text(entry, "resolution").is_empty() {
        return Some(Line::Message(said(shown, "", entry.actor, entry.at, "what was done", text(entry, "resolution"))));
    }
    let event = event(shown, record, entry)?;
    let glyph = match entry.actor {
        Some(id) => Glyph::Who(Who::person(shown.name(id))),
        None => Glyph::Icon("circle-dot"),
    };
    Some(Line::Event(glyph, event, when(shown, entry.at)))
}

fn event(shown: &Shown, record: &Record, entry: &Entry) -> Option<Markup> {
    let who = |id: i64| if id == shown.request.view.person { "you".to_owned() } else { shown.name(id) };
    let actor = entry.actor.map_or_else(|| "Reeve".to_owned(), |id| name(shown, id));
    let reason = |entry| Some(text(entry, "reason")).filter(|it| !it.is_empty());
    // Why somebody of the desk reopened it may be meant for the desk alone.
    let own = entry.actor.is_some() && entry.actor == record.int("requester");
    Some(match entry.verb.as_str() {
        "start" => html! { b { (actor) } " began to work on it" },
        "pend" if text(entry, "pending_reason") == "requester" => html! { "We wait for an answer" },
        "confirm" => html! { b { (actor) } " said that it is fine now" },
        "close" => html! { "Closed" },
        "cancel" => html! { b { (actor) } " called it off" @if let Some(why) = reason(entry) { " “" (why) "”" } },
        "reopen" => html! { b { (actor) } " opened it again" @if let Some(why) = reason(entry).filter(|_| own) { " “" (why) "”" } },
        _ => match (to(entry, "assignee"), to(entry, "team")) {
            (Some(person), _) => html! { b { (who(person)) } " has it now" },
            (None, Some(team)) => html! { "It went to " b { (shown.name(team)) } },
            _ => return None,
        },
    })
}
