//! Bodies on their way in: JSON objects and forms, with limits.

use axum::body::{Body, Bytes};
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use kernel::web::Form;
use kernel::{Error, Result};
use serde_json::{Map, Value as Json};
use std::sync::Arc;

/// Most fields, and most files, of one form.
const MOST_PARTS: usize = 5_000;
/// Most bytes of a form's field that is not a file.
const FIELD_LIMIT: usize = 1 << 20;

/// Files of a form: field, file name, bytes.
pub(crate) type Files = Vec<(String, String, Arc<[u8]>)>;

/// The whole body, if it is not larger than `limit`.
pub(crate) async fn whole(body: Body, limit: usize) -> Result<Bytes> {
    let too_large = || Error::TooLarge(format!("This is larger than the {} KiB that are accepted here; nothing was saved.", limit >> 10));
    axum::body::to_bytes(body, limit).await.map_err(|error| {
        let text = error.to_string();
        if text.contains("length limit") { too_large() } else { Error::malformed("", "The body did not arrive whole. Send it again.") }
    })
}

/// The media type without parameters, in small letters.
pub(crate) fn media(headers: &HeaderMap) -> String {
    let value = headers.get(header::CONTENT_TYPE).and_then(|it| it.to_str().ok()).unwrap_or_default();
    value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// A body as a JSON object.
pub(crate) fn object(bytes: &[u8]) -> Result<Map<String, Json>> {
    let map: Map<String, Json> = serde_json::from_slice(bytes).map_err(|fault| {
        Error::malformed("", format!("The body is not a JSON object ({fault}). Send one, like {{\"summary\": \"Printer on fire\"}}."))
    })?;
    // A NUL can only come in as an escape.
    if bytes.windows(6).any(|six| six == b"\\u0000") && map.iter().any(|(key, value)| key.contains('\0') || has_nul(value)) {
        return Err(Error::malformed("", "The body holds a NUL character, which no text may. Take it out."));
    }
    Ok(map)
}

fn has_nul(json: &Json) -> bool {
    match json {
        Json::String(text) => text.contains('\0'),
        Json::Array(all) => all.iter().any(has_nul),
        Json::Object(map) => map.iter().any(|(key, value)| key.contains('\0') || has_nul(value)),
        _ => false,
    }
}

/// What a form sent, urlencoded or multipart. NUL characters are dropped.
pub(crate) async fn form(parts: &Parts, body: Body, limit: usize) -> Result<(Form, Files)> {
    match media(&parts.headers).as_str() {
        "multipart/form-data" => multipart(parts, body, limit).await,
        "application/x-www-form-urlencoded" | "" => {
            let bytes = whole(body, limit.min(4 * FIELD_LIMIT)).await?;
            let mut form = Form::new();
            for (key, value) in form_urlencoded::parse(&bytes) {
                put(&mut form, key.into(), value.into())?;
            }
            Ok((form, Files::new()))
        }
        other => Err(Error::malformed("", format!("A form cannot be sent as {other}."))),
    }
}

async fn multipart(parts: &Parts, body: Body, limit: usize) -> Result<(Form, Files)> {
    let bytes = whole(body, limit).await?;
    let mut request = Request::new(Body::from(bytes));
    *request.headers_mut() = parts.headers.clone();
    // The router's layer has lifted the framework's own limit, and says so in an extension.
    *request.extensions_mut() = parts.extensions.clone();
    let broken = |_| Error::malformed("", "The form did not arrive whole. Send it again.");
    let mut multipart = Multipart::from_request(request, &()).await.map_err(|_| Error::malformed("", "The form is not well made."))?;
    let (mut form, mut files) = (Form::new(), Files::new());
    while let Some(field) = multipart.next_field().await.map_err(broken)? {
        let name = field.name().unwrap_or_default().to_owned();
        let file = field.file_name().map(str::to_owned);
        let bytes = field.bytes().await.map_err(broken)?;
        match file {
            // A file field that was left empty.
            Some(file) if file.is_empty() && bytes.is_empty() => {}
            Some(file) => files.push((name, file.replace('\0', ""), Arc::from(bytes.as_ref()))),
            None => put(&mut form, name, String::from_utf8_lossy(&bytes).into_owned())?,
        }
        if files.len() > MOST_PARTS {
            return Err(Error::TooLarge(format!("At most {MOST_PARTS} files can be sent at once.")));
        }
    }
    Ok((form, files))
}

/// Adds a value; a name sent several times becomes a list.
fn put(form: &mut Form, key: String, value: String) -> Result<()> {
    if value.len() > FIELD_LIMIT {
        return Err(Error::TooLarge(format!("{key} is larger than the {} KiB that fit into one field.", FIELD_LIMIT >> 10)));
    }
    if form.len() >= MOST_PARTS {
        return Err(Error::TooLarge(format!("At most {MOST_PARTS} fields can be sent at once.")));
    }
    let value = Json::String(if value.contains('\0') { value.replace('\0', "") } else { value });
    match form.get_mut(&key) {
        None => drop(form.insert(key, value)),
        Some(Json::Array(all)) if all.len() < MOST_PARTS => all.push(value),
        Some(Json::Array(_)) => return Err(Error::TooLarge(format!("{key} was sent more than {MOST_PARTS} times."))),
        Some(one) => *one = Json::Array(vec![one.take(), value]),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_objects_without_nul_are_taken() {
        assert_eq!(object(br#"{"a":1}"#).unwrap()["a"], 1);
        assert!(object(br#"{"a":"C:\\u0000"}"#).is_ok(), "an escaped backslash is no NUL");
        for bad in [&b"[]"[..], b"", b"{", b"null", b"\"x\"", b"{\"a\":1e999}", br#"{"a":["\u0000"]}"#, br#"{"a":"\ud800"}"#, b"\xff"] {
            assert!(object(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn a_name_sent_twice_is_a_list() {
        let mut form = Form::new();
        for value in ["a", "b", "c"] {
            put(&mut form, "pick".into(), value.into()).unwrap();
        }
        assert_eq!(form["pick"], serde_json::json!(["a", "b", "c"]));
    }
}
