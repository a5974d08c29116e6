//! What is asked of people beyond what the engine asks.

use db::{Tx, Value};
use kernel::Result;

/// Whether an e-mail address is that of somebody else than the person given.
pub(super) fn taken(tx: &mut Tx, address: &str, person: i64) -> Result<bool> {
    let args = [Value::from(address), Value::Int(person)];
    Ok(tx.maybe("select 1 from person where email = ?1 and id <> ?2", &args)?.is_some())
}

/// How many others hold a role and are still here.
pub(super) fn others_with(tx: &mut Tx, role: i64, person: i64) -> Result<i64> {
    let sql = "select count(*) from relation e join person p on p.id = e.source where e.target = ?1 and e.field = 'roles' \
               and e.source_kind = 'people' and e.valid_until is null and p.id <> ?2 and p.retired_at is null and p.state = 'active'";
    Ok(tx.one(sql, &[Value::Int(role), Value::Int(person)])?.int(0)?)
}
