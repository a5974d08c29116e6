//! Running one statement on PostgreSQL.

use std::ops::ControlFlow;

use postgres::fallible_iterator::FallibleIterator;
use postgres::types::ToSql;
use postgres::{RowIter, Statement};

use super::convert::fits;
use super::{Session, fault};
use crate::marks::dollars;
use crate::{Error, Result, Row, Value};

impl Session {
    /// Gives each row of the answer to `visit` until it breaks.
    pub(crate) fn each(&mut self, sql: &str, args: &[Value], visit: &mut dyn FnMut(&mut Row) -> ControlFlow<()>) -> Result<()> {
        let mut rows = self.query(sql, args)?;
        let mut row = Row::default();
        while let Some(cells) = rows.next().map_err(fault)? {
            row.0.clear();
            row.0.reserve_exact(cells.len());
            for at in 0..cells.len() {
                row.0.push(cells.try_get(at).map_err(fault)?);
            }
            if visit(&mut row).is_break() {
                break;
            }
        }
        Ok(())
    }

    /// Runs a statement and says how many rows it changed.
    pub(crate) fn run(&mut self, sql: &str, args: &[Value]) -> Result<u64> {
        let mut rows = self.query(sql, args)?;
        while rows.next().map_err(fault)?.is_some() {}
        Ok(rows.rows_affected().unwrap_or(0))
    }

    /// Runs several statements without arguments. What was prepared before may have been for another schema.
    pub(crate) fn script(&mut self, sql: &str) -> Result<()> {
        self.statements.clear();
        self.client()?.batch_execute(sql).map_err(fault)
    }

    fn query(&mut self, sql: &str, args: &[Value]) -> Result<RowIter<'_>> {
        let statement = self.prepared(sql)?;
        check(&statement, sql, args)?;
        self.client()?.query_raw(&statement, args.iter().map(|value| value as &dyn ToSql)).map_err(fault)
    }

    fn prepared(&mut self, sql: &str) -> Result<Statement> {
        if let Some(statement) = self.statements.get(sql) {
            return Ok(statement);
        }
        let text = dollars(sql);
        let statement = self.client()?.prepare(&text).map_err(fault).map_err(|error| match error {
            Error::Statement(why) => Error::Statement(format!("{why} in: {sql}")),
            other => other,
        })?;
        self.statements.put(sql, statement.clone());
        Ok(statement)
    }
}

/// Refuses arguments that the server would refuse, before they are sent.
fn check(statement: &Statement, sql: &str, args: &[Value]) -> Result<()> {
    let wanted = statement.params();
    if wanted.len() != args.len() {
        return Err(Error::Statement(format!("{} arguments wanted and {} given for: {sql}", wanted.len(), args.len())));
    }
    match args.iter().zip(wanted).position(|(value, kind)| !fits(value, kind)) {
        None => Ok(()),
        Some(at) => {
            let (value, kind) = (args[at].kind(), &wanted[at]);
            Err(Error::Statement(format!("argument {} is {value} and cannot be sent as {kind}, in: {sql}", at + 1)))
        }
    }
}
