//! Error pages: what did not happen, what is kept, what to do next, and a reference for whoever runs this.

use super::{frame, html, portal};
use crate::answer::{note, retry_after, set, status, words};
use crate::call::Call;
use crate::gate::Seen;
use crate::query;
use axum::body::Body;
use axum::http::{HeaderName, Method, Response, StatusCode, header};
use kernel::describe::Register;
use kernel::web::Layout;
use kernel::{Error, FieldError};
use maud::Render;
use std::sync::Arc;
use ui::lone::ErrorPage;
use ui::verb::Verb;

/// The page of an error, for whoever is signed in and in the frame that they know. Nobody is asked to sign in instead.
pub(super) async fn page(call: &Call, error: &Error) -> Response<Body> {
    if matches!(error, Error::Nobody) {
        return sign_in(call);
    }
    let seen = call.app.read(&call.session(), |_, seen| Ok(Arc::clone(seen))).await.ok();
    to(call, seen.as_deref(), error)
}

/// The page of an error for somebody who is known already, or for nobody.
pub(super) fn to(call: &Call, seen: Option<&Seen>, error: &Error) -> Response<Body> {
    note(error, call.id());
    let status = status(error);
    let named = named(call, seen).filter(|_| status == StatusCode::NOT_FOUND);
    let page = ErrorPage {
        title: title(status, named.as_ref().map(|(reference, _)| reference.as_str())),
        text: text(error, call.id(), named.is_some()),
        places: places(named.as_ref(), seen),
        verbs: verbs(call, seen, status),
        ..ErrorPage::default()
    };
    let mut answer = show(call, seen, status, page);
    if let Some(seconds) = retry_after(error) {
        set(&mut answer, header::RETRY_AFTER, &seconds.to_string());
    }
    answer
}

/// Refuses a method.
pub(super) fn not_allowed(call: &Call, allow: &str) -> Response<Body> {
    let page = ErrorPage {
        title: "That cannot be done here".into(),
        text: "This address is not made for that. Nothing was changed.".into(),
        verbs: verbs(call, None, StatusCode::METHOD_NOT_ALLOWED),
        ..ErrorPage::default()
    };
    let mut answer = show(call, None, StatusCode::METHOD_NOT_ALLOWED, page);
    set(&mut answer, header::ALLOW, allow);
    answer
}

fn show(call: &Call, seen: Option<&Seen>, status: StatusCode, page: ErrorPage) -> Response<Body> {
    let page = ErrorPage { code: status.as_u16(), reference: reference(call, seen), ..page };
    let Some(seen) = seen else { return html(status, page.render()) };
    match portal::frames(call, seen) {
        Some(its) => {
            let title = page.title.clone();
            html(status, portal::frame(call, seen, its, (title, page.body(), &Layout::default()), Vec::new()))
        }
        None => html(status, ErrorPage { screen: frame::screen(seen), name: seen.view.name.clone(), ..page }.render()),
    }
}

/// By what whoever runs this finds it in the log, and when it was.
fn reference(call: &Call, seen: Option<&Seen>) -> String {
    if call.id().is_empty() {
        return String::new();
    }
    let zone = seen.map_or(jiff::tz::TimeZone::UTC, |seen| seen.view.zone.clone());
    let now = jiff::Timestamp::from_millisecond(call.app.now()).unwrap_or_default().to_zoned_datetime(zone);
    format!("Reference {} for whoever runs this, {}", call.id(), now.strftime("%-d %b %Y %H:%M:%S %Z"))
}

/// The reference that the address names, with its register, if somebody looks who may read such records.
fn named(call: &Call, seen: Option<&Seen>) -> Option<(String, &'static Register)> {
    let house = &call.app.house;
    let found = call.path().split('/').find_map(|part| house.register_of(part).map(|register| (part.to_ascii_uppercase(), register)));
    found.filter(|(_, register)| seen.is_some_and(|seen| seen.view.may(register, "read")))
}

fn places(named: Option<&(String, &'static Register)>, seen: Option<&Seen>) -> Vec<(String, String, String)> {
    let Some(((_, register), _)) = named.zip(seen) else { return Vec::new() };
    vec![(format!("All {}", register.many.to_lowercase()), format!("/{}", register.key), "that you can see".into())]
}

fn verbs(call: &Call, seen: Option<&Seen>, status: StatusCode) -> Vec<Verb> {
    let again = call.parts.uri.to_string();
    let passes = status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS;
    let mut all = Vec::new();
    if passes && call.method() == Method::GET {
        all.push(Verb::link("Try again", again).first());
    } else if status == StatusCode::PRECONDITION_FAILED {
        all.push(Verb::link("See what it says now", record(call.path())).first());
    } else if seen.is_some() && !passes {
        all.push(Verb::link("Search", "/search").first().icon("search"));
    }
    let home = Verb::link("First page", "/");
    all.push(if all.is_empty() { home.first() } else { home });
    all
}

/// The page of the record that a path is about.
fn record(path: &str) -> String {
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).take(2).collect();
    format!("/{}", parts.join("/"))
}

fn title(status: StatusCode, named: Option<&str>) -> String {
    let said = match (status, named) {
        (StatusCode::NOT_FOUND, Some(reference)) => return format!("There is no {reference} that you can see"),
        (StatusCode::NOT_FOUND, None) => "There is nothing here that you can see",
        (StatusCode::FORBIDDEN, _) => "You may not do this",
        (StatusCode::CONFLICT, _) => "That is not possible now",
        (StatusCode::PRECONDITION_FAILED, _) => "Somebody else changed it meanwhile",
        (StatusCode::PAYLOAD_TOO_LARGE, _) => "That is too large",
        (StatusCode::TOO_MANY_REQUESTS, _) => "That was too much at once",
        (StatusCode::SERVICE_UNAVAILABLE, _) => "Too busy for the moment",
        (StatusCode::UNPROCESSABLE_ENTITY | StatusCode::BAD_REQUEST, _) => "That could not be understood",
        _ => "A fault in the program",
    };
    said.into()
}

/// What the browser does with what was typed.
const KEPT: &str = "Go back in the browser: it has kept what you typed.";

fn text(error: &Error, id: &str, named: bool) -> String {
    match error {
        Error::NotFound if named => {
            "The number may be mistyped, or it may belong to a part of the organisation that is not shared with you. Either way this page says the same.".into()
        }
        Error::NotFound => {
            "The address may be mistyped, or what it names may be kept from you. Either way this page says the same.".into()
        }
        Error::Invalid(fields) => format!("{} Nothing was saved. {KEPT}", sentences(fields)),
        Error::Malformed(fields) => format!("{} Nothing was changed.", sentences(fields)),
        Error::Stale { .. } => format!("Nothing of yours was saved, and nothing of theirs was lost. {KEPT}"),
        Error::Forbidden(_) | Error::TooLarge(_) => with_nothing(&words(error, id), "saved"),
        Error::Conflict(_) => format!("{} {KEPT}", with_nothing(&words(error, id), "changed")),
        Error::TooMany { retry_after } => {
            format!("Nothing was changed. Wait {} and try again.", ui::format::duration((*retry_after).max(1) as i64))
        }
        other => words(other, id),
    }
}

/// The words, with the sentence that nothing was done unless they say so themselves.
fn with_nothing(words: &str, done: &str) -> String {
    if words.to_lowercase().contains("nothing was") { words.to_owned() } else { format!("{words} Nothing was {done}.") }
}

fn sentences(fields: &[FieldError]) -> String {
    let one = |it: &FieldError| if it.field.is_empty() { it.message.clone() } else { format!("{}: {}", it.field, it.message) };
    fields.iter().map(one).collect::<Vec<_>>().join(" ")
}

/// The page of this site that a form was sent from.
fn came_from(call: &Call) -> Option<&str> {
    let (_, rest) = call.header(header::REFERER)?.split_once("://")?;
    let (host, _) = rest.split_once('/')?;
    call.header(header::HOST).filter(|here| here.eq_ignore_ascii_case(host)).map(|_| &rest[host.len()..])
}

/// To the sign-in page, and back to where one wanted to go.
fn sign_in(call: &Call) -> Response<Body> {
    let here = match *call.method() {
        // What was typed stands on the page that it was sent from.
        Method::POST => came_from(call).unwrap_or("/"),
        _ => call.parts.uri.path_and_query().map_or("/", |it| it.as_str()),
    };
    let to = if here == "/" { "/signin".to_owned() } else { format!("/signin?next={}", query::encode(here)) };
    let mut answer = super::go(call, &to);
    if call.fragment() {
        *answer.status_mut() = StatusCode::UNAUTHORIZED;
        set(&mut answer, HeaderName::from_static("hx-redirect"), &to);
    }
    answer
}
