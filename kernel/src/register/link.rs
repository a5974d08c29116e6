//! Links: references to ids on the way in, ids to names on the way out.

use super::Record;
use crate::describe::{Kind, Register};
use crate::house::House;
use crate::who::{View, guard, guard::any_of};
use crate::{Error, Result};
use db::{Tx, Value};
use std::collections::{BTreeMap, HashMap};

/// What people call a linked record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// Register key.
    pub register: &'static str,
    /// `TEA-7`.
    pub reference: String,
    /// Its title.
    pub title: String,
}

/// The id of the record that a text names: its reference, `me` (people), an e-mail address (people) or its exact title.
///
/// `None` when there is none that the viewer may see, or when a title names several.
pub fn resolve(tx: &mut Tx, house: &House, view: &View, target: &'static Register, text: &str) -> Result<Option<i64>> {
    if target.key == "people" && text == "me" {
        return Ok(Some(view.person).filter(|id| *id != 0));
    }
    let mut args = vec![Value::Text(text.to_ascii_uppercase())];
    let rows = rows(view, target, &mut args);
    let Some(rows) = rows else { return Ok(None) };
    let sql = format!("select t.id from {} t where t.reference = ?1 and {rows}", target.table);
    if let Some(row) = tx.maybe(&sql, &args)? {
        return Ok(Some(row.int(0)?));
    }
    if house.register_of(text).is_some_and(|it| it.key == target.key) {
        return Ok(None);
    }
    by_name(tx, view, target, text)
}

fn by_name(tx: &mut Tx, view: &View, target: &'static Register, text: &str) -> Result<Option<i64>> {
    let email = target.key == "people" && text.contains('@');
    let column = if email { "email" } else { target.title().key };
    let wanted = if email { text.to_lowercase() } else { text.to_owned() };
    let mut args = vec![Value::Text(wanted)];
    let Some(rows) = rows(view, target, &mut args) else { return Ok(None) };
    let sql = format!("select t.id from {} t where t.{column} = ?1 and t.retired_at is null and {rows} limit 2", target.table);
    match tx.all(&sql, &args)?.as_slice() {
        [one] => Ok(Some(one.int(0)?)),
        _ => Ok(None),
    }
}

/// The guard of a link's target: registers that are a directory may be named by anyone within their organisations.
fn rows(view: &View, target: &'static Register, args: &mut Vec<Value>) -> Option<String> {
    if !target.directory {
        return guard(view, target, "read", args);
    }
    Some(if view.everything { "1 = 1".into() } else { any_of("t.organisation", &view.reach, args) })
}

/// Names of everything the records link to, that the viewer may know of. `extra` adds ids per register key.
pub fn names_of(tx: &mut Tx, house: &House, view: &View, records: &[Record], extra: &[(&'static str, i64)]) -> Result<HashMap<i64, Name>> {
    let mut wanted: BTreeMap<&'static str, Vec<i64>> = BTreeMap::new();
    for record in records {
        wanted.entry("organisations").or_default().push(record.organisation);
        for (field, cell) in record.shape.fields.iter().zip(&record.cells) {
            match (field.kind, cell) {
                (Kind::Link(to), super::Cell::Int(id)) => wanted.entry(to).or_default().push(*id),
                (Kind::Many(to), super::Cell::Many(ids)) => wanted.entry(to).or_default().extend(ids),
                (Kind::LinkAny, super::Cell::Any(to, id)) => {
                    if let Some(register) = house.register(to) {
                        wanted.entry(register.key).or_default().push(*id);
                    }
                }
                _ => {}
            }
        }
    }
    for (register, id) in extra {
        wanted.entry(register).or_default().push(*id);
    }
    let mut names = HashMap::new();
    for (key, mut ids) in wanted {
        ids.sort_unstable();
        ids.dedup();
        let register = house.register(key).ok_or_else(|| Error::Fault(format!("There is no register {key} to link to.")))?;
        load_names(tx, view, register, &ids, &mut names)?;
    }
    Ok(names)
}

fn load_names(tx: &mut Tx, view: &View, register: &'static Register, ids: &[i64], names: &mut HashMap<i64, Name>) -> Result<()> {
    for part in ids.chunks(200) {
        let mut args = Vec::new();
        let among = any_of("t.id", part, &mut args);
        let Some(rows) = rows(view, register, &mut args) else { return Ok(()) };
        let sql = format!("select t.id, t.reference, t.{} from {} t where {among} and {rows}", register.title().key, register.table);
        for row in tx.all(&sql, &args)? {
            let title = row.maybe_text(2)?.unwrap_or_default().to_owned();
            names.insert(row.int(0)?, Name { register: register.key, reference: row.maybe_text(1)?.unwrap_or_default().to_owned(), title });
        }
    }
    Ok(())
}
