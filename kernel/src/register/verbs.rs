//! Verbs: the one handler for form, API, bulk, import and rules; and undo.

use super::parse::{fill, refusals};
use super::save::{fresh, save};
use super::validate::validate;
use super::{Cell, Draft, Record, Sent, Shape, load_for_update};
use crate::act::Act;
use crate::describe::{Kind, Register, Undo, Verb};
use crate::file;
use crate::journal::{self, Content, Entry};
use crate::who::View;
use crate::who::guard::permits;
use crate::{Error, Result};
use db::Tx;
use serde_json::{Map, Value as Json};
use std::sync::Arc;

/// What a verb did.
pub struct Done {
    /// The record afterwards.
    pub record: Record,
    /// The act, by which it can be undone.
    pub act: i64,
    /// Whether it can be.
    pub undoable: bool,
}

/// Does a verb to a record: loads it under guard and locked, checks state and input, runs it, saves and journals.
pub fn perform(
    act: &mut Act,
    register: &'static Register,
    reference: &str,
    verb: &'static Verb,
    sent: Sent,
    if_match: Option<i64>,
) -> Result<Done> {
    let record = load_for_update(act.tx, act.house, act.view, register, reference, verb.key)?;
    fresh(&record, if_match)?;
    if record.retired_at.is_some() {
        let message = format!("{} is retired, so nothing more is done to it. Take that back in its history first.", record.reference);
        return Err(Error::Conflict(message));
    }
    starts_from(register, verb, &record)?;
    let (input, kept) = input(act, register, verb, &record, sent)?;
    let mut draft = Draft::of(record);
    if !verb.to.is_empty() {
        draft.set_state(verb.to);
    }
    (verb.runs)(act, &mut draft, &input)?;
    let record = save(act, draft, verb.key, kept)?;
    Ok(Done { record, act: act.id, undoable: !matches!(verb.undo, Undo::Never) })
}

fn starts_from(register: &Register, verb: &Verb, record: &Record) -> Result<()> {
    if verb.from.is_empty() || verb.from.contains(&record.state.as_str()) {
        return Ok(());
    }
    let label = |key: &str| register.state(key).map_or(key.to_owned(), |it| it.label.to_lowercase());
    let from: Vec<String> = verb.from.iter().map(|key| label(key)).collect();
    let message = format!(
        "{} is {}; {} is possible when it is {}.",
        record.reference,
        label(&record.state),
        verb.label.trim_end_matches('…').to_lowercase(),
        from.join(" or ")
    );
    Err(Error::Conflict(message))
}

/// The checked input, and what the journal keeps of it.
fn input(
    act: &mut Act,
    register: &'static Register,
    verb: &'static Verb,
    record: &Record,
    sent: Sent,
) -> Result<(Draft, Map<String, Json>)> {
    let shape = asked(register, verb);
    let cells = shape.fields.iter().map(|_| Cell::Null).collect();
    let blank = Record { shape: Arc::clone(&shape), cells, ..record.clone() };
    let mut input = Draft { record: blank, before: None, errors: Vec::new() };
    for field in shape.fields.iter().filter(|field| !field.preset.is_empty() && !sent.fields.contains_key(field.key)) {
        if let Ok(cell) = super::parse(act.tx, act.house, act.view, field, &Json::from(field.preset), super::Source::Text)? {
            input.set(field.key, cell);
        }
    }
    fill(act.tx, act.house, act.view, &mut input, sent.fields, sent.source)?;
    validate(act.view, &mut input);
    refusals(&mut input.errors)?;
    let filled = shape.fields.iter().zip(&input.record.cells).filter(|(_, cell)| !cell.is_null());
    let kept = filled.map(|(field, cell)| (field.key.to_owned(), cell.journalled())).collect();
    Ok((input, kept))
}

/// The shape of a verb's input: its questions as fields of a register that has no table.
fn asked(register: &'static Register, verb: &'static Verb) -> Arc<Shape> {
    Arc::new(Shape::asked(register, verb.asks))
}

/// The verbs a viewer may do to a record in its present state.
pub fn verbs_for(view: &View, record: &Record) -> Vec<&'static Verb> {
    let register = record.shape.register;
    let here = |verb: &&'static Verb| verb.from.is_empty() || verb.from.contains(&record.state.as_str());
    register.verbs.iter().filter(here).filter(|verb| view.may(register, verb.key)).collect()
}

/// How long whoever works on a record can take back what was done to it. Later it is changed, so that the history says why.
const UNDONE_WITHIN: i64 = 30 * DAY;
/// How long others can take back what they did themselves: a slip, before somebody goes on from there.
const OWN_UNDONE_WITHIN: i64 = DAY;
const DAY: i64 = 86_400_000;

/// Takes back what an act did to a record: possible while nobody has changed those fields since, by those whom [`may_undo`] lets.
/// The undoing is itself journalled, as `undo`.
pub fn undo(act: &mut Act, register: &'static Register, reference: &str, undone: i64) -> Result<Record> {
    let record = load_for_update(act.tx, act.house, act.view, register, reference, "read")?;
    let history = journal::history(act.tx, record.id, None, 100)?;
    // Files go along with what was done and are no deed of their own, unless there is nothing else.
    let mut of_act = history.iter().filter(|entry| entry.act == undone);
    let deed = of_act.clone().find(|entry| entry.verb != file::ATTACH).or_else(|| of_act.next());
    let entry = deed.ok_or(Error::NotFound)?;
    let verb = undoable(&record, &entry.verb)?;
    may_undo(act.tx, act.view, &record, entry, act.recorded_at)?;
    let content = entry.content.clone().unwrap_or_default();
    let mut draft = Draft::of(record);
    put_back(&mut draft, &content)?;
    if let Some(Verb { undo: Undo::By(run), .. }) = verb {
        let input = kept_input(register, verb, &draft.record, &content);
        run(act, &mut draft, &input)?;
    }
    let mut kept = Map::new();
    kept.insert("act".into(), undone.into());
    kept.insert("verb".into(), entry.verb.clone().into());
    save(act, draft, "undo", kept)
}

/// Whether the viewer may take back what an entry says was done to a record. They must be allowed to do it, and either have done it
/// themselves, not more than a day ago, or be one who may change the record, within 30 days.
///
/// # Errors
/// They may not, or it is too long ago: said in words.
pub fn may_undo(tx: &mut Tx, view: &View, record: &Record, entry: &Entry, now: i64) -> Result<()> {
    if entry.redacted() {
        return Err(Error::Conflict("What this did was erased from the history, so it cannot be taken back. Nothing was changed.".into()));
    }
    let own = entry.actor == Some(view.person);
    let works = permits(tx, view, record, "edit")?;
    if !own && !works {
        let of = &record.reference;
        return Err(Error::Forbidden(format!(
            "Somebody else did this to {of}. Only they, or those who may change {of}, can take it back."
        )));
    }
    if !permits(tx, view, record, &entry.verb)? {
        return Err(Error::forbidden(record.shape.register.key, &entry.verb));
    }
    let within = if works { UNDONE_WITHIN } else { OWN_UNDONE_WITHIN };
    if now - entry.recorded_at <= within {
        return Ok(());
    }
    let days = match within / DAY {
        1 => "a day".to_owned(),
        days => format!("{days} days"),
    };
    let message = format!("What was done to {} more than {days} ago cannot be undone any more. Nothing was changed.", record.reference);
    Err(Error::Conflict(message))
}

fn undoable(record: &Record, key: &str) -> Result<Option<&'static Verb>> {
    let verb = record.shape.register.verb(key);
    let allowed = match (key, verb) {
        ("edit" | "retire", _) => true,
        (_, Some(verb)) => !matches!(verb.undo, Undo::Never),
        _ => false,
    };
    if !allowed {
        return Err(Error::Conflict(format!("What was done to {} cannot be undone.", record.reference)));
    }
    Ok(verb)
}

fn put_back(draft: &mut Draft, content: &Content) -> Result<()> {
    for (key, change) in &content.changes {
        let (from, to) = (&change[0], &change[1]);
        let shape = Arc::clone(&draft.record.shape);
        let now = match key.as_str() {
            "state" => Json::from(draft.record.state.clone()),
            "organisation" => Json::from(draft.record.organisation),
            "retired_at" => Json::from(draft.record.retired_at),
            _ => shape.place(key).map_or(Json::Null, |place| draft.record.cells[place].journalled()),
        };
        let same = now == *to || (now.as_array().is_some_and(Vec::is_empty) && to.is_null());
        // What is computed follows from the rest: it neither stands in the way nor is it forced back.
        if !same && shape.field(key).is_some_and(|field| field.computed) {
            continue;
        }
        if !same {
            let message =
                format!("{} was changed again since ({key}), so this cannot be undone. Nothing was changed.", draft.record.reference);
            return Err(Error::Conflict(message));
        }
        match (key.as_str(), shape.field(key)) {
            ("state", _) => draft.set_state(from.as_str().unwrap_or_default()),
            ("organisation", _) => draft.record.organisation = from.as_i64().unwrap_or(draft.record.organisation),
            ("retired_at", _) => draft.record.retired_at = from.as_i64(),
            (_, Some(field)) => {
                let back = match (field.kind, Cell::from_journal(field.kind, from)) {
                    (Kind::Many(_), Cell::Null) => Cell::Many(Vec::new()),
                    (_, cell) => cell,
                };
                draft.set(key, back);
            }
            _ => {}
        }
    }
    Ok(())
}

/// What the verb was asked with, from the journal.
fn kept_input(register: &'static Register, verb: Option<&'static Verb>, record: &Record, content: &Content) -> Draft {
    let shape = Arc::new(Shape::asked(register, verb.map_or(&[], |verb| verb.asks)));
    let cell =
        |field: &crate::describe::Field| content.input.get(field.key).map_or(Cell::Null, |json| Cell::from_journal(field.kind, json));
    let cells = shape.fields.iter().map(cell).collect();
    Draft { record: Record { shape: Arc::clone(&shape), cells, ..record.clone() }, before: None, errors: Vec::new() }
}
