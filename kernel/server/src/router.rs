//! Paths to handlers, and what every request goes through.

use crate::answer::{problem_of, set};
use crate::call::Pattern;
use crate::{App, api, assets, health, log, page, policy};
use axum::Router;
use axum::body::Body;
use axum::extract::DefaultBodyLimit;
use axum::http::{Extensions, HeaderMap, Response, StatusCode, Version, header};
use axum::middleware::from_fn_with_state;
use axum::routing::{any, get};
use std::any::Any;
use std::sync::Arc;
use tower_http::CompressionLevel;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{Predicate, SizeAbove};
use tower_http::timeout::TimeoutLayer;

/// Smaller answers are not compressed.
const SMALL: u64 = 1024;

/// How hard a page is pressed: 5 of the 11 steps of brotli, which leave a list of incidents at 8.4 KB. The same step of zstandard, which
/// browsers would be given before it, leaves 9.2, and of gzip 9.8.
const QUALITY: i32 = 5;

/// The whole server as a router. Further routes may be merged into it before it is served.
pub fn router(app: Arc<App>) -> Router {
    let compression = CompressionLayer::new().quality(CompressionLevel::Precise(QUALITY)).compress_when(SizeAbove::new(SMALL).and(is_text));
    let panics = {
        let app = Arc::clone(&app);
        move |panic: Box<dyn Any + Send>| panicked(&app, &panic)
    };
    Router::new()
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .route("/metrics", get(health::metrics))
        .route("/assets/{*file}", get(assets::serve))
        .route("/api", any(api::handle))
        .route("/api/{*rest}", any(api::handle))
        .fallback(page::handle)
        .method_not_allowed_fallback(not_allowed)
        .layer(DefaultBodyLimit::disable())
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, app.settings.request_time))
        .layer(CatchPanicLayer::custom(panics))
        .layer(from_fn_with_state(Arc::clone(&app), page::told::apply))
        .layer(compression)
        .layer(from_fn_with_state(Arc::clone(&app), policy::apply))
        .layer(from_fn_with_state(Arc::clone(&app), log::apply))
        .with_state(app)
}

fn is_text(_: StatusCode, _: Version, headers: &HeaderMap, _: &Extensions) -> bool {
    let media = headers.get(header::CONTENT_TYPE).and_then(|it| it.to_str().ok()).unwrap_or_default();
    media.starts_with("text/html")
        || media.starts_with("text/csv")
        || media.starts_with("application/json")
        || media.starts_with("application/problem+json")
}

async fn not_allowed() -> Response<Body> {
    let mut answer = problem_of(StatusCode::METHOD_NOT_ALLOWED, "This method is not possible here; it can be read with GET.", Vec::new());
    set(&mut answer, header::ALLOW, "GET, HEAD");
    answer
}

/// A handler that panicked: the process goes on, the log has the words, the sender a reference.
fn panicked(app: &App, panic: &Box<dyn Any + Send>) -> Response<Body> {
    let words = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
    let id = format!("{:x}", app.house.new_id());
    tracing::error!(reference = id, panic = words.unwrap_or("no words"), "a handler panicked");
    app.meters.panicked();
    let detail = format!("A fault in the program stopped this. Tell whoever runs it; the reference is {id}.");
    let mut answer = problem_of(StatusCode::INTERNAL_SERVER_ERROR, &detail, Vec::new());
    answer.extensions_mut().insert(Pattern("panic"));
    answer
}
