//! API tokens: secrets of programs that act for a person, narrowed by scopes, with an end.

use super::touch;
use crate::house::House;
use crate::time::Instant;
use crate::{Error, Result, id};
use db::{Row, Tx, Value};

/// With what every token begins, so that scanners for leaked secrets know it.
pub const PREFIX: &str = "reeve_";

/// A token as its owner sees it.
#[derive(Clone, Debug)]
pub struct Token {
    /// Names it.
    pub id: i64,
    /// For whom it acts.
    pub person: i64,
    /// What it is for.
    pub name: String,
    /// What it may do: `register.verb`, `register.*`, `*.verb` or `*`.
    pub scopes: Vec<String>,
    /// When it was made.
    pub created_at: Instant,
    /// When it ends; none: when it is ended.
    pub expires_at: Option<Instant>,
    /// When it was last used, to a minute or so.
    pub used_at: Option<Instant>,
}

/// A token to be made.
pub struct NewToken<'a> {
    /// For whom it acts.
    pub person: i64,
    /// What it is for.
    pub name: &'a str,
    /// What it may do; empty: everything the person may.
    pub scopes: &'a [String],
    /// When it ends.
    pub expires_at: Option<Instant>,
}

const COLUMNS: &str = "id, person, name, scopes, created_at, expires_at, used_at";

fn token(row: &Row) -> Result<Token> {
    Ok(Token {
        id: row.int(0)?,
        person: row.int(1)?,
        name: row.text(2)?.to_owned(),
        scopes: row.text(3)?.split(' ').map(str::to_owned).collect(),
        created_at: row.int(4)?,
        expires_at: row.maybe_int(5)?,
        used_at: row.maybe_int(6)?,
    })
}

/// Makes a token and gives its secret, which is nowhere stored.
pub fn create(tx: &mut Tx, house: &House, new: &NewToken) -> Result<String> {
    let now = house.clock.now();
    let name = new.name.trim();
    if name.is_empty() || name.chars().count() > 100 {
        return Err(Error::invalid("name", "Say in 1 to 100 characters what the token is for."));
    }
    if new.expires_at.is_some_and(|at| at <= now) {
        return Err(Error::invalid("expires", "This is over already; name a later time."));
    }
    check_scopes(house, new.scopes)?;
    let secret = format!("{PREFIX}{}", id::secret());
    let scopes = if new.scopes.is_empty() { "*".to_owned() } else { new.scopes.join(" ") };
    let args = [
        Value::Int(house.new_id()),
        Value::Text(id::digest(&secret)),
        Value::Int(new.person),
        Value::from(name),
        Value::Text(scopes),
        Value::Int(now),
        Value::from(new.expires_at),
    ];
    tx.run("insert into api_token (id, digest, person, name, scopes, created_at, expires_at) values (?1, ?2, ?3, ?4, ?5, ?6, ?7)", &args)?;
    Ok(secret)
}

fn check_scopes(house: &House, scopes: &[String]) -> Result<()> {
    let known = |scope: &str| match scope.split_once('.') {
        None => scope == "*",
        Some(("*", verb)) => verb == "*" || house.registers.iter().any(|register| register.permissions().any(|it| it == verb)),
        Some((key, verb)) => house.register(key).is_some_and(|register| verb == "*" || register.permissions().any(|it| it == verb)),
    };
    match scopes.iter().find(|scope| !known(scope)) {
        Some(unknown) => {
            let shown: String = unknown.chars().take(60).collect();
            Err(Error::invalid(
                "scopes",
                format!("There is no scope {shown}. Write register.verb, register.*, *.verb or *, such as incidents.read."),
            ))
        }
        None => Ok(()),
    }
}

/// The token of a digest, unless it has ended or its time is over.
pub fn find(tx: &mut Tx, digest: &str, now: Instant) -> Result<Option<Token>> {
    let sql = format!("select {COLUMNS} from api_token where digest = ?1 and ended_at is null and (expires_at is null or expires_at > ?2)");
    tx.maybe(&sql, &[Value::from(digest), Value::Int(now)])?.as_ref().map(token).transpose()
}

/// Tokens of a person that have not ended, the newest first.
pub fn of_person(tx: &mut Tx, person: i64) -> Result<Vec<Token>> {
    let sql = format!("select {COLUMNS} from api_token where person = ?1 and ended_at is null order by id desc limit 200");
    tx.all(&sql, &[Value::Int(person)])?.iter().map(token).collect()
}

/// Ends a token of a person; it is refused from this commit on. Whether there was one.
pub fn end(tx: &mut Tx, person: i64, id: i64, now: Instant) -> Result<bool> {
    let sql = "update api_token set ended_at = ?3 where person = ?1 and id = ?2 and ended_at is null";
    let ended = tx.run(sql, &[Value::Int(person), Value::Int(id), Value::Int(now)])? > 0;
    touch(tx)?;
    Ok(ended)
}

/// Notes when a token was last used.
pub fn used(tx: &mut Tx, id: i64, at: Instant) -> Result<()> {
    tx.run("update api_token set used_at = ?2 where id = ?1", &[Value::Int(id), Value::Int(at)])?;
    Ok(())
}
