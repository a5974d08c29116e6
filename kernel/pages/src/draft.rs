//! What somebody is typing, kept on the server until it is saved or discarded.

use db::{Tx, Value};
use kernel::live::Presence;
use kernel::web::{Form, Reply, Request};
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

/// `POST /draft/{place}`: keeps what is typed there, or with `discard` drops it. Answers with the time it was kept at. Whoever says in
/// `draft_at` which draft they go on from, and whose other window or device has kept another one since, gets that one instead (409).
pub fn save(act: &mut Act, request: &Request, place: &str) -> Result<Reply> {
    if place.is_empty() || place.len() > 200 {
        return Err(Error::NotFound);
    }
    tell(act, request, place);
    if request.form.contains_key("discard") {
        discard(act.tx, act.view.person, place)?;
        return Ok(Reply::redirect(back(request).unwrap_or_else(|| "/".into()), "Draft discarded"));
    }
    let mut form = request.form.clone();
    form.remove("csrf");
    let from = form.shift_remove("draft_at").and_then(|at| at.as_str()?.parse::<i64>().ok());
    form.remove("whole");
    if let (Some(from), Some(other)) = (from, kept(act.tx, act.view.person, place)?)
        && other.saved_at > from
        && other.form != form
    {
        return Ok(shown(&other).status(409));
    }
    let content = Json::Object(form).to_string();
    if content.len() > LONGEST {
        return Err(Error::TooLarge("This draft is too long to be kept. It is still on the page; save the record to keep it.".into()));
    }
    let sql = "insert into draft (person, place, content, saved_at) values (?1, ?2, ?3, ?4) \
        on conflict (person, place) do update set content = excluded.content, saved_at = excluded.saved_at";
    let args = [Value::Int(act.view.person), Value::from(place), Value::Text(content), Value::Int(act.recorded_at)];
    act.tx.run(sql, &args)?;
    let sql = "delete from draft where person = ?1 and place not in \
        (select d.place from draft d where d.person = ?1 order by d.saved_at desc, d.place limit ?2)";
    act.tx.run(sql, &[Value::Int(act.view.person), Value::Int(MOST)])?;
    Ok(Reply::Json(json!({ "saved_at": act.recorded_at })))
}

/// `GET /draft/{place}`: the draft, as fields; an empty object if there is none.
pub fn page(tx: &mut Tx, request: &Request, place: &str) -> Result<Reply> {
    let kept = kept(tx, request.view.person, place)?;
    Ok(kept.map_or_else(|| Reply::Json(json!({})), |kept| shown(&kept)))
}

fn shown(kept: &Kept) -> Reply {
    Reply::Json(json!({ "saved_at": kept.saved_at, "fields": kept.form }))
}

/// Colleagues who have the record open see that somebody writes there.
fn tell(act: &Act, request: &Request, place: &str) {
    let Some(reference) = place.strip_suffix("/said").and_then(|rest| rest.rsplit('/').next()) else { return };
    let presence = act.house.memory.shared::<Presence>();
    match request.sent("text").trim().is_empty() || request.form.contains_key("discard") {
        true => presence.stops(reference, act.view.person),
        false => presence.writes(reference, act.view.person, request.sent("mode") == "internal", act.recorded_at),
    }
}

/// The draft of a place, if there is one.
pub fn kept(tx: &mut Tx, person: i64, place: &str) -> Result<Option<Kept>> {
    let sql = "select content, saved_at from draft where person = ?1 and place = ?2";
    let Some(row) = tx.maybe(sql, &[Value::Int(person), Value::from(place)])? else { return Ok(None) };
    let Ok(Json::Object(form)) = serde_json::from_str(row.text(0)?) else { return Ok(None) };
    Ok(Some(Kept { form, saved_at: row.int(1)? }))
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
    ui::composer::Draft { url: format!("/draft/{place}"), state, at: kept.map_or(0, |kept| kept.saved_at) }
}
