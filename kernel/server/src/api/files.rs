//! Files of a record: listed, attached, given out and taken off. One file a request, as it is, without a form around it.

use super::replay::{self, Key};
use super::write::Written;
use super::{Asked, known_parameters, no_parameters};
use crate::answer::{json_of, set};
use crate::body::whole;
use crate::collect::off;
use crate::gate::Seen;
use crate::page::given;
use crate::query::pairs;
use axum::body::Body;
use axum::http::{Response, StatusCode};
use db::Tx;
use kernel::describe::Register;
use kernel::file::{self, Attached, LARGEST, Stored};
use kernel::register::{self, Record};
use kernel::who::View;
use kernel::{Act, Error, House, Result, time};
use serde_json::{Value as Json, json};
use std::sync::Arc;

/// `GET /api/v1/{kind}/{id}/files`: those that the caller may open, the oldest first.
pub(super) async fn list((call, credential): Asked, register: &'static Register, id: String) -> Result<Response<Body>> {
    no_parameters(&call)?;
    let house = Arc::clone(&call.app.house);
    let read = move |tx: &mut Tx, seen: &Arc<Seen>| {
        seen.view.demand(register, "read")?;
        let record = register::load(tx, &house, &seen.view, register, &id)?;
        let all = file::attached(tx, &seen.view, &record)?;
        Ok(json!({ "items": all.iter().map(|it| told(&record, it)).collect::<Vec<_>>() }))
    };
    Ok(json_of(StatusCode::OK, &call.app.read(&credential, read).await?))
}

/// What is said of a file.
fn told(record: &Record, file: &Attached) -> Json {
    json!({
        "id": file.id.to_string(), "name": file.name, "media_type": file.media, "size": file.size, "sha256": file.digest,
        "internal": file.internal, "created_at": time::rfc3339(file.created_at),
        "url": format!("/api/v1/{}/{}/files/{}", record.shape.register.key, record.reference, file.id),
    })
}

/// Name and openness of a file to be attached, from the query.
fn asked(call: &crate::call::Call) -> Result<(String, bool)> {
    let pairs = pairs(call.query())?;
    known_parameters(&pairs, &["name", "internal"])?;
    let value = |key: &str| pairs.iter().rev().find(|(name, _)| name == key).map(|(_, value)| value.as_str());
    let name = value("name").filter(|name| !name.trim().is_empty());
    let name = name.ok_or_else(|| Error::malformed("name", "Name the file: ?name=screen.png."))?;
    let internal = match value("internal") {
        None | Some("false") => false,
        Some("true") => true,
        Some(_) => return Err(Error::malformed("internal", "This must be true or false.")),
    };
    Ok((name.to_owned(), internal))
}

/// `POST /api/v1/{kind}/{id}/files?name=&internal=`: the body is the file.
pub(super) async fn attach((call, credential): Asked, register: &'static Register, id: String, body: Body) -> Result<Response<Body>> {
    let (name, internal) = asked(&call)?;
    // Who may not attach is refused before anything of theirs is read or stored.
    let (house, wanted) = (Arc::clone(&call.app.house), id.clone());
    let may = move |tx: &mut Tx, seen: &Arc<Seen>| {
        seen.view.demand(register, "read")?;
        let record = register::load(tx, &house, &seen.view, register, &wanted)?;
        if internal {
            seen.view.demand(register, "internal")?;
        }
        if file::may_attach(tx, &seen.view, &record)? { Ok(()) } else { Err(Error::forbidden(register.key, "edit")) }
    };
    call.app.read(&credential, may).await?;
    let bytes: Arc<[u8]> = Arc::from(whole(body, LARGEST).await?.as_ref());
    if bytes.is_empty() {
        return Err(Error::invalid("name", format!("The file {} is empty. Send its bytes as the body.", file::tidy_name(&name))));
    }
    let (store, stored) = (call.app.files.clone(), Arc::clone(&bytes));
    let digest = off(move || store.put(&stored)).await?;
    let key = Key::of(&call, &credential, format!("{name}\n{internal}\n{digest}").as_bytes())?;
    let sent = [Stored { name, digest, bytes }];
    let deed = move |act: &mut Act, _: &Arc<Seen>| {
        replay::once(act, key.as_ref(), |act| {
            let record = register::load(act.tx, act.house, act.view, register, &id)?;
            let ids = file::attach_all(act, &record, &sent, internal)?;
            let file = file::find(act.tx, *ids.first().ok_or(Error::NotFound)?)?;
            let json = told(&record, &file);
            let location = json["url"].as_str().unwrap_or_default().to_owned();
            let body = serde_json::to_vec(&json).map_err(|fault| Error::Fault(fault.to_string()))?;
            Ok(Written { status: StatusCode::CREATED, body, location, etag: String::new(), act: act.id })
        })
    };
    Ok(call.app.write::<_, Error>(&credential, deed).await?.answer())
}

/// A file of this very record, if the caller may see both.
fn of_record(tx: &mut Tx, house: &House, view: &View, register: &'static Register, id: &str, file: &str) -> Result<Attached> {
    let record = register::load(tx, house, view, register, id)?;
    let (found, at) = file::open(tx, house, view, file.parse().map_err(|_| Error::NotFound)?)?;
    if at.id == record.id { Ok(found) } else { Err(Error::NotFound) }
}

/// `GET /api/v1/{kind}/{id}/files/{file}`: the bytes.
pub(super) async fn get((call, credential): Asked, register: &'static Register, id: String, file: String) -> Result<Response<Body>> {
    no_parameters(&call)?;
    let house = Arc::clone(&call.app.house);
    let read = move |tx: &mut Tx, seen: &Arc<Seen>| {
        seen.view.demand(register, "read")?;
        of_record(tx, &house, &seen.view, register, &id, &file)
    };
    let found = call.app.read(&credential, read).await?;
    let (store, digest) = (call.app.files.clone(), found.digest.clone());
    let bytes = off(move || store.get(&digest)).await?;
    Ok(given(&found, bytes))
}

/// `DELETE /api/v1/{kind}/{id}/files/{file}`: takes it off; the history still says that it was there.
pub(super) async fn remove((call, credential): Asked, register: &'static Register, id: String, file: String) -> Result<Response<Body>> {
    no_parameters(&call)?;
    let deed = move |act: &mut Act, _: &Arc<Seen>| {
        let found = of_record(act.tx, act.house, act.view, register, &id, &file)?;
        file::detach(act, found.id)?;
        Ok(act.id)
    };
    let act = call.app.write::<_, Error>(&credential, deed).await?;
    let mut answer = Response::new(Body::empty());
    *answer.status_mut() = StatusCode::NO_CONTENT;
    set(&mut answer, super::write::ACT, &act.to_string());
    Ok(answer)
}
