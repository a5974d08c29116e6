//! Links that work once. Opening one changes nothing, so that a scanner of mail cannot use it up; pressing its button does.

use super::stranger::{self, field};
use super::{Way, not_allowed, signin, way};
use crate::call::Call;
use axum::body::Body;
use axum::http::{Response, StatusCode};
use db::Value;
use kernel::who::one_time::{self, Purpose};
use kernel::who::{account, password, session};
use kernel::{Error, Result};
use maud::html;
use ui::control::Kind;
use ui::field::Field;
use ui::lone::Entry;
use ui::verb::Verb;

/// `/once/{secret}`: signs in.
pub(super) async fn once(call: &Call, body: Body, secret: &str) -> Result<Response<Body>> {
    let purpose = Purpose::SignIn;
    match way(call) {
        Some(Way::Get) => {
            let Some((_, name, _)) = whose(call, purpose, secret).await? else { return Ok(used(call).await) };
            let entry = Entry {
                action: call.path().into(),
                lead: format!("This link signs you in as {name}, once."),
                verbs: vec![Verb::submit(format!("Sign in as {name}")).first()],
                ..Entry::default()
            };
            Ok(stranger::page(call, StatusCode::OK, "Sign in", entry).await)
        }
        Some(Way::Post) => {
            stranger::sent(call, body).await?;
            call.app.address_limit.take(&call.address(), call.app.now())?;
            match take(call, purpose, secret).await {
                Ok(person) => Ok(stranger::welcome(call, &signin::begin(call, person).await?, "/")),
                Err(Error::NotFound) => Ok(used(call).await),
                Err(other) => Err(other),
            }
        }
        None => not_allowed(call),
    }
}

/// `/invitation/{secret}` and `/reset/{secret}`: sets a password, ends other sessions, signs in.
pub(super) async fn password(call: &Call, body: Body, purpose: Purpose, secret: &str) -> Result<Response<Body>> {
    let Some(way) = way(call) else { return not_allowed(call) };
    let Some((person, name, email)) = whose(call, purpose, secret).await? else { return Ok(used(call).await) };
    let Way::Post = way else {
        return Ok(stranger::page(call, StatusCode::OK, title(purpose), choose(call, &name, &email, None)).await);
    };
    let form = stranger::sent(call, body).await?;
    call.app.address_limit.take(&call.address(), call.app.now())?;
    let wanted = field(&form, "password").to_owned();
    if let Some(why) = password::refusal(&wanted, &email) {
        let entry = choose(call, &name, &email, Some(why));
        return Ok(stranger::page(call, StatusCode::UNPROCESSABLE_ENTITY, title(purpose), entry).await);
    }
    let hash = call.app.hashing.hash(wanted).await?;
    let (secret, now) = (secret.to_owned(), call.app.now());
    let set = call.app.db.write(move |tx| {
        one_time::take(tx, &secret, purpose, now)?;
        account::set_password(tx, person, &hash)?;
        session::end_others(tx, person, "", now)
    });
    match set.await {
        Ok(_) => Ok(stranger::welcome(call, &signin::begin(call, person).await?, "/")),
        Err(Error::NotFound) => Ok(used(call).await),
        Err(other) => Err(other),
    }
}

fn title(purpose: Purpose) -> &'static str {
    if purpose == Purpose::Invitation { "Welcome" } else { "New password" }
}

fn choose(call: &Call, name: &str, email: &str, error: Option<String>) -> Entry {
    let mut wanted = Field::new("password", "Password", Kind::Password).complete("new-password").focus();
    wanted = wanted.help(format!("At least {} characters; a few words in a row are easy to remember.", password::LEAST));
    if let Some(error) = error {
        wanted = wanted.error(error);
    }
    Entry {
        action: call.path().into(),
        lead: format!("{name}, choose the password with which you sign in as {email}."),
        fields: vec![wanted],
        verbs: vec![Verb::submit("Continue").first()],
        ..Entry::default()
    }
}

/// `/reset`: how one gets a new password.
pub(super) async fn forgotten(call: &Call) -> Result<Response<Body>> {
    let Some(Way::Get) = way(call) else { return Ok(super::errors::not_allowed(call, "GET, HEAD")) };
    let body = html! {
        p.ink2 { "Ask whoever manages accounts here for a link. It works once, for a day, and lets you choose a new password. Until you do, the old one stays as it is." }
        h2 #new { "New here?" }
        p.ink2 { "Accounts are made by invitation: the same people send you a link with which you choose your password and are in." }
        p { a.verb href="/signin" { "Back to sign in" } }
    };
    Ok(stranger::text(call, StatusCode::OK, "Forgotten your password?", body).await)
}

async fn used(call: &Call) -> Response<Body> {
    let body = html! {
        p.ink2 { "It was used already, or its time is over. Nothing was changed: a password that you chose before still holds." }
        p.ink2 { "Ask whoever sent the link for a new one, or sign in with your password." }
        p { a.verb.first href="/signin" { "Sign in" } }
    };
    stranger::text(call, StatusCode::GONE, "This link no longer works", body).await
}

/// Person, name and address of whoever the link is for; none if it no longer works.
async fn whose(call: &Call, purpose: Purpose, secret: &str) -> Result<Option<(i64, String, String)>> {
    let (secret, now) = (secret.to_owned(), call.app.now());
    call.app
        .db
        .read(move |tx| {
            let Some(person) = one_time::look(tx, &secret, purpose, now)? else { return Ok(None) };
            let email = account::by_person(tx, person)?.map_or(String::new(), |account| account.email);
            let row = tx.one("select name from person where id = ?1", &[Value::Int(person)])?;
            Ok(Some((person, row.text(0)?.to_owned(), email)))
        })
        .await
}

async fn take(call: &Call, purpose: Purpose, secret: &str) -> Result<i64> {
    let (secret, now) = (secret.to_owned(), call.app.now());
    call.app.db.write(move |tx| one_time::take(tx, &secret, purpose, now)).await
}
