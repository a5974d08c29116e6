//! Files of records: attached, given out and removed. Their bytes go to and from the disk outside of any transaction.

use super::{Way, forged, not_allowed, render, way};
use crate::answer::set;
use crate::body::{Files, form};
use crate::call::Call;
use crate::collect::off;
use crate::gate::Seen;
use axum::body::Body;
use axum::http::{Response, header};
use kernel::describe::Register;
use kernel::file::{self, AT_ONCE, Attached, LARGEST, Stored};
use kernel::web::{Form, Reply};
use kernel::{Error, House, Result, register};
use serde_json::Value as Json;
use std::sync::Arc;

/// How long a browser may show a file again without asking, and nobody between may keep it.
const KEPT: &str = "private, max-age=300";

/// `POST /{kind}/{REF}/files`
pub(super) async fn attach(call: &Call, body: Body, kind: &str, reference: &str) -> Result<Response<Body>> {
    let Some(Way::Post) = way(call) else { return not_allowed(call) };
    forged::origin(call)?;
    let (register, reference) = (own(&call.app.house, kind, reference)?, reference.to_owned());
    // Who may not attach is refused before anything of theirs is stored.
    let (house, wanted) = (Arc::clone(&call.app.house), reference.clone());
    let may = move |tx: &mut db::Tx, seen: &Arc<Seen>| {
        let record = register::load(tx, &house, &seen.view, register, &wanted)?;
        if file::may_attach(tx, &seen.view, &record)? { Ok(seen.csrf.clone()) } else { Err(Error::forbidden(register.key, "edit")) }
    };
    let csrf = call.app.read(&call.session(), may).await?;
    let (form, sent) = form(&call.parts, body, call.app.settings.form_limit).await?;
    forged::token(call, &form, &csrf)?;
    let sent: Files = sent.into_iter().filter(|(field, ..)| field == "file").collect();
    fits(&sent)?;
    let store = call.app.files.clone();
    let put = move |(_, name, bytes): (String, String, Arc<[u8]>)| Ok(Stored { name, digest: store.put(&bytes)?, bytes });
    let stored: Vec<Stored> = off(move || sent.into_iter().map(put).collect()).await?;
    let (internal, count, house) = (form.contains_key("internal"), stored.len(), Arc::clone(&call.app.house));
    let deed = move |act: &mut kernel::Act, seen: &Arc<Seen>| {
        let record = register::load(act.tx, &house, &seen.view, register, &reference)?;
        file::attach_all(act, &record, &stored, internal)?;
        Ok::<_, Error>((record.reference, Arc::clone(seen)))
    };
    let (reference, seen) = call.app.write(&call.session(), deed).await?;
    let files = if count == 1 { "1 file" } else { &format!("{count} files") };
    Ok(back(call, &seen, &form, &reference, format!("{reference}: {files} attached")))
}

/// The register of a path; of one that shows several, the one the reference belongs to.
fn own(house: &House, kind: &str, reference: &str) -> Result<&'static Register> {
    let register = house.register(kind).ok_or(Error::NotFound)?;
    Ok(house.register_of(reference).filter(|it| register.shows.contains(&it.key)).unwrap_or(register))
}

/// Refuses what is missing, empty, too many or too large, before anything is stored.
fn fits(sent: &Files) -> Result<()> {
    if sent.is_empty() {
        return Err(Error::invalid("file", "Choose at least one file."));
    }
    if sent.len() > AT_ONCE {
        return Err(Error::TooLarge(format!("At most {AT_ONCE} files can be attached at once; nothing was attached.")));
    }
    for (_, name, bytes) in sent {
        let name = file::tidy_name(name);
        if bytes.is_empty() {
            return Err(Error::invalid("file", format!("The file {name} is empty. Choose a file with something in it.")));
        }
        if bytes.len() > LARGEST {
            return Err(Error::TooLarge(format!(
                "The file {name} is larger than the {}\u{a0}MiB a file may have; nothing was attached.",
                LARGEST >> 20
            )));
        }
    }
    Ok(())
}

/// Back to where the form says, or to the record.
fn back(call: &Call, seen: &Seen, form: &Form, reference: &str, toast: String) -> Response<Body> {
    let wanted = form.get("back").and_then(Json::as_str).and_then(pages::own_path);
    let kind = call.app.house.register_of(reference).map_or("", |register| register.key);
    render::render(call, seen, Reply::redirect(wanted.unwrap_or_else(|| format!("/{kind}/{reference}")), toast))
}

/// `GET /files/{id}`
pub(super) async fn serve(call: &Call, id: &str) -> Result<Response<Body>> {
    let Some(Way::Get) = way(call) else { return not_allowed(call) };
    let id: i64 = id.parse().map_err(|_| Error::NotFound)?;
    let house = Arc::clone(&call.app.house);
    let found = call.app.read(&call.session(), move |tx, seen| Ok(file::open(tx, &house, &seen.view, id)?.0)).await?;
    let (store, digest) = (call.app.files.clone(), found.digest.clone());
    let bytes = off(move || store.get(&digest)).await?;
    let mut answer = given(&found, bytes);
    set(&mut answer, header::CACHE_CONTROL, KEPT);
    Ok(answer)
}

/// The bytes of a file, so that no browser does anything with them but show or keep them.
pub(crate) fn given(found: &Attached, bytes: Vec<u8>) -> Response<Body> {
    let how = if file::inline(&found.media) { "inline" } else { "attachment" };
    let mut answer = Response::new(Body::from(bytes));
    let name = crate::query::encode(&found.name).replace('+', "%20");
    set(&mut answer, header::CONTENT_TYPE, &found.media);
    set(&mut answer, header::CONTENT_DISPOSITION, &format!("{how}; filename*=UTF-8''{name}"));
    set(&mut answer, header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(&mut answer, header::CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'");
    answer
}

/// `POST /files/{id}/remove`
pub(super) async fn remove(call: &Call, body: Body, id: &str) -> Result<Response<Body>> {
    let Some(Way::Post) = way(call) else { return not_allowed(call) };
    forged::origin(call)?;
    let id: i64 = id.parse().map_err(|_| Error::NotFound)?;
    let csrf = call.app.read(&call.session(), |_, seen| Ok(seen.csrf.clone())).await?;
    let (form, _) = form(&call.parts, body, call.app.settings.form_limit).await?;
    forged::token(call, &form, &csrf)?;
    let deed = move |act: &mut kernel::Act, seen: &Arc<Seen>| Ok::<_, Error>((file::detach(act, id)?, Arc::clone(seen)));
    let ((file, record), seen) = call.app.write(&call.session(), deed).await?;
    Ok(back(call, &seen, &form, &record.reference, format!("{} removed from {}", file.name, record.reference)))
}
