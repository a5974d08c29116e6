//! Signing in with a password, and signing out.

use super::stranger::{self, field};
use super::typed::Sent;
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
    let asked = Asked { next: next.into(), lead: ended(call).await, ..Asked::default() };
    Ok(stranger::page(call, StatusCode::OK, TITLE, asked.entry()).await)
}

const TITLE: &str = "Sign in";

/// What is said to somebody whose session ended by time or from elsewhere.
async fn ended(call: &Call) -> &'static str {
    let credential = call.session();
    let over = !credential.digest().is_empty() && call.app.read(&credential, |_, _| Ok(())).await.is_err();
    if over { "Your session has ended. Sign in, and go on where you were: drafts are kept." } else { "" }
}

/// What the form holds.
#[derive(Default)]
struct Asked {
    email: String,
    next: String,
    lead: &'static str,
    /// What went wrong as a whole.
    error: Option<String>,
    /// What is wrong with the password.
    wrong: Option<String>,
    /// A form that waits for the sign-in.
    carried: Vec<(String, String)>,
}

impl Asked {
    fn entry(self) -> Entry {
        let again = !self.email.is_empty();
        let address = Field::new("email", "E-mail", Kind::Email).value(self.email).complete("username");
        let mut password = Field::new("password", "Password", Kind::Password).complete("current-password").aside("Forgotten?", "/reset");
        password.error = self.wrong;
        Entry {
            action: "/signin".into(),
            lead: self.lead.into(),
            error: self.error,
            fields: if again { vec![address, password.focus()] } else { vec![address.focus(), password] },
            next: Some(stranger::local(&self.next).to_owned()),
            carried: self.carried,
            verbs: vec![Verb::submit("Sign in").first()],
            foot: "New here?".into(),
            links: vec![("How to get an account".into(), "/reset#new".into())],
            ..Entry::default()
        }
    }
}

/// Answers the post of somebody whose session had ended: what they typed goes along through the sign-in.
pub(super) async fn expired(call: &Call, body: Body) -> Result<Response<Body>> {
    if call.fragment() || call.reads() || !forged::surely_ours(call) {
        return Err(Error::Nobody);
    }
    let (form, files) = form(&call.parts, body, call.app.settings.form_limit).await?;
    let carried = Sent::of(call.path(), form).map(|sent| sent.fields()).filter(|fields| !fields.is_empty()).ok_or(Error::Nobody)?;
    let lead = if files.is_empty() {
        "Your session had ended, so this was not sent. What you typed is kept: sign in, look it over, and send it."
    } else {
        "Your session had ended, so this was not sent. What you typed is kept: sign in, look it over, and send it. Add its files again after that."
    };
    let next = super::errors::came_from(call).unwrap_or("/").to_owned();
    let asked = Asked { next, lead, carried, ..Asked::default() };
    Ok(stranger::page(call, StatusCode::UNAUTHORIZED, TITLE, asked.entry()).await)
}

async fn enter(call: &Call, body: Body) -> Result<Response<Body>> {
    let form = stranger::sent(call, body).await?;
    let (email, next) = (field(&form, "email").trim().to_lowercase(), field(&form, "next"));
    let found = match limits(call, &email) {
        Ok(()) => check(call, &email, field(&form, "password")).await,
        Err(error) => Err(error),
    };
    let sent = Sent::carried(&form);
    let carried = sent.as_ref().map(Sent::fields).unwrap_or_default();
    let asked = Asked { email, next: next.into(), carried, ..Asked::default() };
    let (status, asked) = match found {
        Ok(Some(account)) => return entered(call, &account, sent, next).await,
        Ok(None) => {
            // How many are left is not said: it would tell which addresses have an account.
            let most = account::MOST_FAILURES;
            let wrong = format!("E-mail and password do not go together. After {most} wrong tries in a row the address waits 15\u{a0}min.");
            (StatusCode::UNPROCESSABLE_ENTITY, Asked { wrong: Some(wrong), ..asked })
        }
        Err(Error::TooMany { .. }) => {
            let error = "Too many tries, so this one was not looked at. Wait 15\u{a0}min, or ask whoever manages accounts for a link that signs you in.";
            (StatusCode::TOO_MANY_REQUESTS, Asked { error: Some(error.into()), ..asked })
        }
        Err(other) => return Err(other),
    };
    Ok(stranger::page(call, status, TITLE, asked.entry()).await)
}

/// Lets somebody in, to where they were going or to the form that waits.
async fn entered(call: &Call, account: &Account, sent: Option<Sent>, next: &str) -> Result<Response<Body>> {
    let secret = begin(call, account.person).await?;
    tracing::info!(person = account.person, address = call.address(), "signed in");
    let Some(sent) = sent else { return Ok(stranger::welcome(call, &secret, next)) };
    let seen = call.app.read(&gate::Credential::session(&secret), |_, seen| Ok(std::sync::Arc::clone(seen))).await?;
    let mut answer = super::errors::resume(call, &seen, StatusCode::OK, &sent, stranger::local(next));
    stranger::put_cookie(call, answer.headers_mut(), &secret);
    Ok(answer)
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
    if account.as_ref().map_or_else(|| app.guesses.locked(email, now), |account| account.locked(now)) {
        return Err(Error::TooMany { retry_after: 900 });
    }
    let hash = account.as_ref().and_then(|account| account.password.clone());
    let right = app.hashing.matches(password.to_owned(), hash).await?;
    let Some(account) = account else {
        app.guesses.failed(email, now);
        return Ok(None);
    };
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
