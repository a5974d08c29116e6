//! Operations of a kind, with every answer they can give.

use super::schema::{asks, names};
use super::{Reader, files, parameter};
use kernel::House;
use kernel::describe::{Register, Verb};
use serde_json::{Map, Value as Json, json};

/// What can go wrong anywhere.
const ALWAYS: &[&str] = &["400", "401", "404", "429", "503"];

/// The answers that say what went wrong.
pub(super) fn problems() -> Json {
    let about = [
        ("400", "The request is malformed: an unknown parameter, field or operator, or a body that is no JSON object."),
        ("401", "The token is missing, has ended or is not valid."),
        ("403", "You may not do this."),
        ("404", "There is no such record, or you may not see it."),
        ("409", "The state of the record does not allow it, or it clashes with another."),
        ("412", "The record changed since it was read."),
        ("413", "The body is too large."),
        ("415", "The body was not sent as JSON."),
        ("422", "Fields were refused; `errors` says which and why."),
        ("429", "Too many requests; `Retry-After` says when to go on."),
        ("503", "Busy or out of space for the moment; nothing was changed. `Retry-After` says when to try again."),
    ];
    let one = |(status, about): (&str, &str)| {
        let mut answer = json!({ "description": about, "content": { "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" } } } });
        if matches!(status, "429" | "503") {
            answer["headers"] = json!({ "Retry-After": { "schema": { "type": "integer" } } });
        }
        (status.to_owned(), answer)
    };
    Json::Object(about.into_iter().map(one).collect())
}

fn refusals(answers: &mut Map<String, Json>, more: &[&str]) {
    for status in ALWAYS.iter().chain(more) {
        answers.insert((*status).into(), json!({ "$ref": format!("#/components/responses/{status}") }));
    }
}

pub(super) fn operation(id: String, summary: String, tag: &str, parameters: Vec<Json>, mut good: Map<String, Json>, more: &[&str]) -> Json {
    refusals(&mut good, more);
    let mut operation = json!({ "operationId": id, "summary": summary, "parameters": parameters, "responses": good });
    if !tag.is_empty() {
        operation["tags"] = json!([tag]);
    }
    operation
}

pub(super) fn good(status: &str, about: &str, schema: Json) -> Map<String, Json> {
    let answer = json!({ "description": about, "content": { "application/json": { "schema": schema } } });
    Map::from_iter([(status.to_owned(), answer)])
}

fn object() -> Json {
    json!({ "type": "object" })
}

/// `/api/v1`
pub(super) fn index() -> Json {
    json!({ "get": operation("index".into(), "The kinds of record".into(), "", Vec::new(), good("200", "The kinds.", object()), &[]) })
}

/// `/api/v1/search`
pub(super) fn search() -> Json {
    let hit = json!({ "type": "object", "required": ["kind", "reference", "title", "state", "url"] });
    let page = json!({ "type": "object", "required": ["items"], "properties": { "items": { "type": "array", "items": hit } } });
    let good = good("200", "What was found, best first.", page);
    json!({ "get": operation("search".into(), "Search across kinds".into(), "", parameter::of_search(), good, &[]) })
}

/// Adds the paths of a kind.
pub(super) fn of(house: &House, reader: Reader, register: &'static Register, paths: &mut Map<String, Json>) {
    let base = format!("/api/v1/{}", register.key);
    let mut list = json!({ "get": list(house, reader, register) });
    if !register.closed && reader.may(register, "create") {
        list["post"] = create(register);
    }
    paths.insert(base.clone(), list);
    let about = operation(
        format!("{}_describe", id(register)),
        format!("What {} are made of", many(register)),
        register.key,
        Vec::new(),
        good("200", "The description.", object()),
        &[],
    );
    paths.insert(format!("/api/v1/kinds/{}", register.key), json!({ "get": about }));
    let mut one = json!({ "get": get(house, reader, register) });
    if reader.may(register, "edit") {
        one["patch"] = patch(register);
    }
    if reader.may(register, "retire") {
        one["delete"] = retire(register);
    }
    paths.insert(format!("{base}/{{id}}"), one);
    paths.insert(format!("{base}/{{id}}/journal"), json!({ "get": journal(register) }));
    paths.insert(format!("{base}/{{id}}/why/{{field}}"), json!({ "get": why(house, reader, register) }));
    files::of(reader, register, paths);
    for verb in register.verbs.iter().filter(|verb| reader.may(register, verb.key)) {
        paths.insert(format!("{base}/{{id}}/{}", verb.key), json!({ "post": perform(reader, register, verb) }));
    }
    paths.insert(format!("{base}/{{id}}/undo"), json!({ "post": undo(register) }));
    if reader.may(register, "redact") {
        paths.insert(format!("{base}/{{id}}/redact"), json!({ "post": redact(register) }));
    }
}

pub(super) fn id(register: &Register) -> String {
    register.key.replace('-', "_")
}

pub(super) fn one(register: &Register) -> String {
    register.one.to_lowercase()
}

fn many(register: &Register) -> String {
    register.many.to_lowercase()
}

fn record(register: &Register) -> Json {
    json!({ "$ref": format!("#/components/schemas/{}", names(register).0) })
}

fn body(schema: Json, media: &str, required: bool) -> Json {
    json!({ "required": required, "content": { media: { "schema": schema } } })
}

/// Headers of an answer that holds a record.
pub(super) fn with_headers(mut good: Map<String, Json>, status: &str, headers: &[(&str, &str)]) -> Map<String, Json> {
    let all: Map<String, Json> =
        headers.iter().map(|(name, about)| ((*name).to_owned(), json!({ "description": about, "schema": { "type": "string" } }))).collect();
    if let Some(answer) = good.get_mut(status) {
        answer["headers"] = Json::Object(all);
    }
    good
}

const ETAG: (&str, &str) = ("ETag", "Send it as If-Match with a change.");
pub(super) const ACT: (&str, &str) = ("X-Reeve-Act", "Names the act, so that it can be undone.");
pub(super) const LOCATION: (&str, &str) = ("Location", "Where the record is.");

fn list(house: &House, reader: Reader, register: &'static Register) -> Json {
    let page = json!({
        "type": "object", "required": ["items", "next"],
        "properties": { "items": { "type": "array", "items": record(register) }, "next": { "type": ["string", "null"] },
                        "count": { "type": "integer" }, "count_exact": { "type": "boolean" } },
    });
    let parameters = parameter::of_list(house, reader, register);
    operation(
        format!("{}_list", id(register)),
        format!("List {}", many(register)),
        register.key,
        parameters,
        good("200", "A page.", page),
        &[],
    )
}

fn create(register: &Register) -> Json {
    let good = with_headers(good("201", "It was made.", record(register)), "201", &[LOCATION, ETAG, ACT]);
    let mut post = operation(
        format!("{}_create", id(register)),
        format!("Make a new {}", one(register)),
        register.key,
        vec![parameter::idempotency()],
        good,
        &["403", "409", "413", "415", "422"],
    );
    post["requestBody"] = body(json!({ "$ref": format!("#/components/schemas/{}", names(register).1) }), "application/json", true);
    post
}

fn get(house: &House, reader: Reader, register: &'static Register) -> Json {
    let mut parameters = vec![parameter::reference(register)];
    parameters.extend(parameter::of_one(house, reader, register));
    let mut good = with_headers(good("200", "The record.", record(register)), "200", &[ETAG]);
    good.insert("304".into(), json!({ "description": "You have it already." }));
    operation(format!("{}_get", id(register)), format!("Read one {}", one(register)), register.key, parameters, good, &[])
}

fn patch(register: &Register) -> Json {
    let good = with_headers(good("200", "The record as changed.", record(register)), "200", &[ETAG, ACT]);
    let parameters = vec![parameter::reference(register), parameter::if_match()];
    let more = &["403", "409", "412", "413", "415", "422"];
    let mut patch =
        operation(format!("{}_edit", id(register)), format!("Change a {}", one(register)), register.key, parameters, good, more);
    patch["requestBody"] =
        body(json!({ "$ref": format!("#/components/schemas/{}", names(register).2) }), "application/merge-patch+json", true);
    patch
}

fn retire(register: &Register) -> Json {
    let good = Map::from_iter([("204".to_owned(), json!({ "description": "It was retired; it stays in history." }))]);
    let parameters = vec![parameter::reference(register), parameter::if_match()];
    let more = &["403", "409", "412", "422"];
    operation(format!("{}_retire", id(register)), format!("Retire a {}", one(register)), register.key, parameters, good, more)
}

fn journal(register: &Register) -> Json {
    let page = json!({
        "type": "object", "required": ["items", "next"],
        "properties": { "items": { "type": "array", "items": { "$ref": "#/components/schemas/Entry" } }, "next": { "type": ["string", "null"] } },
    });
    let mut parameters = vec![parameter::reference(register)];
    parameters.extend(parameter::of_journal());
    let good = good("200", "A page of its history, latest first.", page);
    operation(format!("{}_journal", id(register)), format!("History of a {}", one(register)), register.key, parameters, good, &[])
}

fn why(house: &House, reader: Reader, register: &'static Register) -> Json {
    let parameters = vec![parameter::reference(register), parameter::question(house, reader, register)];
    let good = good("200", "The reasons, and the value they lead to.", json!({ "$ref": "#/components/schemas/Reasons" }));
    operation(
        format!("{}_why", id(register)),
        format!("Why a computed field of a {} is what it is", one(register)),
        register.key,
        parameters,
        good,
        &[],
    )
}

fn acting(register: &Register, name: &str, summary: String, schema: Json, required: bool) -> Json {
    let good = with_headers(good("200", "The record afterwards.", record(register)), "200", &[ETAG, ACT]);
    let parameters = vec![parameter::reference(register), parameter::idempotency(), parameter::if_match()];
    let more = &["403", "409", "412", "413", "415", "422"];
    let mut post = operation(format!("{}_{}", id(register), name.replace('-', "_")), summary, register.key, parameters, good, more);
    post["requestBody"] = body(schema, "application/json", required);
    post
}

fn perform(reader: Reader, register: &Register, verb: &Verb) -> Json {
    let label = verb.label.trim_end_matches('…');
    let summary = if verb.help.is_empty() { format!("{label}: {}", one(register)) } else { verb.help.trim_end_matches('.').to_owned() };
    let required = verb.asks.iter().any(|field| field.required && field.preset.is_empty());
    acting(register, verb.key, summary, asks(reader, register, verb.asks), required)
}

/// An act, as it is sent.
fn act() -> Json {
    json!({ "type": "string", "pattern": "^[0-9]{1,19}$", "description": "As X-Reeve-Act and the journal name it." })
}

fn redact(register: &Register) -> Json {
    let reason = json!({ "type": "string", "minLength": 1, "maxLength": 1000, "description": "Why; it stays in the history." });
    let schema = json!({ "type": "object", "additionalProperties": false, "required": ["act", "reason"], "properties": { "act": act(), "reason": reason } });
    acting(register, "redact", format!("Erase what an act left in the history of a {}", one(register)), schema, true)
}

fn undo(register: &Register) -> Json {
    let act = act();
    let schema = json!({ "type": "object", "additionalProperties": false, "required": ["act"], "properties": { "act": act } });
    acting(register, "undo", format!("Take back what an act did to a {}", one(register)), schema, true)
}
