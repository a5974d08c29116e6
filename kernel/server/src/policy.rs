//! What every answer tells the browser to refuse.

use crate::App;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, Response, header};
use axum::middleware::Next;
use std::sync::Arc;

const CONTENT: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
    connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

const ALWAYS: [(HeaderName, &str); 6] = [
    (header::CONTENT_SECURITY_POLICY, CONTENT),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
];

/// A file of the front end opens nothing and is framed by nobody; a page asks for several, so it is told no more than it needs.
const ASSET: [(HeaderName, &str); 2] =
    [(header::CONTENT_SECURITY_POLICY, "default-src 'none'"), (header::X_CONTENT_TYPE_OPTIONS, "nosniff")];

/// Puts the policy on every answer. What names a cache of its own keeps it; all else is not kept by caches.
pub(crate) async fn apply(State(app): State<Arc<App>>, request: Request, next: Next) -> Response<Body> {
    let rules = if request.uri().path().starts_with("/assets/") { &ASSET[..] } else { &ALWAYS[..] };
    let mut answer = next.run(request).await;
    let headers = answer.headers_mut();
    for (name, value) in rules {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    if app.settings.secure() {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000"));
    }
    answer
}
