//! What an hour without a service costs.

use db::{Row, Tx};
use estate::service::REGISTER as SERVICES;
use kernel::Result;
use kernel::who::View;
use kernel::who::guard::{any_of, guard};
use std::collections::HashMap;

/// Minor units and currency.
pub type Amount = (i64, String);

/// What an hour without each service costs, of those whose costs the viewer may read; at most 1,000.
pub fn values(tx: &mut Tx, view: &View, services: &[i64]) -> Result<HashMap<i64, Amount>> {
    let mut args = Vec::new();
    let Some(rows) = guard(view, &SERVICES, "internal", &mut args).filter(|_| !services.is_empty()) else {
        return Ok(HashMap::new());
    };
    let among = any_of("t.id", services, &mut args);
    let sql = format!("select t.id, t.value_per_hour, t.value_per_hour_currency from service t where {among} and {rows} limit 1000");
    let value = |row: &Row| -> Result<Option<(i64, Amount)>> {
        let amount = row.maybe_int(1)?.zip(row.maybe_text(2)?.map(str::to_owned));
        Ok(amount.map(|amount| row.int(0).map(|id| (id, amount))).transpose()?)
    };
    Ok(tx.all(&sql, &args)?.iter().map(value).collect::<Result<Vec<_>>>()?.into_iter().flatten().collect())
}
