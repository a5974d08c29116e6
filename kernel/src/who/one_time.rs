//! Links that work once: an invitation, a new password, a sign-in.

use super::viewer::here;
use crate::time::Instant;
use crate::{Error, Result, id};
use db::{Tx, Value};

/// What a link is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Signs in.
    SignIn,
    /// Lets somebody who was invited choose a password.
    Invitation,
    /// Lets somebody who forgot it choose a new password.
    Reset,
}

const MINUTE: i64 = 60 * 1000;

impl Purpose {
    /// The word that is stored.
    pub fn word(self) -> &'static str {
        match self {
            Purpose::SignIn => "sign-in",
            Purpose::Invitation => "invitation",
            Purpose::Reset => "reset",
        }
    }
    /// Path of the page that takes the link; the secret follows.
    pub fn path(self) -> &'static str {
        match self {
            Purpose::SignIn => "/once/",
            Purpose::Invitation => "/invitation/",
            Purpose::Reset => "/reset/",
        }
    }
    /// How long a link works, in milliseconds.
    pub fn life(self) -> i64 {
        match self {
            Purpose::SignIn => 24 * 60 * MINUTE,
            Purpose::Invitation => 7 * 24 * 60 * MINUTE,
            Purpose::Reset => 60 * MINUTE,
        }
    }
}

/// Makes a link for a person and gives its path with the secret, which is nowhere stored. Older links for the same purpose end.
pub fn create(tx: &mut Tx, person: i64, purpose: Purpose, now: Instant) -> Result<String> {
    let older = "update one_time set used_at = ?3 where person = ?1 and purpose = ?2 and used_at is null";
    tx.run(older, &[Value::Int(person), Value::from(purpose.word()), Value::Int(now)])?;
    let secret = id::secret();
    let args = [
        Value::Text(id::digest(&secret)),
        Value::Int(person),
        Value::from(purpose.word()),
        Value::Int(now),
        Value::Int(now + purpose.life()),
    ];
    tx.run("insert into one_time (digest, person, purpose, created_at, expires_at) values (?1, ?2, ?3, ?4, ?5)", &args)?;
    Ok(format!("{}{secret}", purpose.path()))
}

/// Whose link it is, without using it up; none if it was used, is over or never was.
pub fn look(tx: &mut Tx, secret: &str, purpose: Purpose, now: Instant) -> Result<Option<i64>> {
    let sql = format!(
        "select o.person from one_time o join person p on p.id = o.person \
         where o.digest = ?1 and o.purpose = ?2 and o.used_at is null and o.expires_at > ?3 and {}",
        here("p")
    );
    let args = [Value::Text(id::digest(secret)), Value::from(purpose.word()), Value::Int(now)];
    Ok(tx.maybe(&sql, &args)?.map(|row| row.int(0)).transpose()?)
}

/// Uses a link up and says whose it was. Of several attempts at the same time one succeeds.
pub fn take(tx: &mut Tx, secret: &str, purpose: Purpose, now: Instant) -> Result<i64> {
    let person = look(tx, secret, purpose, now)?.ok_or(Error::NotFound)?;
    let sql = "update one_time set used_at = ?2 where digest = ?1 and used_at is null";
    match tx.run(sql, &[Value::Text(id::digest(secret)), Value::Int(now)])? {
        1 => Ok(person),
        _ => Err(Error::NotFound),
    }
}

/// Forgets links that ended before `before`.
pub fn clean_up(tx: &mut Tx, before: Instant) -> Result<u64> {
    Ok(tx.run("delete from one_time where expires_at < ?1", &[Value::Int(before)])?)
}
