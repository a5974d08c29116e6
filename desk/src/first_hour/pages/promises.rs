//! Step four: how soon something is promised.

use super::step::{Page, STEPS, after, checked, others, typed};
use crate::first_hour::rules::PROMISES;
use crate::first_hour::{made, store};
use db::Tx;
use kernel::time::typed_duration;
use kernel::web::{Reply, Request};
use kernel::{Act, Error, FieldError, Result};
use maud::html;
use serde_json::json;
use ui::control::Kind;
use ui::field::Field;
use ui::form::Part;

/// The name of the level that is made here.
const LEVEL: &str = "Standard";

/// What is promised, as the form and as the register names it.
const MEASURES: [(&str, &str); 2] = [("answer", "first_response"), ("done", "resolution")];

/// `GET /first-hour/promises`
pub fn page(tx: &mut Tx, request: &Request) -> Result<Reply> {
    show(tx, request, None)
}

/// `POST /first-hour/promises`
pub fn save(act: &mut Act, request: &Request) -> Result<Reply> {
    match keep(act, request) {
        Ok(()) => Ok(Reply::redirect(after(3), "Promises hold from now on")),
        Err(Error::Invalid(wrong)) => Ok(show(act.tx, request, Some(&wrong))?.status(422)),
        Err(other) => Err(other),
    }
}

fn field_of(measure: &str, priority: i64) -> String {
    format!("{measure}_{priority}")
}

fn keep(act: &mut Act, request: &Request) -> Result<()> {
    let Some(calendar) = store::first(act.tx, act.view.organisation, "calendar")? else {
        return Err(Error::invalid("", "Say first when you work: promises count in working time."));
    };
    let level = match store::named(act.tx, act.view.organisation, "level", LEVEL)? {
        Some(reference) => reference,
        None => made::make(act, "levels", &[("name", json!(LEVEL)), ("calendar", json!(calendar))])?.reference,
    };
    for suggested in PROMISES {
        promise(act, request, &level, suggested.priority)?;
    }
    Ok(())
}

/// Promises what was typed for a priority. Where the response would come after the resolution that was promised so far, the resolution
/// is moved first; what is refused changes nothing.
fn promise(act: &mut Act, request: &Request, level: &str, priority: i64) -> Result<()> {
    let [answer, done] = MEASURES;
    match one(act, request, level, priority, answer) {
        Err(Error::Invalid(_)) => {
            one(act, request, level, priority, done)?;
            one(act, request, level, priority, answer)
        }
        answered => answered.and_then(|()| one(act, request, level, priority, done)),
    }
}

/// Promises what was typed for a measure and a priority, if anything was.
fn one(act: &mut Act, request: &Request, level: &str, priority: i64, (field, measure): (&str, &str)) -> Result<()> {
    let key = field_of(field, priority);
    let within = request.sent(&key).trim().to_owned();
    if within.is_empty() {
        return Ok(());
    }
    let known = store::target(act.tx, level, measure, priority)?.map(|(reference, _)| reference);
    let fields =
        [("level", json!(level)), ("measure", json!(measure)), ("priority", json!(priority.to_string())), ("within", json!(within))];
    made::make_or_change(act, "targets", known.as_deref(), &fields).map(drop).map_err(|error| of_field(error, &key))
}

fn of_field(error: Error, key: &str) -> Error {
    match error {
        Error::Invalid(wrong) => Error::invalid(key, wrong.first().map_or(String::new(), |it| it.message.clone())),
        other => other,
    }
}

fn show(tx: &mut Tx, request: &Request, wrong: Option<&[FieldError]>) -> Result<Reply> {
    let level = store::named(tx, request.view.organisation, "level", LEVEL)?;
    let sent = wrong.is_some();
    let wrong = wrong.unwrap_or_default();
    let mut parts = Vec::new();
    let mut shown = Vec::new();
    for suggested in PROMISES {
        let mut fields = Vec::new();
        for ((field, measure), label) in MEASURES.into_iter().zip(["Somebody answers within", "It is done within"]) {
            let known = level.as_ref().map(|level| store::target(tx, level, measure, suggested.priority)).transpose()?.flatten();
            let first = if field == "answer" { suggested.answer } else { suggested.done };
            let value = known.map_or_else(|| first.to_owned(), |(_, seconds)| typed_duration(seconds));
            let key = field_of(field, suggested.priority);
            fields.push(checked(Field::new(key.clone(), label, Kind::Text).value(typed(request, sent, &key, &value)).optional(), wrong));
            shown.push(key);
        }
        parts.push(Part { title: suggested.what.into(), fields, ..Part::default() });
    }
    let shown: Vec<&str> = shown.iter().map(String::as_str).collect();
    let missing = store::first(tx, request.view.organisation, "calendar")?.is_none();
    let page = Page {
        place: 3,
        title: "What do you promise?",
        lead: "In working time: 30m, 4h, or 24h for three days of eight hours. How bad it is follows from how much it harms and how soon it must be mended. \
               These are suggestions that a desk of a few people can keep; leave a field empty to promise nothing.",
        parts,
        verb: "Promise this",
        error: others(wrong, &shown),
        two_columns: true,
        over: html! { @if missing { p.note.warn { "Promises count in working time, which is not set yet. " a href=(STEPS[0].path()) { "Set it first" } "." } } },
    };
    page.reply(tx, request)
}
