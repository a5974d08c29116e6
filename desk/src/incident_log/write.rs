//! Writes told cases: record, journal, search and memory of the import, some hundred updates a transaction.

use super::history::{History, Update};
use db::{Tx, Value};
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

/// Writes one case.
pub fn write(tx: &mut Tx, house: &House, view: &View, source: &str, task: &Task) -> Result<Became> {
    let history = &task.history;
    let mut act = Act::new(tx, view, house);
    let (record, from) = match task.earlier {
        None => (insert(&mut act, &history.record)?, 0),
        Some((id, count)) => match extend(&mut act, &history.record, id, count)? {
            Ok(record) => (record, count),
            Err(reference) => return Ok(Became::Worked(reference)),
        },
    };
    clocks(&mut act, &record, history, from)?;
    for update in &history.updates[from..] {
        enter(&mut act, &record, update)?;
    }
    remember(&mut act, source, history, &record)?;
    act.changed += 1;
    act.end()?;
    Ok(Became::Written(history.updates.len() - from))
}

/// The clock of the resolution, from the opening on, by the promises there are. What the source says of its own promises is
/// kept beside it.
fn clocks(act: &mut Act, record: &Record, history: &History, from: usize) -> Result<()> {
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
    for past in history.past.iter().filter(|it| it.0 >= from).map(own) {
        clock::follow(act, &past.about, &past.events, past.terms, past.at)?;
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
    let record =
        Record { id, reference: before.reference.clone(), organisation: before.organisation, created_at: before.created_at, ..told.clone() };
    register::update_row(act.tx, &record, before.version)?;
    let draft = Draft { record, before: Some(before), errors: Vec::new() };
    search::follow(act, &draft)?;
    Ok(Ok(draft.record))
}

fn enter(act: &mut Act, record: &Record, update: &Update) -> Result<()> {
    act.id = act.new_id();
    let entry = NewEntry {
        register: record.shape.register.key,
        record: record.id,
        organisation: record.organisation,
        verb: update.verb,
        at: update.at,
        actor: update.actor,
        content: &update.content,
    };
    journal::write(act, &entry)
}

fn remember(act: &mut Act, source: &str, history: &History, record: &Record) -> Result<()> {
    let sql = "insert into imported (source, foreign_id, register, record, digest, imported_at) values (?1, ?2, ?3, ?4, ?5, ?6) \
               on conflict (source, register, foreign_id) do update set digest = excluded.digest, imported_at = excluded.imported_at";
    let args = [
        Value::from(source),
        Value::from(history.case.as_str()),
        Value::from(record.shape.register.key),
        Value::Int(record.id),
        Value::from(history.digest.stored(history.updates.len())),
        Value::Int(act.recorded_at),
    ];
    act.tx.run(sql, &args)?;
    Ok(())
}
