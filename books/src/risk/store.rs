//! Risks of a service.

use db::{Row, Tx};
use kernel::Result;
use kernel::describe::Register;
use kernel::who::View;
use kernel::who::guard::{guard, mark};

/// A risk as the page of a service shows it.
pub(super) struct Weighed {
    pub reference: String,
    pub summary: String,
    pub score: Option<i64>,
    pub state: String,
}

/// Risks of a service that are not closed and that the viewer may read, the greatest first; at most 8.
pub(super) fn of_service(tx: &mut Tx, view: &View, risks: &Register, service: i64) -> Result<Vec<Weighed>> {
    let mut args = Vec::new();
    let Some(rows) = guard(view, risks, "read", &mut args) else { return Ok(Vec::new()) };
    let service = mark(&mut args, service);
    let sql = format!(
        "select t.reference, t.summary, t.score, t.state from risk t where {rows} and t.retired_at is null and t.state <> 'closed' and t.id in \
         (select e.source from relation e where e.target = {service} and e.field = 'services' and e.valid_until is null) \
         order by coalesce(t.score, 0) desc, t.id limit 8"
    );
    let weighed = |row: &Row| -> Result<Weighed> {
        Ok(Weighed {
            reference: row.text(0)?.to_owned(),
            summary: row.text(1)?.to_owned(),
            score: row.maybe_int(2)?,
            state: row.text(3)?.to_owned(),
        })
    };
    tx.all(&sql, &args)?.iter().map(weighed).collect()
}
