//! From what a page answers to what the browser gets.

use super::{errors, flash, frame, go, html};
use crate::answer::{json_of, set};
use crate::call::Call;
use crate::gate::Seen;
use axum::body::Body;
use axum::http::{Response, StatusCode, header};
use kernel::web::{Layout, Reply, is_local};
use ui::reader::reading;

/// The answer of a reply, as its reader reads.
pub(super) fn render(call: &Call, seen: &Seen, reply: Reply) -> Response<Body> {
    reading(&seen.reader, || answer(call, seen, reply))
}

fn answer(call: &Call, seen: &Seen, reply: Reply) -> Response<Body> {
    match reply {
        Reply::Page { title, here, body, layout } => page(call, seen, title, &here, body, layout),
        Reply::Fragment(body) => html(StatusCode::OK, body),
        Reply::Redirect { to, toast, undo } => redirect(call, seen, &to, &toast, &undo),
        Reply::Json(json) => json_of(StatusCode::OK, &json),
        Reply::File { name, media, bytes } => file(&name, media, bytes),
        Reply::Tried(reply) => answer(call, seen, *reply),
        Reply::Status(code, reply) => {
            let mut shown = answer(call, seen, *reply);
            *shown.status_mut() = StatusCode::from_u16(code).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            shown
        }
    }
}

fn page(call: &Call, seen: &Seen, title: String, here: &str, body: maud::Markup, layout: Layout) -> Response<Body> {
    let toast = flash::read(call, &seen.csrf);
    let shown = toast.is_some();
    let mut answer = html(StatusCode::OK, frame::frame(call, seen, title, here, body, layout, toast.into_iter().collect()));
    if let Some(value) = flash::clear(call.app.settings.secure()).filter(|_| shown) {
        answer.headers_mut().append(header::SET_COOKIE, value);
    }
    answer
}

fn redirect(call: &Call, seen: &Seen, to: &str, toast: &str, undo: &str) -> Response<Body> {
    if !is_local(to) {
        return errors::to(call, Some(seen), &kernel::Error::Fault(format!("A page wanted to lead away from this site, to {to}.")));
    }
    let mut answer = go(call, to);
    if let Some(value) = flash::write(toast, undo, &seen.csrf, call.app.settings.secure()) {
        answer.headers_mut().append(header::SET_COOKIE, value);
    }
    answer
}

/// A file to keep; only pictures and PDF are shown, and nothing in it may run.
fn file(name: &str, media: &'static str, bytes: Vec<u8>) -> Response<Body> {
    let shown = matches!(media, "image/png" | "image/jpeg" | "image/gif" | "image/webp" | "application/pdf");
    let plain: String = name.chars().map(|it| if it.is_ascii_alphanumeric() || "._- ".contains(it) { it } else { '_' }).collect();
    let how = if shown { "inline" } else { "attachment" };
    let mut answer = Response::new(Body::from(bytes));
    set(&mut answer, header::CONTENT_TYPE, media);
    let disposition = format!("{how}; filename=\"{plain}\"; filename*=UTF-8''{}", crate::query::encode(name).replace('+', "%20"));
    set(&mut answer, header::CONTENT_DISPOSITION, &disposition);
    set(&mut answer, header::CONTENT_SECURITY_POLICY, "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'");
    answer
}
