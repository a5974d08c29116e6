//! One entry: an act's effect on one record.

use super::order::ahead;
use crate::Result;
use crate::act::Act;
use crate::id;
use crate::register::Cell;
use db::{Engine, Tx, Value};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};
use sha2::{Digest, Sha256};
use std::sync::OnceLock;

/// From what to what, as [`Cell::journalled`] says it.
pub type Change = (Json, Json);
/// Field key to change. `state` and `organisation` stand here like fields.
pub type Changes = Map<String, Json>;

/// What can be erased of an entry by a redaction; the header (who, when, what verb, which record) stays.
#[derive(Clone, Debug, Default, Serialize, Deserialize, PartialEq)]
pub struct Content {
    /// Field key to `[from, to]`.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub changes: Changes,
    /// What the verb was asked with.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub input: Map<String, Json>,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Whether this is what a redaction left: no words, only what clocks, counts and states rest on.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub redacted: bool,
    /// Version that the record had after it. None where the record itself was not written, and in entries of before it was kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<i64>,
}

impl Content {
    /// Notes that a field went from one value to another.
    pub fn change(&mut self, field: &str, from: &Cell, to: &Cell) {
        self.changes.insert(field.to_owned(), Json::Array(vec![from.journalled(), to.journalled()]));
    }
}

/// An entry to be written. What it does not say comes from the act.
pub struct NewEntry<'a> {
    /// Register key.
    pub register: &'a str,
    /// Id of the record.
    pub record: i64,
    /// Organisation of the record.
    pub organisation: i64,
    /// The verb.
    pub verb: &'a str,
    /// When it happened.
    pub at: i64,
    /// Who did it; none: the house.
    pub actor: Option<i64>,
    /// What changed.
    pub content: &'a Content,
}

/// Columns of an entry that are parameters.
const WIDTH: usize = 13;
/// Entries written with one statement: so many, or one.
const MANY: usize = 32;

/// The statement for some entries, with the number of the transaction as the engine says it. Its last mark is what that number is
/// raised by.
fn insert(engine: Engine, entries: usize) -> &'static str {
    static TEXTS: [OnceLock<String>; 4] = [const { OnceLock::new() }; 4];
    let place = usize::from(engine == Engine::Postgres) + if entries == MANY { 2 } else { 0 };
    TEXTS[place].get_or_init(|| {
        let row = |entry: usize| {
            let marks: Vec<String> = (1..=WIDTH).map(|mark| format!("?{}", entry * WIDTH + mark)).collect();
            format!("({}, {} + ?{})", marks.join(", "), Tx::transaction_number_sql(engine), entries * WIDTH + 1)
        };
        format!(
            "insert into journal (act, at, recorded_at, actor, means, through, organisation, register, record, verb, content, \
             salt, digest, xact) values {}",
            (0..entries).map(row).collect::<Vec<_>>().join(", ")
        )
    })
}

/// Writes an entry in the act's transaction.
pub fn write(act: &mut Act, entry: &NewEntry) -> Result<()> {
    let mut args = Vec::with_capacity(WIDTH + 1);
    row(act, entry, act.id, &mut args)?;
    args.push(ahead(act.house).into());
    act.tx.run(insert(act.tx.engine(), 1), &args)?;
    act.entries += 1;
    Ok(())
}

/// Writes many entries in the act's transaction, in their order, each as an act of its own: for imports of histories.
pub fn write_all(act: &mut Act, entries: &[NewEntry]) -> Result<()> {
    let whole = entries.len() / MANY * MANY;
    for some in entries[..whole].chunks(MANY).chain(entries[whole..].chunks(1)) {
        let mut args = Vec::with_capacity(WIDTH * some.len() + 1);
        for entry in some {
            row(act, entry, act.new_id(), &mut args)?;
        }
        args.push(ahead(act.house).into());
        act.tx.run(insert(act.tx.engine(), some.len()), &args)?;
    }
    act.entries += entries.len() as u32;
    Ok(())
}

/// The parameters of an entry.
fn row(act: &Act, entry: &NewEntry, id: i64, args: &mut Vec<Value>) -> Result<()> {
    let content = serde_json::to_string(entry.content).map_err(|fault| crate::Error::Fault(fault.to_string()))?;
    let salt: [u8; 16] = id::random();
    let digest = digest(&salt, content.as_bytes());
    args.extend([
        Value::Int(id),
        Value::Int(entry.at),
        Value::Int(act.recorded_at),
        entry.actor.into(),
        Value::from(act.means.word()),
        Value::from(act.means.detail()),
        Value::Int(entry.organisation),
        Value::from(entry.register),
        Value::Int(entry.record),
        Value::from(entry.verb),
        Value::Text(content),
        Value::Bytes(salt.to_vec()),
        Value::Bytes(digest),
    ]);
    Ok(())
}

/// Salted digest of a content: SHA-256 of salt and text.
pub fn digest(salt: &[u8], content: &[u8]) -> Vec<u8> {
    Sha256::new().chain_update(salt).chain_update(content).finalize().to_vec()
}
