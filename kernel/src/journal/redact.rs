//! Redaction: content that must go (personal data, a password pasted into a ticket) goes; that it went is journalled.

use super::{Content, NewEntry, write};
use crate::act::Act;
use crate::{Error, Result};
use db::Value;

/// Erases the content of an entry; the header and its seal stay, and `verify` then says redacted, by whom, when.
///
/// # Errors
/// When there is no such entry, or no reason is given.
pub fn redact(act: &mut Act, entry: i64) -> Result<()> {
    if act.reason.as_deref().unwrap_or_default().trim().is_empty() {
        return Err(Error::invalid("reason", "Say why this content must be erased; the reason stays in the journal."));
    }
    let row = act.tx.maybe("select register, record, organisation from journal where seq = ?1", &[Value::Int(entry)])?;
    let row = row.ok_or(Error::NotFound)?;
    let (register, record, organisation) = (row.text(0)?.to_owned(), row.int(1)?, row.int(2)?);
    act.tx.run("update journal set content = null where seq = ?1", &[Value::Int(entry)])?;
    let args = [Value::Int(entry), Value::Int(act.view.person), Value::Int(act.at), Value::Int(act.id)];
    act.tx.run("insert into redaction (entry, person, at, act) values (?1, ?2, ?3, ?4) on conflict (entry) do nothing", &args)?;
    let mut content = Content { reason: act.reason.clone(), ..Content::default() };
    content.input.insert("entry".into(), entry.into());
    let (at, actor) = (act.at, Some(act.view.person).filter(|id| *id != 0));
    write(act, &NewEntry { register: &register, record, organisation, verb: "redact", at, actor, content: &content })
}
