//! What the commands ask the database that no register or practice answers.

use db::{Engine, Tx};
use kernel::Result;
use std::collections::BTreeSet;

/// Name of the organisation that was made first.
pub fn first_name(tx: &mut Tx) -> Result<Option<String>> {
    let row = tx.maybe("select name from organisation order by id limit 1", &[])?;
    Ok(row.map(|row| row.text(0).map(str::to_owned)).transpose()?)
}

/// Id of the organisation at the top that was made first.
pub fn first_organisation(tx: &mut Tx) -> Result<Option<i64>> {
    let row = tx.maybe("select id from organisation where parent is null order by id limit 1", &[])?;
    Ok(row.map(|row| row.int(0)).transpose()?)
}

/// Reference of an organisation.
pub fn organisation_reference(tx: &mut Tx, id: i64) -> Result<Option<String>> {
    let row = tx.maybe("select reference from organisation where id = ?1", &[id.into()])?;
    Ok(row.map(|row| row.text(0).map(str::to_owned)).transpose()?)
}

/// Reference of a team.
pub fn team_reference(tx: &mut Tx, id: i64) -> Result<String> {
    Ok(tx.one("select reference from team where id = ?1", &[id.into()])?.text(0)?.to_owned())
}

/// Reference of the role with a key.
pub fn role_reference(tx: &mut Tx, key: &str) -> Result<Option<String>> {
    let row = tx.maybe("select reference from role where key = ?1 and retired_at is null", &[key.into()])?;
    Ok(row.map(|row| row.text(0).map(str::to_owned)).transpose()?)
}

/// Keys of the roles there are.
pub fn role_keys(tx: &mut Tx) -> Result<Vec<String>> {
    let rows = tx.all("select key from role where retired_at is null order by key limit 50", &[])?;
    Ok(rows.iter().map(|row| row.text(0).map(str::to_owned)).collect::<db::Result<_>>()?)
}

/// Number of the last migration; 0: none.
pub fn schema_step(tx: &mut Tx) -> Result<i64> {
    let row = tx.maybe("select max(number) from migration", &[])?;
    Ok(row.map(|row| row.maybe_int(0)).transpose()?.flatten().unwrap_or_default())
}

/// Journal entries after the last sealed one.
pub fn unsealed(tx: &mut Tx) -> Result<i64> {
    Ok(tx.one("select count(*) from journal where seq > (select coalesce(max(entry), 0) from seal)", &[])?.int(0)?)
}

/// People who may sign in and administer.
pub fn administrators(tx: &mut Tx) -> Result<i64> {
    let sql = "select count(*) from account a join person p on p.id = a.person and p.retired_at is null where exists \
        (select 1 from relation e join role r on r.id = e.target where e.source = a.person and e.field = 'roles' \
        and e.valid_until is null and r.key = 'administrator')";
    Ok(tx.one(sql, &[])?.int(0)?)
}

/// Columns of a table; none if there is no such table.
pub fn columns(tx: &mut Tx, table: &str) -> Result<BTreeSet<String>> {
    let sql = match tx.engine() {
        Engine::Sqlite => "select name from pragma_table_info(?1)",
        Engine::Postgres => "select column_name::text from information_schema.columns where table_name = ?1",
    };
    let rows = tx.all(sql, &[table.into()])?;
    Ok(rows.iter().map(|row| row.text(0).map(str::to_owned)).collect::<db::Result<_>>()?)
}

/// Whether the house has begun: it has an organisation.
pub fn has_organisation(tx: &mut Tx) -> Result<bool> {
    Ok(tx.maybe("select 1 from organisation limit 1", &[])?.is_some())
}

/// The name of a person; none if there is no such person.
pub fn person_name(tx: &mut Tx, person: i64) -> Result<Option<String>> {
    let row = tx.maybe("select name from person where id = ?1", &[person.into()])?;
    Ok(row.map(|row| row.text(0).map(str::to_owned)).transpose()?)
}
