//! `/settings/fields`: fields that the organisation adds to registers.

use db::Tx;
use kernel::describe::Register;
use kernel::register::custom::{self, Description, KINDS};
use kernel::web::{Reply, Request};
use kernel::{Act, Error, FieldError, Result};
use maud::{Markup, Render, html};
use ui::control::{Choice, Kind};
use ui::field::Field;
use ui::form::{Form, Part};
use ui::head::Head;
use ui::list::plain;
use ui::states::Empty;
use ui::verb::Verb;

use super::demand;
use crate::form::refusal;
use crate::shown::in_sentence;

fn crumbs() -> Vec<(String, String)> {
    vec![("Settings".into(), "/settings".into()), ("Fields".into(), "/settings/fields".into())]
}

/// `GET /settings/fields`: the registers, with how many fields were added to each.
pub fn overview(tx: &mut Tx, request: &Request) -> Result<Reply> {
    demand(request)?;
    let mut rows = Vec::new();
    for register in request.house.registers.iter().filter(|register| register.shows.is_empty()) {
        let count = custom::described(tx, register)?.len();
        rows.push((html! { a href={ "/settings/fields/" (register.key) } { (register.many) } }, html! { (count) }));
    }
    let head = Head {
        crumbs: crumbs().into_iter().take(1).collect(),
        title: "Fields the organisation adds".into(),
        lead: Some("An added field is everywhere the built-in ones are: forms, lists, filters, history, the API.".into()),
        ..Head::default()
    };
    Ok(Reply::page("Added fields", "/settings", html! { (head) (plain("Registers and how many fields were added", &rows, None)) }))
}

/// `GET /settings/fields/{kind}`.
pub fn page(tx: &mut Tx, request: &Request, register: &'static Register) -> Result<Reply> {
    demand(request)?;
    draw(tx, request, register, &Description { kind: "line".into(), ..Description::default() }, &[])
}

fn draw(tx: &mut Tx, request: &Request, register: &'static Register, typed: &Description, errors: &[FieldError]) -> Result<Reply> {
    let added = custom::described(tx, register)?;
    let head = Head {
        crumbs: crumbs(),
        title: format!("Fields added to {}", in_sentence(register.many)),
        verbs: vec![Verb::link(register.many, format!("/{}", register.key)).render()],
        ..Head::default()
    };
    let empty = Empty { title: "None yet".into(), text: html! { "Fill in the form below to add the first." }, verbs: Vec::new() };
    let body = html! {
        (head)
        @if added.is_empty() { (empty) } @else { (table(request, register, &added)) }
        (form(request, register, typed, errors))
    };
    Ok(Reply::page(format!("Fields of {}", register.many), "/settings", body))
}

fn table(request: &Request, register: &Register, added: &[Description]) -> Markup {
    let kind = |key: &str| KINDS.iter().find(|(it, _)| *it == key).map_or(key.to_owned(), |(_, label)| (*label).to_owned());
    html! {
        table.list {
            caption.vh { "Added fields" }
            thead { tr { th scope="col" { "Field" } th scope="col" { "Key" } th scope="col" { "Kind" } th scope="col" { span.vh { "Change or retire" } } } }
            tbody { @for it in added {
                tr {
                    th scope="row" { (it.label) @if it.required { " " span.small.ink3 { "required" } } }
                    td { code { (it.key) } }
                    td { (kind(&it.kind)) @if !it.target.is_empty() { " (" (it.target) ")" } }
                    td.line {
                        (Verb::link("Change", format!("/settings/fields/{}/{}", register.key, it.key)).small())
                        (Verb::post("Retire", format!("/settings/fields/{}/{}/retire", register.key, it.key), request.csrf.clone()).small())
                    }
                }
            } }
        }
    }
}

fn form(request: &Request, register: &Register, typed: &Description, errors: &[FieldError]) -> Markup {
    let kinds = KINDS.iter().map(|(key, label)| Choice::new(*key, *label)).collect();
    let targets = request.house.registers.iter().map(|it| Choice::new(it.key, it.many)).collect();
    let choices: Vec<String> =
        typed.choices.iter().map(|(key, label)| if key == label { key.clone() } else { format!("{key}: {label}") }).collect();
    let mut fields = vec![
        Field::new("label", "Name", Kind::Text).value(typed.label.clone()),
        Field::new("key", "Key", Kind::Text)
            .value(typed.key.clone())
            .help("Small letters, digits and _; its name in the API and in imports."),
        Field::new("kind", "Kind", Kind::Choice(kinds)).value(typed.kind.clone()),
        Field::new("choices", "Choices", Kind::Area(4))
            .value(choices.join("\n"))
            .optional()
            .help("For one of some words: one a line, as key: label."),
        Field::new("target", "Leads to", Kind::Choice(targets)).value(typed.target.clone()).optional().help("For another record."),
    ];
    fields.extend(looks(typed));
    fields.push(tick("internal", "For those who do the work only", typed.internal));
    refused(&mut fields, errors);
    let whole = errors.iter().find(|it| it.field.is_empty()).map(|it| it.message.clone());
    Form {
        action: format!("/settings/fields/{}", register.key),
        csrf: request.csrf.clone(),
        error: whole,
        parts: vec![Part { title: "Add a field".into(), fields, ..Part::default() }],
        verbs: vec![Verb::submit("Add field").first()],
        ..Form::default()
    }
    .render()
}

fn tick(name: &str, label: &str, on: bool) -> Field {
    Field::new(name, label, Kind::Tick).value(on.to_string())
}

/// What can be changed later as well.
fn looks(typed: &Description) -> [Field; 5] {
    [
        Field::new("help", "Help", Kind::Text).value(typed.help.clone()).optional().help("One sentence under the field."),
        Field::new("section", "Heading", Kind::Text).value(typed.section.clone()).optional(),
        tick("required", "Must have a value", typed.required),
        tick("listed", "A column of the list", typed.listed),
        tick("filtered", "A facet of the list", typed.filtered),
    ]
}

fn refused(fields: &mut [Field], errors: &[FieldError]) {
    for field in fields {
        field.error = errors.iter().find(|it| it.field == field.name).map(|it| it.message.clone());
    }
}

/// `GET /settings/fields/{kind}/{key}`: how an added field is called, explained and shown.
pub fn edit(tx: &mut Tx, request: &Request, register: &'static Register, key: &str) -> Result<Reply> {
    demand(request)?;
    let known = custom::described(tx, register)?.into_iter().find(|it| it.key == key).ok_or(Error::NotFound)?;
    Ok(edit_page(request, register, &known, &[]))
}

fn edit_page(request: &Request, register: &Register, typed: &Description, errors: &[FieldError]) -> Reply {
    let all = format!("/settings/fields/{}", register.key);
    let mut fields = vec![Field::new("label", "Name", Kind::Text).value(typed.label.clone())];
    fields.extend(looks(typed));
    refused(&mut fields, errors);
    let form = Form {
        action: format!("{all}/{}", typed.key),
        csrf: request.csrf.clone(),
        parts: vec![Part { fields, ..Part::default() }],
        verbs: vec![Verb::submit("Save").first(), Verb::link("Leave", all.clone()).bare()],
        ..Form::default()
    };
    let mut crumbs = crumbs();
    crumbs.push((register.many.into(), all));
    let head = Head {
        crumbs,
        title: format!("Change the field {}", typed.key),
        lead: Some("Its key and kind stay: what records hold in it rests on them.".into()),
        ..Head::default()
    };
    Reply::page(format!("Field {}", typed.key), "/settings", html! { (head) (form) })
}

/// `POST /settings/fields/{kind}/{key}`.
pub fn change(act: &mut Act, request: &Request, register: &'static Register, key: &str) -> Result<Reply> {
    demand(request)?;
    let typed = Description { key: key.to_owned(), ..read(request) };
    match custom::change(act, register, &typed) {
        Ok(()) => Ok(Reply::redirect(format!("/settings/fields/{}", register.key), format!("Field “{}” changed", typed.label))),
        Err(error) => {
            let (status, errors) = refusal(error)?;
            Ok(edit_page(request, register, &typed, &errors).status(status))
        }
    }
}

/// `POST /settings/fields/{kind}`.
pub fn add(act: &mut Act, request: &Request, register: &'static Register) -> Result<Reply> {
    demand(request)?;
    let typed = read(request);
    match custom::add(act, register, &typed) {
        Ok(()) => Ok(Reply::redirect(format!("/settings/fields/{}", register.key), format!("Field “{}” added", typed.label))),
        Err(error) => {
            let (status, errors) = refusal(error)?;
            Ok(draw(act.tx, request, register, &typed, &errors)?.status(status))
        }
    }
}

fn read(request: &Request) -> Description {
    let text = |name: &str| request.sent(name).trim().to_owned();
    let on = |name: &str| request.sent(name) == "true";
    let kind = text("kind");
    Description {
        key: text("key"),
        label: text("label"),
        help: text("help"),
        section: text("section"),
        required: on("required"),
        listed: on("listed"),
        filtered: on("filtered"),
        internal: on("internal"),
        choices: if kind == "choice" { choices(request.sent("choices")) } else { Vec::new() },
        target: if kind == "link" { text("target") } else { String::new() },
        kind,
    }
}

/// Choices, one a line: `key: Label`, or a label that is its own key.
fn choices(text: &str) -> Vec<(String, String)> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let pair = |line: &str| match line.split_once(':') {
        Some((key, label)) => (key.trim().to_owned(), label.trim().to_owned()),
        None => (line.to_owned(), line.to_owned()),
    };
    lines.map(pair).collect()
}

/// `POST /settings/fields/{kind}/{key}/retire`.
pub fn retire(act: &mut Act, request: &Request, register: &'static Register, key: &str) -> Result<Reply> {
    demand(request)?;
    custom::retire(act, register, key)?;
    Ok(Reply::redirect(format!("/settings/fields/{}", register.key), format!("Field {key} retired")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn choices_are_read_one_a_line() {
        let of = |key: &str, label: &str| (key.to_owned(), label.to_owned());
        assert_eq!(choices("red: Danger\n\n Green \n"), [of("red", "Danger"), of("Green", "Green")]);
    }
}
