//! How far a try or an import is, and what came of it.

use db::Tx;
use kernel::describe::Register;
use kernel::jobs::{self, Job, State};
use kernel::web::{Reply, Request};
use kernel::{Error, Result};
use maud::{Markup, Render, html};
use serde_json::Value as Json;
use ui::figure::{Figure, figures};
use ui::format::number;
use ui::marks::Tone;
use ui::states::{notice, progress};
use ui::verb::Verb;

use super::head;
use super::store::{self, Upload};
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
    let body = html! { (head(register, title.clone(), 2)) (standing(request, register, upload, &job, rejects)) };
    Ok(Reply::page(title, register.key, body))
}

fn standing(request: &Request, register: &'static Register, upload: &Upload, job: &Job, rejects: bool) -> Markup {
    let here = format!("/{}/import/{}", register.key, upload.id);
    match job.state {
        State::Waiting | State::Running => html! {
            (progress(job.progress.unsigned_abs(), job.total.unsigned_abs(), "Rows read", &format!("{} of {} rows", number(job.progress), number(job.total))))
            p { (Verb::link("Look again", request.path.clone())) }
        },
        State::Done => done(request, register, &here, job.result.as_ref().unwrap_or(&Json::Null), rejects),
        State::Dead | State::Cancelled => html! {
            (notice(Tone::Bad, &html! { (job.error.as_deref().unwrap_or("It was stopped.")) " Rows taken before are in; importing again goes on where it stopped." }))
            p { (Verb::link("Back to the columns", here)) }
        },
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
    let pair = |it: &Json| Some((it.get(0)?.as_i64()?, it.get(1)?.as_str()?.to_owned()));
    html! {
        @if dry { (notice(Tone::Info, &html! { "Nothing was written." })) }
        @if let Some(why) = result.get("stopped").and_then(Json::as_str) { (notice(Tone::Bad, &html! { (why) })) }
        (shown)
        @if !named.is_empty() {
            h2 { "Rejected rows" }
            ul.stack { @for (line, reason) in named.iter().filter_map(pair) { li { span.ink3 { "Line " (line) } " " (reason) } } }
            @if rejects { p { a href={ (here) "/rejects.csv" } { "All " (number(count("rejected"))) " rejected rows with reasons, to be mended and imported again" } } }
        }
        div.form-foot {
            @if dry { (Verb::post(format!("Import {} rows", number(count("created") + count("changed"))), here.to_owned(), request.csrf.clone()).first().with("do", "run")) }
            (Verb::link("Back to the columns", here.to_owned()))
            @if !dry { (Verb::link(format!("To the {}", in_sentence(register.many)), format!("/{}", register.key)).render()) }
        }
    }
}

/// `GET /{kind}/import/{id}/rejects.csv`.
pub fn rejects(tx: &mut Tx, register: &'static Register, upload: &Upload) -> Result<Reply> {
    let bytes = store::rejects(tx, upload.id)?.ok_or(Error::NotFound)?;
    Ok(Reply::File { name: format!("{}-rejected.csv", register.key), media: "text/csv; charset=utf-8", bytes })
}
