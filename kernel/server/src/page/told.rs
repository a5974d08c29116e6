//! What went wrong outside the pages themselves, a panic or a request that took too long, told to people as a page.

use super::errors;
use crate::App;
use crate::call::Call;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{Response, StatusCode, header};
use axum::middleware::Next;
use kernel::Error;
use std::sync::Arc;

/// What monitoring asks.
const PROBES: &[&str] = &["/healthz", "/readyz", "/metrics"];

/// Puts the page of the error in place of an answer that has none, for browsers.
pub(crate) async fn apply(State(app): State<Arc<App>>, request: Request, next: Next) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let call = Call { app, parts: parts.clone() };
    let answer = next.run(Request::from_parts(parts, body)).await;
    let html = |value: Option<&str>| value.is_some_and(|it| it.contains("text/html"));
    let told = html(answer.headers().get(header::CONTENT_TYPE).and_then(|it| it.to_str().ok()));
    let for_programs = call.path().starts_with("/api") || PROBES.contains(&call.path());
    if told || for_programs || !html(call.header(header::ACCEPT)) {
        return answer;
    }
    match answer.status() {
        StatusCode::SERVICE_UNAVAILABLE => errors::slow(&call),
        StatusCode::INTERNAL_SERVER_ERROR => errors::page(&call, &Error::Fault("a handler panicked".into())).await,
        _ => answer,
    }
}
