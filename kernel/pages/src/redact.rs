//! Erasing what an act left in the history of a record: what it is, why it must go, and doing it.

use db::Tx;
use kernel::describe::Register;
use kernel::journal;
use kernel::register::{self, Record};
use kernel::web::{Reply, Request};
use kernel::{Act, Error, FieldError, Result};
use maud::{Markup, Render, html};
use ui::control::Kind;
use ui::field::Field;
use ui::form::{Form, Part};
use ui::head::Head;
use ui::verb::Verb;

use crate::form::{crumbs, refusal};
use crate::history;
use crate::shown::record_href;

/// What goes, what stays, and what somebody must see to themselves.
const LEAD: &str = "This cannot be undone. What was said goes from the history, from the page, from search and with its files; that it \
    happened, who did it and when stays, sealed. Fields that still hold it, and what was copied to other records, are not changed: \
    edit those too.";

/// Entries of a record among which the act is looked for.
const LOOKED_THROUGH: usize = 10_000;

/// `GET /{kind}/{REF}/redact?act=`.
pub fn page(tx: &mut Tx, request: &Request, register: &'static Register, reference: &str) -> Result<Reply> {
    let record = register::load(tx, &request.house, &request.view, register, reference)?;
    crate::verb::demand(tx, request, &record, "redact")?;
    draw(tx, request, &record, asked(request)?, &[])
}

fn asked(request: &Request) -> Result<i64> {
    request.asked("act").and_then(|act| act.parse().ok()).ok_or(Error::NotFound)
}

fn draw(tx: &mut Tx, request: &Request, record: &Record, of: i64, errors: &[FieldError]) -> Result<Reply> {
    let all = history::entries(tx, request, record, None, LOOKED_THROUGH)?;
    let numbers = journal::history(tx, record.id, None, LOOKED_THROUGH)?;
    let meant: Vec<String> = numbers.iter().filter(|it| it.act == of && it.content.is_some()).map(|it| it.seq.to_string()).collect();
    if meant.is_empty() {
        return Err(Error::NotFound);
    }
    let entries: Vec<ui::history::Entry> = all
        .into_iter()
        .filter(|entry| meant.contains(&entry.number))
        .map(|entry| ui::history::Entry { undo: None, erase: None, as_of: None, ..entry })
        .collect();
    let here = record_href(&request.house, record);
    let mut reason = Field::new("reason", "Why it must be erased", Kind::Area(3)).value(request.sent("reason")).focus();
    reason.longest = Some(1_000);
    reason.help = "It stays in the history, with your name and the time. Do not repeat what is erased.".into();
    reason.error = errors.iter().find(|it| it.field == "reason").map(|it| it.message.clone());
    let form = Form {
        action: format!("{here}/redact?act={of}"),
        csrf: request.csrf.clone(),
        error: errors.iter().find(|it| it.field != "reason").map(|it| it.message.clone()),
        parts: vec![Part { fields: vec![reason], ..Part::default() }],
        verbs: vec![Verb::submit("Erase for good").danger(), Verb::link("Keep it", format!("{here}/history"))],
        ..Form::default()
    };
    let head = Head {
        crumbs: crumbs(record.shape.register, Some((record, request))),
        title: format!("Erase from the history of {}", record.reference),
        lead: Some(LEAD.into()),
        ..Head::default()
    };
    let body: Markup = html! { (head.render()) (ui::history::history(&entries)) (form.render()) };
    Ok(Reply::page(format!("Erase from {}", record.reference), record.shape.register.key, body))
}

/// `POST /{kind}/{REF}/redact?act=`.
pub fn post(act: &mut Act, request: &Request, register: &'static Register, reference: &str) -> Result<Reply> {
    let of = asked(request)?;
    let record = register::load(act.tx, act.house, act.view, register, reference)?;
    match journal::redact(act, register, reference, of) {
        Ok(record) => Ok(Reply::redirect(format!("{}/history", record_href(act.house, &record)), "Erased from the history")),
        Err(error) => {
            let (status, errors) = refusal(error)?;
            Ok(draw(act.tx, request, &record, of, &errors)?.status(status))
        }
    }
}
