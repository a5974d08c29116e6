//! Posts that another site made the browser send are refused: by what the browser says of their origin, and by a token
//! that only our own forms carry.

use crate::call::Call;
use axum::http::header;
use kernel::web::Form;
use kernel::{Error, Result, id};
use serde_json::Value as Json;

fn refusal() -> Error {
    Error::Forbidden(
        "This form was not sent from a page of this session, so nothing was saved. Load the page again and send it from there.".into(),
    )
}

/// Refuses a post whose browser says that another site made it.
pub(super) fn origin(call: &Call) -> Result<()> {
    if let Some(site) = call.header("sec-fetch-site") {
        return if matches!(site, "same-origin" | "none") { Ok(()) } else { Err(refusal()) };
    }
    let Some(origin) = call.headers().get(header::ORIGIN) else { return Ok(()) };
    let origin = origin.to_str().unwrap_or_default();
    let host = origin.split_once("://").map_or("", |(_, host)| host);
    let ours = call.header(header::HOST).is_some_and(|here| here.eq_ignore_ascii_case(host))
        || call.app.settings.url.as_deref().is_some_and(|url| url.trim_end_matches('/').eq_ignore_ascii_case(origin));
    if ours { Ok(()) } else { Err(refusal()) }
}

/// Whether the browser says itself that a page of ours sent this: what another site typed is not kept for anybody. No other site can make it say so.
pub(super) fn surely_ours(call: &Call) -> bool {
    match (call.header("sec-fetch-site"), call.header(header::ORIGIN)) {
        (Some(site), _) => site == "same-origin",
        (None, Some(_)) => origin(call).is_ok(),
        (None, None) => false,
    }
}

/// Refuses a post without the token, in the form's field `csrf` or the header `X-CSRF-Token`.
pub(super) fn token(call: &Call, form: &Form, wanted: &str) -> Result<()> {
    let sent = call.header("x-csrf-token").or_else(|| form.get("csrf").and_then(Json::as_str)).unwrap_or_default();
    // Digests are compared, so that the time taken says nothing about the token.
    if !wanted.is_empty() && id::digest(sent) == id::digest(wanted) { Ok(()) } else { Err(refusal()) }
}
