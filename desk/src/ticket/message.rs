//! What was said on a ticket: in public, or among those who do the work.

use db::{Row, Tx, Value};
use kernel::register::Record;
use kernel::search::{self, Document};
use kernel::{Act, Result};

/// A message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Its id.
    pub id: i64,
    /// When it was written.
    pub at: i64,
    /// Who wrote it; none: the house, or somebody unknown to it.
    pub author: Option<i64>,
    /// The requester never sees it.
    pub internal: bool,
    /// Plain text as typed.
    pub body: String,
    /// Through what it came: `page`, `api`, ...
    pub means: String,
}

/// Adds a message to a ticket, where search finds it.
pub fn add(act: &mut Act, ticket: &Record, internal: bool, body: &str) -> Result<i64> {
    let id = act.new_id();
    let author = Some(act.view.person).filter(|id| *id != 0);
    let args = [
        Value::Int(id),
        Value::Int(ticket.id),
        Value::Int(act.at),
        author.into(),
        Value::from(internal),
        Value::from(body),
        Value::from(act.means.word()),
        Value::Int(act.id),
    ];
    act.tx.run("insert into message (id, ticket, at, author, internal, body, means, act) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)", &args)?;
    index(act.tx, ticket, id, internal, body, false)?;
    Ok(id)
}

fn index(tx: &mut Tx, ticket: &Record, id: i64, internal: bool, text: &str, replaces: bool) -> Result<()> {
    let (register, organisation) = (ticket.shape.register.key, ticket.organisation);
    search::index(tx, &Document { id, register, record: ticket.id, organisation, internal, text, replaces })
}

/// Most messages of a ticket that are read at once; the latest are.
pub const MOST: i64 = 500;

/// The messages of a ticket, oldest first. The caller has read the ticket under guard, and says whether the viewer may
/// read what is internal.
pub fn of_ticket(tx: &mut Tx, ticket: i64, internal: bool) -> Result<Vec<Message>> {
    let side = if internal { "" } else { " and internal = 0" };
    let sql = format!(
        "select id, at, author, internal, body, means from message where ticket = ?1 and removed_at is null{side} \
         order by at desc, id desc limit {MOST}"
    );
    let mut all = tx.all(&sql, &[Value::Int(ticket)])?.iter().map(message).collect::<Result<Vec<_>>>()?;
    all.reverse();
    Ok(all)
}

fn message(row: &Row) -> Result<Message> {
    Ok(Message {
        id: row.int(0)?,
        at: row.int(1)?,
        author: row.maybe_int(2)?,
        internal: row.flag(3)?,
        body: row.text(4)?.to_owned(),
        means: row.text(5)?.to_owned(),
    })
}

/// Takes the latest message of the act's person out, if it has this text and is not older than `seconds`; says whether it did.
pub fn take_back(act: &mut Act, ticket: i64, internal: bool, body: &str, seconds: i64) -> Result<bool> {
    let sql = "select id, body, at from message where ticket = ?1 and author = ?2 and internal = ?3 and removed_at is null \
               order by at desc, id desc limit 1";
    let found = act.tx.maybe(sql, &[Value::Int(ticket), Value::Int(act.view.person), Value::from(internal)])?;
    let Some(row) = found else { return Ok(false) };
    if row.text(1)? != body || act.at - row.int(2)? > seconds * 1000 {
        return Ok(false);
    }
    let id = row.int(0)?;
    act.tx.run("update message set removed_at = ?2 where id = ?1", &[Value::Int(id), Value::Int(act.at)])?;
    search::remove(act.tx, id)?;
    Ok(true)
}

/// Moves all messages of one ticket to another, with what search knows of them.
pub fn move_all(act: &mut Act, from: &Record, to: &Record) -> Result<()> {
    let ids = [Value::Int(from.id), Value::Int(to.id)];
    act.tx.run("update document set record = ?2 where id in (select id from message where ticket = ?1)", &ids)?;
    act.tx.run("update message set ticket = ?2 where ticket = ?1", &ids)?;
    Ok(())
}

/// Tells search again what was said on a ticket, after it went to another organisation.
pub fn reindex(tx: &mut Tx, ticket: &Record) -> Result<()> {
    for message in of_ticket(tx, ticket.id, true)? {
        index(tx, ticket, message.id, message.internal, &message.body, true)?;
    }
    Ok(())
}
