//! What one may change oneself: screen, zone, password, sessions, API tokens.

mod change;
mod parts;
mod show;

use super::{Way, forged, not_allowed, way};
use crate::body::form;
use crate::call::Call;
use crate::gate::Seen;
use axum::body::Body;
use axum::http::{Response, StatusCode};
use kernel::{Error, FieldError, Result};
use std::sync::Arc;

const LIMIT: usize = 64 << 10;

/// `/me` and below.
pub(super) async fn page(call: &Call, body: Body, rest: &[&str]) -> Result<Response<Body>> {
    match (way(call), rest) {
        (Some(Way::Get), []) => {
            let seen = who(call).await?;
            show::page(call, &seen, StatusCode::OK, &[], None).await
        }
        (Some(Way::Get), _) => Ok(super::go(call, "/me")),
        (Some(Way::Post), rest) => change(call, body, rest).await,
        (None, _) => not_allowed(call),
    }
}

async fn who(call: &Call) -> Result<Arc<Seen>> {
    call.app.read(&call.session(), |_, seen| Ok(Arc::clone(seen))).await
}

async fn change(call: &Call, body: Body, rest: &[&str]) -> Result<Response<Body>> {
    forged::origin(call)?;
    let seen = who(call).await?;
    let (form, _) = form(&call.parts, body, LIMIT).await?;
    forged::token(call, &form, &seen.csrf)?;
    let done = match rest {
        ["screen"] => change::screen(call, &seen, &form).await,
        ["zone"] => change::zone(call, &form).await,
        ["password"] => change::password(call, &seen, &form).await,
        ["sessions", "end"] => change::end_session(call, &seen, &form).await,
        ["sessions", "end-others"] => change::end_others(call, &seen).await,
        ["tokens"] => match change::create_token(call, &seen, &form).await {
            Ok(secret) => return show::page(call, &seen, StatusCode::CREATED, &[], Some(secret)).await,
            Err(error) => Err(error),
        },
        ["tokens", id, "end"] => change::end_token(call, &seen, id).await,
        _ => Err(Error::NotFound),
    };
    match done {
        Ok(toast) => Ok(said(call, &seen, toast)),
        Err(Error::Invalid(wrong)) => show::page(call, &seen, StatusCode::UNPROCESSABLE_ENTITY, &wrong, None).await,
        Err(other) => Err(other),
    }
}

/// Back to the page, with what was done.
fn said(call: &Call, seen: &Seen, toast: &str) -> Response<Body> {
    super::render::render(call, seen, kernel::web::Reply::redirect("/me", toast))
}

/// What was refused of a field, if anything.
fn refused<'a>(wrong: &'a [FieldError], field: &str) -> Option<&'a str> {
    wrong.iter().find(|it| it.field == field).map(|it| it.message.as_str())
}
