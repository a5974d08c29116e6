//! Rows of mentions, and whom a name means.

use crate::ticket::TICKETS;
use crate::ticket::mention::{Known, Named};
use db::{Row, Tx, Value};
use kernel::who::guard::{any_of, guard, mark};
use kernel::who::{View, here};
use kernel::{Act, Result};

/// Most people of a team that are told.
const MOST_MEMBERS: i64 = 200;

/// Most people and teams that the names of one message may mean.
const MOST_KNOWN: i64 = 500;

/// People who are here, and teams, of the viewer's organisations that have one of some names.
pub fn known(tx: &mut Tx, view: &View, names: &[&str]) -> Result<Vec<Known>> {
    let mut found = Vec::new();
    for (table, here, team) in [("person", here("t"), false), ("team", "t.retired_at is null".to_owned(), true)] {
        let mut args = Vec::new();
        let rows = if view.everything { "1 = 1".to_owned() } else { any_of("t.organisation", &view.reach, &mut args) };
        let marks: Vec<String> = names.iter().map(|name| mark(&mut args, *name)).collect();
        let sql = format!(
            "select t.name, t.reference, t.id from {table} t where t.name in ({}) and {here} and {rows} \
             order by t.id limit {MOST_KNOWN}",
            marks.join(", ")
        );
        for row in tx.all(&sql, &args)? {
            let id = row.int(2)?;
            let who = if team { Named::Team(id) } else { Named::Person(id) };
            found.push(Known { name: row.text(0)?.to_owned(), reference: row.text(1)?.to_owned(), who });
        }
    }
    Ok(found)
}

/// A message that names the viewer, with its ticket.
pub struct Naming {
    /// Id of the ticket.
    pub ticket: i64,
    /// Reference of the ticket.
    pub reference: String,
    /// `incident` or `request`.
    pub kind: String,
    /// Summary of the ticket.
    pub summary: String,
    /// What was said.
    pub body: String,
    /// When.
    pub at: i64,
}

/// Messages since a moment that name the viewer, on tickets that they may read and have not looked at since, the latest first.
pub fn unread(tx: &mut Tx, view: &View, since: i64, limit: i64) -> Result<Vec<Naming>> {
    let mut args = vec![Value::Int(view.person), Value::Int(since)];
    let Some(rows) = guard(view, &TICKETS, "read", &mut args) else { return Ok(Vec::new()) };
    let inner = mark(&mut args, i64::from(view.may(&TICKETS, "internal")));
    let sql = format!(
        "select t.id, t.reference, t.kind, t.summary, m.body, n.at from mention n join message m on m.id = n.message \
         join ticket t on t.id = m.ticket left join looked l on l.person = n.person and l.ticket = t.id \
         where n.person = ?1 and n.at > ?2 and n.removed_at is null and m.removed_at is null and m.internal <= {inner} \
         and (l.at is null or l.at < n.at) and {rows} order by n.at desc, n.id desc limit {limit}"
    );
    let one = |row: &Row| -> Result<Naming> {
        let text = |column| row.text(column).map(str::to_owned);
        Ok(Naming { ticket: row.int(0)?, reference: text(1)?, kind: text(2)?, summary: text(3)?, body: text(4)?, at: row.int(5)? })
    };
    tx.all(&sql, &args)?.iter().map(one).collect()
}

/// Notes that a person is to be told of a message, unless they wrote it.
pub fn insert(act: &mut Act, ticket: i64, message: i64, person: i64, internal: bool) -> Result<()> {
    if person == act.view.person {
        return Ok(());
    }
    let by = Some(act.view.person).filter(|id| *id != 0);
    let args = [
        Value::Int(act.new_id()),
        Value::Int(ticket),
        Value::Int(message),
        Value::Int(person),
        by.into(),
        Value::from(internal),
        Value::Int(act.at),
    ];
    act.tx.run("insert into mention (id, ticket, message, person, by_person, internal, at) values (?1, ?2, ?3, ?4, ?5, ?6, ?7)", &args)?;
    Ok(())
}

/// Notes that the members of a team are to be told of a message, except whoever wrote it.
pub fn insert_members(act: &mut Act, ticket: i64, message: i64, team: i64, internal: bool) -> Result<()> {
    let author = act.view.person;
    let sql = format!(
        "select distinct source from relation where target = ?1 and field = 'teams' and source_kind = 'people' and valid_until is null \
         and source <> ?2 order by source limit {MOST_MEMBERS}"
    );
    let members: Vec<i64> =
        act.tx.all(&sql, &[team.into(), author.into()])?.iter().map(|row| row.int(0)).collect::<std::result::Result<_, _>>()?;
    if members.is_empty() {
        return Ok(());
    }
    let by = Some(author).filter(|id| *id != 0);
    let mut args: Vec<Value> = vec![ticket.into(), message.into(), by.into(), internal.into(), act.at.into()];
    let row = |person: &i64| format!("({}, ?1, ?2, {}, ?3, ?4, ?5)", mark(&mut args, act.new_id()), mark(&mut args, *person));
    let rows: Vec<String> = members.iter().map(row).collect();
    let sql = format!("insert into mention (id, ticket, message, person, by_person, internal, at) values {}", rows.join(", "));
    act.tx.run(&sql, &args)?;
    Ok(())
}

/// A message that was taken back tells nobody.
pub fn remove(act: &mut Act, message: i64) -> Result<()> {
    act.tx.run("update mention set removed_at = ?2 where message = ?1", &[Value::Int(message), Value::Int(act.at)])?;
    Ok(())
}
