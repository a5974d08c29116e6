//! For whoever runs it: is it alive, is it ready, how is it doing.

use crate::App;
use crate::answer::set;
use crate::call::Pattern;
use crate::meters::gauge;
use axum::body::Body;
use axum::extract::State;
use axum::http::{Response, StatusCode, header};
use db::{Engine, Tx};
use kernel::Result;
use kernel::who::session;
use std::sync::Arc;

/// `GET /healthz`: the process answers.
pub(crate) async fn alive() -> Response<Body> {
    text(StatusCode::OK, "/healthz", "alive\n".into())
}

/// `GET /readyz`: the database answers too, and has its tables.
pub(crate) async fn ready(State(app): State<Arc<App>>) -> Response<Body> {
    let asked = app.db.read(|tx: &mut Tx| Ok::<_, kernel::Error>(tx.one("select count(*) from epoch", &[])?.int(0)?));
    match asked.await {
        Ok(_) => text(StatusCode::OK, "/readyz", "ready\n".into()),
        Err(error) => {
            tracing::warn!(%error, "not ready");
            text(StatusCode::SERVICE_UNAVAILABLE, "/readyz", "not ready: the database does not answer\n".into())
        }
    }
}

/// `GET /metrics`
pub(crate) async fn metrics(State(app): State<Arc<App>>) -> Response<Body> {
    let mut out = app.meters.text();
    let stats = app.db.stats();
    let figures: [(&str, &str, &str, u64); 10] = [
        ("reeve_db_write_queue", "gauge", "Writes waiting.", stats.write_queue),
        ("reeve_db_read_queue", "gauge", "Reads waiting.", stats.read_queue),
        ("reeve_db_commits_total", "counter", "Commits; one may hold many writes.", stats.commits),
        ("reeve_db_writes_total", "counter", "Writes committed.", stats.writes),
        ("reeve_db_reads_total", "counter", "Reads answered.", stats.reads),
        ("reeve_db_statements_total", "counter", "Statements run.", stats.statements),
        ("reeve_db_reruns_total", "counter", "Transactions run again.", stats.reruns),
        ("reeve_db_refused_total", "counter", "Calls refused because a queue was full.", stats.refused),
        ("reeve_db_panics_total", "counter", "Transactions that panicked.", stats.panics),
        ("reeve_db_connections_total", "counter", "Connections opened.", stats.connections),
    ];
    for (name, kind, help, value) in figures {
        gauge(&mut out, name, kind, help, value as i64);
    }
    let (streams, opened, dropped) = app.hub.figures();
    gauge(&mut out, "reeve_streams", "gauge", "Streams of live pages that are open.", streams);
    gauge(&mut out, "reeve_streams_opened_total", "counter", "Streams of live pages opened.", opened);
    gauge(&mut out, "reeve_streams_dropped_total", "counter", "Streams dropped because nobody read them.", dropped);
    let now = app.now();
    let counted = app.db.read(move |tx| Ok::<_, kernel::Error>((session::open_count(tx, now)?, seals(tx)?)));
    if let Ok((sessions, (sealed, lag))) = counted.await {
        gauge(&mut out, "reeve_sessions", "gauge", "Sessions that are open.", sessions);
        gauge(&mut out, "reeve_journal_sealed_position", "gauge", "Position of the last sealed entry of the journal.", sealed);
        gauge(&mut out, "reeve_journal_unsealed", "gauge", "Entries of the journal that are not sealed yet, about.", lag);
    }
    let mut answer = text(StatusCode::OK, "/metrics", out);
    set(&mut answer, header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8");
    answer
}

/// Position of the last seal, and how many entries came after it.
fn seals(tx: &mut Tx) -> Result<(i64, i64)> {
    let last = tx.maybe("select position, entry, xact from seal order by position desc limit 1", &[])?;
    let (position, entry, xact) = match &last {
        Some(row) => (row.int(0)?, row.int(1)?, row.int(2)?),
        None => (0, 0, 0),
    };
    let (condition, args) = match tx.engine() {
        Engine::Sqlite => ("seq > ?1", vec![entry.into()]),
        Engine::Postgres => ("(xact, seq) > (?2, ?1)", vec![entry.into(), xact.into()]),
    };
    let sql = format!("select count(*) from (select 1 from journal where {condition} limit 100000) c");
    Ok((position, tx.one(&sql, &args)?.int(0)?))
}

fn text(status: StatusCode, route: &'static str, body: String) -> Response<Body> {
    let mut answer = Response::new(Body::from(body));
    *answer.status_mut() = status;
    set(&mut answer, header::CONTENT_TYPE, "text/plain; charset=utf-8");
    answer.extensions_mut().insert(Pattern(route));
    answer
}
