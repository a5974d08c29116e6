//! The first page of a new installation: the organisation and its first administrator.
//!
//! Whoever comes first would own the installation, so it is open only to a browser on the server's own machine.

use super::stranger::{self, field};
use super::{Way, not_allowed, signin, way};
use crate::call::Call;
use axum::body::Body;
use axum::http::{Response, StatusCode};
use kernel::web::Form;
use kernel::who::{Means, View, account, password};
use kernel::{Act, Error, Result};
use maud::html;
use ui::control::Kind;
use ui::field::Field;
use ui::lone::Entry;
use ui::verb::Verb;

/// What the first page asks.
pub struct FirstRun {
    /// Name of the organisation.
    pub organisation: String,
    /// Name of the administrator.
    pub name: String,
    /// Their e-mail address.
    pub email: String,
}

/// Makes the organisation and its first administrator (the person, without an account); gives the person's id.
pub type Found = fn(&mut Act, &FirstRun) -> Result<i64>;

const TITLE: &str = "A new installation";

/// `/start`
pub(super) async fn page(call: &Call, body: Body) -> Result<Response<Body>> {
    let Some(way) = way(call) else { return not_allowed(call) };
    if call.app.db.read(account::any).await? {
        return Ok(super::go(call, "/signin"));
    }
    let Some(found) = call.app.settings.first_run.filter(|_| call.local()) else { return Ok(elsewhere(call).await) };
    match way {
        Way::Get => Ok(stranger::page(call, StatusCode::OK, TITLE, entry(&Form::new(), &[])).await),
        Way::Post => begin(call, body, found).await,
    }
}

async fn elsewhere(call: &Call) -> Response<Body> {
    let body = html! {
        p.ink2 { "Nobody can sign in yet. On the server itself, run" }
        p { code { "reeve init --org NAME --admin EMAIL" } }
        p.ink2 { "with the same --data or --database as the server. It prints a link that signs the first administrator in." }
        p { a.verb href="/signin" { "Then sign in" } }
    };
    stranger::text(call, StatusCode::OK, TITLE, body).await
}

fn entry(form: &Form, wrong: &[kernel::FieldError]) -> Entry {
    let ask = |name: &'static str, label: &'static str, kind: Kind| {
        let typed = if name == "password" { "" } else { field(form, name) };
        let ask = Field::new(name, label, kind).value(typed);
        match wrong.iter().find(|it| it.field == name) {
            Some(it) => ask.error(it.message.clone()),
            None => ask,
        }
    };
    let others = wrong.iter().filter(|it| !["organisation", "name", "email", "password"].contains(&it.field.as_str()));
    let others: Vec<String> = others.map(|it| it.message.clone()).collect();
    Entry {
        action: "/start".into(),
        lead: "Nobody can sign in yet. Name the organisation and its first administrator.".into(),
        error: (!others.is_empty()).then(|| others.join(" ")),
        fields: vec![
            ask("organisation", "Organisation", Kind::Text).focus(),
            ask("name", "Your name", Kind::Text).complete("name"),
            ask("email", "Your e-mail address", Kind::Email).complete("username"),
            ask("password", "Password", Kind::Password)
                .complete("new-password")
                .help(format!("At least {} characters; a few words in a row are easy to remember.", password::LEAST)),
        ],
        verbs: vec![Verb::submit("Begin").first()],
        ..Entry::default()
    }
}

async fn begin(call: &Call, body: Body, found: Found) -> Result<Response<Body>> {
    let form = stranger::sent(call, body).await?;
    let (email, wanted) = (field(&form, "email").trim().to_lowercase(), field(&form, "password").to_owned());
    let made = match check(&form, &email, &wanted) {
        Ok(()) => make(call, &form, email, call.app.hashing.hash(wanted).await?, found).await,
        Err(error) => Err(error),
    };
    match made {
        Ok(person) => Ok(stranger::welcome(call, &signin::begin(call, person).await?, "/")),
        Err(Error::Invalid(wrong)) => Ok(stranger::page(call, StatusCode::UNPROCESSABLE_ENTITY, TITLE, entry(&form, &wrong)).await),
        Err(other) => Err(other),
    }
}

fn check(form: &Form, email: &str, wanted: &str) -> Result<()> {
    let mut wrong = Vec::new();
    for (name, message) in [("organisation", "Say what the organisation is called."), ("name", "Say what you are called.")] {
        if field(form, name).trim().is_empty() {
            wrong.push(kernel::FieldError::new(name, message));
        }
    }
    if !email.split_once('@').is_some_and(|(name, host)| !name.is_empty() && !host.is_empty()) {
        wrong.push(kernel::FieldError::new("email", "This is no e-mail address. Write one like dana@example.org."));
    }
    wrong.extend(password::refusal(wanted, email).map(|why| kernel::FieldError::new("password", why)));
    if wrong.is_empty() { Ok(()) } else { Err(Error::Invalid(wrong)) }
}

async fn make(call: &Call, form: &Form, email: String, hash: String, found: Found) -> Result<i64> {
    let (organisation, name) = (field(form, "organisation").trim().to_owned(), field(form, "name").trim().to_owned());
    let house = std::sync::Arc::clone(&call.app.house);
    let wanted = FirstRun { organisation, name, email };
    let made = call.app.db.write(move |tx| {
        tx.lock("first-run")?;
        if account::any(tx)? {
            return Err(Error::Conflict(
                "Somebody was quicker: there is an administrator already. Sign in, or ask them for an account.".into(),
            ));
        }
        let view = View::unguarded_house_itself(&house, 0, Means::Page);
        let mut act = Act::new(tx, &view, &house);
        let person = found(&mut act, &wanted)?;
        account::open(act.tx, person, &wanted.email, act.recorded_at)?;
        account::set_password(act.tx, person, &hash)?;
        act.end()?;
        Ok(person)
    });
    made.await
}
