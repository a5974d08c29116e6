//! Links on the way in: references to ids.

use crate::Result;
use crate::describe::Register;
use crate::house::House;
use crate::who::{View, guard, guard::any_of};
use db::{Tx, Value};

/// The field by which scripts and files name records of a register that has it.
const KEY: &str = "key";

/// The id of the record that a text names: its reference, `me` (people), an e-mail address (people), its title or its key. A title
/// in another case does where registers are ordered by it, unless there is one that is exactly so.
///
/// `None` when there is none that the viewer may see, or when a text names several.
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
    let mut args = if email { vec![Value::Text(text.to_lowercase())] } else { written(target, text) };
    let Some(rows) = rows(view, target, &mut args) else { return Ok(None) };
    let (named, rank) = if email { ("t.email = ?1".to_owned(), "0".to_owned()) } else { names(target) };
    let sql =
        format!("select t.id, {rank} from {} t where ({named}) and t.retired_at is null and {rows} order by 2, t.id limit 2", target.table);
    let found = tx.all(&sql, &args)?;
    let Some(first) = found.first() else { return Ok(None) };
    let alone = match found.get(1) {
        Some(second) => first.int(1)? < second.int(1)?,
        None => true,
    };
    Ok(Some(first.int(0)?).filter(|_| alone))
}

/// A name as it is written, and where [`names`] asks for it in small letters, in capitals, and with capitals at the beginning of each word.
fn written(target: &'static Register, text: &str) -> Vec<Value> {
    let mut all = vec![Value::from(text)];
    if target.sort == target.title().key {
        let mut begins = true;
        let title = text.chars().flat_map(|letter| {
            let capital = std::mem::replace(&mut begins, !letter.is_alphanumeric());
            let one: Vec<char> = if capital { letter.to_uppercase().collect() } else { letter.to_lowercase().collect() };
            one
        });
        all.extend([Value::from(title.collect::<String>()), text.to_lowercase().into(), text.to_uppercase().into()]);
    }
    all
}

/// Which records a text names, and as an expression how well: by the title as written, by the key, by the title in another case.
/// Registers that are ordered by their title have an index of it in small letters, which on SQLite and in the locale C of PostgreSQL
/// are those of ASCII: so the title is asked for in the ways in which names are written.
fn names(target: &'static Register) -> (String, String) {
    let title = target.title().key;
    let mut named = match target.sort == title {
        true => format!("lower(coalesce(t.{title}, '')) in (lower(?1), lower(?2), lower(?3), lower(?4))"),
        false => format!("t.{title} = ?1"),
    };
    let mut rank = format!("case when t.{title} = ?1 then 0");
    if target.field(KEY).is_some() {
        named += &format!(" or t.{KEY} = ?1");
        rank += &format!(" when t.{KEY} = ?1 then 1");
    }
    (named, rank + " else 2 end")
}

/// The guard of a link's target: registers that are a directory may be named by anyone within their organisations.
pub(super) fn rows(view: &View, target: &'static Register, args: &mut Vec<Value>) -> Option<String> {
    if !target.directory {
        return guard(view, target, "read", args);
    }
    Some(if view.everything { "1 = 1".into() } else { any_of("t.organisation", &view.reach, args) })
}
