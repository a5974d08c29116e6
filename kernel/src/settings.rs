//! Settings of the installation: described by practices as fields, kept in the table `setting`, remembered until the
//! epoch `settings` moves on.

use crate::act::Act;
use crate::describe::{Field, Setting};
use crate::house::House;
use crate::journal::{self, Content, NewEntry};
use crate::memory::{epoch, next_epoch};
use crate::register::{Cell, Source, parse, wrong};
use crate::who::View;
use crate::{Error, Result};
use db::{Tx, Value};
use serde_json::Value as Json;
use std::collections::HashMap;
use std::sync::Arc;

/// The word under which the journal keeps changes of settings; no register has it.
pub const REGISTER: &str = "settings";

struct Kept {
    epoch: i64,
    values: HashMap<String, Json>,
}

/// Every setting of every practice, in their order.
pub fn all(house: &House) -> impl Iterator<Item = &'static Setting> {
    house.practices.iter().flat_map(|practice| practice.settings)
}

/// A setting by its key (`practice.name`).
pub fn find(house: &House, key: &str) -> Option<&'static Setting> {
    all(house).find(|setting| setting.key == key)
}

/// The value of a setting, or the preset of its field; `Null` for a key that no practice describes.
pub fn get(tx: &mut Tx, house: &House, key: &str) -> Result<Cell> {
    let Some(setting) = find(house, key) else { return Ok(Cell::Null) };
    match kept(tx, house)?.values.get(key) {
        Some(json) => Ok(Cell::from_journal(setting.field.kind, json)),
        None => preset(tx, house, &setting.field),
    }
}

/// Whether somebody has set it, rather than left it as it comes.
pub fn is_set(tx: &mut Tx, house: &House, key: &str) -> Result<bool> {
    Ok(kept(tx, house)?.values.contains_key(key))
}

fn kept(tx: &mut Tx, house: &House) -> Result<Arc<Kept>> {
    let now = epoch(tx, "settings")?;
    if let Some(kept) = house.memory.get::<Kept>().filter(|kept| kept.epoch == now) {
        return Ok(kept);
    }
    let mut values = HashMap::new();
    for row in tx.all("select key, value from setting limit 10000", &[])? {
        if let Ok(json) = serde_json::from_str(row.text(1)?) {
            values.insert(row.text(0)?.to_owned(), json);
        }
    }
    Ok(house.memory.keep(Kept { epoch: now, values }))
}

fn preset(tx: &mut Tx, house: &House, field: &Field) -> Result<Cell> {
    if field.preset.is_empty() {
        return Ok(Cell::Null);
    }
    let view = View::unguarded_house_itself(house, 0, crate::who::Means::Cli);
    Ok(parse(tx, house, &view, field, &Json::from(field.preset), Source::Text)?.unwrap_or_default())
}

/// Sets a setting and journals from what to what. Whoever calls has checked that the viewer may.
///
/// # Errors
/// A value missing although it is required, or beyond what the field may hold.
pub fn set(act: &mut Act, setting: &'static Setting, value: &Cell) -> Result<()> {
    if let Some(wrong) = wrong(&setting.field, value) {
        return Err(Error::invalid(setting.key, wrong));
    }
    let before = get(act.tx, act.house, setting.key)?;
    if before == *value {
        return Ok(());
    }
    let sql = "insert into setting (key, value, updated_at, person) values (?1, ?2, ?3, ?4) \
        on conflict (key) do update set value = excluded.value, updated_at = excluded.updated_at, person = excluded.person";
    let text = value.journalled().to_string();
    act.tx.run(sql, &[Value::from(setting.key), Value::Text(text), Value::Int(act.at), Value::Int(act.view.person)])?;
    next_epoch(act.tx, "settings")?;
    act.changed += 1;
    let mut content = Content { reason: act.reason.clone(), ..Content::default() };
    content.change(setting.key, &before, value);
    write(act, &content)
}

fn write(act: &mut Act, content: &Content) -> Result<()> {
    let (at, actor, organisation) = (act.at, Some(act.view.person).filter(|id| *id != 0), act.view.organisation);
    journal::write(act, &NewEntry { register: REGISTER, record: 0, organisation, verb: "edit", at, actor, content })
}
