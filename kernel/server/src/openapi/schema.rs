//! Schemas of records: as they are read, as they are sent, and what verbs ask.

use super::Reader;
use kernel::House;
use kernel::describe::{Field, Kind, Register};
use serde_json::{Map, Value as Json, json};

/// Schemas that all kinds share.
pub(super) fn shared() -> Map<String, Json> {
    let mut all = Map::new();
    let text = json!({ "type": "string" });
    all.insert(
        "Problem".into(),
        json!({
            "type": "object", "required": ["type", "title", "status", "detail", "errors"],
            "properties": {
                "type": { "type": "string", "format": "uri-reference" }, "title": text, "status": { "type": "integer" }, "detail": text,
                "errors": { "type": "array", "items": {
                    "type": "object", "required": ["field", "message"], "properties": { "field": text, "message": text } } },
            },
        }),
    );
    all.insert(
        "Money".into(),
        json!({
            "type": "object", "required": ["amount", "currency"], "additionalProperties": false,
            "properties": { "amount": { "type": "string", "pattern": "^-?[0-9]{1,12}(\\.[0-9]{1,3})?$", "examples": ["12.50"] },
                            "currency": { "type": "string", "pattern": "^[A-Z]{3}$", "examples": ["EUR"] } },
        }),
    );
    all.insert(
        "Named".into(),
        json!({ "type": "object", "required": ["reference", "title"], "properties": { "reference": text, "title": text } }),
    );
    all.insert(
        "Link".into(),
        json!({ "anyOf": [{ "type": "string", "description": "A reference." }, { "$ref": "#/components/schemas/Named" }] }),
    );
    all.insert("MaybeLink".into(), json!({ "anyOf": [{ "$ref": "#/components/schemas/Link" }, { "type": "null" }] }));
    all.insert("Entry".into(), entry());
    all.insert("File".into(), super::files::schema());
    all.insert("Reasons".into(), reasons());
    all
}

fn reasons() -> Json {
    let text = json!({ "type": "string" });
    let step = json!({
        "type": "object", "required": ["what", "value", "note", "by", "at", "records", "counted"],
        "properties": {
            "what": text, "value": {}, "note": text, "by": { "anyOf": [{ "$ref": "#/components/schemas/Named" }, { "type": "null" }] },
            "at": { "type": ["string", "null"], "format": "date-time" }, "records": { "type": ["string", "null"] }, "counted": { "type": "boolean" },
        },
    });
    json!({
        "type": "object", "required": ["field", "steps", "result", "basis", "agrees"],
        "properties": {
            "field": text, "steps": { "type": "array", "items": step, "minItems": 1 },
            "result": { "description": "Worked out from the steps." }, "basis": text,
            "agrees": { "type": "boolean", "description": "Whether the record shows the same." },
        },
    })
}

fn entry() -> Json {
    let object = json!({ "type": "object" });
    let time = json!({ "type": "string", "format": "date-time" });
    json!({
        "type": "object", "required": ["act", "verb", "at", "recorded_at", "actor", "means", "through", "changes", "input", "reason", "redacted"],
        "properties": {
            "act": { "type": "string" }, "verb": { "type": "string" }, "at": time, "recorded_at": time,
            "actor": { "anyOf": [{ "$ref": "#/components/schemas/Named" }, { "type": "null" }] },
            "means": { "type": "string" }, "through": { "type": "string" }, "changes": object, "input": object,
            "reason": { "type": ["string", "null"] }, "redacted": { "type": "boolean" },
        },
    })
}

/// Names of the schemas of a kind: as read, to create, to change.
pub(super) fn names(register: &Register) -> (String, String, String) {
    let name: String = register.one.split(|letter: char| !letter.is_ascii_alphanumeric()).map(capital).collect();
    (name.clone(), format!("{name}New"), format!("{name}Change"))
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_ascii_uppercase().to_string() + letters.as_str()).unwrap_or_default()
}

/// Adds the schemas of a kind.
pub(super) fn of(house: &House, reader: Reader, register: &'static Register, schemas: &mut Map<String, Json>) {
    let shape = house.shape(register);
    let fields: Vec<&Field> = shape.fields.iter().filter(|field| reader.reads(register, field)).collect();
    let (read, new, change) = names(register);
    schemas.insert(read, as_read(register, &fields));
    let sent: Vec<&Field> = fields.iter().copied().filter(|field| !field.computed).collect();
    schemas.insert(new, as_sent(&sent, true));
    schemas.insert(change, as_sent(&sent, false));
}

fn as_read(register: &Register, fields: &[&Field]) -> Json {
    let time = json!({ "type": "string", "format": "date-time" });
    let mut all = Map::new();
    all.insert("reference".into(), json!({ "type": "string", "examples": [format!("{}-1042", register.prefix)] }));
    all.insert("id".into(), json!({ "type": "string" }));
    all.insert("organisation".into(), json!({ "$ref": "#/components/schemas/MaybeLink" }));
    if !register.states.is_empty() {
        let states: Vec<&str> = register.states.iter().map(|state| state.key).collect();
        all.insert("state".into(), json!({ "type": "string", "enum": states }));
    }
    for field in fields {
        all.insert(field.key.into(), value(field, false));
    }
    all.insert("created_at".into(), time.clone());
    all.insert("updated_at".into(), time.clone());
    all.insert("version".into(), json!({ "type": "integer", "minimum": 0 }));
    all.insert("retired_at".into(), time);
    json!({ "type": "object", "description": register.about, "required": ["reference"], "properties": all })
}

fn as_sent(fields: &[&Field], new: bool) -> Json {
    let mut all: Map<String, Json> = fields.iter().map(|field| (field.key.to_owned(), value(field, true))).collect();
    all.insert("organisation".into(), json!({ "type": "string", "description": "Reference of an organisation within reach." }));
    let required: Vec<&str> = fields.iter().filter(|field| field.required && field.preset.is_empty()).map(|field| field.key).collect();
    let mut schema = json!({ "type": "object", "additionalProperties": false, "properties": all });
    if new && !required.is_empty() {
        schema["required"] = json!(required);
    }
    schema
}

/// What a verb asks, as a schema.
pub(super) fn asks(reader: Reader, register: &Register, asks: &[Field]) -> Json {
    let fields: Vec<&Field> = asks.iter().filter(|field| reader.reads(register, field)).collect();
    let mut schema = as_sent(&fields, true);
    if let Some(properties) = schema["properties"].as_object_mut().filter(|_| !asks.iter().any(|field| field.key == "organisation")) {
        properties.shift_remove("organisation");
    }
    schema
}

/// The schema of a value; `null` takes it away, or says that there is none.
fn value(field: &Field, sent: bool) -> Json {
    let mut schema = plain(field, sent);
    let always_there = matches!(field.kind, Kind::Many(_)) || (sent && field.required);
    if !always_there {
        schema = nullable(schema);
    }
    let about = [field.label, field.help].iter().filter(|text| !text.is_empty()).copied().collect::<Vec<_>>().join(". ");
    if let Some(map) = schema.as_object_mut() {
        map.insert("description".into(), about.into());
        if field.computed {
            map.insert("readOnly".into(), true.into());
        }
    }
    schema
}

fn nullable(mut schema: Json) -> Json {
    match schema.get("type").cloned() {
        Some(Json::String(kind)) => {
            schema["type"] = json!([kind, "null"]);
            if let Some(words) = schema.get_mut("enum").and_then(Json::as_array_mut) {
                words.push(Json::Null);
            }
            schema
        }
        _ => json!({ "anyOf": [schema, { "type": "null" }] }),
    }
}

fn plain(field: &Field, sent: bool) -> Json {
    let choices = field.choices();
    match field.kind {
        Kind::Line { limit } | Kind::Text { limit } if sent => {
            json!({ "type": "string", "maxLength": limit, "minLength": usize::from(field.required) })
        }
        Kind::Line { .. } | Kind::Text { .. } => json!({ "type": "string" }),
        Kind::Int { min, max } => json!({ "type": "integer", "minimum": min, "maximum": max }),
        Kind::Real => json!({ "type": "number" }),
        Kind::Bool => json!({ "type": "boolean" }),
        Kind::Date => json!({ "type": "string", "format": "date" }),
        Kind::Time => json!({ "type": "string", "format": "date-time" }),
        Kind::Duration => json!({ "type": "string", "pattern": "^-?P", "examples": ["PT4H30M"] }),
        Kind::Money => json!({ "$ref": "#/components/schemas/Money" }),
        Kind::Choice(_) if sent || !field.custom => {
            json!({ "type": "string", "enum": choices.iter().map(|it| it.key).collect::<Vec<_>>() })
        }
        Kind::Choice(_) => json!({ "type": "string" }),
        Kind::Level(_) => json!({ "type": "integer", "enum": choices.iter().map(|it| it.rung).collect::<Vec<_>>() }),
        Kind::Link(_) | Kind::LinkAny if sent => json!({ "type": "string", "minLength": 1, "maxLength": 400 }),
        Kind::Link(_) | Kind::LinkAny => json!({ "$ref": "#/components/schemas/Link" }),
        Kind::Many(_) if sent => {
            json!({ "type": "array", "maxItems": 500, "items": { "type": "string", "minLength": 1, "maxLength": 400 } })
        }
        Kind::Many(_) => json!({ "type": "array", "items": { "$ref": "#/components/schemas/Link" } }),
    }
}
