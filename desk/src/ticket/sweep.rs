//! Warnings and breaches of promises, noted on their tickets when their time has come.

use super::register::register_of;
use super::store;
use db::{Database, Tx};
use kernel::journal::{self, Content, NewEntry};
use kernel::register::{Draft, by_id_unguarded, save};
use kernel::who::{Means, View};
use kernel::{Act, House, Result};
use promises::clock::{self, Clock, Mark};
use promises::level::Measure;
use serde_json::{Map, json};
use std::sync::Arc;

/// Clocks noted in one transaction.
const BATCH: i64 = 50;

/// Notes everything that is due, in small transactions.
pub(super) fn run(db: &Database, house: &Arc<House>) -> Result<usize> {
    let mut noted = 0;
    loop {
        let house = Arc::clone(house);
        let some = db.write_wait(move |tx| sweep(tx, &house, house.clock.now()))?;
        noted += some;
        if some < BATCH as usize {
            return Ok(noted);
        }
    }
}

/// Notes at most 50 warnings and breaches whose time has come by `now`; says how many.
pub fn sweep(tx: &mut Tx, house: &House, now: i64) -> Result<usize> {
    let due = clock::due(tx, now, BATCH)?;
    for clock in &due {
        one(tx, house, clock, now)?;
    }
    Ok(due.len())
}

fn one(tx: &mut Tx, house: &House, due: &Clock, now: i64) -> Result<()> {
    let Some(kind) = store::ticket::hold(tx, due.ticket)? else { return clock::drop(tx, due.id) };
    let register = register_of(&kind);
    let Some(mut clock) = clock::of_ticket(tx, due.ticket)?.into_iter().find(|clock| clock.id == due.id) else { return Ok(()) };
    let Some(mark) = clock::mark(tx, &mut clock, now)? else { return Ok(()) };
    let Some(record) = by_id_unguarded(tx, house, register, due.ticket)? else { return Ok(()) };
    let view = View::unguarded_house_itself(house, record.organisation, Means::Job("ticket.clocks".into()));
    let mut act = Act::new(tx, &view, house);
    // It happened when the time had come, however long afterwards the house looked: a promise of last week is not broken tonight.
    let came = if mark == Mark::Breached { clock.breached_at.or(clock.due_at) } else { clock.warn_at };
    act.at = came.unwrap_or(now).min(now);
    let mut input = Map::new();
    input.insert("measure".into(), json!(clock.measure.key()));
    input.insert("due_at".into(), json!(clock.due_at));
    let verb = if mark == Mark::Breached { "clock-breached" } else { "clock-warned" };
    if mark == Mark::Breached && clock.measure == Measure::Resolution && record.int("made_sla") != Some(0) {
        let mut draft = Draft::of(record);
        draft.set("made_sla", false);
        save(&mut act, draft, verb, input)?;
    } else {
        let content = Content { input, ..Content::default() };
        let (register, organisation, at) = (register.key, record.organisation, act.at);
        let entry = NewEntry { register, record: record.id, organisation, verb, at, actor: None, content: &content };
        journal::write(&mut act, &entry)?;
    }
    act.end()
}
