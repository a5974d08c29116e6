//! By the clock: once the last safe day of a term has passed, the contract shows that of the next one.

use super::register::{REGISTER, day_of};
use super::store;
use db::Database;
use kernel::register::{Draft, by_id_unguarded, save};
use kernel::who::{Means, View};
use kernel::{Act, House, Result};
use serde_json::Map;
use std::sync::Arc;

/// Most contracts of one run; the rest follow at the next.
const BATCH: i64 = 500;

/// Moves every passed day on, each in a transaction of its own, and says how many. What cannot be saved is logged and left.
pub(super) fn run(db: &Database, house: &Arc<House>) -> Result<usize> {
    let today = day_of(house.clock.now()).to_string();
    let passed = db.read_wait(move |tx| store::passed(tx, &today, BATCH))?;
    let mut moved = 0;
    for id in passed {
        match one(db, house, id) {
            Ok(()) => moved += 1,
            Err(error) => tracing::warn!(contract = id, %error, "the last safe day of a contract was not moved on"),
        }
    }
    Ok(moved)
}

fn one(db: &Database, house: &Arc<House>, id: i64) -> Result<()> {
    let house = Arc::clone(house);
    db.write_wait(move |tx| {
        let view = View::unguarded_house_itself(&house, 0, Means::Job("contract.renewal".into()));
        let mut act = Act::new(tx, &view, &house);
        if let Some(contract) = by_id_unguarded(act.tx, &house, &REGISTER, id)? {
            act.reason = Some("The last safe day of the term before has passed.".into());
            save(&mut act, Draft::of(contract), "renew", Map::new())?;
        }
        act.end()
    })
}
