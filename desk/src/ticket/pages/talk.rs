//! The conversation: what was said and what happened, oldest first, and the composer under it.

use super::address::{href, local, when};
use super::events;
use super::words::words;
use crate::ticket::message::Message;
use crate::ticket::{place_of_draft, store};
use db::Tx;
use kernel::Result;
use kernel::journal::Entry;
use kernel::register::Record;
use kernel::web::Request;
use maud::{Markup, Render, html};
use pages::Shown;
use serde_json::Value as Json;
use ui::composer::{Composer, Draft};
use ui::journal::{Entry as Line, Said, journal};
use ui::people::Who;
use ui::verb::Verb;

/// The conversation of a ticket. `entries` are its latest journal entries, latest first.
pub fn conversation(shown: &Shown, record: &Record, messages: &[Message], entries: &[Entry]) -> Markup {
    let mut all: Vec<(i64, i64, Line)> = vec![(i64::MIN, 0, first(shown, record))];
    all.extend(messages.iter().map(|message| (message.at, message.id, said(shown, message))));
    let events = entries.iter().filter_map(|entry| Some((entry.at, entry.seq, events::line(shown, record, entry)?)));
    all.extend(events);
    all.sort_by_key(|(at, order, _)| (*at, *order));
    journal(&all.into_iter().map(|(_, _, line)| line).collect::<Vec<_>>())
}

/// What the ticket was opened with.
fn first(shown: &Shown, record: &Record) -> Line {
    let opened = record.int("opened_at").unwrap_or(record.created_at);
    let who = record.int("requester").or(record.int("opened_by"));
    let by = record.int("opened_by").filter(|by| Some(*by) != who);
    let channel = record.shape.field("channel").map(|field| shown.text(field, record.get("channel"))).unwrap_or_default();
    let via = match (by, channel.is_empty()) {
        (Some(by), _) => format!("written down by {}", shown.name(by)),
        (None, false) => format!("by {}", channel.to_lowercase()),
        (None, true) => String::new(),
    };
    let body = if record.text("description").is_empty() { record.text("summary") } else { record.text("description") };
    Line::Message(Said {
        id: "opened".into(),
        who: who.map_or_else(|| Who::machine("Reeve"), |id| Who::person(shown.name(id))),
        when: when(shown.request, opened),
        via,
        body: words(body),
        ..Said::default()
    })
}

fn said(shown: &Shown, message: &Message) -> Line {
    let via = match message.means.as_str() {
        "page" => String::new(),
        means => format!("through {means}"),
    };
    let said = Said {
        id: format!("m{}", message.id),
        who: message.author.map_or_else(|| Who::machine("Reeve"), |id| Who::person(shown.name(id))),
        when: when(shown.request, message.at),
        via,
        body: words(&message.body),
        ..Said::default()
    };
    if message.internal { Line::Note(said) } else { Line::Message(said) }
}

/// What somebody was typing and has not sent: text, whether it was to be internal, when it was kept.
pub struct Typed {
    text: String,
    internal: bool,
    saved_at: i64,
}

/// Reads what the viewer was typing on a ticket.
pub fn typed(tx: &mut Tx, request: &Request, record: &Record) -> Result<Option<Typed>> {
    let found = store::draft::read(tx, request.view.person, place_of_draft(record))?;
    let Some((content, saved_at)) = found else { return Ok(None) };
    let kept: Json = serde_json::from_str(&content).unwrap_or_default();
    let text = kept["text"].as_str().unwrap_or_default().to_owned();
    Ok(Some(Typed { text, internal: kept["mode"] == "internal", saved_at }).filter(|it| !it.text.is_empty()))
}

/// What was refused of a message.
#[derive(Default)]
pub struct Refused<'a> {
    /// What was typed.
    pub text: &'a str,
    /// Whether it was a note.
    pub internal: bool,
    /// What is wrong.
    pub error: Option<String>,
}

/// Where one writes; nothing for a reader who may write neither.
pub fn composer(shown: &Shown, record: &Record, typed: Option<&Typed>, refused: &Refused) -> Markup {
    let request = shown.request;
    let register = record.shape.register;
    let may = |key: &str| {
        let here = register.verb(key).is_some_and(|verb| verb.from.is_empty() || verb.from.contains(&record.state.as_str()));
        here && request.view.may(register, key)
    };
    let (reply, note) = (may("reply"), may("note"));
    if !reply && !note {
        return html! {};
    }
    let kept = typed.map_or((String::new(), false), |it| (it.text.clone(), it.internal));
    let (text, internal) = if refused.error.is_some() { (refused.text.to_owned(), refused.internal) } else { kept };
    let requester = record.int("requester");
    let own = requester == Some(request.view.person);
    let composer = Composer {
        action: format!("{}/said", href(&request.house, record)),
        csrf: request.csrf.clone(),
        internal: note && (internal || !reply),
        both: reply && note,
        to: requester.filter(|_| !own).map(|id| shown.name(id)).into_iter().collect(),
        seen_by: "Seen by those who do the work, never by the requester".into(),
        text,
        error: refused.error.clone(),
        draft: Some(Draft {
            url: format!("/draft/{}", place_of_draft(record)),
            state: typed.map(|it| format!("Draft saved {}", local(request, it.saved_at, "%H:%M"))).unwrap_or_default(),
        }),
        files: false,
        waits: false,
        tools: Vec::new(),
        send: vec![Verb::submit("Send").small().first().key("Ctrl ↵")],
        keep: vec![Verb::submit("Keep note").small().first().key("Ctrl ↵")],
        remark: if own { String::new() } else { "can be taken back for 10 s".into() },
    };
    html! { (composer.render()) }
}
