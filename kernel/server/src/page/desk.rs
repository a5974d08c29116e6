//! Pages of practices and of the engine: read on a reader, acted on in a write transaction.

use super::once::Once;
use super::routes::Found;
use super::typed::Sent;
use super::{errors, forged, frame, render, signin};
use crate::body::{Files, form};
use crate::call::Call;
use crate::collect::off;
use crate::gate::Seen;
use crate::{live, query};
use axum::body::Body;
use axum::http::{Method as Http, Response, StatusCode};
use kernel::live::Presence;
use kernel::web::{Form, Method, Reply, Request, Serves};
use kernel::{Act, Error, Result, notice};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use ui::reader::reading;

/// What a page is asked with, before it is known who asks.
struct Wanted {
    site: String,
    path: String,
    parts: Vec<(String, String)>,
    query: Vec<(String, String)>,
    form: Form,
    files: Files,
    fragment: bool,
}

impl Wanted {
    fn of(call: &Call, parts: Vec<(String, String)>) -> Result<Wanted> {
        let query = query::pairs(call.query())?;
        let (site, path, fragment) = (call.site(), call.path().into(), call.fragment());
        Ok(Wanted { site, path, parts, query, form: Form::new(), files: Files::new(), fragment })
    }

    fn request(&self, house: &Arc<kernel::House>, seen: &Seen) -> Request {
        Request {
            view: seen.view.clone(),
            house: Arc::clone(house),
            now: house.clock.now(),
            site: self.site.clone(),
            path: self.path.clone(),
            parts: self.parts.clone(),
            query: self.query.clone(),
            form: self.form.clone(),
            files: self.files.clone(),
            csrf: seen.csrf.clone(),
            fragment: self.fragment,
            theme: seen.theme.clone(),
            density: seen.density.clone(),
        }
    }
}

/// Stores the bytes of a form's files before the act that may point at them; those that none does are collected later.
async fn keep(call: &Call, files: &Files) -> Result<()> {
    let (store, files) = (call.app.files.clone(), files.clone());
    off(move || files.iter().try_for_each(|(_, _, bytes)| store.put(bytes).map(drop))).await
}

/// Answers a path that a practice or the engine has a page for; the pattern of its route with it.
pub(super) async fn page(call: &Call, body: Body, segments: &[&str]) -> (&'static str, Result<Response<Body>>) {
    let method = match *call.method() {
        Http::GET | Http::HEAD => Method::Get,
        Http::POST => Method::Post,
        _ => return ("other", super::not_allowed(call)),
    };
    if call.session().digest().is_empty() {
        return (engine_pattern(segments), signin::expired(call, body).await);
    }
    let found = call.app.routes.find(method, segments);
    let pattern = found.as_ref().map_or_else(|| engine_pattern(segments), |(route, _)| route.path);
    if found.is_none() && call.app.routes.knows(segments) && call.app.house.register(segments[0]).is_none() {
        return (pattern, super::not_allowed(call));
    }
    let answer = match method {
        Method::Get => read(call, segments, found).await,
        Method::Post => act(call, body, found).await,
    };
    (pattern, answer)
}

/// The shape of an engine page's path, for log and meters.
fn engine_pattern(segments: &[&str]) -> &'static str {
    match segments {
        [] => "/",
        ["search", ..] => "/search",
        ["lookup", ..] => "/lookup/{kind}",
        ["draft", ..] => "/draft/{place}",
        ["settings", ..] => "/settings",
        [_] => "/{kind}",
        [_, "new"] => "/{kind}/new",
        [_, "bulk", ..] => "/{kind}/bulk",
        [_, _] => "/{kind}/{id}",
        [_, _, "edit", ..] => "/{kind}/{id}/edit",
        [_, _, "history"] => "/{kind}/{id}/history",
        _ => "/{kind}/{id}/{verb}",
    }
}

/// Refuses a route that needs a permission the viewer has not.
fn demand(house: &kernel::House, seen: &Seen, may: &str) -> Result<()> {
    match may.split_once('.') {
        None => Ok(()),
        Some((register, verb)) => seen.view.demand(house.register(register).ok_or(Error::NotFound)?, verb),
    }
}

async fn read(call: &Call, segments: &[&str], found: Option<Found>) -> Result<Response<Body>> {
    if segments.is_empty() && found.is_none() {
        return home(call).await;
    }
    let (route, names) = found.unzip();
    let wanted = Wanted::of(call, names.unwrap_or_default())?;
    let house = Arc::clone(&call.app.house);
    let asked = call.query().unwrap_or_default().to_owned();
    let look = move |tx: &mut db::Tx, seen: &Arc<Seen>| {
        if let Some(to) = super::portal::instead(&house, &seen.view, &wanted.path, &asked)? {
            return Ok((Reply::redirect(to, ""), Arc::clone(seen)));
        }
        let request = wanted.request(&house, seen);
        let reply = reading(&seen.reader, || match route.map(|route| (route.may, route.serves)) {
            Some((may, Serves::Page(page))) => {
                demand(&house, seen, may)?;
                page(tx, &request)
            }
            _ => pages::handle_get(tx, &request),
        })?;
        let reply = live::since(tx, reply)?;
        if !wanted.fragment {
            seen.unread.store(notice::unread(tx, &house, &seen.view)?, Ordering::Relaxed);
            frame::count(tx, &request, seen)?;
        }
        Ok((reply, Arc::clone(seen)))
    };
    let (reply, seen) = call.app.read(&call.session(), look).await?;
    Ok(render::render(call, &seen, reply))
}

/// The first page: the first of the practices' own, else the first list one may read.
async fn home(call: &Call) -> Result<Response<Body>> {
    let house = Arc::clone(&call.app.house);
    let begins = move |tx: &mut db::Tx, seen: &Arc<Seen>| {
        let mut to = super::portal::instead(&house, &seen.view, "/", "")?;
        for practice in &house.practices {
            if to.is_none() {
                to = (practice.begins)(tx, &house, &seen.view)?.map(str::to_owned);
            }
        }
        Ok((to, Arc::clone(seen)))
    };
    let (to, seen) = call.app.read(&call.session(), begins).await?;
    if let Some(to) = to {
        return Ok(super::go(call, &to));
    }
    let own = call
        .app
        .routes
        .plain()
        .find(|route| !route.label.is_empty() && pages::may(&call.app.house, &seen.view, route))
        .map(|route| route.path.to_owned());
    let listed = call.app.house.registers.iter().find(|it| !it.room.is_empty() && seen.view.may(it, "read"));
    let to = own.or_else(|| listed.map(|register| format!("/{}", register.key))).unwrap_or_else(|| "/me".into());
    Ok(super::go(call, &to))
}

/// Why an act was not kept: it failed, or it says so itself and has a page to show.
enum Undone {
    Error(Error),
    Reply(Box<Reply>, Arc<Seen>),
}

impl From<Error> for Undone {
    fn from(error: Error) -> Undone {
        Undone::Error(error)
    }
}

impl From<db::Error> for Undone {
    fn from(error: db::Error) -> Undone {
        Undone::Error(error.into())
    }
}

/// A form of a page from before its person signed in anew carries the token of the session before: it waits for a press.
async fn begun_anew(call: &Call, form: Form, refused: Error) -> Result<Response<Body>> {
    let sent = Sent::of(call.path(), form).filter(|_| forged::surely_ours(call) && !call.fragment()).ok_or(refused)?;
    let seen = call.app.read(&call.session(), |_, seen| Ok(Arc::clone(seen))).await?;
    Ok(errors::resume(call, &seen, StatusCode::FORBIDDEN, &sent, errors::came_from(call).unwrap_or("/")))
}

async fn act(call: &Call, body: Body, found: Option<Found>) -> Result<Response<Body>> {
    forged::origin(call)?;
    let credential = call.session();
    let csrf = match call.app.read(&credential, |_, seen| Ok(seen.csrf.clone())).await {
        Err(Error::Nobody) => return signin::expired(call, body).await,
        known => known?,
    };
    let (route, names) = found.unzip();
    let mut wanted = Wanted::of(call, names.unwrap_or_default())?;
    (wanted.form, wanted.files) = form(&call.parts, body, call.app.settings.form_limit).await?;
    if let Err(refused) = forged::token(call, &wanted.form, &csrf) {
        return begun_anew(call, wanted.form, refused).await;
    }
    wanted.form.shift_remove("csrf");
    let sent = Sent::of(call.path(), wanted.form.clone());
    let once = Once::of(call.path(), &mut wanted.form, &wanted.files);
    if route.is_some() {
        keep(call, &wanted.files).await?;
    }
    let house = Arc::clone(&call.app.house);
    let deed = move |act: &mut Act, seen: &Arc<Seen>| {
        if let Some(reply) = once.as_ref().map(|once| once.before(act)).transpose()?.flatten() {
            return Ok((reply, Arc::clone(seen)));
        }
        let request = wanted.request(&house, seen);
        let reply = reading(&seen.reader, || match route.map(|route| (route.may, route.serves)) {
            Some((may, Serves::Act(deed))) => {
                demand(&house, seen, may)?;
                deed(act, &request)
            }
            _ => pages::handle_post(act, &request),
        })?;
        if !reply.keeps() {
            return Err(Undone::Reply(Box::new(reply), Arc::clone(seen)));
        }
        if let Some(once) = &once {
            once.keep(act, &reply)?;
        }
        if let Reply::Redirect { toast, undo, .. } = &reply
            && !toast.is_empty()
        {
            notice::remember(act, toast, undo)?;
        }
        Ok((reply, Arc::clone(seen)))
    };
    let presence = call.app.house.memory.shared::<Presence>();
    let version = presence.version();
    let done = call.app.write(&credential, deed).await;
    if presence.version() != version {
        // Whoever began or ceased to write is told at once, also by a node on which nobody looks.
        call.app.hub.wake();
    }
    match done {
        Ok((reply, seen)) => Ok(render::render(call, &seen, reply)),
        Err(Undone::Reply(reply, seen)) => Ok(render::render(call, &seen, *reply)),
        Err(Undone::Error(error)) => Ok(errors::kept(call, &error, sent).await),
    }
}
