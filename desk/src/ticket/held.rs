//! Undo of sending: a reply waits ten seconds before it leaves. Until then only its author knows of it, and takes it back into the
//! composer with everything that belongs to it. It waits on the server, so a closed browser or a restart loses nothing.

use super::register::register_of;
use super::store::{self, held::Held};
use super::{message, place_of_draft};
use db::Database;
use kernel::describe::Register;
use kernel::file;
use kernel::jobs::{self, Job, JobKind, Queued};
use kernel::register::{self, Record, Sent, Source, by_id_unguarded, perform, verbs_for};
use kernel::who::{Means, View, view_of};
use kernel::{Act, Error, House, Result};
use serde_json::{Map, Value as Json, json};
use std::sync::Arc;

/// For so long a reply waits.
pub const HOLD_SECONDS: i64 = 10;

/// Tries before a reply that the database refuses is given up.
const TRIES: i64 = 20;

/// The job that sends what has waited long enough.
pub(super) const SEND: JobKind = JobKind { key: "ticket.send", run };

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

/// Holds a reply on a ticket; gives the id under which its files are laid aside.
pub(super) fn hold(act: &mut Act, ticket: &Record, reply: Reply) -> Result<i64> {
    let (id, send_at) = (act.new_id(), act.at + HOLD_SECONDS * 1000);
    let (input, person) = (json!({ "held": id }), Some(act.view.person));
    jobs::enqueue(act.tx, act.house, &Queued { kind: SEND.key, input: &input, run_at: send_at, person, most_attempts: TRIES })?;
    let Reply { text: body, cc, next, template } = reply;
    let (organisation, author) = (act.view.organisation, act.view.person);
    store::held::insert(act, &Held { id, ticket: ticket.id, organisation, author, body, cc, next, template, send_at })?;
    Ok(id)
}

/// Sends a reply with all that follows from it; gives the ticket afterwards and the id of the message.
pub(super) fn send(act: &mut Act, register: &'static Register, reference: &str, reply: &Reply) -> Result<(Record, i64)> {
    for name in reply.cc.split(',').map(str::trim).filter(|name| !name.is_empty()) {
        does(act, register, reference, "watch", json!({ "person": name }))?;
    }
    let mut record = does(act, register, reference, "reply", json!({ "text": reply.text }))?;
    let sent = store::message::latest_own(act, record.id, false)?.ok_or(Error::NotFound)?.id;
    if let Some(template) = reply.template {
        let (team, person) = store::held::gives_to(act.tx, template)?;
        let given: Map<String, Json> = [("team", "teams", team), ("assignee", "people", person)]
            .into_iter()
            .filter_map(|(key, of, id)| Some((key, of, id?)))
            .map(|(key, of, id)| Ok((key.to_owned(), Json::from(reference_of(act, of, id)?))))
            .collect::<Result<_>>()?;
        if !given.is_empty() {
            record = does(act, register, reference, "assign", Json::Object(given))?;
        }
    }
    let waits = record.state == "pending" && record.text("pending_reason") == "requester";
    // Somebody may have ended it meanwhile: the reply still leaves, and how it stands is left to them.
    match reply.next.as_str() {
        "pend" if !waits && possible(act.view, &record, "pend") => {
            record = does(act, register, reference, "pend", json!({ "reason": "requester" }))?
        }
        "resolve" if possible(act.view, &record, "resolve") => {
            record = does(act, register, reference, "resolve", json!({ "resolution": reply.text }))?
        }
        _ => {}
    }
    Ok((record, sent))
}

fn reference_of(act: &mut Act, kind: &str, id: i64) -> Result<String> {
    let register = act.house.register(kind).ok_or(Error::NotFound)?;
    Ok(by_id_unguarded(act.tx, act.house, register, id)?.ok_or(Error::NotFound)?.reference)
}

fn does(act: &mut Act, register: &'static Register, reference: &str, verb: &str, input: Json) -> Result<Record> {
    let verb = register.verb(verb).ok_or(Error::NotFound)?;
    let fields = input.as_object().cloned().unwrap_or_default();
    Ok(perform(act, register, reference, verb, Sent { fields: &fields, source: Source::Text }, None)?.record)
}

fn run(db: &Database, house: &Arc<House>, job: &Job) -> Result<Json> {
    let Some(id) = job.input["held"].as_i64() else { return Ok(Json::Null) };
    let its = Arc::clone(house);
    match db.write_wait(move |tx| deliver(tx, &its, id)) {
        Err(
            error @ (Error::Invalid(_) | Error::Malformed(_) | Error::Conflict(_) | Error::Forbidden(_) | Error::NotFound | Error::Nobody),
        ) => {
            let (its, why) = (Arc::clone(house), error.to_string());
            db.write_wait(move |tx| give_back(tx, &its, id, &why))?;
            Ok(json!({ "refused": error.to_string() }))
        }
        done => done.map(|()| Json::Null),
    }
}

/// Sends what is held, as its author and at this moment.
fn deliver(tx: &mut db::Tx, house: &House, id: i64) -> Result<()> {
    let Some(held) = store::held::hold(tx, id)? else { return Ok(()) };
    let view = view_of(tx, house, held.author, held.organisation, Means::Page)?;
    let mut act = Act::new(tx, &view, house);
    leave(&mut act, &held)?;
    act.end()
}

/// What is held leaves, within an act of its author.
fn leave(act: &mut Act, held: &Held) -> Result<Record> {
    let (reference, kind) = store::ticket::reference_and_kind(act.tx, held.ticket)?;
    let reply = Reply { text: held.body.clone(), cc: held.cc.clone(), next: held.next.clone(), template: held.template };
    let (record, sent) = send(act, register_of(&kind), &reference, &reply)?;
    file::bring(act, held.id, &record, sent, false)?;
    store::held::remove(act.tx, held.id)?;
    Ok(record)
}

/// Whether the state of a ticket and the grants of the viewer allow a verb.
pub(super) fn possible(view: &View, record: &Record, key: &str) -> bool {
    verbs_for(view, record).iter().any(|verb| verb.key == key)
}

/// What came of sending at once.
pub(super) enum Came {
    /// It is sent.
    Sent,
    /// There was nothing left to send.
    Before,
    /// The ticket cannot be answered any more: it stands in the composer again, with the reason.
    Back,
}

/// Sends at once what the act's person holds.
pub(super) fn send_now(act: &mut Act, id: i64) -> Result<Came> {
    let Some(held) = own(act, id)? else { return Ok(Came::Before) };
    let (reference, kind) = store::ticket::reference_and_kind(act.tx, held.ticket)?;
    let record = register::load(act.tx, act.house, act.view, register_of(&kind), &reference)?;
    if !possible(act.view, &record, "reply") {
        let why = format!("{} cannot be answered as it stands.", record.reference);
        back_to_composer(act.tx, act.house, &held, Some(&why))?;
        return Ok(Came::Back);
    }
    leave(act, &held)?;
    Ok(Came::Sent)
}

/// Takes back what the act's person holds: it stands in the composer again. Says whether there was anything left to take back.
pub(super) fn take_back(act: &mut Act, id: i64) -> Result<bool> {
    let Some(held) = own(act, id)? else { return Ok(false) };
    back_to_composer(act.tx, act.house, &held, None)?;
    Ok(true)
}

fn own(act: &mut Act, id: i64) -> Result<Option<Held>> {
    Ok(store::held::hold(act.tx, id)?.filter(|held| held.author == act.view.person))
}

/// What could not be sent goes back to its author with the reason.
fn give_back(tx: &mut db::Tx, house: &House, id: i64, why: &str) -> Result<()> {
    let Some(held) = store::held::hold(tx, id)? else { return Ok(()) };
    back_to_composer(tx, house, &held, Some(why))
}

/// Puts a held reply into its author's draft, before what they have typed since.
fn back_to_composer(tx: &mut db::Tx, house: &House, held: &Held, why: Option<&str>) -> Result<()> {
    let (_, kind) = store::ticket::reference_and_kind(tx, held.ticket)?;
    let Some(record) = by_id_unguarded(tx, house, register_of(&kind), held.ticket)? else {
        return store::held::remove(tx, held.id);
    };
    let place = place_of_draft(&record);
    let typed = store::draft::read(tx, held.author, place.clone())?;
    let typed: Json = typed.and_then(|(content, _)| serde_json::from_str(&content).ok()).unwrap_or_default();
    let later = typed["text"].as_str().unwrap_or_default().trim();
    let text = if later.is_empty() { held.body.clone() } else { format!("{}\n\n{later}", held.body) };
    let files: Vec<String> = file::aside_of(tx, held.id)?.iter().map(|it| it.id.to_string()).collect();
    let mut content = json!({ "mode": "public", "text": text, "cc": held.cc, "kept": files });
    if let Some(why) = why {
        content["refused"] = Json::from(format!("Not sent. {why}"));
    }
    store::draft::keep(tx, held.author, place, content.to_string(), house.clock.now())?;
    store::held::remove(tx, held.id)
}

/// What the viewer holds on a ticket, with the files that go along.
pub(super) fn of(tx: &mut db::Tx, view: &View, ticket: &Record) -> Result<Vec<(Held, Vec<file::Attached>)>> {
    let all = if view.person == 0 { Vec::new() } else { store::held::of(tx, view.person, ticket.id)? };
    all.into_iter().map(|held| file::aside_of(tx, held.id).map(|files| (held, files))).collect()
}

/// The longest stretch of words that a reply shares with an internal note of the ticket: it would leave the house.
pub(super) fn leaks(act: &mut Act, register: &Register, ticket: &Record, text: &str) -> Result<Option<String>> {
    if !act.view.may(register, "internal") {
        return Ok(None);
    }
    let notes = message::of_ticket(act.tx, ticket.id, true)?;
    let plain = plain(text);
    let pieces = notes.iter().filter(|it| it.internal).flat_map(|it| it.body.split(['\n', '.', '!', '?', ';']));
    Ok(pieces.map(self::plain).find(|piece| piece.chars().count() >= SHARED && plain.contains(piece.as_str())))
}

/// So many characters in common are no chance.
const SHARED: usize = 24;

/// Words alone, small, with one space between them.
fn plain(text: &str) -> String {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}
