//! The API: one handler over the registers, as `/api/openapi.json` says.

mod body;
mod files;
mod index;
mod journal;
mod list;
mod one;
mod replay;
mod search;
mod tag;
mod why;
mod write;

use crate::App;
use crate::answer::{problem, problem_of, set};
use crate::call::{Call, Pattern};
use crate::openapi;
use crate::query;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{Method, Response, StatusCode, header};
use kernel::describe::Register;
use kernel::{Error, Result};
use std::sync::Arc;

/// What a path of the API means.
enum Place {
    Document,
    Index,
    Kind(&'static Register),
    Search,
    List(&'static Register),
    One(&'static Register, String),
    Journal(&'static Register, String),
    Verb(&'static Register, String, String),
    Why(&'static Register, String, String),
    Files(&'static Register, String),
    File(&'static Register, String, String),
}

impl Place {
    fn of(app: &App, path: &str) -> Option<Place> {
        let segments = query::segments(path)?;
        let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
        let register = |key: &str| app.house.register(key);
        Some(match segments.as_slice() {
            ["api", "openapi.json"] => Place::Document,
            ["api", "v1"] => Place::Index,
            ["api", "v1", "search"] => Place::Search,
            ["api", "v1", "kinds", kind] => Place::Kind(register(kind)?),
            ["api", "v1", kind] => Place::List(register(kind)?),
            ["api", "v1", kind, id] => Place::One(register(kind)?, (*id).into()),
            ["api", "v1", kind, id, "journal"] => Place::Journal(register(kind)?, (*id).into()),
            ["api", "v1", kind, id, "files"] => Place::Files(register(kind)?, (*id).into()),
            ["api", "v1", kind, id, "files", file] => Place::File(register(kind)?, (*id).into(), (*file).into()),
            ["api", "v1", kind, id, verb] => Place::Verb(register(kind)?, (*id).into(), (*verb).into()),
            ["api", "v1", kind, id, "why", field] => Place::Why(register(kind)?, (*id).into(), (*field).into()),
            _ => return None,
        })
    }

    fn pattern(&self) -> &'static str {
        match self {
            Place::Document => "/api/openapi.json",
            Place::Index => "/api/v1",
            Place::Kind(_) => "/api/v1/kinds/{kind}",
            Place::Search => "/api/v1/search",
            Place::List(_) => "/api/v1/{kind}",
            Place::One(..) => "/api/v1/{kind}/{id}",
            Place::Journal(..) => "/api/v1/{kind}/{id}/journal",
            Place::Verb(..) => "/api/v1/{kind}/{id}/{verb}",
            Place::Why(..) => "/api/v1/{kind}/{id}/why/{field}",
            Place::Files(..) => "/api/v1/{kind}/{id}/files",
            Place::File(..) => "/api/v1/{kind}/{id}/files/{file}",
        }
    }

    fn allow(&self) -> &'static str {
        match self {
            Place::List(_) | Place::Files(..) => "GET, HEAD, POST",
            Place::One(..) => "GET, HEAD, PATCH, DELETE",
            Place::File(..) => "GET, HEAD, DELETE",
            Place::Verb(..) => "POST",
            _ => "GET, HEAD",
        }
    }
}

/// Answers everything below `/api`.
pub(crate) async fn handle(State(app): State<Arc<App>>, request: Request) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let call = Call { app, parts };
    let Some(place) = Place::of(&call.app, call.path()) else {
        let mut answer = problem(&Error::NotFound, call.id());
        answer.extensions_mut().insert(Pattern("/api/…"));
        return answer;
    };
    let (pattern, allow) = (Pattern(place.pattern()), place.allow());
    let id = call.id().to_owned();
    let mut answer = match answer(call, place, body).await {
        Ok(Some(answer)) => answer,
        Ok(None) => {
            let detail = format!("This method is not possible here. Possible are {allow}.");
            let mut answer = problem_of(StatusCode::METHOD_NOT_ALLOWED, &detail, Vec::new());
            set(&mut answer, header::ALLOW, allow);
            answer
        }
        Err(error) => problem(&error, &id),
    };
    answer.extensions_mut().insert(pattern);
    answer
}

/// None: the method is not possible there.
async fn answer(call: Call, place: Place, body: Body) -> Result<Option<Response<Body>>> {
    let method = call.method().clone();
    let reads = call.reads();
    if let (Place::Document, true) = (&place, reads) {
        return openapi::serve(&call).await.map(Some);
    }
    let credential = call.bearer();
    if credential.digest().is_empty() {
        return Err(Error::Nobody);
    }
    call.app.api_limit.take(credential.digest(), call.app.now())?;
    let call = (call, credential);
    let answer = match place {
        Place::Index if reads => index::all(call).await,
        Place::Kind(register) if reads => index::one(call, register).await,
        Place::Search if reads => search::search(call).await,
        Place::List(register) if reads => list::list(call, register).await,
        Place::List(register) if method == Method::POST => write::create(call, register, body).await,
        Place::One(register, id) if reads => one::get(call, register, id).await,
        Place::One(register, id) if method == Method::PATCH => write::patch(call, register, id, body).await,
        Place::One(register, id) if method == Method::DELETE => write::retire(call, register, id).await,
        Place::Journal(register, id) if reads => journal::journal(call, register, id).await,
        Place::Why(register, id, field) if reads => why::why(call, register, id, field).await,
        Place::Files(register, id) if reads => files::list(call, register, id).await,
        Place::Files(register, id) if method == Method::POST => files::attach(call, register, id, body).await,
        Place::File(register, id, file) if reads => files::get(call, register, id, file).await,
        Place::File(register, id, file) if method == Method::DELETE => files::remove(call, register, id, file).await,
        Place::Verb(register, id, verb) if method == Method::POST => write::verb(call, register, id, verb, body).await,
        _ => return Ok(None),
    };
    answer.map(Some)
}

/// A request with what it showed of itself.
type Asked = (Call, crate::gate::Credential);

/// Refuses query parameters where there are none.
fn no_parameters(call: &Call) -> Result<()> {
    known_parameters(&query::pairs(call.query())?, &[])
}

/// Refuses query parameters that are not among the known ones.
fn known_parameters(pairs: &[(String, String)], known: &[&str]) -> Result<()> {
    let listed = if known.is_empty() { "There are none here".to_owned() } else { format!("Those that exist: {}", known.join(", ")) };
    match pairs.iter().find(|(key, _)| !known.contains(&key.as_str())) {
        Some((key, _)) => Err(Error::malformed(key.as_str(), format!("There is no such parameter. {listed}."))),
        None => Ok(()),
    }
}
