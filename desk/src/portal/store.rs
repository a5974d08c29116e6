//! What the portal asks of tickets past their register.

use crate::ticket::TICKETS;
use db::{Tx, Value};
use kernel::Result;
use kernel::who::View;
use kernel::who::guard::guard;

/// Services that somebody's own tickets were about, the most often named first.
pub fn used_services(tx: &mut Tx, view: &View, limit: usize) -> Result<Vec<i64>> {
    let mut args = vec![Value::Int(view.person)];
    let Some(rows) = guard(view, &TICKETS, "read", &mut args) else { return Ok(Vec::new()) };
    let sql = format!(
        "select t.service from ticket t where t.requester = ?1 and t.service is not null and {rows} \
         group by t.service order by count(*) desc, t.service limit {limit}"
    );
    tx.all(&sql, &args)?.iter().map(|row| Ok(row.int(0)?)).collect()
}
