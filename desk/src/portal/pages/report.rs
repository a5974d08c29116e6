//! Reporting that something is broken, and asking for something.

use crate::portal::store;
use crate::ticket::{INCIDENTS, REQUESTS};
use db::{Tx, Value};
use estate::service::REGISTER as SERVICES;
use kernel::describe::{Field as Described, Register};
use kernel::register::{Filter, Op, Query, Record, Sent, Source, create, list};
use kernel::web::{Form as Typed, Reply, Request};
use kernel::{Act, Error, FieldError, Result, file};
use maud::{Markup, html};
use pages::draft;
use serde_json::{Map, Value as Json, json};
use ui::control::{Choice, Kind};
use ui::field::Field;
use ui::form::{Form, Part};
use ui::verb::Verb;

/// Most services to choose from.
const MOST: usize = 200;
/// So many of those named before come first.
const USED: usize = 5;

/// What is posted when somebody does not know the service.
const UNSURE: &str = "-";

/// How much it keeps somebody from: the word, what they read, impact and urgency that follow.
const HURTS: &[(&str, &str, i64, i64)] = &[
    ("some", "I can work on, it is a nuisance", 3, 3),
    ("me", "I cannot do my work", 3, 1),
    ("many", "Several of us cannot do our work", 2, 1),
];

/// `GET /portal/report`
pub fn incident(tx: &mut Tx, request: &Request) -> Result<Reply> {
    show(tx, request, &INCIDENTS, None)
}

/// `GET /portal/ask`
pub fn request(tx: &mut Tx, request: &Request) -> Result<Reply> {
    show(tx, request, &REQUESTS, None)
}

/// `POST /portal/report`
pub fn send_incident(act: &mut Act, request: &Request) -> Result<Reply> {
    send(act, request, &INCIDENTS)
}

/// `POST /portal/ask`
pub fn send_request(act: &mut Act, request: &Request) -> Result<Reply> {
    send(act, request, &REQUESTS)
}

fn asks(register: &Register) -> bool {
    register.key == REQUESTS.key
}

fn path(register: &Register) -> &'static str {
    if asks(register) { "/portal/ask" } else { "/portal/report" }
}

fn send(act: &mut Act, request: &Request, register: &'static Register) -> Result<Reply> {
    match make(act, request, register) {
        Ok(record) => {
            draft::sent(act, request, &path(register)[1..])?;
            let said = if asks(register) { "is asked for" } else { "is reported" };
            Ok(Reply::redirect(super::stands::href(&record), format!("{} {said}. You find it here and under My things.", record.reference)))
        }
        Err(Error::Invalid(wrong)) => Ok(show(act.tx, request, register, Some(&wrong))?.status(422)),
        Err(other) => Err(other),
    }
}

fn make(act: &mut Act, request: &Request, register: &'static Register) -> Result<Record> {
    let files = file::of_form(&request.files, "files")?;
    let mut fields: Map<String, Json> = Map::new();
    for key in ["summary", "description", "service"] {
        let typed = request.sent(key).trim();
        if !typed.is_empty() && typed != UNSURE {
            fields.insert(key.into(), typed.into());
        }
    }
    let added = added(request, register);
    fields.extend(pages::sent_values(act.house, &added, &pages::sent_texts(&request.form, &added, true)));
    fields.insert("requester".into(), "me".into());
    fields.insert("channel".into(), "portal".into());
    if let Some((_, _, impact, urgency)) = HURTS.iter().find(|(word, ..)| !asks(register) && *word == request.sent("hurts")) {
        fields.insert("impact".into(), json!(impact.to_string()));
        fields.insert("urgency".into(), json!(urgency.to_string()));
    }
    let record = create(act, register, Sent { fields: &fields, source: Source::Text })?;
    if !files.is_empty() {
        file::attach_all(act, &record, &files, false)?;
    }
    Ok(record)
}

fn show(tx: &mut Tx, request: &Request, register: &'static Register, wrong: Option<&[FieldError]>) -> Result<Reply> {
    let place = &path(register)[1..];
    let kept = draft::kept(tx, request.view.person, place)?;
    let typed = match (wrong, &kept) {
        (Some(_), _) => request.form.clone(),
        (None, Some(kept)) => kept.form.clone(),
        (None, None) => Typed::new(),
    };
    let services = services(tx, request)?;
    let title = if asks(register) { "What do you need?" } else { "What does not work?" };
    let lead = if asks(register) {
        "Say it in your words. You see here what becomes of it."
    } else {
        "Say it in your words. We answer here, and you see who works on it."
    };
    let mut more = Vec::new();
    for field in added(request, register) {
        let text = typed.get(field.key).and_then(Json::as_str).unwrap_or_default();
        more.push(pages::drawn_field(tx, request, &field, text, None)?);
    }
    let fields = fields(request, register, &typed, (&services, more), wrong.unwrap_or_default());
    let form = Form {
        action: path(register).into(),
        csrf: request.csrf.clone(),
        error: others(request, register, wrong.unwrap_or_default()),
        parts: vec![Part { fields, ..Part::default() }],
        verbs: vec![Verb::submit(if asks(register) { "Ask for it" } else { "Report it" }).first(), Verb::link("Leave", "/portal")],
        draft: Some(draft::field(place, kept.as_ref(), request)),
        files: true,
        waits: true,
        ..Form::default()
    };
    let body = html! {
        section.portal-top.portal-page { h1 { (title) } p.ink2 { (lead) } }
        @if let Some(kept) = kept.as_ref().filter(|_| wrong.is_none()) { (draft::notice(request, place, kept)) }
        div.portal-form { (form) (similar()) }
    };
    Ok(Reply::page(title, "/portal", body))
}

/// Where things that sound the same appear while one types.
fn similar() -> Markup {
    html! {
        aside.similar aria-label="Things like this" aria-live="polite" hx-get="/portal/similar" hx-trigger="input changed delay:400ms from:#f-summary" hx-include="#f-summary" hx-sync="this:replace" {}
    }
}

/// The fields of the form: `more` are those that the organisation added.
fn fields(
    request: &Request,
    register: &Register,
    typed: &Typed,
    (services, more): (&[Choice], Vec<Field>),
    wrong: &[FieldError],
) -> Vec<Field> {
    let value = |key: &str| {
        let sent = typed.get(key).and_then(Json::as_str).map(str::to_owned);
        sent.or_else(|| request.asked(key).map(str::to_owned)).unwrap_or_default()
    };
    let checked = |field: Field| match wrong.iter().find(|it| it.field == field.name) {
        // The label asks in words of its own.
        Some(_) if field.name == "summary" && field.value.trim().is_empty() => field.error("Write a few words; the rest can follow."),
        Some(it) => field.error(it.message.clone()),
        None => field,
    };
    let asks = asks(register);
    let (summary, description) = if asks {
        ("What do you need, in one line?", "What is it for, and by when?")
    } else {
        ("What does not work, in one line?", "What happens, and since when?")
    };
    let mut all = vec![Field { longest: Some(300), ..Field::new("summary", summary, Kind::Text).value(value("summary")).focus() }];
    all.push(Field::new("description", description, Kind::Area(5)).value(value("description")).optional());
    if !services.is_empty() {
        let choices = std::iter::once(Choice::new(UNSURE, "I am not sure")).chain(services.iter().cloned()).collect();
        let now = value("service");
        let now = if now.is_empty() { UNSURE } else { &now };
        all.push(Field::new("service", "What is it about?", Kind::Choice(choices)).value(now));
    }
    if !asks {
        let hurts = HURTS.iter().map(|(word, label, ..)| Choice::new(*word, *label)).collect();
        let now = value("hurts");
        all.push(Field::new("hurts", "How much does it keep you from?", Kind::Radio(hurts)).value(if now.is_empty() {
            "some"
        } else {
            &now
        }));
    }
    all.extend(more);
    let files = Field::new("files", "Pictures or files", Kind::File { accept: String::new(), several: true }).optional();
    let help = if wrong.is_empty() { "A picture of the screen often says most." } else { "Choose them again: browsers do not keep files." };
    all.push(files.help(format!("{help} At most {} at once.", file::AT_ONCE)));
    all.into_iter().map(checked).collect()
}

/// Fields that the organisation added and that must have a value: nobody could report anything if they were not asked for here.
fn added(request: &Request, register: &'static Register) -> Vec<Described> {
    let shape = request.house.shape(register);
    let asked = |field: &&Described| field.custom && field.required && request.view.reads(register, field);
    shape.fields.iter().filter(asked).copied().collect()
}

/// What was refused of fields that this form does not show.
fn others(request: &Request, register: &'static Register, wrong: &[FieldError]) -> Option<String> {
    let shown = ["summary", "description", "service", "files"];
    let added = added(request, register);
    let is_shown = |key: &str| shown.contains(&key) || added.iter().any(|field| field.key == key);
    let rest: Vec<&str> = wrong.iter().filter(|it| !is_shown(&it.field)).map(|it| it.message.as_str()).collect();
    (!rest.is_empty()).then(|| rest.join(" "))
}

/// Services that people get, those that somebody's own things were about first: reference and name.
pub(super) fn services(tx: &mut Tx, request: &Request) -> Result<Vec<Choice>> {
    if !request.view.may(&SERVICES, "read") {
        return Ok(Vec::new());
    }
    let live = Filter { key: "state".into(), op: Op::Is, values: vec![Value::from("live")], written: String::new() };
    let query = Query { filters: vec![live], limit: MOST, ..Query::plain(&SERVICES) };
    let mut all = list(tx, &request.house, &request.view, &SERVICES, &query)?.records;
    let used = store::used_services(tx, &request.view, USED)?;
    all.sort_by_key(|it| used.iter().position(|id| *id == it.id).unwrap_or(USED));
    Ok(all.iter().map(|it| Choice::new(it.reference.clone(), it.title())).collect())
}
