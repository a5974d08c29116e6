//! Signing in with a password, and signing out.

use super::stranger::{self, field};
use super::{Way, forged, not_allowed, way};
use crate::body::form;
use crate::call::Call;
use crate::{cookie, gate};
use axum::body::Body;
use axum::http::{Response, StatusCode, header};
use kernel::who::account::{self, Account};
use kernel::who::session::{self, NewSession};
use kernel::{Error, Result};
use ui::control::Kind;
use ui::field::Field;
use ui::lone::Entry;
use ui::verb::Verb;

/// `/signin`
pub(super) async fn page(call: &Call, body: Body) -> Result<Response<Body>> {
    match way(call) {
        Some(Way::Get) => show(call).await,
        Some(Way::Post) => enter(call, body).await,
        None => not_allowed(call),
    }
}

async fn show(call: &Call) -> Result<Response<Body>> {
    if !call.app.db.read(account::any).await? {
        return Ok(super::go(call, "/start"));
    }
    let pairs = crate::query::pairs(call.query())?;
    let next = pairs.iter().find(|(key, _)| key == "next").map_or("", |(_, value)| value.as_str());
    Ok(stranger::page(call, StatusCode::OK, "Sign in", entry("", next, None)))
}

fn entry(email: &str, next: &str, error: Option<String>) -> Entry {
    let address = Field::new("email", "E-mail", Kind::Email).value(email).complete("username");
    let password = Field::new("password", "Password", Kind::Password).complete("current-password");
    let again = !email.is_empty();
    Entry {
        action: "/signin".into(),
        error,
        fields: if again { vec![address, password.focus()] } else { vec![address.focus(), password] },
        next: Some(stranger::local(next).to_owned()),
        verbs: vec![Verb::submit("Sign in").first()],
        links: vec![("Forgotten your password?".into(), "/reset".into())],
        ..Entry::default()
    }
}

async fn enter(call: &Call, body: Body) -> Result<Response<Body>> {
    let form = stranger::sent(call, body).await?;
    let (email, next) = (field(&form, "email").trim().to_lowercase(), field(&form, "next"));
    let limited = limits(call, &email);
    let found = match limited {
        Ok(()) => check(call, &email, field(&form, "password")).await,
        Err(error) => Err(error),
    };
    let again = |status, words: &str| Ok(stranger::page(call, status, "Sign in", entry(&email, next, Some(words.into()))));
    match found {
        Ok(Some(account)) => {
            let secret = begin(call, account.person).await?;
            tracing::info!(person = account.person, address = call.address(), "signed in");
            Ok(stranger::welcome(call, &secret, next))
        }
        Ok(None) => {
            again(StatusCode::UNPROCESSABLE_ENTITY, "The address or the password is not right. Try again, or ask for a new password.")
        }
        Err(Error::TooMany { .. }) => again(
            StatusCode::TOO_MANY_REQUESTS,
            "Too many tries. Wait a quarter of an hour, or ask whoever manages accounts for a sign-in link.",
        ),
        Err(other) => Err(other),
    }
}

fn limits(call: &Call, email: &str) -> Result<()> {
    let now = call.app.now();
    call.app.address_limit.take(&call.address(), now)?;
    call.app.account_limit.take(email, now)
}

/// The account, if the password is right. It takes as long if there is no such account.
async fn check(call: &Call, email: &str, password: &str) -> Result<Option<Account>> {
    let (app, now, wanted) = (&call.app, call.app.now(), email.to_owned());
    let account = app.db.read(move |tx| account::by_email(tx, &wanted)).await?;
    if account.as_ref().is_some_and(|account| account.locked(now)) {
        return Err(Error::TooMany { retry_after: 900 });
    }
    let hash = account.as_ref().and_then(|account| account.password.clone());
    let right = app.hashing.matches(password.to_owned(), hash).await?;
    let Some(account) = account else { return Ok(None) };
    let person = account.person;
    if right {
        return Ok(Some(account));
    }
    app.db.write(move |tx| account::failed(tx, person, now)).await?;
    tracing::warn!(person, address = call.address(), "a wrong password");
    Ok(None)
}

/// Begins a session under a new secret and ends the one the browser had.
pub(super) async fn begin(call: &Call, person: i64) -> Result<String> {
    let (agent, address) = (call.header(header::USER_AGENT).unwrap_or_default().to_owned(), call.address());
    let (app, old) = (std::sync::Arc::clone(&call.app), call.session());
    let begun = call.app.db.write(move |tx| {
        let now = app.now();
        if let gate::Credential::Session(digest) = &old
            && let Some(before) = session::find(tx, digest, now)?
        {
            session::end(tx, before.person, digest, now)?;
        }
        account::succeeded(tx, person)?;
        let view = kernel::who::view_of(tx, &app.house, person, 0, kernel::who::Means::Page)?;
        let expires_at = now + app.settings.session_most.as_millis() as i64;
        session::start(tx, &NewSession { person, organisation: view.organisation, agent: &agent, address: &address, now, expires_at })
    });
    begun.await
}

/// `/signout`
pub(super) async fn out(call: &Call, body: Body) -> Result<Response<Body>> {
    let Some(Way::Post) = way(call) else { return Ok(super::errors::not_allowed(call, "POST")) };
    forged::origin(call)?;
    let (form, _) = form(&call.parts, body, 64 << 10).await?;
    let credential = call.session();
    let digest = credential.digest().to_owned();
    if let Ok(seen) = call.app.read(&credential, |_, seen| Ok(std::sync::Arc::clone(seen))).await {
        forged::token(call, &form, &seen.csrf)?;
        let (person, now) = (seen.view.person, call.app.now());
        call.app.db.write(move |tx| session::end(tx, person, &digest, now)).await?;
    }
    let mut answer = super::go(call, "/signin");
    if let Some(value) = cookie::write(cookie::SESSION, "", 0, call.app.settings.secure()) {
        answer.headers_mut().append(header::SET_COOKIE, value);
    }
    Ok(answer)
}
