//! Operations on the files of a record.

use super::operation::{ACT, LOCATION, good, id, one, operation, with_headers};
use super::{Reader, parameter};
use kernel::describe::Register;
use serde_json::{Map, Value as Json, json};

/// The schema of a file.
pub(super) fn schema() -> Json {
    let text = json!({ "type": "string" });
    json!({
        "type": "object", "required": ["id", "name", "media_type", "size", "sha256", "internal", "created_at", "url"],
        "properties": {
            "id": text, "name": text, "media_type": { "type": "string", "description": "By content, whatever the name says." },
            "size": { "type": "integer", "minimum": 1, "description": "Bytes." }, "sha256": { "type": "string", "pattern": "^[0-9a-f]{64}$" },
            "internal": { "type": "boolean", "description": "Never shown to the requester." },
            "created_at": { "type": "string", "format": "date-time" }, "url": { "type": "string", "format": "uri-reference" },
        },
    })
}

/// Adds the paths of a kind.
pub(super) fn of(reader: Reader, register: &'static Register, paths: &mut Map<String, Json>) {
    let base = format!("/api/v1/{}/{{id}}/files", register.key);
    let mut all = json!({ "get": list(register) });
    if reader.may(register, "edit") || reader.may(register, "reply") {
        all["post"] = attach(register);
    }
    paths.insert(base.clone(), all);
    let mut single = json!({ "get": get(register) });
    if reader.may(register, "edit") {
        single["delete"] = remove(register);
    }
    paths.insert(format!("{base}/{{file}}"), single);
}

fn file() -> Json {
    json!({ "$ref": "#/components/schemas/File" })
}

fn list(register: &Register) -> Json {
    let page = json!({ "type": "object", "required": ["items"], "properties": { "items": { "type": "array", "items": file(), "maxItems": 500 } } });
    let (name, about) = (format!("{}_files", id(register)), format!("Files of a {}", one(register)));
    operation(name, about, register.key, vec![parameter::reference(register)], good("200", "Its files, the oldest first.", page), &[])
}

fn attach(register: &Register) -> Json {
    let good = with_headers(good("201", "It is attached.", file()), "201", &[LOCATION, ACT]);
    let name = json!({ "name": "name", "in": "query", "required": true, "description": "What it is called.", "schema": { "type": "string", "minLength": 1, "pattern": "\\S" } });
    let internal = json!({ "name": "internal", "in": "query", "required": false, "description": "Never shown to the requester.", "schema": { "type": "boolean", "default": false } });
    let parameters = vec![parameter::reference(register), name, internal, parameter::idempotency()];
    let (title, more) = (format!("Attach a file to a {}", one(register)), ["403", "409", "413", "422"]);
    let mut post = operation(format!("{}_attach", id(register)), title, register.key, parameters, good, &more);
    let bytes = json!({ "schema": { "type": "string", "format": "binary", "description": "The file as it is, at most 25 MiB." } });
    post["requestBody"] = json!({ "required": true, "content": { "application/octet-stream": bytes } });
    post
}

fn of_path() -> Json {
    json!({ "name": "file", "in": "path", "required": true, "description": "Id of the file.", "schema": { "type": "string", "minLength": 1 } })
}

fn get(register: &Register) -> Json {
    let bytes = json!({ "description": "The bytes.", "content": { "*/*": { "schema": { "type": "string", "format": "binary" } } } });
    let good = Map::from_iter([("200".to_owned(), bytes)]);
    let parameters = vec![parameter::reference(register), of_path()];
    operation(format!("{}_file", id(register)), format!("One file of a {}", one(register)), register.key, parameters, good, &[])
}

fn remove(register: &Register) -> Json {
    let good = Map::from_iter([("204".to_owned(), json!({ "description": "It is taken off; the history says that it was there." }))]);
    let parameters = vec![parameter::reference(register), of_path()];
    let (name, about) = (format!("{}_detach", id(register)), format!("Take a file off a {}", one(register)));
    operation(name, about, register.key, parameters, good, &["403", "409"])
}
