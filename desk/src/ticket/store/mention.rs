//! Rows of mentions, and whom a name means.

use crate::ticket::mention::Named;
use db::{Tx, Value};
use kernel::who::View;
use kernel::who::guard::{any_of, mark};
use kernel::{Act, Result};

/// Most people of a team that are told.
const MOST_MEMBERS: i64 = 200;

/// People and teams of the viewer's organisations that have one of some names; people before teams.
pub fn known(tx: &mut Tx, view: &View, names: &[&str]) -> Result<Vec<(String, Named)>> {
    let mut found = Vec::new();
    for (table, team) in [("person", false), ("team", true)] {
        let mut args = Vec::new();
        let rows = if view.everything { "1 = 1".to_owned() } else { any_of("t.organisation", &view.reach, &mut args) };
        let marks: Vec<String> = names.iter().map(|name| mark(&mut args, *name)).collect();
        let sql = format!(
            "select t.name, t.id from {table} t where t.name in ({}) and t.retired_at is null and {rows} order by t.id",
            marks.join(", ")
        );
        for row in tx.all(&sql, &args)? {
            let id = row.int(1)?;
            found.push((row.text(0)?.to_owned(), if team { Named::Team(id) } else { Named::Person(id) }));
        }
    }
    Ok(found)
}

/// Who is in a team now.
pub fn members(tx: &mut Tx, team: i64) -> Result<Vec<i64>> {
    let sql = format!(
        "select distinct source from relation where target = ?1 and field = 'teams' and source_kind = 'people' and valid_until is null \
         order by source limit {MOST_MEMBERS}"
    );
    tx.all(&sql, &[Value::Int(team)])?.iter().map(|row| Ok(row.int(0)?)).collect()
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

/// A message that was taken back tells nobody.
pub fn remove(act: &mut Act, message: i64) -> Result<()> {
    act.tx.run("update mention set removed_at = ?2 where message = ?1", &[Value::Int(message), Value::Int(act.at)])?;
    Ok(())
}
