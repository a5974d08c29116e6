//! Idempotency keys: the first answer is kept in the transaction of the write and given again.

use super::write::Written;
use crate::call::Call;
use crate::gate::Credential;
use axum::http::StatusCode;
use db::Value;
use kernel::{Act, Error, Result, id};

/// A key with what it was sent with.
pub(super) struct Key {
    /// Names the key of this sender at this place.
    digest: String,
    /// The request: a second one under the same key must be the same.
    request: String,
}

impl Key {
    /// The key of a request, if it has one.
    pub(super) fn of(call: &Call, credential: &Credential, body: &[u8]) -> Result<Option<Key>> {
        let Some(header) = call.headers().get("idempotency-key") else { return Ok(None) };
        let key = header.to_str().ok().map(str::trim).filter(|key| (1..=255).contains(&key.len()));
        let key = key.ok_or_else(|| Error::malformed("Idempotency-Key", "This must be 1 to 255 visible ASCII characters."))?;
        let body = id::digest(&String::from_utf8_lossy(body));
        Ok(Some(Key {
            digest: id::digest(&format!("{}\n{key}", credential.digest())),
            request: id::digest(&format!("{}\n{}\n{body}", call.method(), call.path())),
        }))
    }
}

/// Does a write, unless its key was used: then gives the first answer, or refuses another request under the same key.
pub(super) fn once(act: &mut Act, key: Option<&Key>, write: impl FnOnce(&mut Act) -> Result<Written>) -> Result<Written> {
    let Some(key) = key else { return write(act) };
    act.tx.lock(&key.digest)?;
    let sql = "select request, status, answer, location, etag from idempotency where digest = ?1";
    if let Some(row) = act.tx.maybe(sql, &[Value::from(key.digest.as_str())])? {
        if row.text(0)? != key.request {
            let message = "This key was used for another request. Send the same request again, or a new key.";
            return Err(Error::invalid("Idempotency-Key", message));
        }
        let status = u16::try_from(row.int(1)?).ok().and_then(|code| StatusCode::from_u16(code).ok()).unwrap_or(StatusCode::OK);
        let (body, location, etag) = (row.text(2)?.as_bytes().to_vec(), row.text(3)?.to_owned(), row.text(4)?.to_owned());
        return Ok(Written { status, body, location, etag, act: 0 });
    }
    let written = write(act)?;
    keep(act, key, &written)?;
    Ok(written)
}

fn keep(act: &mut Act, key: &Key, written: &Written) -> Result<()> {
    let sql = "insert into idempotency (digest, request, status, answer, location, etag, created_at) values (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    let args = [
        Value::from(key.digest.as_str()),
        Value::from(key.request.as_str()),
        Value::Int(i64::from(written.status.as_u16())),
        Value::Text(String::from_utf8_lossy(&written.body).into_owned()),
        Value::from(written.location.as_str()),
        Value::from(written.etag.as_str()),
        Value::Int(act.recorded_at),
    ];
    act.tx.run(sql, &args)?;
    Ok(())
}
