//! Redaction: content that must go (personal data, a password pasted into a ticket) goes; that it went is journalled.

use super::{Content, Entry, NewEntry, history, write};
use crate::act::Act;
use crate::describe::{Kind, Register};
use crate::file;
use crate::id::digest;
use crate::register::{Record, load_for_update};
use crate::{Error, Result};
use db::Value;
use serde_json::Value as Json;

/// Entries of a record that are looked through for an act.
const LOOKED_THROUGH: usize = 10_000;

/// What a redaction's own entry says of the one it erased: its number, and a digest of what was left, so that this cannot be altered either.
pub(super) const ENTRY: &str = "entry";
pub(super) const LEFT: &str = "left";

/// Erases what an act left of its content on a record: in its entries, and in whatever practices keep beside them (the message, its
/// words in search, files). The headers and their seals stay, and so does what holds no words: states, links, times and choices, on which
/// clocks and the past rest. `verify` then says redacted, by whom, when. What stands in the record's own fields is changed by an edit
/// first; its entry is erased like any other.
///
/// # Errors
/// Without the permission `redact`, without a reason, or when the record has no entry of that act.
pub fn redact(act: &mut Act, register: &'static Register, reference: &str, of: i64) -> Result<Record> {
    let record = load_for_update(act.tx, act.house, act.view, register, reference, "redact")?;
    if act.reason.as_deref().unwrap_or_default().trim().is_empty() {
        return Err(Error::invalid("reason", "Say why this content must be erased; the reason stays in the history."));
    }
    let entries = history(act.tx, record.id, None, LOOKED_THROUGH)?;
    let meant: Vec<&Entry> = entries.iter().filter(|entry| entry.act == of && !entry.redacted()).collect();
    if meant.is_empty() {
        return Err(Error::invalid("act", "The history has no such act, or its content was erased before."));
    }
    for entry in meant {
        let erasures = act.house.practices.iter().flat_map(|practice| practice.erasures);
        for erasure in erasures.filter(|erasure| erasure.on == register.key).copied().collect::<Vec<_>>() {
            (erasure.run)(act, &record, entry)?;
        }
        files(act, entry)?;
        erase(act, &record, entry)?;
    }
    Ok(record)
}

/// Takes off the record, or the one they moved to, the files that an entry attached.
fn files(act: &mut Act, entry: &Entry) -> Result<()> {
    let input = entry.content.as_ref().filter(|_| entry.verb == crate::file::ATTACH).map(|content| &content.input);
    let told = input.and_then(|input| input.get("files")).and_then(Json::as_array);
    for digest in told.into_iter().flatten().filter_map(|file| file["digest"].as_str()) {
        file::remove_attached(act, digest, entry.actor, entry.at)?;
    }
    Ok(())
}

fn erase(act: &mut Act, record: &Record, entry: &Entry) -> Result<()> {
    let left = serde_json::to_string(&left(record, entry)).map_err(|fault| Error::Fault(fault.to_string()))?;
    let kept = digest(&left);
    act.tx.run("update journal set content = ?2 where seq = ?1", &[Value::Int(entry.seq), Value::Text(left)])?;
    let args = [Value::Int(entry.seq), Value::Int(act.view.person), Value::Int(act.at), Value::Int(act.id)];
    act.tx.run("insert into redaction (entry, person, at, act) values (?1, ?2, ?3, ?4) on conflict (entry) do nothing", &args)?;
    act.changed += 1;
    let mut content = Content { reason: act.reason.clone(), ..Content::default() };
    content.input.insert(ENTRY.into(), entry.seq.into());
    content.input.insert(LEFT.into(), kept.into());
    let (at, actor) = (act.at, Some(act.view.person).filter(|id| *id != 0));
    let (register, organisation) = (record.shape.register.key, record.organisation);
    write(act, &NewEntry { register, record: record.id, organisation, verb: "redact", at, actor, content: &content })
}

/// What of an entry's content holds no words. A field that an organisation added may hold anything.
fn left(record: &Record, entry: &Entry) -> Content {
    let content = entry.content.clone().unwrap_or_default();
    let wordless = |key: &str| match record.shape.field(key) {
        Some(field) => !field.custom && !matches!(field.kind, Kind::Line { .. } | Kind::Text { .. }),
        None => matches!(key, "state" | "organisation" | "retired_at"),
    };
    let changes = content.changes.into_iter().filter(|(key, _)| wordless(key)).collect();
    let input = content.input.into_iter().filter(|(key, _)| entry.verb == "redact" && (key == ENTRY || key == LEFT)).collect();
    Content { changes, input, reason: None, version: content.version, redacted: true }
}
