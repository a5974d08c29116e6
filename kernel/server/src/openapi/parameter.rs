//! Parameters of operations.

use super::Reader;
use kernel::House;
use kernel::describe::{Field, Kind, Register};
use serde_json::{Value as Json, json};

fn query(name: &str, about: &str, schema: Json) -> Json {
    json!({ "name": name, "in": "query", "required": false, "description": about, "schema": schema })
}

/// The reference in the path.
pub(super) fn reference(register: &Register) -> Json {
    json!({ "name": "id", "in": "path", "required": true, "description": format!("Reference, like {}-1042, in any case.", register.prefix),
            "schema": { "type": "string", "minLength": 1 } })
}

/// What can be asked why: computed fields, and access.
pub(super) fn question(house: &House, reader: Reader, register: &'static Register) -> Json {
    let shape = house.shape(register);
    let computed = shape.fields.iter().filter(|field| field.computed && reader.reads(register, field)).map(|field| field.key);
    let all: Vec<&str> = computed.chain(["access"]).collect();
    json!({ "name": "field", "in": "path", "required": true, "description": "A computed field, or `access`: why the caller sees the record.",
            "schema": { "type": "string", "enum": all } })
}

/// Headers of a write.
pub(super) fn if_match() -> Json {
    json!({ "name": "If-Match", "in": "header", "required": false, "description": "The ETag the record was read with; refused with 412 if it changed since.",
            "schema": { "type": "string" } })
}

/// Replays the first answer.
pub(super) fn idempotency() -> Json {
    json!({ "name": "Idempotency-Key", "in": "header", "required": false,
            "description": "A second request with the same key gets the first answer again; the same key with another request is refused with 422.",
            "schema": { "type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$" } })
}

/// Several of some words, separated by commas.
fn several(name: &str, about: &str, words: Vec<&str>) -> Json {
    let mut parameter = query(name, about, json!({ "type": "array", "items": { "type": "string", "enum": words } }));
    parameter["explode"] = false.into();
    parameter
}

const COMMON: [&str; 7] = ["id", "reference", "organisation", "state", "version", "created_at", "updated_at"];

fn shaping(house: &House, reader: Reader, register: &'static Register) -> Vec<Json> {
    let shape = house.shape(register);
    let readable = || shape.fields.iter().filter(|field| reader.reads(register, field));
    let all: Vec<&str> = COMMON.into_iter().chain(readable().map(|field| field.key)).collect();
    let links = readable().filter(|field| matches!(field.kind, Kind::Link(_) | Kind::LinkAny | Kind::Many(_))).map(|field| field.key);
    vec![
        several("fields", "Fields to give; all if left out.", all),
        several("expand", "Links to give with reference and title.", ["organisation"].into_iter().chain(links).collect()),
        as_of(),
    ]
}

fn as_of() -> Json {
    query(
        "as_of",
        "As it was at this time; a day alone means its end where the reader is.",
        json!({ "type": "string", "format": "date-time" }),
    )
}

/// Parameters of one record.
pub(super) fn of_one(house: &House, reader: Reader, register: &'static Register) -> Vec<Json> {
    shaping(house, reader, register)
}

/// Parameters of a page of the journal.
pub(super) fn of_journal() -> Vec<Json> {
    vec![limit(200, 50), cursor()]
}

/// Parameters of search.
pub(super) fn of_search() -> Vec<Json> {
    let mut q =
        query("q", "Words to search for; all must occur.", json!({ "type": "string", "minLength": 1, "maxLength": 400, "pattern": "\\S" }));
    q["required"] = true.into();
    vec![q, query("kind", "Only this kind.", json!({ "type": "string" })), limit(100, 20)]
}

const WORDS: &str = "Words to search for; all must occur. Of words with more than 5,000 hits the newest are looked at, and a count \
    is not exact; with count=exact all are.";

fn limit(most: usize, usual: usize) -> Json {
    query("limit", "Items a page.", json!({ "type": "integer", "minimum": 1, "maximum": most, "default": usual }))
}

fn cursor() -> Json {
    query("cursor", "Where to go on: `next` of the page before.", json!({ "type": "string" }))
}

/// Parameters of a list: the common ones, then one per field that is usually filtered by. Every other field may be used too,
/// with an operator after `__`.
pub(super) fn of_list(house: &House, reader: Reader, register: &'static Register) -> Vec<Json> {
    let mut all = vec![
        query("q", WORDS, json!({ "type": "string", "maxLength": 400 })),
        query(
            "sort",
            "Field to sort by; descending with - before it.",
            json!({ "type": "string", "enum": orders(house, reader, register) }),
        ),
        limit(200, 50),
        cursor(),
        query("count", "Whether to count.", json!({ "type": "string", "enum": ["none", "rough", "exact"] })),
        query("retired", "Also retired records.", json!({ "type": "string", "enum": ["true", "false"] })),
    ];
    all.extend(shaping(house, reader, register));
    if !register.states.is_empty() {
        all.push(several("state", "States.", register.states.iter().map(|state| state.key).collect()));
    }
    let shape = house.shape(register);
    let usual = shape.fields.iter().filter(|field| field.filtered && reader.reads(register, field));
    all.extend(usual.map(filter));
    all
}

/// Every order of a list.
fn orders(house: &House, reader: Reader, register: &'static Register) -> Vec<String> {
    let shape = house.shape(register);
    let sorts = |field: &&Field| reader.reads(register, field) && !matches!(field.kind, Kind::Many(_) | Kind::Text { .. } | Kind::LinkAny);
    let keys =
        ["created_at", "updated_at", "reference", "state"].into_iter().chain(shape.fields.iter().filter(sorts).map(|field| field.key));
    keys.flat_map(|key| [key.to_owned(), format!("-{key}")]).collect()
}

fn filter(field: &Field) -> Json {
    let items = match field.kind {
        Kind::Choice(of) => json!({ "type": "string", "enum": of.iter().map(|it| it.key).collect::<Vec<_>>() }),
        Kind::Level(of) => json!({ "type": "integer", "enum": of.iter().map(|it| it.rung).collect::<Vec<_>>() }),
        Kind::Int { min, max } => json!({ "type": "integer", "minimum": min, "maximum": max }),
        Kind::Real | Kind::Money => json!({ "type": "number" }),
        Kind::Bool => json!({ "type": "boolean" }),
        Kind::Date => json!({ "type": "string", "format": "date" }),
        Kind::Time => json!({ "type": "string", "format": "date-time" }),
        _ => json!({ "type": "string" }),
    };
    let mut parameter = query(field.key, &format!("{}: any of these.", field.label), json!({ "type": "array", "items": items }));
    parameter["explode"] = false.into();
    parameter
}
