//! How far a try or an import is, and what came of it.

use db::Tx;
use kernel::describe::Register;
use kernel::jobs::{self, Job, State};
use kernel::web::{Reply, Request};
use kernel::{Error, Result, time};
use maud::{Markup, html};
use serde_json::Value as Json;
use ui::figure::{Figure, figures};
use ui::format::{duration, number};
use ui::head::block;
use ui::marks::Tone;
use ui::states::{notice, progress};
use ui::text::plural;
use ui::verb::Verb;

use super::columns::rows;
use super::store::{self, Upload};
use super::{DONE, TRY, head, step};
use crate::address::encode;
use crate::shown::in_sentence;

/// `GET /{kind}/import/{id}/run`.
pub fn page(tx: &mut Tx, request: &Request, register: &'static Register, upload: &Upload) -> Result<Reply> {
    let job = match upload.job {
        Some(id) => jobs::find(tx, id)?,
        None => None,
    };
    let Some(job) = job else { return Ok(Reply::redirect(format!("/{}/import/{}", register.key, upload.id), "")) };
    let dry = job.input.get("dry").and_then(Json::as_bool).unwrap_or(true);
    let title = match (job.state, dry) {
        (State::Waiting | State::Running, true) => format!("{} is being tried", upload.name),
        (State::Waiting | State::Running, false) => format!("{} is being imported", upload.name),
        (State::Done, true) => format!("What {} would do", upload.name),
        (State::Done, false) => format!("{} is imported", upload.name),
        (State::Dead | State::Cancelled, _) => format!("{} was not imported", upload.name),
    };
    let rejects = store::rejects(tx, upload.id)?.is_some();
    let at = if dry { TRY } else { DONE };
    let standing = standing(request, register, upload, &job, rejects);
    Ok(match (request.fragment, job.state) {
        (true, State::Waiting | State::Running) => Reply::Fragment(standing),
        // What came of it is another page than how far it is.
        (true, _) => Reply::redirect(request.path.clone(), ""),
        (false, _) => step(register, title.clone(), html! { (head(register, title, at)) (standing) }),
    })
}

fn standing(request: &Request, register: &'static Register, upload: &Upload, job: &Job, rejects: bool) -> Markup {
    let here = format!("/{}/import/{}", register.key, upload.id);
    match job.state {
        State::Waiting | State::Running => html! {
            section.block hx-get=(request.path) hx-trigger="every 1s" hx-swap="outerHTML" {
                (progress(job.progress.unsigned_abs(), job.total.max(1).unsigned_abs(), "Rows read", &so_far(request, job)))
                p.ink2 { "This page may be left: the work goes on, and its address shows what came of it." }
                p { (Verb::link("Look again", request.path.clone())) }
            }
        },
        State::Done => done(request, register, &here, job.result.as_ref().unwrap_or(&Json::Null), rejects),
        State::Dead | State::Cancelled => html! {
            (notice(Tone::Bad, &html! { (job.error.as_deref().unwrap_or("It was stopped.")) " Rows taken before are in; importing again goes on where it stopped." }))
            p { (Verb::link("Back to the columns", here)) }
        },
    }
}

/// "1,200 of 5,000 rows, about 40 s left".
fn so_far(request: &Request, job: &Job) -> String {
    let (done, all) = (job.progress, job.total);
    let waited = (request.now - job.run_at) / 1_000;
    let left = (done > 0 && waited > 3).then(|| waited.saturating_mul(all - done) / done).filter(|left| *left > 0);
    let left = left.map_or_else(String::new, |left| format!(", about {} left", duration(left)));
    match all {
        0 => "It begins in a moment".into(),
        _ => format!("{} of {} rows{left}", number(done), number(all)),
    }
}

fn done(request: &Request, register: &'static Register, here: &str, result: &Json, rejects: bool) -> Markup {
    let count = |key: &str| result.get(key).and_then(Json::as_i64).unwrap_or(0);
    let dry = result.get("dry").and_then(Json::as_bool).unwrap_or(true);
    let figure = |key: &str, label: &str, tone: Tone| Figure { value: number(count(key)), label: label.into(), tone, ..Figure::default() };
    let would = |word: &str| if dry { format!("would be {word}") } else { word.to_owned() };
    let shown = figures(&[
        figure("created", &would("created"), Tone::Plain),
        figure("changed", &would("changed"), Tone::Plain),
        figure("same", "the same as here", Tone::Plain),
        figure("rejected", "rejected", if count("rejected") > 0 { Tone::Bad } else { Tone::Plain }),
    ]);
    let named = result.get("rejections").and_then(Json::as_array).cloned().unwrap_or_default();
    html! {
        @if dry { (notice(Tone::Info, &html! { "Nothing was written." })) }
        @if let Some(why) = result.get("stopped").and_then(Json::as_str) { (notice(Tone::Bad, &html! { (why) })) }
        (shown)
        @if !named.is_empty() {
            (block("Rejected", "", &html! {}, &html! {
                ul.refused { @for (line, reasons) in named.iter().filter_map(refused) { li { span.ink3 { "Line " (line) } @for reason in reasons { div { (reason) } } } } }
                @if rejects { p { a href={ (here) "/rejects.csv" } { (plural(count("rejected"), "rejected row", "rejected rows")) " as a file, with the reasons: mend it and bring it in again" } } }
            }))
        }
        (next(request, register, here, (dry, count("created"), count("changed")), result))
    }
}

/// The line of a row that was not taken, and why: reasons, or one text in results of former versions.
fn refused(it: &Json) -> Option<(i64, Vec<&str>)> {
    let why = it.get(1)?;
    let reasons = why.as_array().map_or(std::slice::from_ref(why), Vec::as_slice);
    Some((it.get(0)?.as_i64()?, reasons.iter().filter_map(Json::as_str).collect()))
}

/// What one does next: import what was tried, or look at what came in, and how it could be taken back.
fn next(request: &Request, register: &'static Register, here: &str, (dry, created, changed): (bool, i64, i64), result: &Json) -> Markup {
    let back = Verb::link("Back to the columns", here.to_owned());
    if dry {
        let import = Verb::post(format!("Import {}", rows(created + changed)), here.to_owned(), request.csrf.clone()).with("do", "run");
        return html! { div.form-foot { @if created + changed > 0 { (import.first()) } (back) } };
    }
    let since = result.get("since").and_then(Json::as_i64).map(time::rfc3339).unwrap_or_default();
    let of = |column: &str, count: i64, word: &str| {
        let label = format!("See the {} {word}", number(count));
        Verb::link(label, format!("/{}?{column}__gte={}", register.key, encode(&since)))
    };
    let many = in_sentence(register.many);
    html! {
        @if created > 0 { p.ink2 { "To take it back, see what was created, select all that match and retire them: that can be undone. What a row changed is undone in the history of its record." } }
        div.form-foot {
            @if created > 0 { (of("created_at", created, "created").first()) }
            @if changed > 0 { (of("updated_at", created + changed, "created or changed")) }
            (Verb::link(format!("To the {many}"), format!("/{}", register.key))) (back)
        }
    }
}

/// `GET /{kind}/import/{id}/rejects.csv`.
pub fn rejects(tx: &mut Tx, register: &'static Register, upload: &Upload) -> Result<Reply> {
    let bytes = store::rejects(tx, upload.id)?.ok_or(Error::NotFound)?;
    Ok(Reply::File { name: format!("{}-rejected.csv", register.key), media: "text/csv; charset=utf-8", bytes })
}
