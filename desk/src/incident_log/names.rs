//! People, teams, services and items, made when first met and remembered by what the source calls them.

use super::report::{Doing, Progress};
use db::{Database, Tx, Value};
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

/// Finds what an earlier import made.
pub fn known(tx: &mut Tx, source: &str) -> Result<Names> {
    let targets = ["people", "teams", "services", "configuration-items"];
    let mut names = Names::new();
    let sql = "select register, foreign_id, record from imported where source = ?1 and register in ('people', 'teams', 'services', 'configuration-items')";
    tx.each(sql, &[Value::from(source)], &mut |row| {
        if let Some(target) = targets.iter().find(|it| row.text(0) == Ok(**it)) {
            names.insert((target, row.text(1)?.to_owned()), row.int(2)?);
        }
        Ok(std::ops::ControlFlow::Continue(()))
    })?;
    Ok(names)
}

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
    let mut names = Names::new();
    for (target, name, at) in chunk {
        let id = match existing(tx, house, view, target, name)? {
            Some(id) => id,
            None => make_one(tx, house, view, target, name, *at)?,
        };
        let sql = "insert into imported (source, foreign_id, register, record, digest, imported_at) values (?1, ?2, ?3, ?4, '', ?5)";
        let args = [Value::from(source), Value::from(name.as_str()), Value::from(*target), Value::Int(id), Value::Int(house.clock.now())];
        tx.run(sql, &args)?;
        names.insert((target, name.clone()), id);
    }
    Ok(names)
}

/// A team, service or item of this name in the organisation is taken to be the one meant; people of the same name are not
/// taken for one another.
fn existing(tx: &mut Tx, house: &House, view: &View, target: &str, name: &str) -> Result<Option<i64>> {
    if target == "people" {
        return Ok(None);
    }
    let table = house.register(target).ok_or_else(|| absent(target))?.table;
    let sql = format!("select id from {table} where name = ?1 and organisation = ?2 and retired_at is null order by id limit 1");
    let row = tx.maybe(&sql, &[Value::from(name), Value::Int(view.organisation)])?;
    Ok(row.map(|row| row.int(0)).transpose()?)
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
