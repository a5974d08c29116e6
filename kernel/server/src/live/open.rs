//! Opening a stream: `GET /live` and the address of the page behind it.

use super::hub::Hub;
use super::stream::{Asked, Stream, over};
use super::wire;
use crate::answer::set;
use crate::call::Call;
use crate::query;
use axum::body::{Body, Bytes};
use axum::http::{HeaderName, Response, header};
use futures_core::Stream as Chunks;
use kernel::web::{Layout, Reply};
use kernel::{Error, Result, live};
use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use tokio::sync::mpsc;

/// What a stream is made of, in the words of a request for it.
const EVENTS: &str = "text/event-stream";
/// The parameter that says up to where the page knows what happened.
const SINCE: &str = "live_at";
/// The parameter that lists the rows on the page.
const ROWS: &str = "live_rows";
/// Most rows that are kept up to date.
const MOST_ROWS: usize = 200;
/// Events that may wait for a slow reader; what waits beyond that in the connection is the system's.
const WAITING: usize = 8;
/// Seconds after which somebody with too many streams may try again.
const LATER: u64 = 30;

/// Answers with the stream of a page. A page is told that it can no longer be followed by an event, as all else looks to it like a lost
/// line; whoever asks for anything but events gets the error.
pub(crate) async fn open(call: &Call, segments: &[&str]) -> Result<Response<Body>> {
    let events = call.header("accept").is_some_and(|kinds| kinds.contains(EVENTS));
    match begin(call, segments).await {
        Ok(chunks) => Ok(answer(Body::from_stream(chunks))),
        Err(error) => match over(&error).filter(|_| events) {
            Some(why) => Ok(answer(Body::from(wire::refusal(why)))),
            None => Err(error),
        },
    }
}

fn answer(body: Body) -> Response<Body> {
    let mut answer = Response::new(body);
    set(&mut answer, header::CONTENT_TYPE, "text/event-stream; charset=utf-8");
    set(&mut answer, HeaderName::from_static("x-accel-buffering"), "no");
    answer
}

/// Looks whether the page may be followed, and begins.
async fn begin(call: &Call, segments: &[&str]) -> Result<Receiving> {
    if !call.reads() || call.session().digest().is_empty() {
        return Err(Error::Nobody);
    }
    let (live, parts) = call.app.lives.find(segments).ok_or(Error::NotFound)?;
    let mut query = query::pairs(call.query())?;
    let mut own = |name: &str| query.iter().position(|(key, _)| key == name).map(|at| query.remove(at).1);
    let rows = own(ROWS).unwrap_or_default();
    let since = own(SINCE).and_then(|text| text.parse().ok());
    // A browser that opens it again by itself says so.
    let again = call.header("last-event-id").and_then(|text| text.parse::<i64>().ok());
    let path = format!("/{}", segments.join("/"));
    let rows = rows.split(',').filter(|it| !it.is_empty()).take(MOST_ROWS).map(str::to_owned).collect();
    let asked = Asked { live, site: call.site(), path, parts, query, rows, credential: call.session() };
    let seen = call.app.follow(&asked.credential, |_, seen| Ok(Arc::clone(seen))).await?;
    let place = Hub::place(&call.app, seen.view.person).ok_or(Error::TooMany { retry_after: LATER })?;
    let (sender, receiver) = mpsc::channel(WAITING);
    Stream::begin(asked, place, again.max(since), sender).await?;
    Ok(Receiving(receiver))
}

/// The address of a page's stream, with up to where the page knows what happened: read in the snapshot of the page.
pub(crate) fn since(tx: &mut db::Tx, reply: Reply) -> Result<Reply> {
    match reply {
        Reply::Page { title, here, body, layout: Layout { live: Some(address), split, flush, folded, extra } } => {
            let mark = if address.contains('?') { '&' } else { '?' };
            let live = Some(format!("{address}{mark}{SINCE}={}", live::sealed(tx)?));
            Ok(Reply::Page { title, here, body, layout: Layout { live, split, flush, folded, extra } })
        }
        other => Ok(other),
    }
}

/// What the stream's task sends, as a body.
struct Receiving(mpsc::Receiver<Bytes>);

impl Chunks for Receiving {
    type Item = std::result::Result<Bytes, Infallible>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.poll_recv(cx).map(|chunk| chunk.map(Ok))
    }
}
