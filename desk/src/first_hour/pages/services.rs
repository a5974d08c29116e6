//! Step three: what people get.

use super::step::{Page, after, checked, others, typed};
use crate::first_hour::rules::{SERVICES as STARTERS, listed};
use crate::first_hour::{made, store};
use db::Tx;
use estate::service::REGISTER as SERVICES;
use kernel::web::{Reply, Request};
use kernel::{Act, Error, FieldError, Result};
use maud::html;
use serde_json::{Value as Json, json};
use ui::control::Kind;
use ui::field::Field;
use ui::form::Part;
use ui::text::plural;

/// Most services made at once.
const MOST: usize = 100;

/// `GET /first-hour/services`
pub fn page(tx: &mut Tx, request: &Request) -> Result<Reply> {
    show(tx, request, None)
}

/// `POST /first-hour/services`
pub fn save(act: &mut Act, request: &Request) -> Result<Reply> {
    match keep(act, request) {
        Ok(count) => Ok(Reply::redirect(after(2), format!("{} new", plural(count, "service", "services")))),
        Err(Error::Invalid(wrong)) => Ok(show(act.tx, request, Some(&wrong))?.status(422)),
        Err(other) => Err(other),
    }
}

fn keep(act: &mut Act, request: &Request) -> Result<i64> {
    let all = listed(request.sent("services"));
    if all.is_empty() || all.len() > MOST {
        return Err(Error::invalid("services", format!("Name one to {MOST} services, one a line.")));
    }
    let team = store::first(act.tx, act.view.organisation, "team")?.map_or(Json::Null, Json::from);
    let mut count = 0;
    for (name, about) in all {
        if store::named(act.tx, act.view.organisation, "service", &name)?.is_some() {
            continue;
        }
        let about = if about.is_empty() { Json::Null } else { json!(about) };
        let fields = [("name", json!(name)), ("about", about), ("team", team.clone())];
        let wrong = |error| match error {
            Error::Invalid(wrong) => Error::invalid("services", format!("{name}: {}", wrong.first().map_or("", |it| it.message.as_str()))),
            other => other,
        };
        let service = made::make(act, SERVICES.key, &fields).map_err(wrong)?;
        made::does(act, &SERVICES, &service.reference, "go-live")?;
        count += 1;
    }
    Ok(count)
}

fn show(tx: &mut Tx, request: &Request, wrong: Option<&[FieldError]>) -> Result<Reply> {
    let known = store::names(tx, request.view.organisation, "service", MOST)?;
    let sent = wrong.is_some();
    let wrong = wrong.unwrap_or_default();
    let starters = || STARTERS.iter().map(|(name, about)| format!("{name}: {about}")).collect::<Vec<_>>().join("\n");
    let lines = if known.is_empty() { starters() } else { known.join("\n") };
    let field = Field::new("services", "Services", Kind::Area(9))
        .value(typed(request, sent, "services", &lines))
        .help("One a line; after a colon what it is, in words of those who use it. Strike out what you do not run, add what you do.");
    let page = Page {
        place: 2,
        title: "What do people get from you?",
        lead: "People choose one of these when they report something, and promises can be made for one. A handful is enough to begin.",
        parts: vec![Part { fields: vec![checked(field, wrong)], ..Part::default() }],
        verb: "Set up services",
        error: others(wrong, &["services"]),
        two_columns: false,
        over: html! {},
    };
    page.reply(tx, request)
}
