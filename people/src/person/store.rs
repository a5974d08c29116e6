//! What is asked of people beyond what the engine asks.

use super::register::REGISTER;
use db::{Row, Tx, Value};
use kernel::Result;
use kernel::who::guard::{any_of, guard};
use kernel::who::{View, here};

/// Whether an e-mail address is that of somebody else than the person given.
pub(super) fn taken(tx: &mut Tx, address: &str, person: i64) -> Result<bool> {
    let args = [Value::from(address), Value::Int(person)];
    Ok(tx.maybe("select 1 from person where email = ?1 and id <> ?2", &args)?.is_some())
}

/// How many others hold a role and are still here.
pub(super) fn others_with(tx: &mut Tx, role: i64, person: i64) -> Result<i64> {
    let sql = format!(
        "select count(*) from relation e join person p on p.id = e.source where e.target = ?1 and e.field = 'roles' \
         and e.source_kind = 'people' and e.valid_until is null and p.id <> ?2 and {}",
        here("p")
    );
    Ok(tx.one(&sql, &[Value::Int(role), Value::Int(person)])?.int(0)?)
}

/// Reference, name and time of invitation of people whom the viewer may invite, invited between two instants, who have no
/// password and have never been here; the longest ago first.
pub(super) fn never_came(tx: &mut Tx, view: &View, from: i64, until: i64, limit: i64) -> Result<Vec<(String, String, i64)>> {
    let mut args = vec![Value::Int(from), Value::Int(until)];
    let Some(rows) = guard(view, &REGISTER, "invite", &mut args) else { return Ok(Vec::new()) };
    let sql = format!(
        "select t.reference, t.name, t.invited_at from person t left join account a on a.person = t.id \
         where t.invited_at >= ?1 and t.invited_at < ?2 and {} and a.password is null \
         and not exists (select 1 from session s where s.person = t.id) and {rows} order by t.invited_at, t.id limit {limit}",
        here("t")
    );
    let one = |row: &Row| -> Result<(String, String, i64)> { Ok((row.text(0)?.to_owned(), row.text(1)?.to_owned(), row.int(2)?)) };
    tx.all(&sql, &args)?.iter().map(one).collect()
}

/// Names of those who administer the viewer's organisation or one above it, by name, at most `limit`; a directory names them to everybody.
pub(super) fn administrators(tx: &mut Tx, view: &View, limit: usize) -> Result<Vec<String>> {
    let around: Vec<i64> = view.reach.iter().chain(view.above.iter()).copied().collect();
    let mut args = Vec::new();
    let within = any_of("p.organisation", &around, &mut args);
    let sql = format!(
        "select p.name from person p where {within} and {} and coalesce(p.kind, '') <> 'machine' \
         and exists (select 1 from relation e join role r on r.id = e.target where e.source = p.id and e.source_kind = 'people' \
         and e.field = 'roles' and e.valid_until is null and r.key = 'administrator') order by lower(p.name), p.id limit {limit}",
        here("p")
    );
    tx.all(&sql, &args)?.iter().map(|row| Ok(row.text(0)?.to_owned())).collect()
}
