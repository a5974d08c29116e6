//! The table `upload`.

use db::{Tx, Value};
use exchange::Mapping;
use kernel::describe::Register;
use kernel::{Act, Error, Result};

/// How long a file is kept, in milliseconds.
const KEPT: i64 = 7 * 24 * 3_600_000;

/// A file being imported.
pub struct Upload {
    /// Id; part of its address.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// Its bytes.
    pub content: Vec<u8>,
    /// How its columns are read, once somebody said so.
    pub mapping: Option<Mapping>,
    /// Names the source, by which rows imported before are known.
    pub source: String,
    /// The job that tries or imports it.
    pub job: Option<i64>,
}

/// Most files of one person that are kept.
const MOST: i64 = 5;

/// Keeps a file. The viewer's files of more than a week ago go, and all but the last few.
pub fn insert(act: &mut Act, register: &Register, name: &str, bytes: &[u8]) -> Result<i64> {
    let old = [Value::Int(act.view.person), Value::Int(act.recorded_at - KEPT)];
    act.tx.run("delete from upload where person = ?1 and created_at < ?2", &old)?;
    let sql = "delete from upload where person = ?1 and id not in \
        (select u.id from upload u where u.person = ?1 order by u.id desc limit ?2)";
    act.tx.run(sql, &[Value::Int(act.view.person), Value::Int(MOST - 1)])?;
    let id = act.new_id();
    let name: String = name.chars().filter(|c| !c.is_control()).take(200).collect();
    let source = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem).to_owned();
    let args = [
        Value::Int(id),
        Value::Int(act.view.person),
        Value::from(register.key),
        Value::Text(name),
        Value::Bytes(bytes.to_vec()),
        Value::Text(source),
        Value::Int(act.recorded_at),
    ];
    let sql = "insert into upload (id, person, register, name, content, source, created_at) values (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    act.tx.run(sql, &args)?;
    Ok(id)
}

/// A file of the viewer's own.
pub fn load(tx: &mut Tx, person: i64, register: &Register, id: i64) -> Result<Upload> {
    let sql = "select id, name, content, mapping, source, job from upload where id = ?1 and person = ?2 and register = ?3";
    let row = tx.maybe(sql, &[Value::Int(id), Value::Int(person), Value::from(register.key)])?.ok_or(Error::NotFound)?;
    Ok(Upload {
        id: row.int(0)?,
        name: row.text(1)?.to_owned(),
        content: row.bytes(2)?.to_vec(),
        mapping: row.maybe_text(3)?.and_then(|text| serde_json::from_str(text).ok()),
        source: row.text(4)?.to_owned(),
        job: row.maybe_int(5)?,
    })
}

/// Keeps how the columns are read.
pub fn map(act: &mut Act, upload: i64, mapping: &Mapping, source: &str) -> Result<()> {
    let text = serde_json::to_string(mapping).map_err(|fault| Error::Fault(fault.to_string()))?;
    let args = [Value::Int(upload), Value::Text(text), Value::from(source)];
    act.tx.run("update upload set mapping = ?2, source = ?3 where id = ?1", &args)?;
    Ok(())
}

/// Notes the job, and forgets what an earlier one rejected.
pub fn start(act: &mut Act, upload: i64, job: i64) -> Result<()> {
    act.tx.run("update upload set job = ?2, rejects = null where id = ?1", &[Value::Int(upload), Value::Int(job)])?;
    Ok(())
}

/// Keeps the list of rejected rows.
pub fn keep_rejects(tx: &mut Tx, upload: i64, rejects: &[u8]) -> Result<()> {
    tx.run("update upload set rejects = ?2 where id = ?1", &[Value::Int(upload), Value::Bytes(rejects.to_vec())])?;
    Ok(())
}

/// The list of rejected rows, if there is one.
pub fn rejects(tx: &mut Tx, upload: i64) -> Result<Option<Vec<u8>>> {
    let row = tx.maybe("select rejects from upload where id = ?1", &[Value::Int(upload)])?;
    Ok(row.and_then(|row| row.maybe_bytes(0).ok().flatten().map(<[u8]>::to_vec)).filter(|bytes| !bytes.is_empty()))
}
