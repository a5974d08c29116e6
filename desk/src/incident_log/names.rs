//! People, teams, services and items, made when first met and remembered by what the source calls them.

use super::report::{Doing, Progress};
use super::store;
use db::{Database, Tx};
use kernel::register::{self, Draft};
use kernel::who::View;
use kernel::{Act, Error, House, Result};
use serde_json::Map;
use std::collections::HashMap;
use std::sync::Arc;

/// Ids by register key and name.
pub type Names = HashMap<(&'static str, String), i64>;

/// Names made in one transaction.
const CHUNK: usize = 200;

/// Someone or something to be known: register key, name, first time met.
type Met = (&'static str, String, i64);

/// Makes those that are not known yet. Gives how many were made.
pub fn make(
    db: &Database,
    house: &Arc<House>,
    view: &View,
    source: &str,
    met: Vec<Met>,
    names: &mut Names,
    progress: &mut dyn FnMut(Progress),
) -> Result<usize> {
    let missing: Vec<Met> = met.into_iter().filter(|it| !names.contains_key(&(it.0, it.1.clone()))).collect();
    let (total, mut done) = (missing.len(), 0);
    for chunk in missing.chunks(CHUNK) {
        let (house, view, source, chunk) = (Arc::clone(house), view.clone(), source.to_owned(), chunk.to_vec());
        done += chunk.len();
        names.extend(db.write_wait(move |tx| make_some(tx, &house, &view, &source, &chunk))?);
        progress(Progress { doing: Doing::Naming, done: done as u64, total: total as u64 });
    }
    Ok(total)
}

fn make_some(tx: &mut Tx, house: &House, view: &View, source: &str, chunk: &[Met]) -> Result<Names> {
    let (mut names, mut made) = (Names::new(), Vec::with_capacity(chunk.len()));
    for (target, name, at) in chunk {
        let id = match existing(tx, house, view, target, name)? {
            Some(id) => id,
            None => make_one(tx, house, view, target, name, *at)?,
        };
        names.insert((target, name.clone()), id);
        made.push((name.as_str(), *target, id, String::new()));
    }
    store::remember(tx, source, house.clock.now(), &made)?;
    Ok(names)
}

/// A team, service or item of this name in the organisation is taken to be the one meant; people of the same name are not
/// taken for one another.
fn existing(tx: &mut Tx, house: &House, view: &View, target: &str, name: &str) -> Result<Option<i64>> {
    if target == "people" {
        return Ok(None);
    }
    let table = house.register(target).ok_or_else(|| absent(target))?.table;
    store::by_name(tx, table, name, view.organisation)
}

fn make_one(tx: &mut Tx, house: &House, view: &View, target: &str, name: &str, at: i64) -> Result<i64> {
    let register = house.register(target).ok_or_else(|| absent(target))?;
    let mut act = Act::new(tx, view, house);
    act.at = at;
    let mut draft: Draft = register::blank(&mut act, register)?;
    draft.set(register.title().key, name);
    let record = register::save(&mut act, draft, "create", Map::new())?;
    act.end()?;
    Ok(record.id)
}

fn absent(target: &str) -> Error {
    Error::Fault(format!("There is no register {target}."))
}
