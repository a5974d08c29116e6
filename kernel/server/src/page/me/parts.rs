//! Sections of one's own page.

use super::refused;
use super::show::Mine;
use crate::call::Call;
use crate::gate::Seen;
use jiff::tz::TimeZone;
use kernel::web::Form as Sent;
use kernel::who::{password as rules, session::Session, token::Token};
use kernel::{FieldError, notice};
use maud::{Markup, html};
use ui::control::{Choice, Kind};
use ui::field::Field;
use ui::form::{Form, Part};
use ui::format;
use ui::frame::Screen;
use ui::time::When;
use ui::verb::Verb;

pub(super) fn form(seen: &Seen, action: &str, fields: Vec<Field>, verb: &str) -> Form {
    let part = Part { fields, ..Part::default() };
    Form { action: action.into(), csrf: seen.csrf.clone(), parts: vec![part], verbs: vec![Verb::submit(verb)], ..Form::default() }
}

/// What was sent and not taken: the form, and what is wrong with it. Empty on a page that was only asked for.
#[derive(Clone, Copy)]
pub(super) struct Refused<'a> {
    pub sent: &'a Sent,
    pub wrong: &'a [FieldError],
}

impl Refused<'_> {
    /// The field with what was sent in it, but no password, and with what is wrong with that.
    fn checked(self, field: Field) -> Field {
        let secret = matches!(field.kind, Kind::Password);
        let field = match self.sent.get(&field.name).and_then(serde_json::Value::as_str) {
            Some(sent) if !secret => field.value(sent),
            _ => field,
        };
        match refused(self.wrong, &field.name) {
            Some(message) => field.error(message),
            None => field,
        }
    }
}

fn when(seen: &Seen, at: i64, now: i64) -> When {
    let stamp = |at| jiff::Timestamp::from_millisecond(at).unwrap_or_default();
    format::when(stamp(at), stamp(now), &seen.view.zone)
}

pub(super) fn screen(seen: &Seen, screen: &Screen, refused: Refused) -> Markup {
    let theme = vec![Choice::new("system", "As the system has it"), Choice::new("light", "Light"), Choice::new("dark", "Dark")];
    let density = vec![Choice::new("comfortable", "Comfortable"), Choice::new("compact", "Compact")];
    let presence = vec![Choice::new("on", "See when I am at a record"), Choice::new("off", "Do not see it")];
    let fields = vec![
        Field::new("theme", "Theme", Kind::Radio(theme)).value(screen.theme.unwrap_or("system")),
        Field::new("density", "Density", Kind::Radio(density)).value(if screen.compact { "compact" } else { "comfortable" }),
        Field::new("presence", "Colleagues", Kind::Radio(presence)).value(if seen.hidden { "off" } else { "on" }),
    ];
    html! {
        section.block { h2 { "Screen" } (form(seen, "/me/screen", fields, "Save screen")) }
        section.block { h2 { "Dates and numbers" } (form(seen, "/me/writing", writing(seen, refused), "Save dates and numbers")) }
    }
}

/// The way to one's own keys.
pub(super) fn keys() -> Markup {
    html! {
        section.block {
            h2 { "Keys" }
            p.ink2 { "Every page follows one scheme of keys. You can put others in their place, or switch them off." }
            p { (Verb::link("Change keys", "/me/keys")) }
        }
    }
}

/// Which sorts of notice one gets.
pub(super) fn notifications(call: &Call, seen: &Seen, mine: &Mine) -> Markup {
    let fields = notice::kinds(&call.app.house).map(|kind| {
        let name = notice::preference(kind);
        let on = !mine.turned_off.contains(&name);
        Field::new(name, kind.title, Kind::Switch).value(if on { "true" } else { "" })
    });
    html! {
        section.block #notifications {
            h2 { "Notifications" }
            p.ink2 { "What you are told of under the bell. What you do yourself is never told." }
            (form(seen, "/me/notifications", fields.collect(), "Save notifications"))
        }
    }
}

/// Zone, and the manner of writing; each choice with today as it writes it.
fn writing(seen: &Seen, refused: Refused) -> Vec<Field> {
    let zone = seen.view.zone.iana_name().unwrap_or("UTC");
    let zone = Field::new("zone", "Time zone", Kind::Link(Vec::new(), Some("/me/zones".into())))
        .value(zone)
        .help("An IANA name like Europe/Copenhagen.");
    let manners = ui::manner::ALL.iter().map(|manner| {
        let reader = std::sync::Arc::new(ui::reader::Reader::new("", manner.key));
        let note = ui::reader::reading(&reader, || {
            format!("{}, {}", ui::manner::written(jiff::civil::date(2026, 10, 2), "%a %-d %b %Y"), format::decimal(24_918.5, 1))
        });
        Choice { note, ..Choice::new(manner.key, manner.label) }
    });
    vec![
        refused.checked(zone),
        refused
            .checked(Field::new("manner", "Language of dates and numbers", Kind::Radio(manners.collect())).value(seen.reader.manner().key)),
    ]
}

pub(super) fn password(seen: &Seen, mine: &Mine, refused: Refused) -> Markup {
    let mut fields = Vec::new();
    if mine.has_password {
        fields.push(refused.checked(Field::new("present", "Present password", Kind::Password).complete("current-password")));
    }
    let help = format!("At least {} characters. Your other sessions end.", rules::LEAST);
    fields.push(refused.checked(Field::new("password", "New password", Kind::Password).complete("new-password").help(help)));
    html! {
        section.block {
            h2 { "Password" }
            p.ink2 { "You sign in as " (mine.email) "." }
            (form(seen, "/me/password", fields, "Change password"))
        }
    }
}

pub(super) fn sessions(seen: &Seen, mine: &Mine, now: i64) -> Markup {
    html! {
        section.block {
            h2 { "Sessions" }
            ul.stack { @for session in &mine.sessions { (one_session(seen, mine, session, now)) } }
            @if mine.sessions.len() > 1 { p { (Verb::post("End all others", "/me/sessions/end-others", seen.csrf.clone())) } }
        }
    }
}

fn one_session(seen: &Seen, mine: &Mine, session: &Session, now: i64) -> Markup {
    html! {
        li.line {
            span { (browser(&session.agent)) }
            span.small.ink3 { (session.address) " · since " (when(seen, session.created_at, now)) " · last used " (when(seen, session.seen_at, now)) }
            @if session.digest == mine.here { span.small.ink3 { "this one" } }
            @else { (Verb::post("End", "/me/sessions/end", seen.csrf.clone()).small().with("session", session.digest.clone())) }
        }
    }
}

/// A browser's own words made short.
fn browser(agent: &str) -> &str {
    let known = ["Firefox", "Edg", "OPR", "Chrome", "Safari", "curl"];
    let found = known.iter().find(|name| agent.contains(**name)).copied();
    match found {
        Some("Edg") => "Edge",
        Some("OPR") => "Opera",
        Some(name) => name,
        None if agent.is_empty() => "Unnamed browser",
        None => agent,
    }
}

pub(super) fn tokens(seen: &Seen, mine: &Mine, refused: Refused, secret: Option<&str>, now: i64) -> Markup {
    let fields = vec![
        refused.checked(Field::new("name", "What it is for", Kind::Text)),
        refused
            .checked(Field::new("scopes", "Scopes", Kind::Text).optional())
            .help("What it may do: register.verb, register.*, *.read, parted by spaces. Empty: everything you may."),
        refused.checked(Field::new("expires", "Ends on", Kind::Date).optional()).help("It works through this day. Empty: for one year."),
    ];
    html! {
        section.block {
            h2 { "API tokens" }
            @if let Some(secret) = secret { (made(secret)) }
            @if !mine.tokens.is_empty() { ul.stack { @for token in &mine.tokens { (one_token(seen, token, now)) } } }
            (form(seen, "/me/tokens", fields, "Make a token"))
        }
    }
}

/// A token that was just made. It takes the focus, since it stands far down and this is the only time that it is shown.
fn made(secret: &str) -> Markup {
    html! {
        div.note.good #made role="status" tabindex="-1" autofocus {
            p { "The token. Copy it now; it is not shown again." }
            p.line { code { (secret) } button.verb.small type="button" data-copy="" data-plain=(secret) { "Copy the token" } }
        }
    }
}

fn one_token(seen: &Seen, token: &Token, now: i64) -> Markup {
    html! {
        li.line {
            span { (token.name) }
            span.small.ink3 {
                (token.scopes.join(" "))
                @match token.expires_at {
                    Some(at) if at <= now => " · over",
                    Some(at) => { " · until " (day(at, &seen.view.zone)) }
                    None => " · without end",
                }
                @match token.used_at { Some(at) => { " · last used " (when(seen, at, now)) } None => " · never used" }
            }
            (Verb::post("End", format!("/me/tokens/{}/end", token.id), seen.csrf.clone()).small())
        }
    }
}

fn day(at: i64, zone: &TimeZone) -> String {
    jiff::Timestamp::from_millisecond(at).unwrap_or_default().to_zoned_datetime(zone.clone()).date().to_string()
}
