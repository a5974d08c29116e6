//! Running one statement on SQLite.

use std::ops::ControlFlow;
use std::time::Duration;

use rusqlite::CachedStatement;

use super::convert::store;
use super::{Connection, fault};
use crate::marks::without_locks;
use crate::{Error, Result, Row, Value, ddl};

/// What a caller does with each row.
pub(crate) type Visit<'a> = &'a mut dyn FnMut(&mut Row) -> ControlFlow<()>;

impl Connection {
    /// Gives each row of the answer to `visit` until it breaks. The one `Row` is used again for each.
    pub(crate) fn each(&self, sql: &str, args: &[Value], time: Option<Duration>, visit: Visit<'_>) -> Result<()> {
        let _limit = self.limit(time);
        let mut statement = self.statement(sql, args)?;
        let mut row = Row::default();
        let mut rows = statement.raw_query();
        while let Some(cells) = rows.next().map_err(fault)? {
            // At first, and when the caller has moved the row out, there is none to write over.
            row.0.resize(cells.as_ref().column_count(), Value::Null);
            for (at, value) in row.0.iter_mut().enumerate() {
                store(cells.get_ref(at).map_err(fault)?, value)?;
            }
            if visit(&mut row).is_break() {
                break;
            }
        }
        Ok(())
    }

    /// Runs a statement and says how many rows it changed.
    pub(crate) fn run(&self, sql: &str, args: &[Value], time: Option<Duration>) -> Result<u64> {
        let _limit = self.limit(time);
        let mut statement = self.statement(sql, args)?;
        let reads = statement.readonly();
        let mut count = 0;
        let mut rows = statement.raw_query();
        while rows.next().map_err(fault)?.is_some() {
            count += 1;
        }
        Ok(if reads { count } else { self.raw.changes() })
    }

    /// Runs several statements, translated from the common text of a migration.
    pub(crate) fn script(&self, sql: &str, time: Option<Duration>) -> Result<()> {
        let _limit = self.limit(time);
        self.wrote.set(true);
        self.raw.execute_batch(&ddl::for_sqlite(sql)).map_err(fault)
    }

    fn statement(&self, sql: &str, args: &[Value]) -> Result<CachedStatement<'_>> {
        let text = without_locks(sql);
        let mut statement = self.raw.prepare_cached(&text).map_err(fault)?;
        if statement.parameter_count() != args.len() {
            let (wanted, given) = (statement.parameter_count(), args.len());
            return Err(Error::Statement(format!("{wanted} arguments wanted and {given} given for: {sql}")));
        }
        if !statement.readonly() {
            self.wrote.set(true);
        }
        for (at, value) in args.iter().enumerate() {
            allowed(at, value)?;
            statement.raw_bind_parameter(at + 1, value).map_err(fault)?;
        }
        Ok(statement)
    }
}

/// PostgreSQL's text has no NUL, so SQLite's shall have none either.
fn allowed(at: usize, value: &Value) -> Result<()> {
    match value {
        Value::Text(text) if text.as_bytes().contains(&0) => Err(Error::Statement(format!("argument {} holds a NUL character", at + 1))),
        _ => Ok(()),
    }
}
