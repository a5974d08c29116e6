//! Contracts whose term has moved on.

use db::{Row, Tx, Value};
use kernel::Result;
use kernel::describe::Register;
use kernel::who::View;
use kernel::who::guard::{guard, mark};

/// Ids of contracts that renew themselves and whose last safe day lies before `today` (`YYYY-MM-DD`), oldest day first.
pub(super) fn passed(tx: &mut Tx, today: &str, limit: i64) -> Result<Vec<i64>> {
    let sql = "select id from contract where last_cancel_on < ?1 and retired_at is null order by last_cancel_on, id limit ?2";
    tx.all(sql, &[Value::from(today), Value::Int(limit)])?.iter().map(|row| Ok(row.int(0)?)).collect()
}

/// A contract as the page of a service shows it.
pub(super) struct Agreed {
    pub reference: String,
    pub name: String,
    pub last_cancel_on: Option<String>,
    pub ends_on: Option<String>,
}

/// Contracts of a service that the viewer may read, the next to be decided first; at most 8.
pub(super) fn of_service(tx: &mut Tx, view: &View, contracts: &Register, service: i64) -> Result<Vec<Agreed>> {
    let mut args = Vec::new();
    let Some(rows) = guard(view, contracts, "read", &mut args) else { return Ok(Vec::new()) };
    let service = mark(&mut args, service);
    let sql = format!(
        "select t.reference, t.name, t.last_cancel_on, t.ends_on from contract t where {rows} and t.retired_at is null and t.id in \
         (select e.source from relation e where e.target = {service} and e.field = 'services' and e.valid_until is null) \
         order by coalesce(t.last_cancel_on, t.ends_on, '9999'), t.id limit 8"
    );
    let agreed = |row: &Row| -> Result<Agreed> {
        let text = |column: usize| -> Result<Option<String>> { Ok(row.maybe_text(column)?.map(str::to_owned)) };
        Ok(Agreed { reference: row.text(0)?.to_owned(), name: row.text(1)?.to_owned(), last_cancel_on: text(2)?, ends_on: text(3)? })
    };
    tx.all(&sql, &args)?.iter().map(agreed).collect()
}
