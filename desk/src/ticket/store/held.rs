//! Rows of replies that can still be taken back.

use crate::ticket::TICKETS;
use db::{Row, Tx, Value};
use kernel::who::View;
use kernel::who::guard::guard;
use kernel::{Act, Result};

/// A reply that waits.
#[derive(Clone, Debug)]
pub struct Held {
    /// Its id; its files wait under it too.
    pub id: i64,
    /// The ticket.
    pub ticket: i64,
    /// The organisation that its author acted in.
    pub organisation: i64,
    /// Who wrote it.
    pub author: i64,
    /// What it says.
    pub body: String,
    /// Who is to follow the ticket from then on, as typed.
    pub cc: String,
    /// What becomes of the ticket then: `pend`, `resolve` or nothing.
    pub next: String,
    /// The template it was made with.
    pub template: Option<i64>,
    /// When it is sent.
    pub send_at: i64,
    /// Why it is not sent, in words for its author; none: it waits to be.
    pub stopped: Option<String>,
}

const COLUMNS: &str = "id, ticket, organisation, author, body, cc, next, template, send_at, stopped";

fn read(row: &Row) -> Result<Held> {
    Ok(Held {
        id: row.int(0)?,
        ticket: row.int(1)?,
        organisation: row.int(2)?,
        author: row.int(3)?,
        body: row.text(4)?.to_owned(),
        cc: row.text(5)?.to_owned(),
        next: row.text(6)?.to_owned(),
        template: row.maybe_int(7)?,
        send_at: row.int(8)?,
        stopped: row.maybe_text(9)?.map(str::to_owned),
    })
}

/// Stores one.
pub fn insert(act: &mut Act, held: &Held) -> Result<()> {
    let args = [
        Value::Int(held.id),
        Value::Int(held.ticket),
        Value::Int(held.organisation),
        Value::Int(held.author),
        Value::from(held.body.as_str()),
        Value::from(held.cc.as_str()),
        Value::from(held.next.as_str()),
        held.template.into(),
        Value::Int(act.at),
        Value::Int(held.send_at),
    ];
    let sql = "insert into held_message (id, ticket, organisation, author, body, cc, next, template, created_at, send_at) \
               values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
    act.tx.run(sql, &args)?;
    Ok(())
}

/// What a person holds on a ticket, the oldest first.
pub fn of(tx: &mut Tx, author: i64, ticket: i64) -> Result<Vec<Held>> {
    let sql = format!("select {COLUMNS} from held_message where author = ?1 and ticket = ?2 order by id limit 20");
    tx.all(&sql, &[Value::Int(author), Value::Int(ticket)])?.iter().map(read).collect()
}

/// A reply that was not sent, with its ticket.
pub struct Stopped {
    /// Reference of the ticket.
    pub reference: String,
    /// `incident` or `request`.
    pub kind: String,
    /// Summary of the ticket.
    pub summary: String,
    /// What the reply says.
    pub body: String,
    /// Why it was not sent.
    pub why: String,
    /// When it was to be sent.
    pub send_at: i64,
}

/// Replies of the viewer that were not sent, on tickets that they may read, the oldest first.
pub fn stopped(tx: &mut Tx, view: &View, limit: i64) -> Result<Vec<Stopped>> {
    let mut args = vec![Value::Int(view.person)];
    let Some(rows) = guard(view, &TICKETS, "read", &mut args) else { return Ok(Vec::new()) };
    let sql = format!(
        "select t.reference, t.kind, t.summary, h.body, h.stopped, h.send_at from held_message h join ticket t on t.id = h.ticket \
         where h.author = ?1 and h.stopped is not null and {rows} order by h.id limit {limit}"
    );
    let one = |row: &Row| -> Result<Stopped> {
        let text = |column| row.text(column).map(str::to_owned);
        Ok(Stopped { reference: text(0)?, kind: text(1)?, summary: text(2)?, body: text(3)?, why: text(4)?, send_at: row.int(5)? })
    };
    tx.all(&sql, &args)?.iter().map(one).collect()
}

/// One, locked until the transaction ends; none if it was sent or taken back.
pub fn hold(tx: &mut Tx, id: i64) -> Result<Option<Held>> {
    tx.maybe(&format!("select {COLUMNS} from held_message where id = ?1 FOR UPDATE"), &[Value::Int(id)])?.as_ref().map(read).transpose()
}

/// Stops one: it is not sent until its author sends it again.
pub fn stop(tx: &mut Tx, id: i64, why: &str) -> Result<()> {
    tx.run("update held_message set stopped = ?2 where id = ?1", &[Value::Int(id), Value::from(why)])?;
    Ok(())
}

/// Takes one out.
pub fn remove(tx: &mut Tx, id: i64) -> Result<()> {
    tx.run("delete from held_message where id = ?1", &[Value::Int(id)])?;
    Ok(())
}

/// Moves what is held on one ticket to another.
pub fn move_all(act: &mut Act, from: i64, to: i64) -> Result<()> {
    act.tx.run("update held_message set ticket = ?2 where ticket = ?1", &[Value::Int(from), Value::Int(to)])?;
    Ok(())
}

/// The template of an id, as far as it does something besides its text: team and person that get the ticket.
pub fn gives_to(tx: &mut Tx, template: i64) -> Result<(Option<i64>, Option<i64>)> {
    let row = tx.maybe("select to_team, to_person from template where id = ?1", &[Value::Int(template)])?;
    Ok(row.map(|row| Ok::<_, db::Error>((row.maybe_int(0)?, row.maybe_int(1)?))).transpose()?.unwrap_or_default())
}
