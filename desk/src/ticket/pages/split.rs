//! Making a ticket of a message: shows the message, and asks what the new ticket is about.

use super::address::href;
use super::words::words;
use crate::ticket::{INCIDENTS, REQUESTS, store};
use db::Tx;
use kernel::describe::Register;
use kernel::register;
use kernel::web::{Reply, Request};
use kernel::{Error, Result};
use maud::html;
use ui::control::Kind;
use ui::field::Field;
use ui::form::{Form, Part};
use ui::head::Head;
use ui::verb::Verb;

/// `GET /incidents/{reference}/split?message=`
pub fn incident(tx: &mut Tx, request: &Request) -> Result<Reply> {
    ask(tx, request, &INCIDENTS)
}

/// `GET /requests/{reference}/split?message=`
pub fn request(tx: &mut Tx, request: &Request) -> Result<Reply> {
    ask(tx, request, &REQUESTS)
}

/// Longest summary that is proposed, in characters.
const PROPOSED: usize = 120;

fn ask(tx: &mut Tx, request: &Request, register: &'static Register) -> Result<Reply> {
    let record = register::load(tx, &request.house, &request.view, register, request.part("reference"))?;
    let Some(asked) = request.asked("message") else { return pages::handle_get(tx, request) };
    let id = asked.trim_start_matches('m').parse().map_err(|_| Error::NotFound)?;
    let internal = request.view.may(register, "internal");
    let said = store::message::one(tx, record.id, id, internal)?.ok_or(Error::NotFound)?;
    let here = href(&request.house, &record);
    let first: String = said.body.lines().next().unwrap_or_default().chars().take(PROPOSED).collect();
    let fields = vec![
        Field::new("summary", "Summary", Kind::Text).value(first).help("What the new ticket is about, in one line.").full(),
        Field::new("message", "", Kind::Hidden).value(id.to_string()),
        Field::new("back", "", Kind::Hidden).value(format!("{here}/links")),
    ];
    let form = Form {
        action: format!("{here}/split"),
        csrf: request.csrf.clone(),
        parts: vec![Part { fields, ..Part::default() }],
        verbs: vec![Verb::submit("Split off").first(), Verb::link("Leave", here.clone()).bare()],
        ..Form::default()
    };
    let head = Head {
        crumbs: vec![(register.many.into(), format!("/{}", register.key)), (record.reference.clone(), here)],
        title: "Make a ticket of this message".into(),
        lead: Some(if said.internal { "It stays an internal note there.".into() } else { "It stays here too; the two are linked.".into() }),
        ..Head::default()
    };
    let body = html! { (head) blockquote.quote { (words(&said.body)) } (form) };
    Ok(Reply::page("Split off", register.key, body))
}
