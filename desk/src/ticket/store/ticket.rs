//! What of tickets is read past their register.

use crate::ticket::TICKETS;
use crate::ticket::rules::priority;
use db::{Row, Tx, Value};
use kernel::Result;
use kernel::describe::Register;
use kernel::who::View;
use kernel::who::guard::guard;

/// The ticket that one names in a column of links; none if it names none.
pub fn named_in(tx: &mut Tx, column: &'static str, ticket: i64) -> Result<Option<i64>> {
    let row = tx.maybe(&format!("select {column} from ticket where id = ?1"), &[Value::Int(ticket)])?;
    Ok(row.map(|row| row.maybe_int(0)).transpose()?.flatten())
}

/// What a person does; empty if nobody said.
pub fn job_title(tx: &mut Tx, person: i64) -> Result<String> {
    let row = tx.maybe("select job_title from person where id = ?1", &[Value::Int(person)])?;
    Ok(row.map(|row| row.maybe_text(0).map(|text| text.unwrap_or_default().to_owned())).transpose()?.unwrap_or_default())
}

/// A ticket that names another.
pub struct Child {
    /// Its reference.
    pub reference: String,
    /// Its summary.
    pub summary: String,
    /// Whether it is a request; else an incident.
    pub request: bool,
    /// Whether it is still worked on.
    pub active: bool,
}

/// Tickets that name this one in a column of links (`parent`, `duplicate_of`), as far as the viewer may see them, the oldest first.
pub fn children(tx: &mut Tx, view: &View, column: &'static str, parent: i64, limit: i64) -> Result<Vec<Child>> {
    let mut args = vec![Value::Int(parent)];
    let Some(rows) = guard(view, &TICKETS, "read", &mut args) else { return Ok(Vec::new()) };
    let sql = format!(
        "select t.reference, t.summary, t.kind, t.active from ticket t where t.{column} = ?1 and {rows} and t.retired_at is null \
         order by t.id limit {limit}"
    );
    let child = |row: &Row| -> Result<Child> {
        Ok(Child {
            reference: row.text(0)?.to_owned(),
            summary: row.text(1)?.to_owned(),
            request: row.text(2)? == "request",
            active: row.flag(3)?,
        })
    };
    tx.all(&sql, &args)?.iter().map(child).collect()
}

/// References of the active tickets of a register that are part of this one and that the viewer may do `verb` to, the oldest first.
pub fn active_children(tx: &mut Tx, view: &View, register: &Register, verb: &str, parent: i64, limit: i64) -> Result<Vec<String>> {
    let mut args = vec![Value::Int(parent)];
    let Some(rows) = guard(view, register, verb, &mut args) else { return Ok(Vec::new()) };
    let sql = format!(
        "select t.reference from ticket t where t.parent = ?1 and t.active = 1 and {rows} and t.retired_at is null \
         order by t.id limit {limit}"
    );
    tx.all(&sql, &args)?.iter().map(|row| Ok(row.text(0)?.to_owned())).collect()
}

/// The kind of a ticket, whose row stays held until the transaction ends; none if there is no such ticket.
pub fn hold(tx: &mut Tx, ticket: i64) -> Result<Option<String>> {
    let row = tx.maybe("select kind from ticket where id = ?1 FOR UPDATE", &[Value::Int(ticket)])?;
    Ok(row.map(|row| row.text(0).map(str::to_owned)).transpose()?)
}

/// Reference and kind of a ticket, which must exist.
pub fn reference_and_kind(tx: &mut Tx, ticket: i64) -> Result<(String, String)> {
    let row = tx.one("select reference, kind from ticket where id = ?1", &[Value::Int(ticket)])?;
    Ok((row.text(0)?.to_owned(), row.text(1)?.to_owned()))
}

/// The reference of a ticket; none if there is no such ticket.
pub fn reference(tx: &mut Tx, ticket: i64) -> Result<Option<String>> {
    let row = tx.maybe("select reference from ticket where id = ?1", &[ticket.into()])?;
    Ok(row.map(|row| row.text(0).map(str::to_owned)).transpose()?)
}

/// Reference and priority of tickets whose priority is not that of the matrix, without a reason and not from another system.
pub fn odd_priorities(tx: &mut Tx, limit: usize) -> Result<Vec<(String, i64)>> {
    let matrix: Vec<String> = (1..=3)
        .flat_map(|impact| (1..=3).map(move |urgency| (impact, urgency)))
        .map(|(impact, urgency)| format!("when impact = {impact} and urgency = {urgency} then {}", priority(impact, urgency)))
        .collect();
    let sql = format!(
        "select reference, priority from ticket where priority_reason is null and source_system is null \
         and impact between 1 and 3 and urgency between 1 and 3 and priority <> case {} else 0 end limit {limit}",
        matrix.join(" ")
    );
    let odd = |row: &Row| -> Result<(String, i64)> { Ok((row.text(0)?.to_owned(), row.int(1)?)) };
    tx.all(&sql, &[])?.iter().map(odd).collect()
}

/// Notes on a ticket when the next of its clocks is due, for clocks that were told at once.
pub fn foresee(tx: &mut Tx, ticket: i64) -> Result<()> {
    let sql = "update ticket set due_at = (select min(c.due_at) from clock c where c.ticket = ?1 and c.state = 'running') where id = ?1";
    tx.run(sql, &[Value::Int(ticket)])?;
    Ok(())
}

/// References of active tickets that say something else of their next breach than their clocks do.
pub fn wrongly_due(tx: &mut Tx, limit: usize) -> Result<Vec<String>> {
    let sql = format!(
        "select t.reference from ticket t left join (select c.ticket, min(c.due_at) as due_at from clock c where c.state = 'running' \
         group by c.ticket) r on r.ticket = t.id where t.active = 1 and coalesce(t.due_at, 0) <> coalesce(r.due_at, 0) limit {limit}"
    );
    tx.all(&sql, &[])?.iter().map(|row| Ok(row.text(0)?.to_owned())).collect()
}

/// Most tickets that somebody follows in one list.
const MOST_FOLLOWED: usize = 100;

/// References of the newest active tickets that name the viewer in what was said, or are watched by them, as far as they may see them.
pub fn followed(tx: &mut Tx, view: &View) -> Result<Vec<String>> {
    let mut args = vec![Value::Int(view.person)];
    let Some(rows) = guard(view, &TICKETS, "read", &mut args) else { return Ok(Vec::new()) };
    let sql = format!(
        "select t.reference from ticket t where t.id in (select m.ticket from mention m where m.person = ?1 and m.removed_at is null \
         union select r.source from relation r where r.target = ?1 and r.field = 'watchers' and r.valid_until is null) \
         and t.active = 1 and {rows} order by t.id desc limit {MOST_FOLLOWED}"
    );
    tx.all(&sql, &args)?.iter().map(|row| Ok(row.text(0)?.to_owned())).collect()
}

/// Most mergers that are followed from one ticket to the next.
const MOST_MERGERS: usize = 100;

/// A ticket and those it was merged into, one after the other: what was said on it stands on the last.
pub fn lives_on_in(tx: &mut Tx, ticket: i64) -> Result<Vec<i64>> {
    let mut places = vec![ticket];
    while let Some(row) = tx.maybe("select merged_into from ticket where id = ?1", &[Value::Int(places[places.len() - 1])])? {
        match row.maybe_int(0)? {
            Some(next) if !places.contains(&next) && places.len() < MOST_MERGERS => places.push(next),
            _ => break,
        }
    }
    Ok(places)
}
