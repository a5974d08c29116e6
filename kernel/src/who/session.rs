//! Sessions of browsers: a secret in a cookie, its digest in a row, an end by time or by hand.

use super::touch;
use crate::Result;
use crate::id;
use crate::time::Instant;
use db::{Row, Tx, Value};

/// A session.
#[derive(Clone, Debug)]
pub struct Session {
    /// Digest of its secret; names it.
    pub digest: String,
    /// Whose.
    pub person: i64,
    /// The organisation they act in.
    pub organisation: i64,
    /// The token that every form of this session carries, against forged posts.
    pub csrf: String,
    /// The browser, as it calls itself.
    pub agent: String,
    /// The address it came from when it began.
    pub address: String,
    /// When it began.
    pub created_at: Instant,
    /// When it was last used, to a minute or so.
    pub seen_at: Instant,
    /// When it ends in any case.
    pub expires_at: Instant,
}

/// A session to be begun.
pub struct NewSession<'a> {
    /// Whose.
    pub person: i64,
    /// The organisation they act in.
    pub organisation: i64,
    /// The browser, as it calls itself.
    pub agent: &'a str,
    /// The address it comes from.
    pub address: &'a str,
    /// Now.
    pub now: Instant,
    /// When it ends in any case.
    pub expires_at: Instant,
}

const COLUMNS: &str = "digest, person, organisation, csrf, agent, address, created_at, seen_at, expires_at";

fn session(row: &Row) -> Result<Session> {
    Ok(Session {
        digest: row.text(0)?.to_owned(),
        person: row.int(1)?,
        organisation: row.int(2)?,
        csrf: row.text(3)?.to_owned(),
        agent: row.text(4)?.to_owned(),
        address: row.text(5)?.to_owned(),
        created_at: row.int(6)?,
        seen_at: row.int(7)?,
        expires_at: row.int(8)?,
    })
}

/// Begins a session and gives its secret, which is nowhere stored.
pub fn start(tx: &mut Tx, new: &NewSession) -> Result<String> {
    let secret = id::secret();
    let sql = "insert into session (digest, person, organisation, csrf, agent, address, created_at, seen_at, expires_at) \
        values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7, ?8)";
    let agent: String = new.agent.chars().filter(|it| !it.is_control()).take(200).collect();
    let args = [
        Value::Text(id::digest(&secret)),
        Value::Int(new.person),
        Value::Int(new.organisation),
        Value::Text(id::secret()),
        Value::Text(agent),
        Value::from(new.address),
        Value::Int(new.now),
        Value::Int(new.expires_at),
    ];
    tx.run(sql, &args)?;
    Ok(secret)
}

/// The session of a digest, unless it has ended or its time is over.
pub fn find(tx: &mut Tx, digest: &str, now: Instant) -> Result<Option<Session>> {
    let sql = format!("select {COLUMNS} from session where digest = ?1 and ended_at is null and expires_at > ?2");
    tx.maybe(&sql, &[Value::from(digest), Value::Int(now)])?.as_ref().map(session).transpose()
}

/// Sessions of a person that are open, the last used first.
pub fn of_person(tx: &mut Tx, person: i64, now: Instant) -> Result<Vec<Session>> {
    let sql = format!(
        "select {COLUMNS} from session where person = ?1 and ended_at is null and expires_at > ?2 order by seen_at desc, digest limit 200"
    );
    tx.all(&sql, &[Value::Int(person), Value::Int(now)])?.iter().map(session).collect()
}

/// How many sessions are open.
pub fn open_count(tx: &mut Tx, now: Instant) -> Result<i64> {
    Ok(tx.one("select count(*) from session where ended_at is null and expires_at > ?1", &[Value::Int(now)])?.int(0)?)
}

/// Acts in another organisation from now on; whoever calls has seen to it that the person may.
pub fn act_in(tx: &mut Tx, digest: &str, organisation: i64) -> Result<()> {
    tx.run("update session set organisation = ?2 where digest = ?1", &[Value::from(digest), Value::Int(organisation)])?;
    touch(tx)
}

/// Notes when sessions were last used.
pub fn seen(tx: &mut Tx, digest: &str, at: Instant) -> Result<()> {
    tx.run("update session set seen_at = ?2 where digest = ?1 and seen_at < ?2", &[Value::from(digest), Value::Int(at)])?;
    Ok(())
}

/// Ends one session of a person; it is refused from this commit on. Whether there was one.
pub fn end(tx: &mut Tx, person: i64, digest: &str, now: Instant) -> Result<bool> {
    let sql = "update session set ended_at = ?3 where person = ?1 and digest = ?2 and ended_at is null";
    let ended = tx.run(sql, &[Value::Int(person), Value::from(digest), Value::Int(now)])? > 0;
    touch(tx)?;
    Ok(ended)
}

/// Ends all sessions of a person but the one named (empty: none is kept). How many.
pub fn end_others(tx: &mut Tx, person: i64, kept: &str, now: Instant) -> Result<u64> {
    let sql = "update session set ended_at = ?3 where person = ?1 and digest <> ?2 and ended_at is null";
    let ended = tx.run(sql, &[Value::Int(person), Value::from(kept), Value::Int(now)])?;
    touch(tx)?;
    Ok(ended)
}

/// Forgets sessions that ended before `before`.
pub fn clean_up(tx: &mut Tx, before: Instant) -> Result<u64> {
    Ok(tx.run("delete from session where ended_at < ?1 or expires_at < ?1", &[Value::Int(before)])?)
}
