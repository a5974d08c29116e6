//! Undo of sending: a reply waits ten seconds before it leaves. Until then only its author knows of it, and takes it back into the
//! composer with everything that belongs to it. It waits on the server, so a closed browser or a restart loses nothing. What cannot
//! be sent is stopped: it stays where its author sees it, with the reason, until they send it again or take it back.

mod again;
mod check;
mod leaks;
mod send;

pub(super) use again::again;
pub(super) use check::{check, few};
pub(super) use leaks::leaks;
pub(super) use send::{possible, send};

use super::place_of_draft;
use super::register::register_of;
use super::store::{self, held::Held};
use db::{Database, Tx};
use kernel::file;
use kernel::jobs::{self, Job, JobKind, Pace, Queued};
use kernel::register::{self, Record};
use kernel::who::{Means, View, view_of};
use kernel::{Act, Error, House, Result};
use serde_json::{Value as Json, json};
use std::sync::Arc;

/// For so long a reply waits.
pub const HOLD_SECONDS: i64 = 10;

/// Tries before a reply that the database refuses is given up.
const TRIES: i64 = 20;

/// The job that sends what has waited long enough.
pub(super) const SEND: JobKind = JobKind { key: "ticket.send", pace: Pace::Prompt, run };

/// What is sent, besides files.
#[derive(Clone, Debug, Default)]
pub(super) struct Reply {
    /// The text.
    pub text: String,
    /// Who is to follow the ticket from then on: names, references or addresses, parted by commas.
    pub cc: String,
    /// What becomes of the ticket then: `pend`, `resolve` or nothing.
    pub next: String,
    /// The template it was made with.
    pub template: Option<i64>,
}

/// Most replies that one person holds on a ticket.
pub(super) const MOST: usize = 20;

/// Holds a reply on a ticket; gives the id under which its files are laid aside.
pub(super) fn hold(act: &mut Act, ticket: &Record, reply: Reply) -> Result<i64> {
    let (id, send_at) = (act.new_id(), act.at + HOLD_SECONDS * 1000);
    let (input, person) = (json!({ "held": id }), Some(act.view.person));
    jobs::enqueue(act.tx, act.house, &Queued { kind: SEND.key, input: &input, run_at: send_at, person, most_attempts: TRIES })?;
    let Reply { text: body, cc, next, template } = reply;
    let (organisation, author) = (act.view.organisation, act.view.person);
    store::held::insert(act, &Held { id, ticket: ticket.id, organisation, author, body, cc, next, template, send_at, stopped: None })?;
    Ok(id)
}

fn run(db: &Database, house: &Arc<House>, job: &Job) -> Result<Json> {
    let Some(id) = job.input["held"].as_i64() else { return Ok(Json::Null) };
    let its = Arc::clone(house);
    let error = match db.write_wait(move |tx| deliver(tx, &its, id)) {
        Ok(()) => return Ok(Json::Null),
        Err(error) => error,
    };
    let hopeless = !matches!(error, Error::Db(_) | Error::Fault(_) | Error::Stale { .. } | Error::TooMany { .. });
    if !hopeless && job.attempts < TRIES {
        return Err(error);
    }
    let why = if hopeless { reason(&error) } else { "Something is wrong here. Send it again.".to_owned() };
    db.write_wait(move |tx| store::held::stop(tx, id, &why))?;
    Ok(json!({ "stopped": error.to_string() }))
}

/// What a person reads of why it was not sent.
fn reason(error: &Error) -> String {
    error.fields().first().map_or_else(|| error.to_string(), |it| it.message.clone())
}

/// Sends what is held, as its author and at this moment.
fn deliver(tx: &mut Tx, house: &House, id: i64) -> Result<()> {
    let Some(held) = store::held::hold(tx, id)?.filter(|held| held.stopped.is_none()) else { return Ok(()) };
    let view = view_of(tx, house, held.author, held.organisation, Means::Page)?;
    let mut act = Act::new(tx, &view, house);
    leave(&mut act, &held)?;
    act.end()
}

/// What is held leaves, within an act of its author.
fn leave(act: &mut Act, held: &Held) -> Result<Record> {
    let (reference, kind) = store::ticket::reference_and_kind(act.tx, held.ticket)?;
    let (record, sent) = send(act, register_of(&kind), &reference, &reply(held))?;
    file::bring(act, held.id, &record, sent, false)?;
    store::held::remove(act.tx, held.id)?;
    Ok(record)
}

fn reply(held: &Held) -> Reply {
    Reply { text: held.body.clone(), cc: held.cc.clone(), next: held.next.clone(), template: held.template }
}

/// What came of sending at once.
pub(super) enum Came {
    /// It is sent.
    Sent,
    /// There was nothing left to send.
    Before,
    /// It cannot be sent as it is; the line above says why.
    Stopped,
}

/// Sends at once what the act's person holds.
pub(super) fn send_now(act: &mut Act, id: i64) -> Result<Came> {
    let Some(held) = own(act, id)? else { return Ok(Came::Before) };
    let (reference, kind) = store::ticket::reference_and_kind(act.tx, held.ticket)?;
    let record = register::load(act.tx, act.house, act.view, register_of(&kind), &reference)?;
    match check(act, &record, &reply(&held)) {
        Ok(()) => leave(act, &held).map(|_| Came::Sent),
        Err(error @ (Error::Invalid(_) | Error::Conflict(_) | Error::Forbidden(_))) => {
            store::held::stop(act.tx, id, &reason(&error))?;
            Ok(Came::Stopped)
        }
        Err(error) => Err(error),
    }
}

/// What came of taking back.
pub(super) enum Back {
    /// It stands in the composer again.
    Composer,
    /// A note stands in the composer: it stays in its line, and is not sent.
    Beside,
    /// It was sent before.
    Gone,
}

/// Takes back what the act's person holds: it stands in the composer again, before what was typed there since. A note that was begun
/// meanwhile is never mixed with it.
pub(super) fn take_back(act: &mut Act, id: i64) -> Result<Back> {
    let Some(held) = own(act, id)? else { return Ok(Back::Gone) };
    let (reference, kind) = store::ticket::reference_and_kind(act.tx, held.ticket)?;
    let record = register::load(act.tx, act.house, act.view, register_of(&kind), &reference)?;
    let place = place_of_draft(&record);
    let typed = typed_at(act, place.clone())?;
    if typed["mode"] == "internal" && begun(&typed) {
        store::held::stop(act.tx, id, BESIDE)?;
        return Ok(Back::Beside);
    }
    let content = joined(act, &held, &typed)?;
    store::draft::keep(act.tx, held.author, place, content.to_string(), act.recorded_at)?;
    store::held::remove(act.tx, held.id)?;
    Ok(Back::Composer)
}

/// Why a reply that was taken back is not in the composer.
const BESIDE: &str = "You took it back while a note stands in the composer.";

/// The draft of a reply that was taken back, before what was typed since.
fn joined(act: &mut Act, held: &Held, typed: &Json) -> Result<Json> {
    let mut files: Vec<String> = file::aside_of(act.tx, held.id)?.iter().map(|it| it.id.to_string()).collect();
    files.extend(kept(typed));
    let template = held.template.map(|id| send::reference_of(act, "templates", id)).transpose()?;
    Ok(json!({
        "mode": "public",
        "text": joined_texts(&held.body, text(typed, "text"), "\n\n"),
        "cc": joined_texts(&held.cc, text(typed, "cc"), ", "),
        "kept": files,
        "template": template.unwrap_or_else(|| text(typed, "template").to_owned()),
        "next": held.next,
    }))
}

/// What was taken back and what was typed since, where there is both.
fn joined_texts(one: &str, other: &str, between: &str) -> String {
    [one, other].into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join(between)
}

/// What the act's person has typed at a place and not sent; null if nothing.
fn typed_at(act: &mut Act, place: String) -> Result<Json> {
    let typed = store::draft::read(act.tx, act.view.person, place)?;
    Ok(typed.and_then(|(content, _)| serde_json::from_str(&content).ok()).unwrap_or_default())
}

/// Whether there is something in a draft that one would miss.
fn begun(typed: &Json) -> bool {
    !text(typed, "text").is_empty() || !kept(typed).is_empty()
}

fn text<'a>(typed: &'a Json, key: &str) -> &'a str {
    typed[key].as_str().unwrap_or_default().trim()
}

/// Ids of the files that a draft keeps.
pub(super) fn kept(typed: &Json) -> Vec<String> {
    match &typed["kept"] {
        Json::Array(all) => all.iter().filter_map(Json::as_str).map(str::to_owned).collect(),
        Json::String(one) => vec![one.clone()],
        _ => Vec::new(),
    }
}

fn own(act: &mut Act, id: i64) -> Result<Option<Held>> {
    Ok(store::held::hold(act.tx, id)?.filter(|held| held.author == act.view.person))
}

/// What the viewer holds on a ticket, with the files that go along.
pub(super) fn of(tx: &mut Tx, view: &View, ticket: &Record) -> Result<Vec<(Held, Vec<file::Attached>)>> {
    let all = if view.person == 0 { Vec::new() } else { store::held::of(tx, view.person, ticket.id)? };
    all.into_iter().map(|held| file::aside_of(tx, held.id).map(|files| (held, files))).collect()
}

/// For so long files that nothing awaits any more are kept, in milliseconds.
const AWAITED: i64 = 24 * 3_600_000;

/// Forgets files whose reply was taken back and given up.
pub(super) fn tidy(db: &Database, house: &Arc<House>) -> Result<usize> {
    let now = house.clock.now();
    db.write_wait(move |tx| file::forget_aside(tx, "held_message", now - AWAITED, now))
}
