//! Fields that an organisation adds at run time: kept in the table `custom_field`, stored in the column `custom` of
//! their register, everywhere the built-in ones are.

use super::Shape;
use crate::act::Act;
use crate::describe::{self, Choice, Field, Kind, Register};
use crate::house::House;
use crate::journal::{self, Content, NewEntry};
use crate::memory::{epoch, next_epoch};
use crate::{Error, Result};
use db::{Tx, Value};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashSet};
use std::sync::{Mutex, OnceLock};

/// Kinds an added field may have, with the words a person chooses from.
pub const KINDS: &[(&str, &str)] = &[
    ("line", "One line of text"),
    ("text", "Several lines of text"),
    ("int", "Whole number"),
    ("real", "Number with a fraction"),
    ("bool", "Yes or no"),
    ("date", "Day"),
    ("time", "Day and time"),
    ("choice", "One of some words"),
    ("link", "Another record"),
];

/// Most added fields that one register takes.
pub const MOST: usize = 100;

/// An added field as it is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Description {
    /// snake_case; also its name in the API.
    pub key: String,
    /// What a person reads.
    pub label: String,
    /// One of [`KINDS`].
    pub kind: String,
    /// One sentence under it.
    #[serde(default)]
    pub help: String,
    /// Heading it stands under.
    #[serde(default)]
    pub section: String,
    /// Must have a value.
    #[serde(default)]
    pub required: bool,
    /// A column of the list.
    #[serde(default)]
    pub listed: bool,
    /// May be filtered by.
    #[serde(default)]
    pub filtered: bool,
    /// For those who do the work only.
    #[serde(default)]
    pub internal: bool,
    /// Words of a choice: key and label.
    #[serde(default)]
    pub choices: Vec<(String, String)>,
    /// Register a link leads to.
    #[serde(default)]
    pub target: String,
}

struct Seen(i64);

/// Loads the added fields again if they changed since this process last looked. Cheap otherwise: one small query.
pub fn refresh(tx: &mut Tx, house: &House) -> Result<()> {
    let now = epoch(tx, "fields")?;
    if house.memory.get::<Seen>().is_some_and(|seen| seen.0 == now) {
        return Ok(());
    }
    load(tx, house)?;
    house.memory.keep(Seen(now));
    Ok(())
}

/// Gives every register of the house the fields that the organisation added to it.
pub fn load(tx: &mut Tx, house: &House) -> Result<()> {
    let mut by_register: BTreeMap<&'static str, Vec<Field>> = BTreeMap::new();
    for register in &house.registers {
        let added = described(tx, register)?;
        by_register.insert(register.key, added.iter().filter_map(|it| field(house, it)).collect());
    }
    for register in &house.registers {
        let fields = by_register.remove(register.key).unwrap_or_default();
        if !fields.is_empty() || house.shape(register).has_custom {
            house.reshape(register, fields);
        }
    }
    Ok(())
}

/// The fields added to a register and not retired, oldest first.
pub fn described(tx: &mut Tx, register: &Register) -> Result<Vec<Description>> {
    let sql = "select description from custom_field where register = ?1 and retired_at is null order by created_at, key limit 100";
    let rows = tx.all(sql, &[Value::from(register.key)])?;
    let read = rows.iter().filter_map(|row| row.text(0).ok().and_then(|text| serde_json::from_str(text).ok()));
    Ok(read.collect())
}

/// Adds a field to a register and journals it.
///
/// # Errors
/// A key, label, kind, choice or target that will not do, said by field.
pub fn add(act: &mut Act, register: &'static Register, description: &Description) -> Result<()> {
    check(act, register, description)?;
    let text = serde_json::to_string(description).map_err(|fault| Error::Fault(fault.to_string()))?;
    let sql = "insert into custom_field (register, key, description, created_at) values (?1, ?2, ?3, ?4)";
    act.tx.run(sql, &[Value::from(register.key), Value::from(description.key.as_str()), Value::Text(text), Value::Int(act.at)])?;
    changed(act, register, "add-field", &description.key)
}

/// Changes how an added field is called, explained and shown. Its key and kind stay: what records hold in it rests on them.
///
/// # Errors
/// There is no such field; a label or help that will not do, said by field.
pub fn change(act: &mut Act, register: &'static Register, description: &Description) -> Result<()> {
    let known = described(act.tx, register)?.into_iter().find(|it| it.key == description.key).ok_or(Error::NotFound)?;
    let Description { label, help, section, required, listed, filtered, .. } = description.clone();
    let next = Description { label, help, section, required, listed, filtered, ..known };
    let mut wrong = Vec::new();
    check_words(&next, &mut |field, message| wrong.push(crate::FieldError::new(field, message)));
    if !wrong.is_empty() {
        return Err(Error::Invalid(wrong));
    }
    let text = serde_json::to_string(&next).map_err(|fault| Error::Fault(fault.to_string()))?;
    let sql = "update custom_field set description = ?1 where register = ?2 and key = ?3 and retired_at is null";
    act.tx.run(sql, &[Value::Text(text), Value::from(register.key), Value::from(next.key.as_str())])?;
    changed(act, register, "change-field", &next.key)
}

/// Retires an added field: it leaves forms, lists and the API; what records hold in it stays in their history.
pub fn retire(act: &mut Act, register: &'static Register, key: &str) -> Result<()> {
    let sql = "update custom_field set retired_at = ?1 where register = ?2 and key = ?3 and retired_at is null";
    match act.tx.run(sql, &[Value::Int(act.at), Value::from(register.key), Value::from(key)])? {
        0 => Err(Error::NotFound),
        _ => changed(act, register, "retire-field", key),
    }
}

fn changed(act: &mut Act, register: &'static Register, verb: &str, key: &str) -> Result<()> {
    next_epoch(act.tx, "fields")?;
    act.changed += 1;
    let mut content = Content { reason: act.reason.clone(), ..Content::default() };
    content.input.insert("key".into(), key.into());
    let (at, actor, organisation) = (act.at, Some(act.view.person).filter(|id| *id != 0), act.view.organisation);
    journal::write(act, &NewEntry { register: register.key, record: 0, organisation, verb, at, actor, content: &content })
}

fn check(act: &mut Act, register: &'static Register, it: &Description) -> Result<()> {
    let mut wrong = Vec::new();
    let mut refuse = |field: &str, message: String| wrong.push(crate::FieldError::new(field, message));
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    if it.key.is_empty() || it.key.len() > 40 || !it.key.starts_with(|c: char| c.is_ascii_lowercase()) || !it.key.chars().all(plain) {
        refuse("key", "This must be small letters, digits and _, beginning with a letter, like cost_centre; at most 40.".into());
    } else if taken(act, register, &it.key)? {
        refuse("key", format!("{} has or had a field {} already. Choose another key.", register.many, it.key));
    }
    check_words(it, &mut refuse);
    match it.kind.as_str() {
        "choice" => {
            let keys: HashSet<&str> = it.choices.iter().map(|(key, _)| key.as_str()).collect();
            if it.choices.is_empty() || keys.len() != it.choices.len() || keys.iter().any(|key| key.is_empty() || key.contains(',')) {
                refuse("choices", "Give at least one choice, one a line, each only once and without commas.".into());
            }
        }
        "link" if act.house.register(&it.target).is_none() => refuse("target", "Choose the register it leads to.".into()),
        kind if !KINDS.iter().any(|(key, _)| *key == kind) => refuse("kind", "Choose one of the kinds.".into()),
        _ => {}
    }
    if described(act.tx, register)?.len() >= MOST {
        refuse("", format!("{} has {MOST} added fields already; retire one first.", register.many));
    }
    if wrong.is_empty() { Ok(()) } else { Err(Error::Invalid(wrong)) }
}

fn check_words(it: &Description, refuse: &mut dyn FnMut(&str, String)) {
    if it.label.trim().is_empty() || it.label.chars().count() > 80 {
        refuse("label", "Give it a name of 1 to 80 characters.".into());
    }
    if it.help.chars().count() > 300 {
        refuse("help", "At most 300 characters fit.".into());
    }
}

fn taken(act: &mut Act, register: &'static Register, key: &str) -> Result<bool> {
    const COMMON: &[&str] = &[
        "id",
        "reference",
        "organisation",
        "state",
        "version",
        "created_at",
        "updated_at",
        "retired_at",
        "custom",
        "q",
        "sort",
        "limit",
        "cursor",
        "count",
        "fields",
        "expand",
        "as_of",
        "retired",
        "columns",
        "view",
    ];
    let sql = "select 1 from custom_field where register = ?1 and key = ?2";
    let before = act.tx.maybe(sql, &[Value::from(register.key), Value::from(key)])?;
    let own = register.fields.iter().any(|field| field.key == key) || register.within.is_some_and(|(column, _)| column == key);
    Ok(COMMON.contains(&key) || own || before.is_some())
}

/// The field of a description; none if its kind or target is not known here (any more).
fn field(house: &House, it: &Description) -> Option<Field> {
    let (key, label) = (intern(&it.key), intern(&it.label));
    let mut field = match it.kind.as_str() {
        "line" => describe::line(key, label),
        "text" => describe::text(key, label),
        "int" => describe::int(key, label, i64::MIN, i64::MAX),
        "real" => describe::real(key, label),
        "bool" => describe::bool(key, label),
        "date" => describe::date(key, label),
        "time" => describe::time(key, label),
        "choice" => describe::choice(key, label, choices(&it.choices)),
        "link" => describe::link(key, label, house.register(&it.target)?.key),
        _ => return None,
    };
    field.help = intern(&it.help);
    field.section = intern(&it.section);
    field.required = it.required;
    field.listed = it.listed;
    field.filtered = it.filtered && !matches!(field.kind, Kind::Text { .. });
    field.internal = it.internal;
    field.custom = true;
    Some(field)
}

/// A text that lives as long as the process; each distinct one only once, however often fields are loaded.
fn intern(text: &str) -> &'static str {
    static TEXTS: OnceLock<Mutex<HashSet<&'static str>>> = OnceLock::new();
    let mut texts = TEXTS.get_or_init(Mutex::default).lock().unwrap_or_else(|broken| broken.into_inner());
    match texts.get(text) {
        Some(known) => known,
        None => {
            let text: &'static str = Box::leak(text.to_owned().into_boxed_str());
            texts.insert(text);
            text
        }
    }
}

fn choices(of: &[(String, String)]) -> &'static [Choice] {
    static LISTS: OnceLock<Mutex<Vec<&'static [Choice]>>> = OnceLock::new();
    let wanted: Vec<Choice> = of.iter().map(|(key, label)| describe::opt(intern(key), intern(label))).collect();
    let mut lists = LISTS.get_or_init(Mutex::default).lock().unwrap_or_else(|broken| broken.into_inner());
    match lists.iter().find(|known| **known == wanted.as_slice()) {
        Some(known) => known,
        None => {
            let list: &'static [Choice] = Vec::leak(wanted);
            lists.push(list);
            list
        }
    }
}

/// Whether a shape has a field that the organisation added under this key.
pub fn is_added(shape: &Shape, key: &str) -> bool {
    shape.field(key).is_some_and(|field| field.custom)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_and_a_list_of_choices_are_kept_once() {
        assert!(std::ptr::eq(intern("cost centre"), intern(&String::from("cost centre"))));
        let of = [("a".to_owned(), "A".to_owned())];
        assert!(std::ptr::eq(choices(&of), choices(&of)));
        assert_eq!(choices(&of)[0].label, "A");
    }
}
