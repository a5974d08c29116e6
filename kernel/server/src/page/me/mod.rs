//! What one may change oneself: screen, dates and numbers, keys, password, sessions, API tokens.

mod change;
mod keys;
mod parts;
mod show;

use self::parts::Refused;
use super::{Way, forged, not_allowed, way};
use crate::body::form;
use crate::call::Call;
use crate::gate::Seen;
use crate::query;
use axum::body::Body;
use axum::http::{Response, StatusCode};
use kernel::web::{Form, Reply};
use kernel::{Error, FieldError, Result};
use std::sync::Arc;

const LIMIT: usize = 64 << 10;

/// `/me` and below.
pub(super) async fn page(call: &Call, body: Body, rest: &[&str]) -> Result<Response<Body>> {
    match (way(call), rest) {
        (Some(Way::Get), []) => {
            let seen = who(call).await?;
            show::page(call, &seen, StatusCode::OK, Refused { sent: &Form::new(), wrong: &[] }, None).await
        }
        (Some(Way::Get), ["keys"]) => {
            let seen = who(call).await?;
            Ok(keys::page(call, &seen, StatusCode::OK, &Form::new(), &[]))
        }
        (Some(Way::Get), ["zones"]) => Ok(zones(call)?),
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
        ["writing"] => change::writing(call, &seen, &form).await,
        ["keys"] => match change::keys(call, &seen, &form).await {
            Err(Error::Invalid(wrong)) => return Ok(keys::page(call, &seen, StatusCode::UNPROCESSABLE_ENTITY, &form, &wrong)),
            done => done,
        },
        ["organisation"] => {
            let name = change::organisation(call, &seen, &form).await?;
            return Ok(super::render::render(call, &seen, Reply::redirect("/", format!("You act in {name} now"))));
        }
        ["notifications"] => change::notifications(call, &seen, &form).await,
        ["keys", "reset"] => change::plain_keys(call, &seen).await,
        ["password"] => change::password(call, &seen, &form).await,
        ["sessions", "end"] => change::end_session(call, &seen, &form).await,
        ["sessions", "end-others"] => change::end_others(call, &seen).await,
        ["tokens"] => match change::create_token(call, &seen, &form).await {
            Ok(secret) => {
                let nothing = Refused { sent: &Form::new(), wrong: &[] };
                return show::page(call, &seen, StatusCode::CREATED, nothing, Some(secret)).await;
            }
            Err(error) => Err(error),
        },
        ["tokens", id, "end"] => change::end_token(call, &seen, id).await,
        _ => Err(Error::NotFound),
    };
    match done {
        Ok(toast) if rest.first() == Some(&"keys") => Ok(super::render::render(call, &seen, Reply::redirect("/me/keys", toast))),
        Ok(toast) => Ok(said(call, &seen, toast)),
        Err(Error::Invalid(wrong)) => {
            show::page(call, &seen, StatusCode::UNPROCESSABLE_ENTITY, Refused { sent: &form, wrong: &wrong }, None).await
        }
        Err(other) => Err(other),
    }
}

/// Back to the page, with what was done.
fn said(call: &Call, seen: &Seen, toast: &str) -> Response<Body> {
    super::render::render(call, seen, Reply::redirect("/me", toast))
}

/// What was refused of a field, if anything.
fn refused<'a>(wrong: &'a [FieldError], field: &str) -> Option<&'a str> {
    wrong.iter().find(|it| it.field == field).map(|it| it.message.as_str())
}

/// Most zones offered at once.
const MOST_ZONES: usize = 30;

/// `/me/zones?zone=`: names of time zones that have the letters, as options of the field.
fn zones(call: &Call) -> Result<Response<Body>> {
    let pairs = query::pairs(call.query())?;
    let typed = pairs.iter().find(|(key, _)| key == "zone").map_or("", |(_, value)| value.as_str()).to_lowercase().replace(' ', "_");
    let names = jiff::tz::db().available().map(|name| name.to_string()).filter(|name| name.to_lowercase().contains(&typed));
    let found: Vec<ui::control::Choice> = names.take(MOST_ZONES).map(|name| ui::control::Choice::new(name, "")).collect();
    Ok(super::html(StatusCode::OK, ui::control::options(&found)))
}
