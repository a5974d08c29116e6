//! Error pages: what did not happen, what is kept, what to do next, and a reference for whoever runs this.

mod near;
mod words;

use super::typed::Sent;
use super::{frame, html, portal};
use crate::answer::{note, retry_after, set, status};
use crate::call::Call;
use crate::gate::Seen;
use crate::query;
use axum::body::Body;
use axum::http::{HeaderName, Method, Response, StatusCode, header};
use kernel::Error;
use kernel::describe::Register;
use kernel::web::Layout;
use maud::Render;
use near::Place;
use std::sync::Arc;
use ui::lone::ErrorPage;
use ui::verb::Verb;

/// The page of an error, for whoever is signed in and in the frame that they know. Nobody is asked to sign in instead.
pub(super) async fn page(call: &Call, error: &Error) -> Response<Body> {
    if matches!(error, Error::Nobody) {
        return sign_in(call);
    }
    let (seen, near) = who(call, matches!(error, Error::NotFound)).await;
    answer(call, seen.as_deref(), error, near, None)
}

/// The page of an error for somebody whose form was not taken: what they typed stands on it.
pub(super) async fn kept(call: &Call, error: &Error, sent: Option<Sent>) -> Response<Body> {
    if matches!(error, Error::Nobody) {
        return sign_in(call);
    }
    let (seen, _) = who(call, false).await;
    answer(call, seen.as_deref(), error, Vec::new(), sent)
}

/// The page of an error for somebody who is known already, or for nobody.
pub(super) fn to(call: &Call, seen: Option<&Seen>, error: &Error) -> Response<Body> {
    answer(call, seen, error, Vec::new(), None)
}

/// Who looks, and what they may have meant.
async fn who(call: &Call, lost: bool) -> (Option<Arc<Seen>>, Vec<Place>) {
    let (house, path) = (Arc::clone(&call.app.house), call.path().to_owned());
    let look = move |tx: &mut db::Tx, seen: &Arc<Seen>| {
        let near = if lost { near::near(tx, &house, &seen.view, &path)? } else { Vec::new() };
        Ok((Arc::clone(seen), near))
    };
    call.app.read(&call.session(), look).await.map_or((None, Vec::new()), |(seen, near)| (Some(seen), near))
}

fn answer(call: &Call, seen: Option<&Seen>, error: &Error, near: Vec<Place>, sent: Option<Sent>) -> Response<Body> {
    note(error, call.id());
    let status = status(error);
    let named = named(call, seen).filter(|_| status == StatusCode::NOT_FOUND);
    let typed = sent.map(|sent| sent.typed(seen.map_or("", |seen| &seen.csrf), again(status)));
    let kept = (*call.method() == Method::POST).then_some(typed.is_some());
    let page = ErrorPage {
        title: words::title(status, named.as_ref().map(|(reference, _)| reference.as_str())),
        text: words::text(error, call.id(), named.is_some(), kept, call.reads()),
        places: places(call, near, named.as_ref(), seen),
        verbs: verbs(call, seen, status),
        typed,
        ..ErrorPage::default()
    };
    let mut answer = show(call, seen, status, page);
    if let Some(seconds) = retry_after(error) {
        set(&mut answer, header::RETRY_AFTER, &seconds.to_string());
    }
    answer
}

/// The verb that sends a form again, if time alone can help.
fn again(status: StatusCode) -> Option<Verb> {
    passes(status).then(|| Verb::submit("Send it again").first())
}

fn passes(status: StatusCode) -> bool {
    status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS
}

/// A page in the frame of errors that is none: somebody signed in, and what they had typed before waits for them.
pub(super) fn resume(call: &Call, seen: &Seen, status: StatusCode, sent: &Sent, next: &str) -> Response<Body> {
    let page = ErrorPage {
        title: "You are signed in, and this was not sent yet".into(),
        text: "Your session had ended while you wrote. Look it over, then send it.".into(),
        typed: Some(sent.typed(&seen.csrf, Some(Verb::submit("Send it").first()))),
        verbs: vec![Verb::link("Leave it", next)],
        ..ErrorPage::default()
    };
    framed(call, seen, status, page)
}

/// Refuses a method.
pub(super) fn not_allowed(call: &Call, allow: &str) -> Response<Body> {
    let page = ErrorPage {
        title: words::title(StatusCode::METHOD_NOT_ALLOWED, None),
        text: "This address is not made for that. Nothing was changed.".into(),
        verbs: verbs(call, None, StatusCode::METHOD_NOT_ALLOWED),
        ..ErrorPage::default()
    };
    let mut answer = show(call, None, StatusCode::METHOD_NOT_ALLOWED, page);
    set(&mut answer, header::ALLOW, allow);
    answer
}

/// What was stopped because it took too long.
pub(super) fn slow(call: &Call) -> Response<Body> {
    let most = ui::format::duration(call.app.settings.request_time.as_secs() as i64);
    let done = if call.reads() { "Nothing was changed." } else { "Look whether what you sent was done before you send it again." };
    let page = ErrorPage {
        title: words::title(StatusCode::SERVICE_UNAVAILABLE, None),
        text: format!("This took longer than {most} and was stopped. {done}"),
        verbs: verbs(call, None, StatusCode::SERVICE_UNAVAILABLE),
        ..ErrorPage::default()
    };
    show(call, None, StatusCode::SERVICE_UNAVAILABLE, page)
}

fn show(call: &Call, seen: Option<&Seen>, status: StatusCode, page: ErrorPage) -> Response<Body> {
    let page = ErrorPage { code: status.as_u16(), reference: reference(call, seen), ..page };
    match seen {
        Some(seen) => framed(call, seen, status, page),
        None => html(status, page.render()),
    }
}

fn framed(call: &Call, seen: &Seen, status: StatusCode, page: ErrorPage) -> Response<Body> {
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
    format!("Reference {} for the administrator, {}", call.id(), ui::manner::written(&now, "%-d %b %Y %H:%M:%S %Z"))
}

/// The reference that the address names, with its register, if somebody looks who may read such records.
fn named(call: &Call, seen: Option<&Seen>) -> Option<(String, &'static Register)> {
    let house = &call.app.house;
    let found = call.path().split('/').find_map(|part| house.register_of(part).map(|register| (part.to_ascii_uppercase(), register)));
    found.filter(|(_, register)| seen.is_some_and(|seen| seen.view.may(register, "read")))
}

/// Where somebody may go on: what they may have meant, the list it would stand in, the page they came from.
fn places(call: &Call, near: Vec<Place>, named: Option<&(String, &'static Register)>, seen: Option<&Seen>) -> Vec<Place> {
    let mut all = near;
    if let Some(((_, register), _)) = named.zip(seen) {
        all.push((format!("All {}", register.many.to_lowercase()), format!("/{}", register.key), "that you can see".into()));
    }
    let here = call.parts.uri.path_and_query().map_or("/", |it| it.as_str());
    if let Some(from) = came_from(call).filter(|from| call.reads() && *from != here && !from.starts_with("/signin")) {
        all.push(("Back to the page before".into(), from.into(), String::new()));
    }
    all
}

fn verbs(call: &Call, seen: Option<&Seen>, status: StatusCode) -> Vec<Verb> {
    let mut all = Vec::new();
    if passes(status) && call.reads() {
        all.push(Verb::link("Try again", call.parts.uri.to_string()).first());
    } else if status == StatusCode::PRECONDITION_FAILED {
        all.push(Verb::link("See what it says now", record(call.path())).first());
    } else if seen.is_some() && !passes(status) {
        all.push(Verb::link("Search", "/search").first().icon("search"));
    }
    let home = Verb::link("First page", "/");
    all.push(if all.is_empty() && !passes(status) { home.first() } else { home });
    all
}

/// The page of the record that a path is about.
fn record(path: &str) -> String {
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).take(2).collect();
    format!("/{}", parts.join("/"))
}

/// The page of this site that a form was sent from.
pub(super) fn came_from(call: &Call) -> Option<&str> {
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
