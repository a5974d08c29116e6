//! Versions of a calendar, compiled. A version never changes, so what was compiled once stays good.

use super::store::{self, Stored};
use ::calendar::{Calendar, Spec};
use db::Tx;
use kernel::explain::{Question, Reason, Reasons, Told};
use kernel::journal::Finding;
use kernel::register::Draft;
use kernel::{Act, Error, House, Result};
use std::collections::HashMap;
use std::sync::{Arc, RwLock};

/// A version of a calendar, ready to be asked.
#[derive(Clone, Debug)]
pub struct Version {
    /// Its id: what a promise keeps.
    pub id: i64,
    /// Its number, from 1.
    pub number: i64,
    /// The working time.
    pub working: Arc<Calendar>,
}

/// Most calendars kept compiled in one process; beyond it all are thrown away and compiled again when asked for.
const MOST: usize = 1_000;

/// Compiled calendars of one house, by the id of their version.
#[derive(Default)]
struct Compiled(RwLock<HashMap<i64, Version>>);

/// The latest version of a calendar; `NotFound` if there is no such calendar.
pub fn current(tx: &mut Tx, house: &House, calendar: i64) -> Result<Version> {
    ready(house, store::latest(tx, calendar)?)
}

/// The version of a calendar in force at an instant (milliseconds since the epoch); the first one for anything earlier.
pub fn at(tx: &mut Tx, house: &House, calendar: i64, at: i64) -> Result<Version> {
    ready(house, store::in_force(tx, calendar, at)?)
}

/// A version by its id; `NotFound` if there is none.
pub fn version(tx: &mut Tx, house: &House, id: i64) -> Result<Version> {
    match known(house, id) {
        Some(version) => Ok(version),
        None => ready(house, store::by_id(tx, id)?),
    }
}

fn known(house: &House, id: i64) -> Option<Version> {
    let compiled = house.memory.shared::<Compiled>();
    compiled.0.read().unwrap_or_else(|broken| broken.into_inner()).get(&id).cloned()
}

fn ready(house: &House, stored: Option<Stored>) -> Result<Version> {
    let stored = stored.ok_or(Error::NotFound)?;
    if let Some(version) = known(house, stored.id) {
        return Ok(version);
    }
    let fault = |why: String| Error::Fault(format!("Version {} of a calendar cannot be used: {why}", stored.id));
    let spec: Spec = serde_json::from_str(&stored.spec).map_err(|error| fault(error.to_string()))?;
    let working = Calendar::new(spec).map_err(|invalid| fault(invalid.to_string()))?;
    let version = Version { id: stored.id, number: stored.number, working: Arc::new(working) };
    let compiled = house.memory.shared::<Compiled>();
    let mut all = compiled.0.write().unwrap_or_else(|broken| broken.into_inner());
    if all.len() >= MOST {
        all.clear();
    }
    all.insert(version.id, version.clone());
    Ok(version)
}

/// Keeps what a draft says as a version, unless the latest one says the same.
pub(super) fn keep(act: &mut Act, draft: &mut Draft, spec: &Spec) -> Result<()> {
    let calendar = draft.record.id;
    let latest = store::latest(act.tx, calendar)?;
    let same = |it: &Stored| serde_json::from_str::<Spec>(&it.spec).is_ok_and(|old| old == *spec);
    if let Some(latest) = latest.as_ref().filter(|it| same(it)) {
        draft.set("version_number", latest.number);
        return Ok(());
    }
    let number = latest.map_or(1, |it| it.number + 1);
    let spec = serde_json::to_string(spec).map_err(|error| Error::Fault(error.to_string()))?;
    store::keep(act.tx, calendar, &Stored { id: act.house.ids.next(act.recorded_at), number, spec }, act.at)?;
    draft.set("version_number", number);
    Ok(())
}

/// Versions shown one by one.
const MOST_SHOWN: usize = 12;

/// Each version and since when it is in force.
pub(super) fn because(tx: &mut Tx, asked: &Question) -> Result<Reasons> {
    let all = store::all(tx, asked.record.id)?;
    let latest = all.last().map(|(number, _)| *number);
    let skip = all.len().saturating_sub(MOST_SHOWN);
    let mut list = Vec::new();
    if skip > 0 {
        list.push(Reason::new("Earlier versions", skip.to_string()).rejected());
    }
    for (number, from) in &all[skip..] {
        let reason = Reason { told: Some(Told { actor: None, at: *from }), ..Reason::new(format!("Version {number}"), "in force since") };
        list.push(if Some(*number) == latest { reason } else { reason.note("replaced; promises made under it keep it").rejected() });
    }
    Ok(Reasons::new(list, latest, "A version is kept whenever hours, holidays, special days or zone change"))
}

/// Every calendar has the version that its number names.
pub(super) fn verify(tx: &mut Tx) -> Result<Vec<Finding>> {
    let missing = store::without_version(tx)?;
    let wrong = "its working time is missing: no version of it has its number. Save it again to make one";
    Ok(missing.into_iter().map(|reference| Finding::new(reference, wrong)).collect())
}
