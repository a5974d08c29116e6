//! One thing: how it stands, what was said, what one can do.

use super::said::{conversation, linked};
use super::stands::{self, Stands, anew, anew_at, confirm, href, moment, refusal};
use crate::ticket::{ACTIVE, INCIDENTS, REQUESTS, message, place_in_portal};
use db::Tx;
use kernel::file::{AT_ONCE, Attached, LARGEST, attached};
use kernel::journal::history;
use kernel::register::{self, Record, names_of, verbs_for};
use kernel::web::{Reply, Request};
use kernel::{Error, Result};
use maud::{Markup, Render, html};
use pages::{Shown, draft};
use ui::composer::{Composer, Limits};
use ui::control::Kind;
use ui::facts::columns;
use ui::field::Field;
use ui::format::bytes;
use ui::head::Head;
use ui::marks::Tone;
use ui::people::Who;
use ui::portal::track;
use ui::states::notice;
use ui::verb::Verb;

/// The registers whose records are things.
pub const KINDS: [&str; 2] = [INCIDENTS.key, REQUESTS.key];
/// Latest journal entries told.
const TOLD: usize = 60;

/// What was refused, and what was typed.
#[derive(Default)]
pub struct Refused {
    /// The field of the page; empty: none.
    pub field: &'static str,
    /// What was typed there.
    pub text: String,
    /// What would be right.
    pub message: String,
}

/// `GET /portal/things/{reference}`
pub fn page(tx: &mut Tx, request: &Request) -> Result<Reply> {
    let reference = request.part("reference");
    let register = request.house.register_of(reference).filter(|it| KINDS.contains(&it.key)).ok_or(Error::NotFound)?;
    let record = register::load(tx, &request.house, &request.view, register, reference)?;
    if !record.reference.eq_ignore_ascii_case(reference) {
        return Ok(Reply::redirect(href(&record), format!("It goes on in {}", record.reference)));
    }
    show(tx, request, &record, &Refused::default())
}

/// The page of a ticket that was loaded under guard.
pub fn show(tx: &mut Tx, request: &Request, record: &Record, refused: &Refused) -> Result<Reply> {
    // What is internal never comes here, whoever looks.
    let messages = message::of_ticket(tx, record.id, false)?;
    let files: Vec<Attached> = attached(tx, &request.view, record)?.into_iter().filter(|it| !it.internal).collect();
    let entries = history(tx, record.id, None, TOLD)?;
    let mut wanted = linked(&entries);
    wanted.extend(messages.iter().filter_map(|it| it.author).map(|id| ("people", id)));
    let names = names_of(tx, &request.house, &request.view, std::slice::from_ref(record), &wanted)?;
    let shown = Shown { request, names: &names };
    let kept = draft::kept(tx, request.view.person, &place_in_portal(record))?;
    let all = stands::of(tx, request, std::slice::from_ref(record))?;
    let Some(stands) = all.first() else { return Err(Error::NotFound) };
    let main = html! {
        section.thing {
            p.lead { (stands.sentence(request)) }
            (track(&stands.track(request)))
        }
        @if refused.field.is_empty() && !refused.message.is_empty() { (notice(Tone::Bad, &html! { (refused.message) })) }
        (verbs(request, stands, refused))
        h2.said-head { "What was said" }
        (conversation(&shown, record, &messages, &entries))
        (composer(request, stands, kept.as_ref(), refused))
    };
    let body =
        html! { (head(request, &shown, stands)) (columns(&main, &margin(request, &shown, stands, &files, refused), "Who and what")) };
    Ok(Reply::page(record.title().to_owned(), "/portal/things", body))
}

fn head(request: &Request, shown: &Shown, stands: &Stands) -> Markup {
    let record = stands.record;
    let opened = record.int("opened_at").unwrap_or(record.created_at);
    let word = if stands.standing.request { "asked" } else { "reported" };
    let mut meta = vec![html! { span.ref { (record.reference) } }, html! { span { (word) " " (moment(request, opened)) } }];
    if let Some(other) = record.int("requester").filter(|_| !stands.own) {
        meta.push(html! { span { "by " (shown.name(other)) } });
    }
    if let Some(service) = record.int("service") {
        meta.push(html! { span { (shown.name(service)) } });
    }
    Head {
        crumbs: vec![("Help".into(), "/portal".into()), ("My things".into(), "/portal/things".into())],
        title: record.title().to_owned(),
        meta,
        ..Head::default()
    }
    .render()
}

/// Whether the reader may do something to it now.
fn may(request: &Request, record: &Record, key: &str) -> bool {
    verbs_for(&request.view, record).iter().any(|verb| verb.key == key)
}

fn verbs(request: &Request, stands: &Stands, refused: &Refused) -> Markup {
    let record = stands.record;
    if !stands.own {
        return html! {};
    }
    let ended = !ACTIVE.contains(&record.state.as_str());
    let asked = stands.standing.request;
    html! {
        @if may(request, record, "confirm") && (record.state == "resolved" || !asked) {
            div.line.thing-verbs {
                @match (record.state.as_str(), asked) {
                    ("resolved", true) => { (confirm(request, record, "Yes, close it").icon("check")) }
                    ("resolved", false) => { (confirm(request, record, "Yes, it works").icon("check")) }
                    _ => { (confirm(request, record, "It works again").icon("check")) }
                }
            }
        }
        @if asked && !ended && may(request, record, "cancel") {
            div.line.thing-verbs { (Verb::post("I no longer need it", format!("{}/cancel", href(record)), request.csrf.clone()).small()) }
        }
        @match stands.over {
            Some(days) if ended => {
                p.small.ink3.thing-verbs { "It ended more than " (days) " days ago. " (again(record, asked)) }
            }
            _ => @if ended && may(request, record, "reopen") { (reopen(request, record, asked, refused)) }
        }
    }
}

fn reopen(request: &Request, record: &Record, asked: bool, refused: &Refused) -> Markup {
    let wrong = refused.field == "reason";
    let question = match (record.state.as_str(), asked) {
        ("cancelled", _) => "Why?",
        (_, true) => "What is missing?",
        (_, false) => "What happens now?",
    };
    let why = Field::new("reason", question, Kind::Area(3));
    let why = if wrong { why.value(refused.text.clone()).error(refused.message.clone()) } else { why };
    html! {
        details.reopen #reopen open[wrong || request.asked("refuse").is_some()] {
            summary.verb.small { @if record.state == "cancelled" { "Open it again…" } @else { (refusal(asked)) } }
            form.stack method="post" action={ (href(record)) "/reopen" } data-waits {
                input type="hidden" name="csrf" value=(request.csrf);
                (why)
                div.line { (Verb::submit("Open it again").first()) }
                (waiting())
            }
        }
    }
}

/// What a form that waits for the line says.
fn waiting() -> Markup {
    html! { p.note.warn role="status" data-waiting hidden { "No connection. This waits here and is sent as soon as there is one; leave the page open." } }
}

/// What one does about something that is over and cannot be opened again.
fn again(record: &Record, asked: bool) -> Markup {
    let when = if asked { "When it is wanted again, " } else { "When something is wrong again, " };
    html! { (when) a href=(anew_at(record, asked)) { (anew(asked)) } " and name " (record.reference) "." }
}

fn composer(request: &Request, stands: &Stands, kept: Option<&draft::Kept>, refused: &Refused) -> Markup {
    let record = stands.record;
    if !may(request, record, "reply") {
        return html! { p.small.ink3 { "This is over." @if !may(request, record, "reopen") { " " (again(record, stands.standing.request)) } } };
    }
    let typed = kept.and_then(|kept| kept.form.get("text")).and_then(|it| it.as_str()).unwrap_or_default();
    let wrong = refused.field == "text";
    let composer = Composer {
        action: format!("{}/say", href(record)),
        csrf: request.csrf.clone(),
        text: if wrong { refused.text.clone() } else { typed.to_owned() },
        error: wrong.then(|| refused.message.clone()),
        draft: Some(draft::field(&place_in_portal(record), kept, request)),
        files: Some(Limits { count: AT_ONCE, mebibytes: LARGEST >> 20 }),
        send: Verb::submit("Send").first().render(),
        waits: true,
        ..Composer::default()
    };
    html! { h3.say { "Write to the desk" } (composer) }
}

fn margin(request: &Request, shown: &Shown, stands: &Stands, files: &[Attached], refused: &Refused) -> Markup {
    let record = stands.record;
    let person = record.int("assignee").map(|id| Who::person(shown.name(id)));
    let team = record.int("team").map(|id| Who::team(shown.name(id)));
    html! {
        section.facts {
            @if person.is_some() || team.is_some() {
                section { h2 { "Who works on it" } ul.stack { @for who in [person, team].iter().flatten() { li { (who) } } } }
            }
            @if !files.is_empty() { section { h2 { "Files" } ul.stack { @for file in files { li { (one_file(file)) } } } } }
            (followers(request, shown, stands, refused))
        }
    }
}

fn one_file(file: &Attached) -> Markup {
    let note = bytes(file.size.unsigned_abs());
    ui::journal::Attached { name: file.name.clone(), href: format!("/files/{}", file.id), note }.render()
}

fn followers(request: &Request, shown: &Shown, stands: &Stands, refused: &Refused) -> Markup {
    let record = stands.record;
    let all = record.get("watchers").ids();
    let (adds, leaves) = (stands.own && may(request, record, "watch"), may(request, record, "unwatch"));
    let wrong = refused.field == "person";
    let field = Field::new("person", "Let somebody follow it", Kind::Text)
        .help("A name or an e-mail address. They see what you see here, and may answer.");
    let field = if wrong { field.value(refused.text.clone()).error(refused.message.clone()) } else { field };
    html! {
        @if !all.is_empty() || adds {
            section {
                h2 { "Who follows it" }
                @if all.is_empty() { p.ink2 { "Only you." } }
                ul.stack { @for id in all { li.line {
                    (Who::person(shown.name(*id)))
                    @if leaves && (stands.own || *id == request.view.person) {
                        (Verb::post("Take off", format!("{}/unwatch", href(record)), request.csrf.clone()).small().bare().with("who", shown.reference(*id)))
                    }
                } } }
                @if adds {
                    form.stack.follow method="post" action={ (href(record)) "/watch" } { input type="hidden" name="csrf" value=(request.csrf); (field) div.line { (Verb::submit("Add").small()) } }
                }
            }
        }
    }
}
