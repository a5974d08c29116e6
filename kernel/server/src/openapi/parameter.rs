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

fn fields() -> Json {
    query("fields", "Fields to give, separated by commas; all if left out.", json!({ "type": "string" }))
}

fn expand() -> Json {
    query("expand", "Links to give with reference and title, separated by commas.", json!({ "type": "string" }))
}

fn as_of() -> Json {
    query("as_of", "As it was at this time.", json!({ "type": "string", "format": "date-time" }))
}

/// Parameters of one record.
pub(super) fn of_one() -> Vec<Json> {
    vec![fields(), expand(), as_of()]
}

/// Parameters of a page of the journal.
pub(super) fn of_journal() -> Vec<Json> {
    vec![limit(200, 50), cursor()]
}

/// Parameters of search.
pub(super) fn of_search() -> Vec<Json> {
    let mut q = query("q", "Words to search for; all must occur.", json!({ "type": "string", "minLength": 1, "maxLength": 400, "pattern": "\\S" }));
    q["required"] = true.into();
    vec![q, query("kind", "Only this kind.", json!({ "type": "string" })), limit(100, 20)]
}

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
        query("q", "Words to search for; all must occur.", json!({ "type": "string", "maxLength": 400 })),
        query("sort", "Field to sort by; descending with - before it.", json!({ "type": "string", "examples": ["-updated_at"] })),
        limit(200, 50),
        cursor(),
        query("count", "Whether to count.", json!({ "type": "string", "enum": ["none", "rough", "exact"] })),
        fields(),
        expand(),
        as_of(),
        query("retired", "Also retired records.", json!({ "type": "string", "enum": ["true", "false"] })),
    ];
    if !register.states.is_empty() {
        all.push(query("state", "States, separated by commas.", json!({ "type": "string" })));
    }
    let shape = house.shape(register);
    let usual = shape.fields.iter().filter(|field| field.filtered && reader.reads(register, field));
    all.extend(usual.map(filter));
    all
}

fn filter(field: &Field) -> Json {
    let about = match field.kind {
        Kind::Link(_) | Kind::Many(_) | Kind::LinkAny => format!("{}: references, separated by commas.", field.label),
        _ => format!("{}: values, separated by commas.", field.label),
    };
    query(field.key, &about, json!({ "type": "string" }))
}
