//! The files of a record: the section of its page, and a page of their own for records whose page a practice has.

use db::Tx;
use kernel::Result;
use kernel::describe::Register;
use kernel::file::{AT_ONCE, Attached, LARGEST, attached, may_attach};
use kernel::register::{self, Record};
use kernel::web::{Reply, Request};
use maud::{Markup, html};
use ui::control::Kind;
use ui::field::Field;
use ui::form::{Form, Part};
use ui::format::bytes;
use ui::head::{Head, block};
use ui::verb::Verb;

use crate::form::crumbs;
use crate::shown::record_href;
use crate::verb;

/// `GET /{kind}/{REF}/files`
pub fn page(tx: &mut Tx, request: &Request, register: &'static Register, reference: &str) -> Result<Reply> {
    let record = register::load(tx, &request.house, &request.view, register, reference)?;
    let here = format!("{}/files", record_href(&request.house, &record));
    let head = Head {
        crumbs: crumbs(register, Some((&record, request))),
        title: format!("Files of {}", record.reference),
        lead: Some(record.title().to_owned()),
        ..Head::default()
    };
    let section = section(tx, request, &record, &here)?;
    let body = html! { (head) @match section { Some(section) => (section), None => p.ink2 { "It has no files." } } };
    Ok(Reply::page(format!("Files of {}", record.reference), register.key, body))
}

/// Files that the reader may open, and a form to attach more; none if there is neither. Both lead back to `here`.
pub fn section(tx: &mut Tx, request: &Request, record: &Record, here: &str) -> Result<Option<Markup>> {
    let all = attached(tx, &request.view, record)?;
    let attaches = may_attach(tx, &request.view, record)?;
    if all.is_empty() && !attaches {
        return Ok(None);
    }
    let removes = verb::may(tx, request, record, "edit")?;
    let body = html! {
        @if !all.is_empty() { ul.stack { @for file in &all { (line(request, file, removes, here)) } } }
        @if attaches { (form(request, record, here)) }
    };
    Ok(Some(block("Files", "", &html! {}, &body)))
}

fn line(request: &Request, file: &Attached, removes: bool, here: &str) -> Markup {
    let href = format!("/files/{}", file.id);
    let remove = Verb::post("Remove", format!("{href}/remove"), request.csrf.clone()).small().bare().with("back", here);
    let shown = ui::journal::Attached { name: file.name.clone(), href, note: bytes(file.size.unsigned_abs()) };
    html! { li.line { (shown) @if file.internal { " " span.small.ink3 { "internal" } } @if removes { " " (remove) } } }
}

/// Only where somebody asked for a record is there a requester to keep a file from.
fn internal(register: &Register) -> &'static str {
    if register.rows.requester.is_empty() { "Internal: only for those who do the work" } else { "Internal: not for the requester" }
}

fn form(request: &Request, record: &Record, here: &str) -> Markup {
    let mut fields = vec![
        Field::new("file", "Attach files", Kind::File { accept: String::new(), several: true })
            .help(format!("At most {AT_ONCE} at once and {}\u{a0}MiB each.", LARGEST >> 20)),
    ];
    if request.view.may(record.shape.register, "internal") {
        fields.push(Field::new("internal", internal(record.shape.register), Kind::Tick));
    }
    fields.push(Field::new("back", "", Kind::Hidden).value(here));
    let form = Form {
        action: format!("{}/files", record_href(&request.house, record)),
        csrf: request.csrf.clone(),
        parts: vec![Part { fields, ..Part::default() }],
        verbs: vec![Verb::submit("Attach")],
        files: true,
        ..Form::default()
    };
    html! { (form) }
}
