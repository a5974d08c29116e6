//! What an import remembers, so that running it again compares instead of adding.

use super::names::Names;
use db::{Tx, Value};
use kernel::Result;
use std::collections::HashMap;
use std::ops::ControlFlow;

/// What an earlier import made of a case: register, id of the record, digest.
pub type Earlier = HashMap<String, (String, i64, String)>;

/// Registers of what a log names.
const NAMED: [&str; 4] = ["people", "teams", "services", "configuration-items"];

/// Who and what an earlier import made.
pub fn names(tx: &mut Tx, source: &str) -> Result<Names> {
    let mut names = Names::new();
    let sql = "select register, foreign_id, record from imported where source = ?1";
    tx.each(sql, &[Value::from(source)], &mut |row| {
        if let Some(target) = NAMED.iter().find(|it| row.text(0) == Ok(**it)) {
            names.insert((target, row.text(1)?.to_owned()), row.int(2)?);
        }
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(names)
}

/// What earlier imports of a source made of its cases.
pub fn earlier(tx: &mut Tx, source: &str) -> Result<Earlier> {
    let mut earlier = Earlier::new();
    let sql = "select foreign_id, register, record, digest from imported where source = ?1 and register in ('incidents', 'requests')";
    tx.each(sql, &[Value::from(source)], &mut |row| {
        earlier.insert(row.text(0)?.to_owned(), (row.text(1)?.to_owned(), row.int(2)?, row.text(3)?.to_owned()));
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(earlier)
}

/// A record of a table by its name within an organisation; the oldest of several.
pub fn by_name(tx: &mut Tx, table: &str, name: &str, organisation: i64) -> Result<Option<i64>> {
    let sql = format!("select id from {table} where name = ?1 and organisation = ?2 and retired_at is null order by id limit 1");
    let row = tx.maybe(&sql, &[Value::from(name), Value::Int(organisation)])?;
    Ok(row.map(|row| row.int(0)).transpose()?)
}

/// Something to remember: what the source calls it, register, id of the record, digest.
pub type Made<'a> = (&'a str, &'a str, i64, String);

/// Remembered with one statement.
const AT_ONCE: usize = 50;

/// Remembers what was made of what; what was remembered of it before is replaced.
pub fn remember(tx: &mut Tx, source: &str, at: i64, made: &[Made]) -> Result<()> {
    for some in made.chunks(AT_ONCE) {
        let mut args = vec![Value::from(source), Value::Int(at)];
        let mut rows = Vec::with_capacity(some.len());
        for (foreign, register, record, digest) in some {
            let first = args.len();
            args.extend([Value::from(*foreign), Value::from(*register), Value::Int(*record), Value::from(digest.as_str())]);
            rows.push(format!("(?1, ?{}, ?{}, ?{}, ?{}, ?2)", first + 1, first + 2, first + 3, first + 4));
        }
        let sql = format!(
            "insert into imported (source, foreign_id, register, record, digest, imported_at) values {} on conflict \
             (source, register, foreign_id) do update set digest = excluded.digest, imported_at = excluded.imported_at",
            rows.join(", ")
        );
        tx.run(&sql, &args)?;
    }
    Ok(())
}
