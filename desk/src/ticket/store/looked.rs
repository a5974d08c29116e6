//! When people last looked at tickets.

use db::{Tx, Value};
use kernel::Result;
use kernel::who::guard::{any_of, mark};
use std::collections::HashMap;

/// When a person last looked at some tickets, and at the one that stands for all.
pub fn of(tx: &mut Tx, person: i64, all: i64, tickets: &[i64]) -> Result<HashMap<i64, i64>> {
    let ids: Vec<i64> = tickets.iter().chain([&all]).copied().collect();
    let mut args = vec![Value::Int(person)];
    let among = any_of("ticket", &ids, &mut args);
    let rows = tx.all(&format!("select ticket, at from looked where person = ?1 and {among}"), &args)?;
    rows.iter().map(|row| Ok((row.int(0)?, row.int(1)?))).collect()
}

/// Written with one statement.
const AT_ONCE: usize = 200;

/// Keeps when people looked at tickets, unless they have looked since.
pub fn keep(tx: &mut Tx, looks: &[((i64, i64), i64)]) -> Result<()> {
    for some in looks.chunks(AT_ONCE) {
        let mut args: Vec<Value> = Vec::with_capacity(some.len() * 3);
        let row = |((person, ticket), at): &((i64, i64), i64)| {
            let marks = [*person, *ticket, *at].map(|value| mark(&mut args, value));
            format!("({})", marks.join(", "))
        };
        let rows: Vec<String> = some.iter().map(row).collect();
        let sql = format!(
            "insert into looked (person, ticket, at) values {} on conflict (person, ticket) do update set at = excluded.at \
             where looked.at < excluded.at",
            rows.join(", ")
        );
        tx.run(&sql, &args)?;
    }
    Ok(())
}

/// Forgets looks of before a moment, but not when somebody first had a queue.
pub fn forget(tx: &mut Tx, all: i64, before: i64) -> Result<usize> {
    Ok(tx.run("delete from looked where at < ?1 and ticket <> ?2", &[Value::Int(before), Value::Int(all)])? as usize)
}
