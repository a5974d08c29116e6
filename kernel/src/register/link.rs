//! Links on the way in: references to ids.

use crate::Result;
use crate::describe::Register;
use crate::house::House;
use crate::who::{View, guard, guard::any_of};
use db::{Tx, Value};

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
pub(super) fn rows(view: &View, target: &'static Register, args: &mut Vec<Value>) -> Option<String> {
    if !target.directory {
        return guard(view, target, "read", args);
    }
    Some(if view.everything { "1 = 1".into() } else { any_of("t.organisation", &view.reach, args) })
}
