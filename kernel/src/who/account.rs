//! Accounts: who may sign in. Apart from the person, who may be known without ever signing in.

use super::viewer::here;
use crate::time::Instant;
use crate::{Error, Result};
use db::{Row, Tx, Value};
use serde_json::{Map, Value as Json};

/// Wrong passwords in a row after which the account is locked for a while.
pub const MOST_FAILURES: i64 = 8;
/// How long it is locked, in milliseconds.
pub const LOCKED_FOR: i64 = 15 * 60 * 1000;

/// An account.
#[derive(Clone, Debug)]
pub struct Account {
    /// Id of the person.
    pub person: i64,
    /// Address they sign in with, in small letters.
    pub email: String,
    /// Hash of the password; none: only links sign in.
    pub password: Option<String>,
    /// Until when no password is tried.
    pub locked_until: Option<Instant>,
    /// What the person chose for their screen: `theme`, `density`, `keys`.
    pub preferences: Map<String, Json>,
}

const COLUMNS: &str = "a.person, a.email, a.password, a.locked_until, a.preferences";

fn account(row: &Row) -> Result<Account> {
    Ok(Account {
        person: row.int(0)?,
        email: row.text(1)?.to_owned(),
        password: row.maybe_text(2)?.map(str::to_owned),
        locked_until: row.maybe_int(3)?,
        preferences: serde_json::from_str(row.text(4)?).unwrap_or_default(),
    })
}

impl Account {
    /// Whether no password is tried now.
    pub fn locked(&self, now: Instant) -> bool {
        self.locked_until.is_some_and(|until| until > now)
    }
    /// A preference that is a text; empty if it was not chosen.
    pub fn preference(&self, key: &str) -> &str {
        self.preferences.get(key).and_then(Json::as_str).unwrap_or_default()
    }
}

/// The account of an address, in any case, if its person is still active.
pub fn by_email(tx: &mut Tx, email: &str) -> Result<Option<Account>> {
    let sql = format!("select {COLUMNS} from account a join person p on p.id = a.person where a.email = ?1 and {}", here("p"));
    tx.maybe(&sql, &[Value::Text(email.trim().to_lowercase())])?.as_ref().map(account).transpose()
}

/// The account of a person.
pub fn by_person(tx: &mut Tx, person: i64) -> Result<Option<Account>> {
    let sql = format!("select {COLUMNS} from account a where a.person = ?1");
    tx.maybe(&sql, &[Value::Int(person)])?.as_ref().map(account).transpose()
}

/// Whether anybody can sign in at all; if not, the installation is new.
pub fn any(tx: &mut Tx) -> Result<bool> {
    Ok(tx.maybe("select person from account limit 1", &[])?.is_some())
}

/// Gives a person an account without a password; a link lets them in to set one. Once they have one, only the address follows.
pub fn open(tx: &mut Tx, person: i64, email: &str, now: Instant) -> Result<()> {
    let email = email.trim().to_lowercase();
    let taken =
        tx.maybe("select person from account where email = ?1 and person <> ?2", &[Value::Text(email.clone()), Value::Int(person)])?;
    if taken.is_some() {
        return Err(Error::Conflict(format!("Somebody else signs in with {email} already. Give this person another address.")));
    }
    let sql =
        "insert into account (person, email, created_at) values (?1, ?2, ?3) on conflict (person) do update set email = excluded.email";
    tx.run(sql, &[Value::Int(person), Value::Text(email), Value::Int(now)])?;
    Ok(())
}

/// Stores the hash of a password and forgets failures.
pub fn set_password(tx: &mut Tx, person: i64, hash: &str) -> Result<()> {
    let sql = "update account set password = ?2, failed = 0, locked_until = null where person = ?1";
    tx.run(sql, &[Value::Int(person), Value::from(hash)])?;
    Ok(())
}

/// Notes a wrong password, and locks the account for a while after too many in a row.
pub fn failed(tx: &mut Tx, person: i64, now: Instant) -> Result<()> {
    let sql = "update account set failed = failed + 1, \
        locked_until = case when failed + 1 >= cast(?2 as bigint) then cast(?3 as bigint) else locked_until end where person = ?1";
    tx.run(sql, &[Value::Int(person), Value::Int(MOST_FAILURES), Value::Int(now + LOCKED_FOR)])?;
    Ok(())
}

/// Forgets failures after a right password.
pub fn succeeded(tx: &mut Tx, person: i64) -> Result<()> {
    tx.run("update account set failed = 0, locked_until = null where person = ?1 and failed > 0", &[Value::Int(person)])?;
    Ok(())
}

/// Stores what the person chose for their screen.
pub fn set_preferences(tx: &mut Tx, person: i64, preferences: &Map<String, Json>) -> Result<()> {
    let text = Json::Object(preferences.clone()).to_string();
    tx.run("update account set preferences = ?2 where person = ?1", &[Value::Int(person), Value::Text(text)])?;
    Ok(())
}
