//! Answers: JSON, and what went wrong as RFC 9457 says it.

use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, Response, StatusCode, header};
use kernel::Error;
use serde_json::{Value as Json, json};

/// Media type of what went wrong.
pub(crate) const PROBLEM: &str = "application/problem+json";

/// The status an error is answered with.
pub(crate) fn status(error: &Error) -> StatusCode {
    use db::ConstraintKind::Unique;
    use db::Error as Db;
    match error {
        Error::NotFound | Error::Db(Db::NotFound) => StatusCode::NOT_FOUND,
        Error::Forbidden(_) => StatusCode::FORBIDDEN,
        Error::Nobody => StatusCode::UNAUTHORIZED,
        Error::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
        Error::Malformed(_) => StatusCode::BAD_REQUEST,
        Error::Stale { .. } => StatusCode::PRECONDITION_FAILED,
        Error::Conflict(_) | Error::Db(Db::Constraint { kind: Unique, .. }) => StatusCode::CONFLICT,
        Error::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
        Error::TooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
        Error::Db(Db::DiskFull | Db::Closed | Db::Lost) => StatusCode::SERVICE_UNAVAILABLE,
        Error::Db(fault) if fault.is_temporary() => StatusCode::SERVICE_UNAVAILABLE,
        Error::Db(_) | Error::Fault(_) => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// What a person may read of an error. A fault of the program is told by its name alone; the rest stands in the log.
pub(crate) fn words(error: &Error, id: &str) -> String {
    match error {
        Error::Db(db::Error::Constraint { kind: db::ConstraintKind::Unique, .. }) => {
            "Another record has this already, so nothing was saved. Look for it, or send another value.".into()
        }
        error if status(error) == StatusCode::INTERNAL_SERVER_ERROR => {
            format!("A fault in the program stopped this, and nothing was changed. Tell whoever runs it; the reference is {id}.")
        }
        // These begin with the names of fields.
        Error::Invalid(_) | Error::Malformed(_) => error.to_string(),
        error => sentence(&error.to_string()),
    }
}

fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first: String = letters.next().map(|it| it.to_uppercase().collect()).unwrap_or_default();
    let stop = if text.ends_with(['.', '!', '?']) { "" } else { "." };
    format!("{first}{}{stop}", letters.as_str())
}

/// Seconds after which to try again, for errors that pass.
pub(crate) fn retry_after(error: &Error) -> Option<u64> {
    match error {
        Error::TooMany { retry_after } => Some(*retry_after),
        Error::Db(db::Error::Overloaded { retry_after }) => Some(retry_after.as_secs().max(1)),
        error if status(error) == StatusCode::SERVICE_UNAVAILABLE => Some(5),
        _ => None,
    }
}

/// Notes a fault in the log under the name of its request.
pub(crate) fn note(error: &Error, id: &str) {
    if status(error).is_server_error() {
        tracing::error!(request = id, %error, "a request failed");
    }
}

/// An error as problem+json.
pub(crate) fn problem(error: &Error, id: &str) -> Response<Body> {
    note(error, id);
    let status = status(error);
    let fields: Vec<Json> = error.fields().iter().map(|it| json!({ "field": it.field, "message": it.message })).collect();
    let mut answer = problem_of(status, &words(error, id), fields);
    let headers = answer.headers_mut();
    if let Some(seconds) = retry_after(error) {
        headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    if status == StatusCode::UNAUTHORIZED {
        headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer realm=\"Reeve\""));
    }
    answer
}

/// A problem in words.
pub(crate) fn problem_of(status: StatusCode, detail: &str, errors: Vec<Json>) -> Response<Body> {
    let title = status.canonical_reason().unwrap_or("Error");
    let body = json!({ "type": "about:blank", "title": title, "status": status.as_u16(), "detail": detail, "errors": errors });
    let mut answer = json_of(status, &body);
    set(&mut answer, header::CONTENT_TYPE, PROBLEM);
    answer
}

/// A JSON answer.
pub(crate) fn json_of(status: StatusCode, body: &Json) -> Response<Body> {
    bytes(status, serde_json::to_vec(body).unwrap_or_default())
}

/// A JSON answer that is written already.
pub(crate) fn bytes(status: StatusCode, body: Vec<u8>) -> Response<Body> {
    let mut answer = Response::new(Body::from(body));
    *answer.status_mut() = status;
    set(&mut answer, header::CONTENT_TYPE, "application/json");
    answer
}

/// Sets a header; a value that no header can hold is left out.
pub(crate) fn set(answer: &mut Response<Body>, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::try_from(value) {
        answer.headers_mut().insert(name, value);
    }
}
