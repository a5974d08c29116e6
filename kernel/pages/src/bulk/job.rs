//! A task for more records than one request takes: each in a transaction and an act of its own, so that one refusal stops
//! no other.

use db::{Database, Tx};
use kernel::describe::Register;
use kernel::jobs::{self, Job, JobKind, Pace, Queued, State};
use kernel::register::undo;
use kernel::web::{Reply, Request};
use kernel::who::{Means, view_of};
use kernel::{Act, Error, House, Result};
use maud::{Markup, Render, html};
use serde_json::{Value as Json, json};
use std::sync::Arc;
use ui::head::Head;
use ui::states::progress;
use ui::verb::Verb;

use super::pages::undo_all;
use super::task::Task;
use super::undo::read;
use super::{counted, own};
use crate::form::crumbs;
use crate::list::address;

/// The sort of job; a house whose practices do not bring it runs tasks portion by portion.
pub const KIND: JobKind = JobKind { key: "pages.bulk", pace: Pace::Long, run };

/// Whether the house runs such jobs.
pub fn runs(house: &House) -> bool {
    house.practices.iter().flat_map(|practice| practice.jobs).any(|kind| kind.key == KIND.key)
}

/// Queues a task and leads to its page.
pub fn start(act: &mut Act, request: &Request, task: &Task, references: &[String]) -> Result<Reply> {
    queue(act, request, task.register, &task.label(), task.to_json(), references)
}

/// Queues the taking back of what was done (`RSK-1 <act>` each).
pub fn start_undo(act: &mut Act, request: &Request, register: &'static Register, done: &[String]) -> Result<Reply> {
    queue(act, request, register, "Undo", json!({ "register": register.key, "undo": true }), done)
}

fn queue(act: &mut Act, request: &Request, register: &Register, label: &str, task: Json, on: &[String]) -> Result<Reply> {
    let input = json!({
        "task": task, "on": on, "label": label, "organisation": act.view.organisation, "reason": act.reason,
        "query": request.sent("query"),
    });
    let job = Queued { kind: KIND.key, input: &input, run_at: act.recorded_at, person: Some(act.view.person), most_attempts: 5 };
    let id = jobs::enqueue(act.tx, act.house, &job)?;
    Ok(Reply::redirect(format!("/{}/bulk/{id}", register.key), ""))
}

/// Does the records that are left; a run that was broken off goes on behind the last one done.
fn run(db: &Database, house: &Arc<House>, job: &Job) -> Result<Json> {
    let on: Vec<String> = texts(&job.input, "on");
    let mut done = Vec::new();
    let mut refused = Vec::new();
    let begin = usize::try_from(job.progress).unwrap_or(0);
    for (at, it) in on.iter().enumerate().skip(begin) {
        match step(db, house, job, it, (at + 1, on.len())) {
            Ok(Some(act)) => done.push(format!("{} {act}", it.split(' ').next().unwrap_or_default())),
            Ok(None) => {}
            Err(fault @ (Error::Db(_) | Error::Fault(_) | Error::Nobody)) => return Err(fault),
            Err(why) => refused.push(json!([it.split(' ').next(), why.to_string()])),
        }
    }
    Ok(json!({ "done": done, "refused": refused, "earlier": begin }))
}

/// One record; the act if it can be undone. The progress is kept with it.
fn step(db: &Database, house: &Arc<House>, job: &Job, it: &str, (number, all): (usize, usize)) -> Result<Option<i64>> {
    let (house, job, it) = (Arc::clone(house), job.clone(), it.to_owned());
    db.write_wait(move |tx| {
        let organisation = job.input.get("organisation").and_then(Json::as_i64).unwrap_or(0);
        let view = view_of(tx, &house, job.person.unwrap_or(0), organisation, Means::Job(KIND.key.into()))?;
        let mut act = Act::new(tx, &view, &house);
        act.reason = job.input.get("reason").and_then(Json::as_str).map(str::to_owned);
        let done = one(&mut act, &job, &it)?;
        let now = house.clock.now();
        jobs::progress(act.tx, &job, now, number as i64, all as i64)?;
        act.end()?;
        Ok(done)
    })
}

fn one(act: &mut Act, job: &Job, it: &str) -> Result<Option<i64>> {
    let task = job.input.get("task").ok_or(Error::NotFound)?;
    if task.get("undo").is_some() {
        let register = task.get("register").and_then(Json::as_str).and_then(|key| act.house.register(key));
        let ((reference, undone), register) = read(it).zip(register).ok_or(Error::NotFound)?;
        let own = own(act.house, register, reference)?;
        undo(act, own, reference, undone)?;
        return Ok(None);
    }
    let task = Task::from_json(act.house, task).ok_or(Error::NotFound)?;
    let (_, undoable) = task.run(act, it)?;
    Ok((undoable && act.changed > 0).then_some(act.id))
}

fn texts(json: &Json, key: &str) -> Vec<String> {
    let all = json.get(key).and_then(Json::as_array).into_iter().flatten();
    all.filter_map(Json::as_str).map(str::to_owned).collect()
}

/// `GET /{kind}/bulk/{job}`: how far it is, and what came of it. Only for whoever started it.
pub fn page(tx: &mut Tx, request: &Request, register: &'static Register, id: &str) -> Result<Reply> {
    let id = id.parse().map_err(|_| Error::NotFound)?;
    let job = jobs::find(tx, id)?.ok_or(Error::NotFound)?;
    if job.kind != KIND.key || job.person != Some(request.view.person) {
        return Err(Error::NotFound);
    }
    let on = texts(&job.input, "on").len();
    let label = job.input.get("label").and_then(Json::as_str).unwrap_or_default();
    let word = match job.state {
        State::Done => "done",
        State::Dead => "stopped",
        State::Cancelled => "taken back before it ran",
        State::Waiting | State::Running => "under way",
    };
    let title = format!("{label} {}: {word}", counted(register, on));
    let query = job.input.get("query").and_then(Json::as_str).unwrap_or_default();
    let back = address(register, query).href();
    let head = Head { crumbs: crumbs(register, None), title: title.clone(), ..Head::default() };
    // Looked at again by itself until it has ended.
    let again = matches!(job.state, State::Waiting | State::Running);
    let body = html! {
        div #standing hx-get=[again.then_some(&request.path)] hx-trigger=[again.then_some("every 1s")] hx-select=[again.then_some("#standing")]
            hx-swap=[again.then_some("outerHTML")] {
            (head)
            (standing(request, register, &job, on))
            p { a href=(back) { "Back to the list" } }
        }
    };
    Ok(Reply::page(title, register.key, body))
}

fn standing(request: &Request, register: &Register, job: &Job, on: usize) -> Markup {
    let result = job.result.clone().unwrap_or_default();
    let pair = |it: &Json| Some((it.get(0)?.as_str()?.to_owned(), it.get(1)?.as_str()?.to_owned()));
    let refused: Vec<(String, String)> = result.get("refused").and_then(Json::as_array).into_iter().flatten().filter_map(pair).collect();
    let text = format!("{} of {on}", job.progress);
    html! {
        @if matches!(job.state, State::Waiting | State::Running) {
            (progress(job.progress.unsigned_abs(), on as u64, "Records done", &text))
            p { (Verb::link("Look again", request.path.clone()).render()) }
        }
        @if job.state == State::Dead { p.note.bad { "It stopped: " (job.error.as_deref().unwrap_or("no reason is known")) ". What was done until then is kept." } }
        @if let Some(earlier) = result.get("earlier").and_then(Json::as_i64).filter(|it| *it > 0) {
            p.ink2 { "It was broken off once after " (earlier) " records; these are done and not listed here." }
        }
        @if !refused.is_empty() {
            h2 { (refused.len()) " refused" }
            ul.stack { @for (reference, why) in &refused { li { a href={ "/" (register.key) "/" (reference) } { (reference) } ": " (why) } } }
        }
        (undo_all(request, register, &texts(&result, "done")))
    }
}
