//! Contracts whose term has moved on.

use super::register::REGISTER;
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

/// A contract that can still be ended.
pub(super) struct Ending {
    /// Its reference.
    pub reference: String,
    /// Its name.
    pub name: String,
    /// The last safe day, `YYYY-MM-DD`.
    pub last_day: String,
    /// Months by which it renews itself.
    pub months: i64,
    /// What a year costs (minor units, currency).
    pub year: Option<(i64, String)>,
    /// Name of the vendor.
    pub vendor: Option<String>,
}

/// Contracts that the viewer may change and whose last safe day lies between two days, the earliest first.
pub(super) fn ending(tx: &mut Tx, view: &View, from: &str, until: &str, limit: i64) -> Result<Vec<Ending>> {
    let mut args = vec![Value::from(from), Value::from(until)];
    let Some(rows) = guard(view, &REGISTER, "edit", &mut args) else { return Ok(Vec::new()) };
    let sql = format!(
        "select t.reference, t.name, t.last_cancel_on, t.renewal_months, t.value_per_year, t.value_per_year_currency, v.name \
         from contract t left join vendor v on v.id = t.vendor \
         where t.last_cancel_on >= ?1 and t.last_cancel_on <= ?2 and t.retired_at is null and {rows} \
         order by t.last_cancel_on, t.id limit {limit}"
    );
    let ending = |row: &Row| -> Result<Ending> {
        Ok(Ending {
            reference: row.text(0)?.to_owned(),
            name: row.text(1)?.to_owned(),
            last_day: row.text(2)?.to_owned(),
            months: row.maybe_int(3)?.unwrap_or(0),
            year: row.maybe_int(4)?.zip(row.maybe_text(5)?.map(str::to_owned)),
            vendor: row.maybe_text(6)?.map(str::to_owned),
        })
    };
    tx.all(&sql, &args)?.iter().map(ending).collect()
}
