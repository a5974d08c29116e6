//! Forms for people who are not signed in: tied to the browser that got them by a cookie.

use super::{forged, html};
use crate::answer::set;
use crate::body::form;
use crate::call::Call;
use crate::cookie;
use axum::body::Body;
use axum::http::{HeaderMap, Response, StatusCode, header};
use kernel::web::{Form, is_local};
use kernel::{Error, Result, id};
use maud::Render;
use ui::lone::{Entry, Lone};

const MOTTO: &str = "The desk, the promises, the estate and the books, kept as one account.";
/// How long a form may stay open, in seconds.
const LIFE: u64 = 12 * 3600;
/// Most bytes such a form may have: it may carry one that could not be sent, in which a letter takes up to nine.
const LIMIT: usize = 1 << 20;

/// The token that ties a form to the browser's cookie.
fn token(secret: &str) -> String {
    id::digest(&format!("form of a stranger {secret}"))
}

/// A page with one form.
pub(super) async fn page(call: &Call, status: StatusCode, title: &str, mut entry: Entry) -> Response<Body> {
    let known = cookie::read(call.headers(), cookie::STRANGER).filter(|it| it.len() == 43);
    let secret = known.map_or_else(id::secret, str::to_owned);
    entry.csrf = token(&secret);
    let mut answer = text(call, status, title, entry.render()).await;
    if let Some(value) = cookie::write(cookie::STRANGER, &secret, LIFE, call.app.settings.secure()) {
        answer.headers_mut().append(header::SET_COOKIE, value);
    }
    answer
}

/// A page that only says something.
pub(super) async fn text(call: &Call, status: StatusCode, title: &str, body: maud::Markup) -> Response<Body> {
    let lone = Lone { title: title.into(), motto: MOTTO.into(), house: house(call).await, body, ..Lone::default() };
    let mut answer = html(status, lone.render());
    if let Some(seconds) = (status == StatusCode::TOO_MANY_REQUESTS).then_some("60") {
        set(&mut answer, header::RETRY_AFTER, seconds);
    }
    answer
}

/// Whose server this is: the organisation above all others, if there is one, and the name one reached it by.
async fn house(call: &Call) -> Vec<String> {
    let sql = "select name from organisation where parent is null and retired_at is null order by id limit 2";
    let top = call.app.db.read(|tx| Ok::<_, Error>(tx.all(sql, &[])?.iter().map(|row| row.text(0).map(str::to_owned)).collect::<Vec<_>>()));
    let top: Vec<String> = top.await.unwrap_or_default().into_iter().flatten().collect();
    let host = call.header(header::HOST).unwrap_or_default().to_owned();
    if top.len() == 1 { top.into_iter().chain([host]).collect() } else { vec![host] }
}

/// What such a form sent, if it came from ours.
pub(super) async fn sent(call: &Call, body: Body) -> Result<Form> {
    forged::origin(call)?;
    let (form, _) = form(&call.parts, body, LIMIT).await?;
    // Of pages opened side by side each brings a cookie, and only the last one stays; what the browser vouches for needs none.
    if forged::surely_ours(call) {
        return Ok(form);
    }
    let secret = cookie::read(call.headers(), cookie::STRANGER).unwrap_or_default();
    let wanted = if secret.is_empty() { String::new() } else { token(secret) };
    forged::token(call, &form, &wanted).map_err(|_| {
        Error::Forbidden(
            "This form was open for too long, or the browser keeps no cookies. Load the page again and send it from there.".into(),
        )
    })?;
    Ok(form)
}

/// A text of a form.
pub(super) fn field<'a>(form: &'a Form, name: &str) -> &'a str {
    form.get(name).and_then(serde_json::Value::as_str).unwrap_or_default()
}

/// Lets somebody in: sets the cookie of a session that was just begun, and goes there.
pub(super) fn welcome(call: &Call, secret: &str, next: &str) -> Response<Body> {
    let mut answer = super::go(call, local(next));
    put_cookie(call, answer.headers_mut(), secret);
    answer
}

/// Gives the browser the secret of a session.
pub(super) fn put_cookie(call: &Call, headers: &mut HeaderMap, secret: &str) {
    let seconds = call.app.settings.session_most.as_secs();
    if let Some(value) = cookie::write(cookie::SESSION, secret, seconds, call.app.settings.secure()) {
        headers.append(header::SET_COOKIE, value);
    }
}

/// Most bytes of a path that somebody brings along who is not signed in.
const LONGEST: usize = 2_000;

/// A path of this site, else the first page.
pub(super) fn local(next: &str) -> &str {
    if next.len() < LONGEST && is_local(next) && !next.starts_with("/signin") { next } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_of_this_site_are_gone_to() {
        assert_eq!(local("/incidents?state=new"), "/incidents?state=new");
        for elsewhere in ["//evil.example", "/\t/evil.example", "/signin?next=/signin"] {
            assert_eq!(local(elsewhere), "/", "{elsewhere}");
        }
    }
}
