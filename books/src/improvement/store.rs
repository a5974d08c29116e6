//! Improvements that are late.

use super::register::REGISTER;
use db::{Row, Tx, Value};
use kernel::Result;
use kernel::who::View;
use kernel::who::guard::guard;

/// An improvement that should be done.
pub(super) struct Late {
    /// Its reference.
    pub reference: String,
    /// What becomes better.
    pub summary: String,
    /// When it was due, `YYYY-MM-DD`.
    pub due_on: String,
    /// How much of the way is done, in per cent.
    pub progress: Option<i64>,
}

/// Improvements that the viewer may change, not ended and due before a day, the latest first.
pub(super) fn late(tx: &mut Tx, view: &View, today: &str, limit: i64) -> Result<Vec<Late>> {
    let mut args = vec![Value::from(today)];
    let Some(rows) = guard(view, &REGISTER, "edit", &mut args) else { return Ok(Vec::new()) };
    let sql = format!(
        "select t.reference, t.summary, t.due_on, t.progress from improvement t \
         where t.state not in ('done', 'rejected') and t.due_on < ?1 and t.retired_at is null and {rows} \
         order by t.due_on, t.id limit {limit}"
    );
    let late = |row: &Row| -> Result<Late> {
        Ok(Late {
            reference: row.text(0)?.to_owned(),
            summary: row.text(1)?.to_owned(),
            due_on: row.text(2)?.to_owned(),
            progress: row.maybe_int(3)?,
        })
    };
    tx.all(&sql, &args)?.iter().map(late).collect()
}
