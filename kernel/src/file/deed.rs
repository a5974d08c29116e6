//! Attaching, opening and removing files, under guard and journalled.

use super::{Attached, attach, find, remove};
use crate::act::Act;
use crate::house::House;
use crate::journal::{self, Content, NewEntry};
use crate::register::{self, Record, load_for_update, verbs_for};
use crate::who::{View, guard::permits};
use crate::{Error, Result};
use db::{Tx, Value};
use serde_json::{Map, Value as Json, json};
use std::sync::Arc;

/// What the journal calls it.
pub(crate) const ATTACH: &str = "attach";
/// The same when files are taken off.
const DETACH: &str = "detach";

/// Most files attached at once.
pub const AT_ONCE: usize = 10;

/// A file whose bytes [`super::Store::put`] has stored.
#[derive(Clone, Debug)]
pub struct Stored {
    /// Name, as sent.
    pub name: String,
    /// SHA-256 of the bytes.
    pub digest: String,
    /// The bytes, of which media type and size are told.
    pub bytes: Arc<[u8]>,
}

/// The files that a form sent in a field, for an act of a practice: the server has stored their bytes before the act began.
pub fn of_form(sent: &[(String, String, Arc<[u8]>)], field: &str) -> Result<Vec<Stored>> {
    let own: Vec<_> = sent.iter().filter(|(of, ..)| of == field).collect();
    if own.len() > AT_ONCE {
        return Err(Error::TooLarge(format!("At most {AT_ONCE} files can be attached at once; nothing was attached.")));
    }
    let one = |(_, name, bytes): &(String, String, Arc<[u8]>)| {
        if bytes.is_empty() {
            let name = super::tidy_name(name);
            return Err(Error::invalid(field, format!("The file {name} is empty. Choose a file with something in it.")));
        }
        Ok(Stored { name: name.clone(), digest: super::digest(bytes), bytes: Arc::clone(bytes) })
    };
    own.into_iter().map(one).collect()
}

/// Whether the viewer may attach files to a record they can read: by `edit`, or by `reply` where and while one can reply.
pub fn may_attach(tx: &mut Tx, view: &View, record: &Record) -> Result<bool> {
    if permits(tx, view, record, "edit")? {
        return Ok(true);
    }
    let replies = verbs_for(view, record).iter().any(|verb| verb.key == "reply");
    Ok(replies && permits(tx, view, record, "reply")?)
}

/// Attaches files to a record, in one entry of the journal; gives their ids. `internal` needs the grant of that name.
pub fn attach_all(act: &mut Act, record: &Record, files: &[Stored], internal: bool) -> Result<Vec<i64>> {
    let register = record.shape.register;
    if !may_attach(act.tx, act.view, record)? {
        return Err(Error::forbidden(register.key, "edit"));
    }
    if internal && !act.view.may(register, "internal") {
        return Err(Error::forbidden(register.key, "internal"));
    }
    // Locked, so that two at once cannot both stay below the limit of a record.
    load_for_update(act.tx, act.house, act.view, register, &record.reference, "read")?;
    attach_said(act, record, None, files, internal)
}

/// Attaches files that come with a message just written (or with none) to a record, in one entry of the journal. The caller has
/// seen to it that the viewer may. Gives their ids.
pub fn attach_said(act: &mut Act, record: &Record, message: Option<i64>, files: &[Stored], internal: bool) -> Result<Vec<i64>> {
    if files.is_empty() {
        return Ok(Vec::new());
    }
    let one = |file: &Stored| attach(act, record, message, internal, &file.name, &file.digest, &file.bytes);
    let ids = files.iter().map(one).collect::<Result<_>>()?;
    let told: Vec<Json> = files.iter().map(|file| told(&super::tidy_name(&file.name), &file.digest)).collect();
    journalled(act, record, ATTACH, told, internal)?;
    Ok(ids)
}

/// A file with its record, if the viewer may see both; `NotFound` otherwise.
pub fn open(tx: &mut Tx, house: &House, view: &View, id: i64) -> Result<(Attached, Record)> {
    let file = find(tx, id)?;
    let register = house.register(&file.register).ok_or(Error::NotFound)?;
    let record = register::by_id(tx, house, view, register, file.record)?;
    if file.internal && !view.may(register, "internal") {
        return Err(Error::NotFound);
    }
    Ok((file, record))
}

/// Takes a file off its record, which needs `edit`; gives the file and the record.
pub fn detach(act: &mut Act, id: i64) -> Result<(Attached, Record)> {
    let (file, record) = open(act.tx, act.house, act.view, id)?;
    let record = load_for_update(act.tx, act.house, act.view, record.shape.register, &record.reference, "edit")?;
    remove(act, id)?;
    journalled(act, &record, DETACH, vec![told(&file.name, &file.digest)], file.internal)?;
    Ok((file, record))
}

/// Of some digests those that no file has any more.
pub fn unpointed(tx: &mut Tx, digests: &[String]) -> Result<Vec<String>> {
    let mut free = Vec::new();
    for digest in digests {
        let sql = "select 1 from file where digest = ?1 and removed_at is null limit 1";
        if tx.maybe(sql, &[Value::from(digest.as_str())])?.is_none() {
            free.push(digest.clone());
        }
    }
    Ok(free)
}

/// The digests that files name, each once, in order after `after`; at most `limit`.
pub fn pointed(tx: &mut Tx, after: &str, limit: i64) -> Result<Vec<String>> {
    let sql = "select distinct digest from file where digest > ?1 and removed_at is null order by digest limit ?2";
    let rows = tx.all(sql, &[Value::from(after), Value::Int(limit)])?;
    Ok(rows.iter().map(|row| row.text(0).map(str::to_owned)).collect::<db::Result<_>>()?)
}

fn told(name: &str, digest: &str) -> Json {
    json!({ "name": name, "digest": digest })
}

/// Journals that files came to a record, or were taken off it.
pub(super) fn moved(act: &mut Act, record: &Record, away: bool, files: &[Attached], internal: bool) -> Result<()> {
    let told = files.iter().map(|file| told(&file.name, &file.digest)).collect();
    journalled(act, record, if away { DETACH } else { ATTACH }, told, internal)
}

fn journalled(act: &mut Act, record: &Record, verb: &str, files: Vec<Json>, internal: bool) -> Result<()> {
    let input: Map<String, Json> =
        [("files".to_owned(), Json::from(files)), ("internal".to_owned(), internal.into())].into_iter().collect();
    let content = Content { input, ..Content::default() };
    let (at, actor) = (act.at, Some(act.view.person).filter(|id| *id != 0));
    let (register, organisation) = (record.shape.register.key, record.organisation);
    journal::write(act, &NewEntry { register, record: record.id, organisation, verb, at, actor, content: &content })
}
