//! The composer under the conversation: where one writes, with what was typed before.

use super::address::{href, local};
use super::near;
use super::said::LEAKS;
use crate::ticket::held::{self, HOLD_SECONDS};
use crate::ticket::{place_of_draft, store};
use crate::{template, ticket};
use db::Tx;
use kernel::Result;
use kernel::file::{self, AT_ONCE, Attached, LARGEST};
use kernel::register::Record;
use kernel::web::Request;
use maud::{Markup, Render, html};
use pages::Shown;
use serde_json::Value as Json;
use ui::composer::{Composer, Draft, Kept, Limits, dock};
use ui::format;
use ui::icon;
use ui::menu::{Item, Menu, split};
use ui::verb::Verb;

/// What somebody was typing and has not sent.
#[derive(Default)]
pub struct Typed {
    text: String,
    cc: String,
    internal: bool,
    template: String,
    next: String,
    refused: Option<String>,
    files: Vec<Attached>,
    saved_at: Option<i64>,
    kept_at: i64,
}

/// Reads what the viewer was typing on a ticket; with a template asked for by the address put behind it.
pub fn typed(tx: &mut Tx, request: &Request, record: &Record, refused: &Refused) -> Result<Typed> {
    let mut typed = kept(tx, request, record)?;
    if refused.error.is_some() {
        typed.text = refused.text.to_owned();
        typed.cc = refused.cc.to_owned();
        typed.internal = refused.internal;
        typed.refused = refused.error.clone();
        typed.files = file::aside(tx, request.view.person, &refused.kept)?;
    }
    let wanted = request.asked("template").map(|reference| template::by_reference(tx, &request.view, reference)).transpose()?.flatten();
    if let Some(template) = wanted {
        let filled = template::filled(&template.body, &ticket::values(tx, request, record)?);
        typed.text = if typed.text.trim().is_empty() { filled } else { format!("{}\n\n{filled}", typed.text.trim_end()) };
        typed.internal = template.internal;
        typed.template = template.reference;
    }
    Ok(typed)
}

fn kept(tx: &mut Tx, request: &Request, record: &Record) -> Result<Typed> {
    let found = store::draft::read(tx, request.view.person, place_of_draft(record))?;
    let Some((content, saved_at)) = found else { return Ok(Typed::default()) };
    let kept: Json = serde_json::from_str(&content).unwrap_or_default();
    let text = |key: &str| kept[key].as_str().unwrap_or_default().to_owned();
    let ids: Vec<i64> = held::kept(&kept).iter().filter_map(|id| id.parse().ok()).collect();
    let files = if ids.is_empty() { Vec::new() } else { file::aside(tx, request.view.person, &ids)? };
    let something = !text("text").trim().is_empty() || !files.is_empty();
    Ok(Typed {
        text: text("text"),
        cc: text("cc"),
        internal: kept["mode"] == "internal",
        template: text("template"),
        next: text("next"),
        refused: None,
        files,
        saved_at: Some(saved_at).filter(|_| something),
        kept_at: saved_at,
    })
}

/// What was refused of a message.
#[derive(Default)]
pub struct Refused<'a> {
    /// What was typed.
    pub text: &'a str,
    /// Whom to let read along.
    pub cc: &'a str,
    /// Whether it was a note.
    pub internal: bool,
    /// What is wrong.
    pub error: Option<String>,
    /// It repeats an internal note, which one may confirm.
    pub leaks: bool,
    /// Files that were kept from before.
    pub kept: Vec<i64>,
}

/// Where one writes; nothing for a reader who may write neither.
pub fn composer(shown: &Shown, record: &Record, typed: &Typed, refused: &Refused) -> Markup {
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
    let here = href(&request.house, record);
    let requester = record.int("requester");
    let own = requester == Some(request.view.person);
    let watchers = record.get("watchers").ids();
    let watched = if note { watchers } else { &[] };
    let concerned = requester.iter().chain(&record.int("assignee")).chain(watchers).any(|id| *id != request.view.person);
    let reached = own || concerned;
    let list = near::from(request).map(|from| from.query()).unwrap_or_default();
    let mut hidden = Vec::new();
    if !typed.template.is_empty() {
        hidden.push(("template".to_owned(), typed.template.clone()));
    }
    if !typed.next.is_empty() {
        hidden.push(("next".to_owned(), typed.next.clone()));
    }
    let composer = Composer {
        action: format!("{here}/said{list}"),
        csrf: request.csrf.clone(),
        internal: note && (typed.internal || !reply),
        both: reply && note,
        to: requester.filter(|_| !own).map(|id| shown.name(id)).into_iter().collect(),
        nobody: if reached { "" } else { "This reaches nobody: no requester is named, and nobody else follows it." },
        cc: watched
            .iter()
            .filter(|id| Some(**id) != requester && **id != request.view.person)
            .take(MOST_NAMED)
            .map(|id| shown.name(*id))
            .collect(),
        add_cc: may("watch").then(|| cc(&typed.cc)),
        seen_by: "Seen by those who do the work, never by the requester".into(),
        text: typed.text.clone(),
        error: typed.refused.clone(),
        confirm: refused.leaks.then(|| (LEAKS.to_owned(), "Send it all the same".to_owned())),
        draft: Some(Draft {
            url: format!("/draft/{}", place_of_draft(record)),
            state: typed.saved_at.map(|at| format!("Draft saved {}", local(request, at, "%H:%M"))).unwrap_or_default(),
            at: typed.kept_at,
            once: String::new(),
        }),
        files: Some(Limits { count: AT_ONCE, mebibytes: LARGEST >> 20 }),
        kept: typed.files.iter().map(file_kept).collect(),
        tools: if note {
            tools(&here)
        } else {
            html! {}
        },
        hidden,
        send: send(may("pend"), may("resolve") && !own, &typed.next),
        waits: false,
        keep: vec![Verb::submit("Keep note").small().first().key("Ctrl ↵")],
        remark: (format!("sends in {HOLD_SECONDS}\u{a0}s, undo until then"), format!("can be taken back for {HOLD_SECONDS}\u{a0}s")),
    };
    dock(&writing(record, &here, note), &composer)
}

/// Who else is writing here, and the way to what they write.
fn writing(record: &Record, here: &str, inner: bool) -> Markup {
    html! {
        div.typing {
            span data-presence={ "writes " (record.reference) } {}
            @if inner { a.small.push href={ (here) "/drafts" } hx-get={ (here) "/drafts" } hx-target="#drafts" hx-swap="innerHTML" { "See the draft" } }
        }
        @if inner { div #drafts aria-live="polite" {} }
    }
}

/// Most readers named above the text.
const MOST_NAMED: usize = 6;

fn file_kept(file: &Attached) -> Kept {
    Kept { id: file.id.to_string(), name: file.name.clone(), note: format::bytes(file.size.unsigned_abs()) }
}

fn cc(value: &str) -> Markup {
    html! {
        label.vh for="composer-cc" { "Further readers" }
        input.in #composer-cc name="cc" value=(value) list="composer-people" placeholder="Name or address" autocomplete="off"
            hx-get="/lookup/people" hx-trigger="input changed delay:200ms" hx-target="#composer-people" hx-swap="innerHTML";
        datalist #composer-people {}
    }
}

/// Templates, which load when the menu opens, and naming somebody.
fn tools(here: &str) -> Markup {
    html! {
        details.pop-menu.up data-menu data-macros hx-get={ (here) "/templates" } hx-trigger="toggle once" hx-target="find .menu" hx-swap="innerHTML" {
            summary.verb.bare.small title="Templates, Ctrl /" { (icon::small("zap")) "Macro" }
            div.menu { a href={ (here) "/templates" } { "Choose a template" } }
        }
        button.verb.bare.small.with-script type="button" data-mention { (icon::small("at-sign")) "Mention" }
    }
}

/// The verbs that send a reply; the one it was sent with before it was taken back comes first.
fn send(pend: bool, resolve: bool, before: &str) -> Markup {
    let mut all = vec![("Send", "")];
    if pend {
        all.push(("Send and wait for reply", "pend"));
    }
    if resolve {
        all.push(("Send and resolve", "resolve"));
    }
    let first = all.iter().position(|(_, then)| *then == before).unwrap_or(0);
    let (label, then) = all.remove(first);
    let with = |label: &str, then: &str| if then.is_empty() { Verb::submit(label) } else { Verb::submit(label).with("then", then) };
    let verb = with(label, then).small().first().key("Ctrl ↵");
    if all.is_empty() {
        return verb.render();
    }
    let menu = Menu {
        label: "Other ways to send".into(),
        icon: Some("chevron-down"),
        class: "first small",
        items: all.iter().map(|(label, then)| Item::Verb(with(label, then))).collect(),
        at_end: true,
        ..Menu::default()
    };
    html! {
        @if pend && then.is_empty() { span.not-small { (Verb::submit("Send, wait for reply").small().with("then", "pend")) } }
        span.up { (split(&verb, &menu)) }
    }
}
