//! Whom a ticket concerns, and whom its messages name.

use db::{Tx, Value};
use kernel::Result;

/// Most people told of one thing.
const MOST: i64 = 200;

/// Whoever works on a ticket, asked for it or follows it.
pub fn concerned(tx: &mut Tx, ticket: i64) -> Result<Vec<i64>> {
    let sql = format!(
        "select assignee from ticket where id = ?1 and assignee is not null union \
         select requester from ticket where id = ?1 and requester is not null union \
         select target from relation where source = ?1 and field = 'watchers' and target_kind = 'people' and valid_until is null limit {MOST}"
    );
    tx.all(&sql, &[Value::Int(ticket)])?.iter().map(|row| Ok(row.int(0)?)).collect()
}

/// Whoever the message of an act names, and whether it is internal. What was taken back names nobody.
pub fn named(tx: &mut Tx, ticket: i64, act: i64) -> Result<Vec<(i64, bool)>> {
    let sql = format!(
        "select n.person, n.internal from message m join mention n on n.message = m.id \
         where m.ticket = ?1 and m.act = ?2 and n.removed_at is null order by n.person limit {MOST}"
    );
    tx.all(&sql, &[Value::Int(ticket), Value::Int(act)])?.iter().map(|row| Ok((row.int(0)?, row.flag(1)?))).collect()
}
