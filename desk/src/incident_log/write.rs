//! Writes told cases: record, journal, search and memory of the import, some hundred updates a transaction.

use super::history::{History, Update};
use super::store;
use crate::ticket::foresee;
use db::Tx;
use kernel::describe::Register;
use kernel::journal::{self, NewEntry};
use kernel::register::{self, Draft, Record};
use kernel::who::View;
use kernel::{Act, Error, House, Result, search};
use promises::clock::{self, Past};

/// A case to be written.
pub struct Task {
    /// The case told.
    pub history: History,
    /// What an earlier import made of it: the record's id and the number of updates it wrote.
    pub earlier: Option<(i64, usize)>,
}

/// What became of a case.
pub enum Became {
    /// Written, with so many entries.
    Written(usize),
    /// Somebody worked on it since it was imported, so it was left alone.
    Worked(String),
}

/// Writes some cases.
pub fn write(tx: &mut Tx, house: &House, view: &View, source: &str, tasks: &[Task]) -> Result<Vec<Became>> {
    let mut act = Act::new(tx, view, house);
    let (mut became, mut written) = (Vec::with_capacity(tasks.len()), Vec::new());
    for task in tasks {
        became.push(match place(&mut act, task)? {
            Ok((record, from)) => {
                clocks(&mut act, &record, &task.history, from)?;
                written.push((&task.history, record, from));
                Became::Written(task.history.updates.len() - from)
            }
            Err(reference) => Became::Worked(reference),
        });
    }
    let entries: Vec<NewEntry> = written.iter().flat_map(|(history, record, from)| entries(record, &history.updates[*from..])).collect();
    journal::write_all(&mut act, &entries)?;
    act.changed += written.len() as u32;
    remember(&mut act, source, &written)?;
    act.end()?;
    Ok(became)
}

/// Puts the record of a case where it belongs: the record and the number of updates it had; its reference if somebody
/// worked on it since it was imported.
fn place(act: &mut Act, task: &Task) -> Result<std::result::Result<(Record, usize), String>> {
    match task.earlier {
        None => Ok(Ok((insert(act, &task.history.record)?, 0))),
        Some((id, count)) => Ok(extend(act, &task.history.record, id, count)?.map(|record| (record, count))),
    }
}

fn entries<'a>(record: &'a Record, updates: &'a [Update]) -> impl Iterator<Item = NewEntry<'a>> {
    updates.iter().map(|update| NewEntry {
        register: record.shape.register.key,
        record: record.id,
        organisation: record.organisation,
        verb: update.verb,
        at: update.at,
        actor: update.actor,
        content: &update.content,
    })
}

/// The clock of the resolution, from the opening on, by the promises there are. What the source says of its own promises is
/// kept beside it.
fn clocks(act: &mut Act, record: &Record, history: &History, from: usize) -> Result<()> {
    told(act, record, history, from)?;
    if record.int("active") == Some(1) { foresee(act.tx, record.id) } else { Ok(()) }
}

fn told(act: &mut Act, record: &Record, history: &History, from: usize) -> Result<()> {
    let own = |(_, past): &(usize, Past)| {
        let mut past = past.clone();
        (past.about.ticket, past.about.organisation) = (record.id, record.organisation);
        past
    };
    if from == 0 {
        let past: Vec<Past> = history.past.iter().map(own).collect();
        let Some(first) = past.first() else { return Ok(()) };
        let start = record.int("opened_at").map_or(first.at, |opened| opened.min(first.at));
        return clock::replay(act, &first.about, start, &past);
    }
    let mut was = history.past.iter().rfind(|it| it.0 < from).map(|it| own(it).about);
    for past in history.past.iter().filter(|it| it.0 >= from).map(own) {
        clock::follow(act, &was.unwrap_or(past.about), &past.about, &past.events, past.terms, past.at)?;
        was = Some(past.about);
    }
    Ok(())
}

fn insert(act: &mut Act, told: &Record) -> Result<Record> {
    let register = told.shape.register;
    let mut record = told.clone();
    record.id = act.house.ids.next(told.int("opened_at").unwrap_or(told.created_at));
    record.organisation = act.view.organisation;
    record.reference = format!("{}-{}", register.prefix, act.tx.next_number(&register.prefix.to_ascii_lowercase())?);
    register::insert_row(act.tx, &record)?;
    let draft = Draft { record, before: None, errors: Vec::new() };
    search::follow(act, &draft)?;
    Ok(draft.record)
}

/// Brings a record that was imported before up to date; its reference if somebody worked on it meanwhile.
fn extend(act: &mut Act, told: &Record, id: i64, count: usize) -> Result<std::result::Result<Record, String>> {
    let register: &'static Register = told.shape.register;
    let before = register::by_id_unguarded(act.tx, act.house, register, id)?;
    let before = before.ok_or_else(|| Error::Conflict("A ticket that an earlier import made is gone.".into()))?;
    if before.version != count as i64 {
        return Ok(Err(before.reference));
    }
    let record = Record {
        id,
        reference: before.reference.clone(),
        organisation: before.organisation,
        created_at: before.created_at,
        ..told.clone()
    };
    register::update_row(act.tx, &record, &before)?;
    let draft = Draft { record, before: Some(before), errors: Vec::new() };
    search::follow(act, &draft)?;
    Ok(Ok(draft.record))
}

/// Notes what was made of which case.
fn remember(act: &mut Act, source: &str, written: &[(&History, Record, usize)]) -> Result<()> {
    let made = written.iter().map(|(history, record, _)| {
        let digest = history.digest.stored(history.updates.len()).unwrap_or_default();
        (history.case.as_str(), record.shape.register.key, record.id, digest)
    });
    let made: Vec<_> = made.collect();
    store::remember(act.tx, source, act.recorded_at, &made)
}
