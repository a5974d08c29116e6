//! Pages: those for strangers, one's own, those of practices, and the engine's.

mod desk;
mod errors;
mod files;
mod first;
mod flash;
mod forged;
mod frame;
mod gallery;
mod help;
mod link;
mod me;
mod once;
pub(crate) mod parts;
mod portal;
mod render;
mod routes;
mod signin;
mod stranger;
pub(crate) mod told;
mod typed;

pub(crate) use files::given;
pub use first::{FirstRun, Found};
pub(crate) use routes::Routes;

use crate::App;
use crate::call::{Call, Pattern};
use crate::{live, query};
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{Response, StatusCode};
use kernel::who::one_time::Purpose;
use kernel::{Error, Result};
use std::sync::Arc;

/// Answers every path that is not the API's, an asset's or for whoever runs it.
pub(crate) async fn handle(State(app): State<Arc<App>>, request: Request) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let call = Call { app, parts };
    let Some(segments) = query::segments(call.path()) else {
        return errors::page(&call, &Error::NotFound).await;
    };
    let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
    let (pattern, answer) = match segments.as_slice() {
        ["signin"] => ("/signin", signin::page(&call, body).await),
        ["signout"] => ("/signout", signin::out(&call, body).await),
        ["start"] => ("/start", first::page(&call, body).await),
        ["reset"] => ("/reset", link::forgotten(&call).await),
        ["reset", secret] => ("/reset/{secret}", link::password(&call, body, Purpose::Reset, secret).await),
        ["invitation", secret] => ("/invitation/{secret}", link::password(&call, body, Purpose::Invitation, secret).await),
        ["once", secret] => ("/once/{secret}", link::once(&call, body, secret).await),
        ["help", rest @ ..] => ("/help", help::page(&call, rest).await),
        ["me", rest @ ..] => ("/me", me::page(&call, body, rest).await),
        ["live", rest @ ..] => ("/live", live::open(&call, rest).await),
        ["ui"] => ("/ui", gallery::page(&call).await),
        ["files", id] => ("/files/{id}", files::serve(&call, id).await),
        ["files", id, "remove"] => ("/files/{id}/remove", files::remove(&call, body, id).await),
        [kind, reference, "files"] if !call.reads() => ("/{kind}/{id}/files", files::attach(&call, body, kind, reference).await),
        _ => desk::page(&call, body, &segments).await,
    };
    let mut answer = match answer {
        Ok(answer) => answer,
        Err(error) => errors::page(&call, &error).await,
    };
    answer.extensions_mut().insert(Pattern(pattern));
    answer
}

/// What a page may be asked with: read it, or post to it.
enum Way {
    Get,
    Post,
}

/// How the page is asked; none for another method.
fn way(call: &Call) -> Option<Way> {
    match *call.method() {
        axum::http::Method::GET | axum::http::Method::HEAD => Some(Way::Get),
        axum::http::Method::POST => Some(Way::Post),
        _ => None,
    }
}

/// The answer to a method that a page does not have.
fn not_allowed(call: &Call) -> Result<Response<Body>> {
    Ok(errors::not_allowed(call, "GET, HEAD, POST"))
}

/// HTML as an answer.
fn html(status: StatusCode, markup: maud::Markup) -> Response<Body> {
    let mut answer = Response::new(Body::from(markup.into_string()));
    *answer.status_mut() = status;
    crate::answer::set(&mut answer, axum::http::header::CONTENT_TYPE, "text/html; charset=utf-8");
    answer
}

/// Go there.
fn go(call: &Call, to: &str) -> Response<Body> {
    let mut answer = Response::new(Body::empty());
    if call.fragment() {
        *answer.status_mut() = StatusCode::NO_CONTENT;
        crate::answer::set(&mut answer, axum::http::HeaderName::from_static("hx-redirect"), to);
    } else {
        *answer.status_mut() = StatusCode::SEE_OTHER;
        crate::answer::set(&mut answer, axum::http::header::LOCATION, to);
    }
    answer
}
