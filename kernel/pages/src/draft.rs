//! What somebody is typing, kept on the server until it is saved or discarded.

use db::{Tx, Value};
use kernel::live::Presence;
use kernel::web::{Form, Reply, Request, sending};
use kernel::{Act, Error, Result};
use maud::Markup;
use serde_json::{Value as Json, json};
use ui::form::draft_notice;
use ui::verb::Verb;

use crate::address::back;
use crate::shown::when;

/// Longest draft that is kept, in bytes of JSON.
const LONGEST: usize = 400_000;

/// Most drafts of one person; the oldest go.
const MOST: i64 = 200;

/// A kept draft.
pub struct Kept {
    /// What was typed, by field name.
    pub form: Form,
    /// When it was last saved.
    pub saved_at: i64,
}

/// `POST /draft/{place}`: keeps what is typed there, or with `discard` drops it. Answers with the time it was kept at. A
/// form says in `draft_at` which draft it goes on from, 0 for none, and in `sending` how it will call itself when it is sent. If another
/// window or device has kept another one since, nothing is saved and the answer is that one (409); a form that was sent meanwhile
/// keeps nothing any more.
pub fn save(act: &mut Act, request: &Request, place: &str) -> Result<Reply> {
    if place.is_empty() || place.len() > 200 {
        return Err(Error::NotFound);
    }
    if request.form.contains_key("discard") {
        stops(act, place);
        discard(act.tx, act.view.person, place)?;
        return Ok(Reply::redirect(back(request).unwrap_or_else(|| "/".into()), "Draft discarded"));
    }
    let mut form = request.form.clone();
    form.remove("csrf");
    form.remove("whole");
    let from = form.shift_remove("draft_at").and_then(|at| at.as_str()?.parse::<i64>().ok()).unwrap_or(0);
    let sending = form.shift_remove("sending").and_then(|name| name.as_str().map(str::to_owned)).filter(|name| !name.is_empty());
    if let Some(name) = &sending
        && was_sent(act, name)?
    {
        return Ok(Reply::Json(json!({ "sent": true })));
    }
    if request.sent("text").trim().is_empty() {
        stops(act, place)
    } else {
        writes(act, request, place)
    }
    let content = Json::Object(form.clone()).to_string();
    if content.len() > LONGEST {
        return Err(Error::TooLarge("This draft is too long to be kept. It is still on the page; save the record to keep it.".into()));
    }
    let sql = "insert into draft (person, place, content, saved_at, sending) values (?1, ?2, ?3, ?4, ?5) \
        on conflict (person, place) do update set content = excluded.content, sending = excluded.sending, \
        saved_at = case when excluded.saved_at > draft.saved_at then excluded.saved_at else draft.saved_at + 1 end \
        where draft.saved_at <= ?6 or draft.sending = ?5";
    let person = act.view.person;
    let args = [
        Value::Int(person),
        Value::from(place),
        Value::Text(content),
        Value::Int(act.recorded_at),
        sending.as_deref().into(),
        Value::Int(from),
    ];
    let saved = act.tx.run(sql, &args)? > 0;
    let now = kept(act.tx, person, place)?.ok_or(Error::NotFound)?;
    if !saved && now.form != form {
        return Ok(shown(&now).status(409));
    }
    let sql = "delete from draft where person = ?1 and place not in \
        (select d.place from draft d where d.person = ?1 order by d.saved_at desc, d.place limit ?2)";
    act.tx.run(sql, &[Value::Int(act.view.person), Value::Int(MOST)])?;
    Ok(Reply::Json(json!({ "saved_at": now.saved_at })))
}

/// Whether the form that calls itself so was sent and done. Waits for one that is being done just now.
fn was_sent(act: &mut Act, name: &str) -> Result<bool> {
    let digest = sending(act.view.person, name);
    act.tx.lock(&digest)?;
    Ok(act.tx.maybe("select 1 from idempotency where digest = ?1", &[Value::Text(digest)])?.is_some())
}

/// `GET /draft/{place}`: the draft, as fields; an empty object if there is none.
pub fn page(tx: &mut Tx, request: &Request, place: &str) -> Result<Reply> {
    let kept = kept(tx, request.view.person, place)?;
    Ok(kept.map_or_else(|| Reply::Json(json!({})), |kept| shown(&kept)))
}

fn shown(kept: &Kept) -> Reply {
    Reply::Json(json!({ "saved_at": kept.saved_at, "fields": kept.form }))
}

/// The record in whose conversation somebody types, by the place of what they type.
fn spoken_at(place: &str) -> Option<&str> {
    place.strip_suffix("/said")?.rsplit('/').next()
}

/// Colleagues who have the record open see that somebody writes there.
fn writes(act: &Act, request: &Request, place: &str) {
    let Some(reference) = spoken_at(place) else { return };
    let presence = act.house.memory.shared::<Presence>();
    presence.writes(reference, act.view.person, request.sent("mode") == "internal", act.recorded_at);
}

/// They see that it was sent or given up, too, and not some seconds later.
fn stops(act: &Act, place: &str) {
    let Some(reference) = spoken_at(place) else { return };
    act.house.memory.shared::<Presence>().stops(reference, act.view.person, act.recorded_at);
}

/// The draft of a place, if there is one.
pub fn kept(tx: &mut Tx, person: i64, place: &str) -> Result<Option<Kept>> {
    let sql = "select content, saved_at from draft where person = ?1 and place = ?2";
    let Some(row) = tx.maybe(sql, &[Value::Int(person), Value::from(place)])? else { return Ok(None) };
    let Ok(Json::Object(form)) = serde_json::from_str(row.text(0)?) else { return Ok(None) };
    Ok(Some(Kept { form, saved_at: row.int(1)? }))
}

/// Drops the draft that a form was sent from, whether or not its last save had been answered. What another window or device has kept
/// there since stays.
pub fn sent(act: &mut Act, request: &Request, place: &str) -> Result<()> {
    stops(act, place);
    let from = request.sent("draft_at").parse::<i64>().unwrap_or(i64::MAX);
    let sql = "delete from draft where person = ?1 and place = ?2 and (saved_at <= ?3 or sending = ?4)";
    act.tx.run(sql, &[Value::Int(act.view.person), Value::from(place), Value::Int(from), Value::from(request.sent("sending"))])?;
    Ok(())
}

/// Drops the draft of a place.
pub fn discard(tx: &mut Tx, person: i64, place: &str) -> Result<()> {
    tx.run("delete from draft where person = ?1 and place = ?2", &[Value::Int(person), Value::from(place)])?;
    Ok(())
}

/// Says that a draft was put back, and offers to drop it.
pub fn notice(request: &Request, place: &str, kept: &Kept) -> Markup {
    let discard = Verb::post("Discard", format!("/draft/{place}"), request.csrf.clone())
        .small()
        .with("discard", "true")
        .with("back", request.path.clone());
    draft_notice(&format!("Your draft of {} is back in the form.", when(request, kept.saved_at).shown), &discard)
}

/// Where the draft of a form goes, with what is said beside its verbs.
pub fn field(place: &str, kept: Option<&Kept>, request: &Request) -> ui::composer::Draft {
    let state = kept.map_or_else(String::new, |kept| format!("Draft saved {}", when(request, kept.saved_at).shown));
    ui::composer::Draft { url: format!("/draft/{place}"), state, at: kept.map_or(0, |kept| kept.saved_at), once: kernel::id::secret() }
}
