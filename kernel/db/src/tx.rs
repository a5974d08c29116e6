//! The transaction that domain code sees.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::Duration;

use crate::postgres::Session;
use crate::sqlite::Connection;
use crate::{Engine, Error, Result, Row, Value};

/// One transaction. Statements have `?1`, `?2` marks on both engines; a type that PostgreSQL cannot infer needs `CAST(?1 AS bigint)`.
///
/// A statement that fails spoils the transaction: every later one is refused with [`Error::Poisoned`], and nothing is kept.
pub struct Tx<'c> {
    link: Link<'c>,
    attempt: u32,
    time: Option<Duration>,
    fault: Option<Error>,
    statements: u64,
    heard: Option<Vec<(String, Vec<Value>)>>,
    steady: Vec<(&'static str, Arc<[Row]>)>,
}

pub(crate) enum Link<'c> {
    Sqlite(&'c Connection),
    Postgres(&'c mut Session),
}

impl<'c> Tx<'c> {
    pub(crate) fn new(link: Link<'c>, attempt: u32, time: Duration) -> Tx<'c> {
        Tx { link, attempt, time: Some(time), fault: None, statements: 0, heard: None, steady: Vec::new() }
    }

    /// Queries and statements so far.
    pub(crate) fn statements(&self) -> u64 {
        self.statements
    }

    /// Keeps every statement from here on with its arguments, for checks of plans; [`Tx::heard`] hands them out.
    pub fn listen(&mut self) {
        self.heard = Some(Vec::new());
    }

    /// The statements since [`Tx::listen`], in order; it listens no longer.
    pub fn heard(&mut self) -> Vec<(String, Vec<Value>)> {
        self.heard.take().unwrap_or_default()
    }

    /// Counts a statement that is about to be run.
    fn count(&mut self, sql: &str, args: &[Value]) {
        self.statements += 1;
        if let Some(heard) = &mut self.heard {
            heard.push((sql.to_owned(), args.to_vec()));
        }
    }

    /// The failure that keeps this transaction from being committed, for a closure that answered as if there were none.
    pub(crate) fn spoilt(&self) -> Option<Error> {
        self.fault.as_ref().map(|fault| match fault {
            Error::Conflict | Error::Offline(_) => fault.clone(),
            other => Error::Poisoned(other.to_string()),
        })
    }

    /// The failure after which the closure is to be run again.
    pub(crate) fn again(&self) -> Option<Error> {
        self.fault.clone().filter(|fault| matches!(fault, Error::Conflict | Error::Offline(_)))
    }

    /// Which engine this is. For the few statements that differ; domain code has no use for it.
    pub fn engine(&self) -> Engine {
        match self.link {
            Link::Sqlite(_) => Engine::Sqlite,
            Link::Postgres(_) => Engine::Postgres,
        }
    }

    /// Whether nothing can be written in it: what it reads is committed, and will not be undone.
    pub fn reads_only(&self) -> bool {
        match &self.link {
            Link::Sqlite(connection) => connection.reads_only(),
            Link::Postgres(session) => session.reads_only(),
        }
    }

    /// How often this closure was run before, and undone: 0 at first. What an earlier run did is not in the database.
    pub fn attempt(&self) -> u32 {
        self.attempt
    }

    /// Does one thing with the connection, unless an earlier thing failed.
    fn act<T>(&mut self, act: impl FnOnce(&mut Link<'c>, Option<Duration>) -> Result<T>) -> Result<T> {
        if let Some(fault) = &self.fault {
            return Err(Error::Poisoned(fault.to_string()));
        }
        let result = act(&mut self.link, self.time);
        if let Err(error) = &result {
            self.fault = Some(error.clone());
        }
        result
    }

    fn visit(&mut self, sql: &str, args: &[Value], visit: &mut dyn FnMut(&mut Row) -> ControlFlow<()>) -> Result<()> {
        self.count(sql, args);
        self.act(|link, time| {
            leaves_transaction_alone(sql)?;
            match link {
                Link::Sqlite(connection) => connection.each(sql, args, time, visit),
                Link::Postgres(session) => session.each(sql, args, visit),
            }
        })
    }

    /// All rows of a query. The query must have a limit; for long results use [`Tx::each`].
    pub fn all(&mut self, sql: &str, args: &[Value]) -> Result<Vec<Row>> {
        let mut rows = Vec::new();
        self.visit(sql, args, &mut |row| {
            rows.push(std::mem::take(row));
            ControlFlow::Continue(())
        })?;
        Ok(rows)
    }

    /// All rows of a query that is asked again and again. While nothing can be written, they are what the first asking gave.
    pub fn steady(&mut self, sql: &'static str) -> Result<Arc<[Row]>> {
        if let Some((_, rows)) = self.steady.iter().find(|(asked, _)| *asked == sql) {
            return Ok(Arc::clone(rows));
        }
        let rows: Arc<[Row]> = self.all(sql, &[])?.into();
        if self.reads_only() {
            self.steady.push((sql, Arc::clone(&rows)));
        }
        Ok(rows)
    }

    /// Gives each row to `f` as it arrives, until it breaks or fails; memory stays that of one row. The time limit of a
    /// statement counts the time spent in `f`. A failure of `f` is returned and does not spoil the transaction.
    pub fn each(&mut self, sql: &str, args: &[Value], f: &mut dyn FnMut(&Row) -> Result<ControlFlow<()>>) -> Result<()> {
        let mut failed = None;
        self.visit(sql, args, &mut |row| match f(row) {
            Ok(flow) => flow,
            Err(error) => {
                failed = Some(error);
                ControlFlow::Break(())
            }
        })?;
        failed.map_or(Ok(()), Err)
    }

    /// The first row, if there is one.
    pub fn maybe(&mut self, sql: &str, args: &[Value]) -> Result<Option<Row>> {
        let mut first = None;
        self.visit(sql, args, &mut |row| {
            first = Some(std::mem::take(row));
            ControlFlow::Break(())
        })?;
        Ok(first)
    }

    /// The first row; [`Error::NotFound`], which does not spoil the transaction, if there is none.
    pub fn one(&mut self, sql: &str, args: &[Value]) -> Result<Row> {
        self.maybe(sql, args)?.ok_or(Error::NotFound)
    }

    /// Runs a statement and says how many rows it changed.
    pub fn run(&mut self, sql: &str, args: &[Value]) -> Result<u64> {
        self.count(sql, args);
        self.act(|link, time| {
            leaves_transaction_alone(sql)?;
            match link {
                Link::Sqlite(connection) => connection.run(sql, args, time),
                Link::Postgres(session) => session.run(sql, args),
            }
        })
    }

    /// Runs several statements without arguments, in the common language of migrations (`migrations/README.md`). For migrations only.
    pub fn script(&mut self, sql: &str) -> Result<()> {
        self.act(|link, time| match link {
            Link::Sqlite(connection) => connection.script(sql, time),
            Link::Postgres(session) => session.script(sql),
        })
    }

    /// Changes how long one statement of this transaction may take; `None` is without limit. For migrations and nightly work.
    pub fn set_statement_time(&mut self, time: Option<Duration>) -> Result<()> {
        self.act(|link, _| match link {
            Link::Sqlite(_) => Ok(()),
            Link::Postgres(session) => {
                session.script(&format!("SET LOCAL statement_timeout = {}", time.map_or(0, |time| time.as_millis().max(1))))
            }
        })?;
        self.time = time;
        Ok(())
    }

    /// The next number of a sequence made by [`Tx::ensure_sequence`]. Never given twice; a transaction that is undone leaves a gap on PostgreSQL.
    pub fn next_number(&mut self, sequence: &str) -> Result<i64> {
        let row = match self.engine() {
            Engine::Sqlite => self.maybe("UPDATE sequence SET value = value + 1 WHERE name = ?1 RETURNING value", &[sequence.into()])?,
            Engine::Postgres => {
                self.maybe("SELECT nextval(CAST(CAST(?1 AS text) AS regclass))", &[Value::Text(format!("seq_{sequence}"))])?
            }
        };
        row.ok_or_else(|| Error::Statement(format!("no sequence {sequence}")))?.int(0)
    }

    /// Makes a sequence if there is none, and sees to it that its next number is `at_least` this or more. The name is of
    /// small letters, digits and `_`. Not for every request: on PostgreSQL raising a sequence waits for those using it.
    pub fn ensure_sequence(&mut self, name: &str, at_least: i64) -> Result<()> {
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
        if name.is_empty() || name.len() > 50 || !name.bytes().all(plain) {
            return Err(Error::Statement(format!("{name:?} cannot name a sequence")));
        }
        match self.engine() {
            Engine::Sqlite => self.ensure_in_table(name, at_least),
            Engine::Postgres => self.ensure_in_server(name, at_least),
        }
    }

    fn ensure_in_table(&mut self, name: &str, at_least: i64) -> Result<()> {
        self.run("CREATE TABLE IF NOT EXISTS sequence (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID", &[])?;
        let sql = "INSERT INTO sequence(name, value) VALUES(?1, ?2) ON CONFLICT(name) DO UPDATE SET value = max(value, excluded.value)";
        self.run(sql, &[name.into(), (at_least.max(1) - 1).into()]).map(drop)
    }

    fn ensure_in_server(&mut self, name: &str, at_least: i64) -> Result<()> {
        let at_least = at_least.max(1);
        let there =
            self.maybe("SELECT 1 FROM pg_class WHERE oid = to_regclass(CAST(?1 AS text))", &[Value::Text(format!("seq_{name}"))])?;
        if there.is_none() {
            return self.script(&format!("CREATE SEQUENCE IF NOT EXISTS seq_{name} MINVALUE 1 START {at_least}"));
        }
        let next = format!("SELECT CASE WHEN is_called THEN last_value + 1 ELSE last_value END FROM seq_{name}");
        if self.one(&next, &[])?.int(0)? >= at_least {
            return Ok(());
        }
        // ALTER SEQUENCE holds off nextval until this transaction ends, so that the number read below is still the last.
        self.script(&format!("ALTER SEQUENCE seq_{name} OWNED BY NONE"))?;
        let now = self.one(&next, &[])?.int(0)?;
        if now >= at_least { Ok(()) } else { self.script(&format!("ALTER SEQUENCE seq_{name} RESTART WITH {at_least}")) }
    }

    /// Waits until no other transaction holds the lock of this name, and holds it to the end of this one. SQLite has one writer and needs none.
    pub fn lock(&mut self, name: &str) -> Result<()> {
        match self.engine() {
            Engine::Sqlite => Ok(()),
            Engine::Postgres => self.maybe("SELECT pg_advisory_xact_lock(hashtextextended(?1, 0))", &[name.into()]).map(drop),
        }
    }

    /// The number of this transaction, to be stored with an entry of a log that others follow; see [`Tx::visible_below`]. 0 on SQLite.
    pub fn transaction_number(&mut self) -> Result<i64> {
        self.number(Tx::transaction_number_sql(self.engine()))
    }

    /// A reader that follows a log in order of a sequence would skip an entry that gets its number early and is committed
    /// late. One that reads only entries whose [`Tx::transaction_number`] is below this number does not. `i64::MAX` on SQLite.
    /// The oldest open write of the whole server holds it back, those in its other databases included.
    pub fn visible_below(&mut self) -> Result<i64> {
        self.number(Tx::visible_below_sql(self.engine()))
    }

    /// [`Tx::transaction_number`] as an expression, to be part of an INSERT.
    pub fn transaction_number_sql(engine: Engine) -> &'static str {
        match engine {
            Engine::Sqlite => "0",
            Engine::Postgres => "pg_current_xact_id()::text::bigint",
        }
    }

    /// A text in small letters as an expression, to be matched with another one of this kind: letters of every alphabet. No index has it.
    /// SQLite's own `lower`, and that of a PostgreSQL database in the locale C, know the letters of ASCII only.
    pub fn lower_sql(expression: &str) -> String {
        format!("{}({expression})", crate::lower::FUNCTION)
    }

    /// [`Tx::visible_below`] as an expression, to be part of a WHERE.
    pub fn visible_below_sql(engine: Engine) -> &'static str {
        match engine {
            Engine::Sqlite => "9223372036854775807",
            Engine::Postgres => "pg_snapshot_xmin(pg_current_snapshot())::text::bigint",
        }
    }

    fn number(&mut self, expression: &str) -> Result<i64> {
        match expression.parse() {
            Ok(constant) => Ok(constant),
            Err(_) => self.one(&format!("SELECT {expression}"), &[])?.int(0),
        }
    }
}

/// Refuses a statement that would end the transaction, and on SQLite those of others with it.
fn leaves_transaction_alone(sql: &str) -> Result<()> {
    const ENDS: [&str; 9] = ["BEGIN", "START", "COMMIT", "END", "ROLLBACK", "ABORT", "SAVEPOINT", "RELEASE", "PREPARE"];
    let text = sql.trim_start();
    let word = &text[..text.bytes().take_while(u8::is_ascii_alphabetic).count()];
    match ENDS.iter().any(|end| word.eq_ignore_ascii_case(end)) {
        true => Err(Error::Statement(format!("a closure does not begin or end transactions: {sql}"))),
        false => Ok(()),
    }
}
