//! Rows of messages in and out of the database.

use crate::ticket::message::Message;
use db::{Row, Tx, Value};
use kernel::{Act, Result};

/// Stores a message of the act's person on a ticket and says its id.
pub fn insert(act: &mut Act, ticket: i64, internal: bool, body: &str, named: &str) -> Result<i64> {
    let id = act.new_id();
    let author = Some(act.view.person).filter(|id| *id != 0);
    let args = [
        Value::Int(id),
        Value::Int(ticket),
        Value::Int(act.at),
        author.into(),
        Value::from(internal),
        Value::from(body),
        Value::from(act.means.word()),
        Value::Int(act.id),
        Some(named).filter(|it| !it.is_empty()).into(),
    ];
    let sql = "insert into message (id, ticket, at, author, internal, body, means, act, named) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
    act.tx.run(sql, &args)?;
    Ok(id)
}

/// The latest messages of a ticket, latest first, with or without the internal ones.
pub fn latest(tx: &mut Tx, ticket: i64, internal: bool, limit: i64) -> Result<Vec<Message>> {
    let side = if internal { "" } else { " and internal = 0" };
    let sql = format!(
        "select id, at, author, internal, body, means, named from message where ticket = ?1 and removed_at is null{side} \
         order by at desc, id desc limit {limit}"
    );
    tx.all(&sql, &[Value::Int(ticket)])?.iter().map(message).collect()
}

/// Messages of a ticket after a time and an id, internal ones too, in order of both.
pub fn after(tx: &mut Tx, ticket: i64, (at, id): (i64, i64), limit: i64) -> Result<Vec<Message>> {
    let sql = format!(
        "select id, at, author, internal, body, means, named from message where ticket = ?1 and (at, id) > (?2, ?3) \
         and removed_at is null order by at, id limit {limit}"
    );
    tx.all(&sql, &[Value::Int(ticket), Value::Int(at), Value::Int(id)])?.iter().map(message).collect()
}

/// Most characters read of one note.
const MOST_OF_NOTE: usize = 20_000;

/// The latest internal notes of a ticket, latest first: the beginning of each.
pub fn latest_notes(tx: &mut Tx, ticket: i64, limit: i64) -> Result<Vec<String>> {
    let sql = format!(
        "select substr(body, 1, {MOST_OF_NOTE}) from message where ticket = ?1 and internal = 1 and removed_at is null \
         order by at desc, id desc limit {limit}"
    );
    tx.all(&sql, &[Value::Int(ticket)])?.iter().map(|row| Ok(row.text(0)?.to_owned())).collect()
}

fn message(row: &Row) -> Result<Message> {
    Ok(Message {
        id: row.int(0)?,
        at: row.int(1)?,
        author: row.maybe_int(2)?,
        internal: row.flag(3)?,
        body: row.text(4)?.to_owned(),
        means: row.text(5)?.to_owned(),
        named: row.maybe_text(6)?.unwrap_or_default().to_owned(),
    })
}

/// A message as whoever wants to take it back needs to know it.
pub struct Sent {
    /// Its id.
    pub id: i64,
    /// Plain text as typed.
    pub body: String,
    /// When it was written, in milliseconds.
    pub at: i64,
}

/// The latest message of the act's person on a ticket, among the internal or the public ones.
pub fn latest_own(act: &mut Act, ticket: i64, internal: bool) -> Result<Option<Sent>> {
    let sql = "select id, body, at from message where ticket = ?1 and author = ?2 and internal = ?3 and removed_at is null \
               order by at desc, id desc limit 1";
    let found = act.tx.maybe(sql, &[Value::Int(ticket), Value::Int(act.view.person), Value::from(internal)])?;
    found.map(|row| Ok(Sent { id: row.int(0)?, body: row.text(1)?.to_owned(), at: row.int(2)? })).transpose()
}

/// Marks a message as taken back.
pub fn remove(act: &mut Act, id: i64) -> Result<()> {
    act.tx.run("update message set removed_at = ?2 where id = ?1", &[Value::Int(id), Value::Int(act.at)])?;
    Ok(())
}

/// One message of a ticket that is not taken back, with or without the internal ones.
pub fn one(tx: &mut Tx, ticket: i64, id: i64, internal: bool) -> Result<Option<Message>> {
    let sql = "select id, at, author, internal, body, means, named from message where id = ?1 and ticket = ?2 and removed_at is null and internal <= ?3";
    tx.maybe(sql, &[Value::Int(id), Value::Int(ticket), Value::from(internal)])?.as_ref().map(message).transpose()
}

/// Moves all messages of one ticket to another, with what search knows of them.
pub fn move_all(act: &mut Act, from: i64, to: i64) -> Result<()> {
    let ids = [Value::Int(from), Value::Int(to)];
    act.tx.run("update document set record = ?2 where id in (select id from message where ticket = ?1)", &ids)?;
    act.tx.run("update message set ticket = ?2 where ticket = ?1", &ids)?;
    Ok(())
}

/// Ids of the messages that an act wrote on a ticket, those taken back too.
pub fn of_act(act: &mut Act, ticket: i64, of: i64) -> Result<Vec<i64>> {
    let rows = act.tx.all("select id from message where ticket = ?1 and act = ?2", &[Value::Int(ticket), Value::Int(of)])?;
    rows.iter().map(|row| Ok(row.int(0)?)).collect()
}

/// Puts other words in the place of a message's own.
pub fn overwrite(act: &mut Act, id: i64, body: &str) -> Result<()> {
    act.tx.run("update message set body = ?2 where id = ?1", &[Value::Int(id), Value::from(body)])?;
    Ok(())
}
