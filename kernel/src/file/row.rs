//! Rows that point at stored bytes.

use super::{sniff, tidy_name};
use crate::act::Act;
use crate::register::Record;
use crate::who::View;
use crate::{Error, Result};
use db::{Row, Tx, Value};

/// Most files on one record.
const MOST: i64 = 500;

/// A file of a record.
#[derive(Clone, Debug)]
pub struct Attached {
    /// Its id; part of its URL.
    pub id: i64,
    /// SHA-256 of its bytes.
    pub digest: String,
    /// Name, made harmless.
    pub name: String,
    /// Media type, by content.
    pub media: String,
    /// Bytes.
    pub size: i64,
    /// Register key of the record.
    pub register: String,
    /// Id of the record.
    pub record: i64,
    /// Id of the message it came with.
    pub message: Option<i64>,
    /// Only for those with the grant `internal`.
    pub internal: bool,
    /// When it was attached.
    pub created_at: i64,
}

pub(super) const COLUMNS: &str = "id, digest, name, media, size, register, record, message, internal, created_at";

pub(super) fn read(row: &Row) -> Result<Attached> {
    Ok(Attached {
        id: row.int(0)?,
        digest: row.text(1)?.to_owned(),
        name: row.text(2)?.to_owned(),
        media: row.text(3)?.to_owned(),
        size: row.int(4)?,
        register: row.text(5)?.to_owned(),
        record: row.int(6)?,
        message: row.maybe_int(7)?,
        internal: row.flag(8)?,
        created_at: row.int(9)?,
    })
}

/// Refuses more files than fit on a record.
pub(super) fn room(tx: &mut Tx, record: &Record, more: usize) -> Result<()> {
    let count = tx.one("select count(*) from file where record = ?1 and removed_at is null", &[Value::Int(record.id)])?.int(0)?;
    if count + more as i64 > MOST {
        return Err(Error::TooLarge(format!("{} holds at most {MOST} files; remove some first. Nothing was attached.", record.reference)));
    }
    Ok(())
}

/// Points a record at bytes that [`super::Store::put`] stored before the transaction. The caller journals it.
pub fn attach(act: &mut Act, record: &Record, message: Option<i64>, internal: bool, name: &str, digest: &str, bytes: &[u8]) -> Result<i64> {
    room(act.tx, record, 1)?;
    let id = act.new_id();
    let args = [
        Value::Int(id),
        Value::from(digest),
        Value::Text(tidy_name(name)),
        Value::from(sniff(bytes)),
        Value::Int(bytes.len() as i64),
        Value::from(record.shape.register.key),
        Value::Int(record.id),
        message.into(),
        Value::Int(i64::from(internal)),
        Value::Int(act.view.person),
        Value::Int(act.at),
    ];
    let sql = "insert into file (id, digest, name, media, size, register, record, message, internal, person, created_at) \
               values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";
    act.tx.run(sql, &args)?;
    act.changed += 1;
    Ok(id)
}

/// Files of a record that the viewer, who may read the record, may see.
pub fn attached(tx: &mut Tx, view: &View, record: &Record) -> Result<Vec<Attached>> {
    let inner = i64::from(view.may(record.shape.register, "internal"));
    let sql = format!("select {COLUMNS} from file where record = ?1 and removed_at is null and internal <= ?2 order by id limit {MOST}");
    tx.all(&sql, &[Value::Int(record.id), Value::Int(inner)])?.iter().map(read).collect()
}

/// One file by id. The caller loads its record under guard, and looks at `internal`, before it gives out anything.
pub fn find(tx: &mut Tx, id: i64) -> Result<Attached> {
    let sql = format!("select {COLUMNS} from file where id = ?1 and removed_at is null");
    tx.maybe(&sql, &[Value::Int(id)])?.as_ref().map(read).transpose()?.ok_or(Error::NotFound)
}

/// Takes off every record what an act attached there: files of this digest, by whom and when the journal says. They may have moved to
/// another record since. The caller journals it.
pub(crate) fn remove_attached(act: &mut Act, digest: &str, person: Option<i64>, at: i64) -> Result<()> {
    let sql = "update file set removed_at = ?4, name = ?5 where digest = ?1 and person = ?2 and created_at = ?3";
    let args = [Value::from(digest), Value::Int(person.unwrap_or(0)), Value::Int(at), Value::Int(act.at), Value::from("erased")];
    act.tx.run(sql, &args)?;
    Ok(())
}

/// Takes a file off its record; the bytes go when nothing points at them any more. The caller journals it.
pub fn remove(act: &mut Act, id: i64) -> Result<()> {
    act.tx.run("update file set removed_at = ?2 where id = ?1", &[Value::Int(id), Value::Int(act.at)])?;
    act.changed += 1;
    Ok(())
}
