//! Step five: a ticket, for real.

use super::step::{Page, STEPS, checked, others, typed};
use crate::first_hour::{made, store};
use crate::ticket::INCIDENTS;
use db::Tx;
use kernel::web::{Reply, Request};
use kernel::{Act, Error, FieldError, Result};
use maud::html;
use serde_json::{Value as Json, json};
use ui::control::{Choice, Kind};
use ui::field::Field;
use ui::form::Part;

const SHOWN: &[&str] = &["summary", "service", "hurts"];
/// Most services to choose from.
const MOST: usize = 100;

/// How bad it is: the word, what one reads, impact and urgency.
const HURTS: [(&str, &str, &str, &str); 4] = [
    ("house", "Much of the house stands still", "1", "1"),
    ("several", "Several people cannot work", "1", "2"),
    ("one", "One person cannot work", "2", "2"),
    ("nobody", "It can be worked around", "3", "3"),
];

/// `GET /first-hour/ticket`
pub fn page(tx: &mut Tx, request: &Request) -> Result<Reply> {
    show(tx, request, None)
}

/// `POST /first-hour/ticket`
pub fn save(act: &mut Act, request: &Request) -> Result<Reply> {
    match keep(act, request) {
        Ok(said) => Ok(Reply::redirect("/queue", said)),
        Err(Error::Invalid(wrong)) => Ok(show(act.tx, request, Some(&wrong))?.status(422)),
        Err(other) => Err(other),
    }
}

fn keep(act: &mut Act, request: &Request) -> Result<String> {
    let (impact, urgency) = HURTS.iter().find(|(word, ..)| *word == request.sent("hurts")).map_or(("3", "3"), |(_, _, i, u)| (*i, *u));
    let service = Some(request.sent("service")).filter(|it| !it.is_empty()).map_or(Json::Null, Json::from);
    let team = store::first(act.tx, act.view.organisation, "team")?.map_or(Json::Null, Json::from);
    let fields = [
        ("summary", json!(request.sent("summary").trim())),
        ("requester", json!("me")),
        ("service", service),
        ("team", team),
        ("impact", json!(impact)),
        ("urgency", json!(urgency)),
        ("channel", json!("direct")),
    ];
    let ticket = made::make(act, INCIDENTS.key, &fields)?;
    let clocks = promises::clock::of_ticket(act.tx, ticket.id)?;
    Ok(if clocks.is_empty() {
        format!("{} is in the queue. Nothing is promised for it yet, so no clock runs", ticket.reference)
    } else {
        format!("{} is in the queue, and its clock counts your working hours", ticket.reference)
    })
}

fn show(tx: &mut Tx, request: &Request, wrong: Option<&[FieldError]>) -> Result<Reply> {
    let services: Vec<Choice> =
        store::names(tx, request.view.organisation, "service", MOST)?.into_iter().map(|name| Choice::new(name.clone(), name)).collect();
    let [.., promised, _] = store::done(tx, request.view.organisation)?;
    let sent = wrong.is_some();
    let wrong = wrong.unwrap_or_default();
    let hurts = HURTS.iter().map(|(word, label, ..)| Choice::new(*word, *label)).collect();
    let mut fields = vec![Field {
        longest: Some(300),
        ..Field::new("summary", "What is wrong?", Kind::Text).value(typed(request, sent, "summary", "")).focus()
    }];
    if !services.is_empty() {
        fields.push(
            Field::new("service", "About which service?", Kind::Choice(services)).value(typed(request, sent, "service", "")).optional(),
        );
    }
    fields.push(Field::new("hurts", "How bad is it?", Kind::Radio(hurts)).value(typed(request, sent, "hurts", "one")));
    let page = Page {
        place: 4,
        title: "Your first ticket",
        lead: "Something that really is wrong today. It goes to your first team, and you see it in the queue.",
        parts: vec![Part { fields: fields.into_iter().map(|field| checked(field, wrong)).collect(), ..Part::default() }],
        verb: "Put it into the queue",
        error: others(wrong, SHOWN),
        two_columns: false,
        over: html! { @if !promised { p.note { "Nothing is promised yet, so its clock will not run. " a href=(STEPS[3].path()) { "Promise something first" } "." } } },
    };
    page.reply(tx, request)
}
