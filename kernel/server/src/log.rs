//! One line per request, by the pattern of its route: never a path with a secret in it, never a query, never a header.

use crate::App;
use crate::call::{CallId, Pattern};
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, Method, Response};
use axum::middleware::Next;
use std::sync::Arc;
use std::time::Instant;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Counts the request as running for as long as it is.
struct Running<'a>(&'a App);

impl Drop for Running<'_> {
    fn drop(&mut self) {
        self.0.meters.ended();
    }
}

/// Names, counts, times and logs a request.
pub(crate) async fn apply(State(app): State<Arc<App>>, mut request: Request, next: Next) -> Response<Body> {
    let begun = Instant::now();
    let id = name(&app, &request);
    let method = method(request.method());
    request.extensions_mut().insert(CallId(Arc::clone(&id)));
    app.meters.began();
    let running = Running(&app);
    let mut answer = next.run(request).await;
    drop(running);
    let route = answer.extensions().get::<Pattern>().map_or("other", |pattern| pattern.0);
    let (status, took) = (answer.status().as_u16(), begun.elapsed());
    app.meters.answered(route, method, status, took);
    tracing::info!(target: "reeve::http", request = &*id, method, route, status, ms = took.as_micros() as f64 / 1000.0);
    if let Ok(value) = HeaderValue::try_from(&*id) {
        answer.headers_mut().insert(REQUEST_ID, value);
    }
    answer
}

/// The name the sender gave it, if it is a plain word; else a new one.
fn name(app: &App, request: &Request) -> Arc<str> {
    let plain = |word: &&str| (1..=64).contains(&word.len()) && word.bytes().all(|it| it.is_ascii_alphanumeric() || b"-_.".contains(&it));
    let sent = request.headers().get(REQUEST_ID).and_then(|it| it.to_str().ok()).filter(plain);
    sent.map_or_else(|| format!("{:x}", app.house.new_id()).into(), Arc::from)
}

fn method(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PATCH => "PATCH",
        Method::PUT => "PUT",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}
