//! The conversation: what was said and what happened, oldest first.

use super::address::{href, when};
use super::events;
use super::near;
use super::sheet::Sheet;
use super::words::{Known, words_linking};
use crate::ticket::language;
use crate::ticket::mention::{self, Named};
use crate::ticket::message::Message;
use crate::ticket::store::held::Held;
use kernel::file::Attached as File;
use kernel::journal::Entry;
use kernel::live::Happened;
use kernel::register::Record;
use maud::{Markup, Render, html};
use pages::Shown;
use ui::format;
use ui::icon;
use ui::journal::{Attached, Entry as Line, Said, journal};
use ui::people::Who;
use ui::verb::Verb;

/// A reply that waits, with its files.
pub type Waiting = (Held, Vec<File>);

/// Everything that the conversation is made of.
pub struct Talk<'a> {
    /// Messages, oldest first.
    pub messages: &'a [Message],
    /// The latest entries of the journal, latest first.
    pub entries: &'a [Entry],
    /// Files of the ticket.
    pub files: &'a [File],
    /// What the reader has written and can still take back.
    pub held: &'a [Waiting],
    /// Until when the reader has seen it, if that is known.
    pub seen: Option<i64>,
}

/// Lines that stay at the beginning and at the end when a long conversation is folded.
const FIRST: usize = 2;
const LAST: usize = 24;
/// Fewer lines than this are not worth a fold.
const WORTH: usize = 6;

/// When something stands in the conversation, what decides among equals, whether it was said, and its line.
type Placed = (i64, i64, bool, Line);

/// The conversation of a ticket.
pub fn conversation(shown: &Shown, record: &Record, talk: &Talk) -> Markup {
    let splits = shown.request.view.may(record.shape.register, "split");
    let mut all: Vec<Placed> = vec![(i64::MIN, 0, true, first(shown, record, talk.files))];
    all.extend(talk.messages.iter().map(|message| (message.at, message.id, true, said(shown, record, message, talk.files, splits))));
    let events = talk.entries.iter().filter_map(|entry| Some((entry.at, entry.seq, false, events::line(shown, record, entry)?)));
    all.extend(events);
    all.sort_by_key(|(at, order, ..)| (*at, *order));
    news(shown, talk, &mut all);
    if shown.request.asked("all").is_none() {
        fold(shown, record, &mut all);
    }
    let mut lines: Vec<Line> = all.into_iter().map(|(.., line)| line).collect();
    lines.extend(talk.held.iter().map(|it| held(shown, record, it)));
    journal(&lines)
}

/// The latest messages alone, oldest first, with what the ticket was opened with if nothing is left out.
pub fn glance(shown: &Shown, record: &Record, messages: &[Message], files: &[File], more: bool) -> Markup {
    let here = href(&shown.request.house, record);
    let begin = if more { Line::Fold("Earlier messages".into(), format!("{here}#journal")) } else { first(shown, record, files) };
    let lines: Vec<Line> = std::iter::once(begin).chain(messages.iter().map(|it| said(shown, record, it, files, false))).collect();
    html! { ol.journal { @for line in &lines { (line) } } }
}

/// Whom a message names.
pub fn named(message: &Message) -> Vec<(&'static str, i64)> {
    let of = |named| match named {
        Named::Person(id) => ("people", id),
        Named::Team(id) => ("teams", id),
    };
    mention::read(&message.named).map(of).collect()
}

/// What stands at the end of the conversation because of what just happened, oldest first.
pub fn grown(shown: &Shown, record: &Record, sheet: &Sheet, happened: &[Happened]) -> Vec<Line> {
    let splits = shown.request.view.may(record.shape.register, "split");
    let new = |message: &&Message| happened.iter().any(|it| it.at == message.at && it.actor == message.author);
    let messages = sheet.messages.iter().filter(new);
    let mut all: Vec<(i64, i64, Line)> =
        messages.map(|message| (message.at, message.id, said(shown, record, message, &sheet.files, splits))).collect();
    let entries = sheet.entries.iter().filter(|entry| happened.iter().any(|it| it.entry == entry.seq));
    all.extend(entries.filter_map(|entry| Some((entry.at, entry.seq, events::line(shown, record, entry)?))));
    all.sort_by_key(|(at, order, _)| (*at, *order));
    all.into_iter().map(|(.., line)| line).collect()
}

/// Draws the line between what the reader has seen and what others have said or done since.
fn news(shown: &Shown, talk: &Talk, all: &mut Vec<Placed>) {
    let Some(seen) = talk.seen else { return };
    let own = shown.request.view.person;
    let new = talk.messages.iter().any(|it| it.at > seen && it.author != Some(own));
    if let (true, Some(place)) = (new, all.iter().position(|(at, ..)| *at > seen)) {
        let text = format!("New since you looked, {}", when(shown.request, seen).shown);
        all.insert(place, (seen, 0, true, Line::NewLine(text)));
    }
}

/// Leaves out the middle of a long conversation; what is new stays.
fn fold(shown: &Shown, record: &Record, all: &mut Vec<Placed>) {
    let new = all.iter().position(|(.., line)| matches!(line, Line::NewLine(_))).unwrap_or(all.len());
    let until = all.len().saturating_sub(LAST).min(new);
    if until < FIRST + WORTH {
        return;
    }
    let said = all[FIRST..until].iter().filter(|(_, _, said, _)| *said).count();
    let text = match (said, until - FIRST - said) {
        (0, events) => format!("{events} earlier events"),
        (1, 0) => "1 earlier message".to_owned(),
        (said, 0) => format!("{said} earlier messages"),
        (said, events) => format!("{said} earlier {} and {events} events", if said == 1 { "message" } else { "messages" }),
    };
    let place = (all[FIRST].0, all[FIRST].1, true, Line::Fold(text, format!("{}?all=true#journal", href(&shown.request.house, record))));
    all.splice(FIRST..until, [place]);
}

/// What the ticket was opened with, and the files that belong to no message.
fn first(shown: &Shown, record: &Record, files: &[File]) -> Line {
    let opened = record.int("opened_at").unwrap_or(record.created_at);
    let who = record.int("requester").or(record.int("opened_by"));
    let by = record.int("opened_by").filter(|by| Some(*by) != who);
    let via = match by {
        Some(by) => format!("written down by {}", shown.name(by)),
        None => channel(record.text("channel")).into(),
    };
    let body = if record.text("description").is_empty() { record.text("summary") } else { record.text("description") };
    Line::Message(Said {
        id: "opened".into(),
        who: who.map_or_else(|| Who::machine("Reeve"), |id| Who::person(shown.name(id))),
        when: when(shown.request, opened),
        via,
        body: written(shown, body, Vec::new()),
        lang: language::of(body).map(str::to_owned),
        files: files.iter().filter(|it| it.message.is_none()).map(attached).collect(),
        ..Said::default()
    })
}

/// Through what the desk was reached, in the middle of a line.
fn channel(key: &str) -> &'static str {
    match key {
        "portal" | "self_service" => "in the portal",
        "phone" => "by phone",
        "email" => "by mail",
        "chat" => "in a chat",
        "api" => "through the API",
        "alert" => "an alert",
        "ivr" => "by the voice menu",
        _ => "",
    }
}

/// Name, address and size of a file.
fn attached(file: &File) -> Attached {
    Attached { name: file.name.clone(), href: format!("/files/{}", file.id), note: format::bytes(file.size.unsigned_abs()) }
}

fn said(shown: &Shown, record: &Record, message: &Message, files: &[File], splits: bool) -> Line {
    let via = match (message.means.as_str(), message.author == record.int("requester"), message.internal) {
        ("page", true, _) if message.author.is_some() => "in the portal".into(),
        ("page", _, false) => record.int("requester").map(|id| format!("to {}", shown.name(id))).unwrap_or_default(),
        ("page", _, true) => String::new(),
        ("api", ..) => "through the API".into(),
        (means, ..) => format!("through {means}"),
    };
    let verbs = html! {
        @if splits {
            (Verb::link("Make a ticket of this message", format!("{}/split?message={}", href(&shown.request.house, record), message.id)).only_icon("git-merge").small().bare())
        }
    };
    let said = Said {
        id: format!("m{}", message.id),
        who: message.author.map_or_else(|| Who::machine("Reeve"), |id| Who::person(shown.name(id))),
        when: when(shown.request, message.at),
        via,
        body: written(shown, &message.body, mentions(shown, message)),
        lang: language::of(&message.body).map(str::to_owned),
        files: files.iter().filter(|it| it.message == Some(message.id)).map(attached).collect(),
        verbs,
    };
    if message.internal { Line::Note(said) } else { Line::Message(said) }
}

/// What somebody wrote, with links to the people it names and to records of registers that the reader may read.
fn written(shown: &Shown, text: &str, mentions: Vec<(String, String)>) -> Markup {
    let request = shown.request;
    let reference = |reference: &str| {
        let register = request.house.register_of(reference).filter(|it| request.view.may(it, "read"))?;
        Some(format!("/{}/{reference}", register.key))
    };
    words_linking(text, &Known { mentions, reference: &reference })
}

/// Names that stand behind an @ in a message, with the addresses of those they mean.
fn mentions(shown: &Shown, message: &Message) -> Vec<(String, String)> {
    let ids = mention::read(&message.named).map(|it| match it {
        Named::Person(id) | Named::Team(id) => id,
    });
    let known = ids.filter_map(|id| shown.names.get(&id));
    let both = known.flat_map(|name| {
        let to = pages::href(&shown.request.house, name);
        // Namesakes are told apart by the reference behind the name.
        [(format!("{} ({})", name.title, name.reference), to.clone()), (name.title.clone(), to)]
    });
    both.collect()
}

/// For so long after its time a reply counts as on its way, in milliseconds.
const LATE: i64 = 60_000;

/// When a reply leaves, with what can be done until then.
fn leaving(held: &Held, now: i64, undo: &Verb, send: &Verb) -> Markup {
    let left = ((held.send_at - now).max(0) + 999) / 1000;
    let then = match held.next.as_str() {
        "pend" => ", then it waits for an answer",
        "resolve" => ", then it is resolved",
        _ => "",
    };
    let late = now - held.send_at > LATE;
    html! {
        div.line.small.leaving data-leaving=[(!late).then_some(left)] {
            (icon::small("timer"))
            @if late { span { "Could not be sent yet, and is tried again" (then) } }
            @else { span { "Sending in " b data-left-seconds { (left) " s" } (then) } }
            span data-undo { (undo) }
            (send)
        }
    }
}

/// A reply that has not left yet: its author sees when it will, and takes it back.
fn held(shown: &Shown, record: &Record, (held, files): &Waiting) -> Line {
    let request = shown.request;
    let here = format!("{}/held/{}", href(&request.house, record), held.id);
    let list = near::from(request).map(|from| from.query()).unwrap_or_default();
    let post = |label: &str, what: &str| Verb::post(label, format!("{here}/{what}{list}"), request.csrf.clone()).small();
    let undo = html! {
        @if let Some(why) = &held.stopped {
            div.line.small.leaving.warn {
                (icon::small("triangle-alert")) span { b { "Not sent." } " " (why) }
                (post("Put it into the composer", "undo")) (post("Send again", "send").bare())
            }
        } @else { (leaving(held, request.now, &post("Undo", "undo").key("Ctrl Z"), &post("Send now", "send").bare())) }
    };
    let said = Said {
        id: format!("h{}", held.id),
        who: Who::person(request.view.name.clone()),
        when: when(request, held.send_at),
        via: "not sent yet, only you see this".into(),
        body: written(shown, &held.body, Vec::new()),
        files: files.iter().map(|file| Attached { href: "#composer".into(), ..attached(file) }).collect(),
        ..Said::default()
    };
    Line::Held(said, undo.render())
}
