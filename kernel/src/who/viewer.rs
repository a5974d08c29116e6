//! Putting a viewer together from what the database says of a person.

use super::guard::any_of;
use super::{Grants, Means, View, roles};
use crate::house::House;
use crate::{Error, Result};
use db::{Tx, Value};
use jiff::tz::TimeZone;
use std::sync::Arc;

/// How deep a tree of organisations may be; deeper ones, and circles, are cut off there.
const DEEPEST: i64 = 32;

/// The condition that a row of the table of people, by its alias, is somebody who is here: neither retired nor left.
pub fn here(alias: &str) -> String {
    format!("{alias}.retired_at is null and {alias}.state <> 'left'")
}

/// Whether a person exists and is here: neither retired nor left.
pub fn is_here(tx: &mut Tx, person: i64) -> Result<bool> {
    Ok(tx.maybe(&format!("select 1 from person p where p.id = ?1 and {}", here("p")), &[Value::Int(person)])?.is_some())
}

/// The viewer that a person is, acting in an organisation (0: their own) through some means.
///
/// `Nobody` for a person who does not exist, was retired or left.
pub fn view_of(tx: &mut Tx, house: &House, person: i64, organisation: i64, means: Means) -> Result<View> {
    let sql = format!("select p.name, p.reference, p.organisation, p.zone from person p where p.id = ?1 and {}", here("p"));
    let row = tx.maybe(&sql, &[Value::Int(person)])?.ok_or(Error::Nobody)?;
    let own = row.int(2)?;
    let organisation = if organisation == own || belongs(tx, person, organisation)? { organisation } else { own };
    let reach = reach(tx, organisation)?;
    let teams =
        ids(tx, "select target from relation where source = ?1 and field = 'teams' and valid_until is null order by target", person)?;
    let roles = role_keys(tx, person)?;
    let overrides = roles::overrides(tx)?;
    Ok(View {
        person,
        name: row.text(0)?.to_owned(),
        reference: row.text(1)?.to_owned(),
        organisation,
        everything: reach.len() as i64 == tx.one("select count(*) from organisation", &[])?.int(0)?,
        reach: Arc::from(reach),
        above: Arc::from(above(tx, organisation)?),
        has_shares: has_shares(tx, person, &teams)?,
        teams: Arc::from(teams),
        grants: Arc::new(Grants::of(house, &roles, &overrides)),
        roles: Arc::from(roles),
        means,
        zone: row.maybe_text(3)?.and_then(|name| TimeZone::get(name).ok()).unwrap_or(TimeZone::UTC),
    })
}

/// Ids and names of the organisations a person may act in, their own first.
pub fn organisations(tx: &mut Tx, person: i64) -> Result<Vec<(i64, String)>> {
    let sql = "select o.id, o.name, 0 from person p join organisation o on o.id = p.organisation where p.id = ?1 union \
        select o.id, o.name, 1 from relation e join organisation o on o.id = e.target where e.source = ?1 and e.field = 'organisations' \
        and e.valid_until is null and o.retired_at is null order by 3, 2, 1";
    let mut all: Vec<(i64, String)> = Vec::new();
    for row in tx.all(sql, &[Value::Int(person)])? {
        if all.iter().all(|(id, _)| row.int(0).is_ok_and(|it| it != *id)) {
            all.push((row.int(0)?, row.text(1)?.to_owned()));
        }
    }
    Ok(all)
}

/// The organisations above one, nearest first.
fn above(tx: &mut Tx, organisation: i64) -> Result<Vec<i64>> {
    let mut all = Vec::new();
    let mut at = organisation;
    while (all.len() as i64) < DEEPEST {
        let row = tx.maybe("select parent from organisation where id = ?1 and parent is not null", &[Value::Int(at)])?;
        let Some(row) = row else { break };
        at = row.int(0)?;
        if all.contains(&at) {
            break;
        }
        all.push(at);
    }
    Ok(all)
}

/// Whether the person belongs to an organisation besides their own.
fn belongs(tx: &mut Tx, person: i64, organisation: i64) -> Result<bool> {
    let sql = "select 1 from relation where source = ?1 and field = 'organisations' and target = ?2 and valid_until is null";
    Ok(organisation != 0 && tx.maybe(sql, &[Value::Int(person), Value::Int(organisation)])?.is_some())
}

/// The organisation and those below it.
pub fn reach(tx: &mut Tx, organisation: i64) -> Result<Vec<i64>> {
    let sql = format!(
        "with recursive below(id, depth) as (select cast(?1 as bigint), 0 union \
         select o.id, b.depth + 1 from organisation o join below b on o.parent = b.id where b.depth < {DEEPEST}) \
         select distinct id from below order by id"
    );
    ids(tx, &sql, organisation)
}

/// Keys of the roles a person has now.
pub fn role_keys(tx: &mut Tx, person: i64) -> Result<Vec<String>> {
    let sql = "select r.key from relation e join role r on r.id = e.target \
        where e.source = ?1 and e.field = 'roles' and e.valid_until is null and r.retired_at is null order by r.key";
    tx.all(sql, &[Value::Int(person)])?.iter().map(|row| Ok(row.text(0)?.to_owned())).collect()
}

fn ids(tx: &mut Tx, sql: &str, of: i64) -> Result<Vec<i64>> {
    tx.all(sql, &[Value::Int(of)])?.iter().map(|row| Ok(row.int(0)?)).collect()
}

fn has_shares(tx: &mut Tx, person: i64, teams: &[i64]) -> Result<bool> {
    let mut args = vec![Value::Int(person)];
    let team = if teams.is_empty() { String::new() } else { format!(" or {}", any_of("team", teams, &mut args)) };
    Ok(tx.maybe(&format!("select 1 from share where person = ?1{team} limit 1"), &args)?.is_some())
}
