//! Error pages: what did not happen, what is kept, what to do next.

use super::html;
use crate::answer::{note, retry_after, set, status, words};
use crate::call::Call;
use crate::query;
use axum::body::Body;
use axum::http::{HeaderName, Method, Response, StatusCode, header};
use kernel::{Error, FieldError};
use maud::Render;
use ui::lone::ErrorPage;
use ui::verb::Verb;

/// The page of an error. Nobody is asked to sign in instead.
pub(super) fn page(call: &Call, error: &Error) -> Response<Body> {
    if matches!(error, Error::Nobody) {
        return sign_in(call);
    }
    note(error, call.id());
    let status = status(error);
    let mut answer = show(call, status, title(status), &text(error, call.id()));
    if let Some(seconds) = retry_after(error) {
        set(&mut answer, header::RETRY_AFTER, &seconds.to_string());
    }
    answer
}

/// Refuses a method.
pub(super) fn not_allowed(call: &Call, allow: &str) -> Response<Body> {
    let status = StatusCode::METHOD_NOT_ALLOWED;
    let mut answer = show(call, status, "That cannot be done here", "This address is not made for that. Nothing was changed.");
    set(&mut answer, header::ALLOW, allow);
    answer
}

fn show(call: &Call, status: StatusCode, title: &str, text: &str) -> Response<Body> {
    let server = status.is_server_error();
    let verbs = if server && call.method() == Method::GET {
        vec![Verb::link("Try again", call.parts.uri.to_string()).first(), Verb::link("First page", "/")]
    } else {
        vec![Verb::link("First page", "/").first(), Verb::link("Search", "/search")]
    };
    let reference = if call.id().is_empty() { String::new() } else { format!("Reference {} for whoever runs this", call.id()) };
    let page = ErrorPage { code: status.as_u16(), title: title.into(), text: text.into(), verbs, reference, ..ErrorPage::default() };
    html(status, page.render())
}

fn title(status: StatusCode) -> &'static str {
    match status {
        StatusCode::NOT_FOUND => "There is nothing here that you can see",
        StatusCode::FORBIDDEN => "You may not do this",
        StatusCode::CONFLICT => "That is not possible now",
        StatusCode::PRECONDITION_FAILED => "Somebody else changed it meanwhile",
        StatusCode::PAYLOAD_TOO_LARGE => "That is too large",
        StatusCode::TOO_MANY_REQUESTS => "That was too much at once",
        StatusCode::SERVICE_UNAVAILABLE => "Too busy for the moment",
        StatusCode::UNPROCESSABLE_ENTITY | StatusCode::BAD_REQUEST => "That could not be understood",
        _ => "A fault in the program",
    }
}

fn text(error: &Error, id: &str) -> String {
    match error {
        Error::NotFound => "The address may be mistyped, or what it names may be kept from you; both read the same. Search for it, or begin at the first page.".into(),
        Error::Invalid(fields) => format!("{} Nothing was saved. Go back: the browser has kept what you typed.", sentences(fields)),
        Error::Malformed(fields) => format!("{} Nothing was changed.", sentences(fields)),
        other => words(other, id),
    }
}

fn sentences(fields: &[FieldError]) -> String {
    let one = |it: &FieldError| if it.field.is_empty() { it.message.clone() } else { format!("{}: {}", it.field, it.message) };
    fields.iter().map(one).collect::<Vec<_>>().join(" ")
}

/// To the sign-in page, and back to where one wanted to go.
fn sign_in(call: &Call) -> Response<Body> {
    let here = call.parts.uri.path_and_query().map_or("/", |it| it.as_str());
    let to =
        if call.method() == Method::POST || here == "/" { "/signin".to_owned() } else { format!("/signin?next={}", query::encode(here)) };
    let mut answer = super::go(call, &to);
    if call.fragment() {
        *answer.status_mut() = StatusCode::UNAUTHORIZED;
        set(&mut answer, HeaderName::from_static("hx-redirect"), &to);
    }
    answer
}
