//! Counts, under guard.

use super::rules::{Counted, Scope};
use db::Tx;
use kernel::Result;
use kernel::describe::Register;
use kernel::who::View;
use kernel::who::guard::{guard, mark};

/// What counted of the tickets that were resolved from one instant until another.
pub fn counted(tx: &mut Tx, view: &View, tickets: &Register, scope: Scope, from: i64, until: i64) -> Result<Counted> {
    let mut args = Vec::new();
    let Some(rows) = guard(view, tickets, "read", &mut args) else { return Ok(Counted::default()) };
    let (from, until) = (mark(&mut args, from), mark(&mut args, until));
    let sums = |kept: &str, none: &str| {
        format!(
            "select count(*), cast(coalesce(sum(case when {none} then 1 else 0 end), 0) as bigint), \
             cast(coalesce(sum(case when {kept} then 1 else 0 end), 0) as bigint)"
        )
    };
    let own = "t.made_sla = 1";
    let sql = match scope {
        Scope::All => {
            format!(
                "{} from ticket t where {rows} and t.resolved_at >= {from} and t.resolved_at < {until}",
                sums(own, "t.made_sla is null")
            )
        }
        // A ticket resolved since then was changed since then: the index over services knows that time.
        Scope::Service(id) => {
            let id = mark(&mut args, id);
            format!(
                "{} from ticket t where {rows} and t.service = {id} and t.active in (0, 1) and t.updated_at >= {from} and t.resolved_at >= {from} and t.resolved_at < {until}",
                sums(own, "t.made_sla is null")
            )
        }
        Scope::Level(id) => {
            let id = mark(&mut args, id);
            format!(
                "{} from ticket t join clock c on c.ticket = t.id where {rows} and c.level = {id} and c.measure = 'resolution' \
                 and c.state = 'met' and t.resolved_at >= {from} and t.resolved_at < {until}",
                sums("c.broken = 0", "1 = 0")
            )
        }
    };
    let row = tx.one(&sql, &args)?;
    Ok(Counted { resolved: row.int(0)?, unpromised: row.int(1)?, kept: row.int(2)? })
}
