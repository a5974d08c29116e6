//! Which page a path means.

use crate::{
    bulk, detail, draft, export, form, history, import, keys, list, lookup, notices, palette, redact, search, settings, verb, view,
};
use db::Tx;
use kernel::describe::Register;
use kernel::web::{Reply, Request};
use kernel::{Act, Error, Result};

/// Answers a GET for every path that no practice claims. `NotFound` for a path that means nothing.
///
/// Whoever calls has seen to it that the house knows the fields the organisation added
/// ([`kernel::register::custom::refresh`]).
pub fn handle_get(tx: &mut Tx, request: &Request) -> Result<Reply> {
    let parts = parts(&request.path);
    match parts.as_slice() {
        ["search"] => search::page(tx, request),
        ["search", "suggest"] => search::suggest(tx, request),
        ["do"] => palette::page(tx, request),
        ["keys"] => keys::page(request),
        ["notifications"] => notices::page(tx, request),
        ["draft", place @ ..] => draft::page(tx, request, &place.join("/")),
        ["lookup", kind] => lookup::page(tx, request, register(request, kind)?),
        ["settings"] => settings::values::page(tx, request),
        ["settings", "fields"] => settings::fields::overview(tx, request),
        ["settings", "fields", kind] => settings::fields::page(tx, request, register(request, kind)?),
        ["settings", "fields", kind, key] => settings::fields::edit(tx, request, register(request, kind)?, key),
        [kind, rest @ ..] => of_register(tx, request, register(request, kind)?, rest),
        [] => Err(Error::NotFound),
    }
}

fn of_register(tx: &mut Tx, request: &Request, register: &'static Register, rest: &[&str]) -> Result<Reply> {
    match rest {
        [] => list::page(tx, request, register),
        ["new"] => form::new(tx, request, register),
        [file] if file.starts_with("export.") => export::page(tx, request, register, &file["export.".len()..]),
        ["views"] => view::pages::page(tx, request, register),
        ["filter"] => list::menu::filter(tx, request, register),
        ["columns"] => list::menu::columns(request, register),
        ["exports"] => list::menu::exports(request, register),
        ["import"] => import::page(tx, request, register),
        ["import", rest @ ..] => import::get(tx, request, register, rest),
        ["bulk", job] => bulk::job::page(tx, request, register, job),
        ["bulk", ..] => Ok(Reply::redirect(format!("/{}", register.key), "")),
        [reference] => detail::page(tx, request, register, reference),
        [reference, "edit"] => form::edit(tx, request, register, reference),
        [reference, "edit", field] => form::single::page(tx, request, register, reference, field),
        [reference, "history"] => history::page(tx, request, register, reference),
        [reference, "links"] => detail::links::page(tx, request, register, reference),
        [reference, "files"] => detail::files::page(tx, request, register, reference),
        [reference, "share"] => detail::share::page(tx, request, register, reference),
        [reference, "redact"] => redact::page(tx, request, register, reference),
        [reference, verb] => verb::page(tx, request, register, reference, verb),
        _ => Err(Error::NotFound),
    }
}

/// Answers a POST for every path that no practice claims, in the act's transaction, which is kept only if
/// [`Reply::keeps`] says so.
pub fn handle_post(act: &mut Act, request: &Request) -> Result<Reply> {
    let reason = request.sent("reason").trim();
    if !reason.is_empty() && act.reason.is_none() {
        act.reason = Some(reason.chars().take(1_000).collect());
    }
    let parts = parts(&request.path);
    match parts.as_slice() {
        ["draft", place @ ..] => draft::save(act, request, &place.join("/")),
        ["notifications", "read"] => notices::read_all(act, request),
        ["notifications", id, "read"] => notices::read(act, request, id),
        ["settings"] => settings::values::save(act, request),
        ["settings", "fields", kind] => settings::fields::add(act, request, register(request, kind)?),
        ["settings", "fields", kind, key] => settings::fields::change(act, request, register(request, kind)?, key),
        ["settings", "fields", kind, key, "retire"] => settings::fields::retire(act, request, register(request, kind)?, key),
        [kind, "new"] => form::save::create(act, request, register(request, kind)?),
        [kind, "views"] => view::pages::create(act, request, register(request, kind)?),
        [kind, "views", id] => view::pages::change(act, request, register(request, kind)?, id),
        [kind, "import"] => import::upload(act, request, register(request, kind)?),
        [kind, "import", id] => import::post(act, request, register(request, kind)?, id),
        [kind, "bulk"] => bulk::post(act, request, register(request, kind)?),
        [kind, "bulk", "undo"] => bulk::undo::post(act, request, register(request, kind)?),
        [kind, reference, "edit"] => form::save::edit(act, request, register(request, kind)?, reference),
        [kind, reference, "edit", field] => form::single::save(act, request, register(request, kind)?, reference, field),
        [kind, reference, "undo"] => verb::undo(act, request, register(request, kind)?, reference),
        [kind, reference, "share"] => detail::share::post(act, request, register(request, kind)?, reference),
        [kind, reference, "redact"] => redact::post(act, request, register(request, kind)?, reference),
        [kind, reference, verb] => verb::post(act, request, register(request, kind)?, reference, verb),
        _ => Err(Error::NotFound),
    }
}

fn parts(path: &str) -> Vec<&str> {
    path.split('/').filter(|part| !part.is_empty()).collect()
}

fn register(request: &Request, key: &str) -> Result<&'static Register> {
    request.house.register(key).ok_or(Error::NotFound)
}
