//! What is asked of teams beyond what the engine asks.

use db::{Tx, Value};
use kernel::Result;
use kernel::who::{View, guard};

/// A member as shown.
pub(super) struct Member {
    pub reference: String,
    pub name: String,
    pub job_title: String,
}

/// At most `limit` people whose record names a team, by name; none: the viewer reads no people.
pub(super) fn members(tx: &mut Tx, view: &View, team: i64, limit: usize) -> Result<Option<Vec<Member>>> {
    let mut args = vec![Value::Int(team), Value::Int(limit as i64)];
    let Some(rows) = guard(view, &crate::person::REGISTER, "read", &mut args) else { return Ok(None) };
    let sql = format!(
        "select t.reference, t.name, coalesce(t.job_title, '') from relation e join person t on t.id = e.source \
         where e.target = ?1 and e.field = 'teams' and e.source_kind = 'people' and e.valid_until is null \
         and t.retired_at is null and {rows} order by lower(coalesce(t.name, '')), t.id limit ?2"
    );
    let found = tx.all(&sql, &args)?;
    let member = |row: &db::Row| Ok(Member { reference: row.text(0)?.into(), name: row.text(1)?.into(), job_title: row.text(2)?.into() });
    found.iter().map(member).collect::<Result<_>>().map(Some)
}
