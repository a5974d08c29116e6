//! Bringing the schema up to the program.

use std::time::{SystemTime, UNIX_EPOCH};

use sha2::{Digest, Sha256};

use crate::backup::{self, Existing};
use crate::{Database, Engine, Error, Result, Row, Tx, ddl, lower};

/// One step of the schema. Once released its text never changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Migration {
    /// Steps are applied in ascending order; numbers start at 1 and have no gaps to fill later.
    pub number: i64,
    /// What it is for, as in the name of its file.
    pub name: &'static str,
    /// One text for both engines; its language is described in `migrations/README.md`.
    pub sql: &'static str,
}

/// A step that was applied now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applied {
    /// Its number.
    pub number: i64,
    /// Its name.
    pub name: String,
}

const TABLE: &str = "CREATE TABLE IF NOT EXISTS migration (number bigint PRIMARY KEY, name text NOT NULL, digest text NOT NULL, applied_at bigint NOT NULL);";

/// Applies the steps that are missing, each in a transaction of its own with its row in the table `migration`
/// (`applied_at` in milliseconds, UTC). Several programs may try at once. Before an existing SQLite file is changed, a copy
/// is kept beside it, named after the first step that it lacks (`reeve.sqlite.before-13`).
///
/// Refused are: a database that has a step the program does not know, a step whose text is another than when it was
/// applied, and a list that is not in order.
pub fn migrate(database: &Database, list: &[Migration]) -> Result<Vec<Applied>> {
    in_order(list)?;
    database.write_wait(|tx| {
        tx.lock("migration")?;
        lower::ensure(tx)?;
        tx.script(TABLE)
    })?;
    let known = list.to_vec();
    let missing = database.read_wait(move |tx| Ok::<_, Error>(missing(&applied(tx)?, &known)?.len()))?;
    if missing == 0 {
        return Ok(Vec::new());
    }
    keep_copy(database, list, list[list.len() - missing])?;
    let mut done = Vec::new();
    for step in &list[list.len() - missing..] {
        let (step, known) = (*step, list.to_vec());
        let new = database.write_wait(move |tx| apply(tx, &known, &step)).map_err(|error| explain(&step, error))?;
        if new {
            tracing::info!(number = step.number, name = step.name, "schema changed");
            done.push(Applied { number: step.number, name: step.name.into() });
        }
    }
    Ok(done)
}

/// The number of the last step of a database, 0 for an empty one.
pub fn newest(tx: &mut Tx<'_>) -> Result<i64> {
    let there = match tx.engine() {
        Engine::Sqlite => tx.maybe("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'migration'", &[])?,
        Engine::Postgres => tx.maybe("SELECT 1 WHERE to_regclass('migration') IS NOT NULL", &[])?,
    };
    match there {
        None => Ok(0),
        Some(_) => tx.one("SELECT coalesce(max(number), 0) FROM migration", &[])?.int(0),
    }
}

fn in_order(list: &[Migration]) -> Result<()> {
    let wrong = list.windows(2).find(|pair| pair[0].number >= pair[1].number);
    match wrong {
        Some(pair) => Err(Error::Refused(format!("migration {} does not come after {}", pair[1].number, pair[0].number))),
        None if list.first().is_some_and(|first| first.number < 1) => Err(Error::Refused("migrations are numbered from 1".into())),
        None => Ok(()),
    }
}

fn applied(tx: &mut Tx<'_>) -> Result<Vec<Row>> {
    tx.all("SELECT number, digest, name FROM migration ORDER BY number", &[])
}

/// The steps still to apply: those after the ones the database has, which must be the first ones of the list.
fn missing<'a>(applied: &[Row], list: &'a [Migration]) -> Result<&'a [Migration]> {
    for (at, row) in applied.iter().enumerate() {
        let (number, digest) = (row.int(0)?, row.text(1)?);
        let Some(step) = list.get(at).filter(|step| step.number == number) else {
            let last = list.last().map_or(0, |step| step.number);
            let why = if number > last {
                format!(
                    "the database is newer than this program: it has migration {number} ({}), the program knows up to {last}. Use the newer program",
                    row.text(2)?
                )
            } else {
                format!(
                    "the database has migration {number} ({}), which this program does not know. Use the program that made it",
                    row.text(2)?
                )
            };
            return Err(Error::Refused(format!("{why}; nothing was changed")));
        };
        if digest != digest_of(step.sql) {
            return Err(Error::Refused(format!(
                "migration {number} ({}) was applied with another text than this program has; nothing was changed. A released migration never changes: restore its text",
                step.name
            )));
        }
    }
    Ok(&list[applied.len()..])
}

/// Applies one step, unless another program did so in the meantime.
fn apply(tx: &mut Tx<'_>, list: &[Migration], step: &Migration) -> Result<bool> {
    tx.lock("migration")?;
    tx.set_statement_time(None)?;
    if !missing(&applied(tx)?, list)?.iter().any(|open| open.number == step.number) {
        return Ok(false);
    }
    let sql = ddl::section(step.sql, tx.engine()).map_err(|line| Error::Statement(format!("unknown section mark: {line}")))?;
    tx.script(&sql)?;
    let sql = "INSERT INTO migration(number, name, digest, applied_at) VALUES(?1, ?2, ?3, ?4)";
    tx.run(sql, &[step.number.into(), step.name.into(), digest_of(step.sql).into(), now().into()])?;
    Ok(true)
}

fn explain(step: &Migration, error: Error) -> Error {
    match error {
        Error::Refused(_) | Error::Lost => error,
        other => Error::Refused(format!("migration {} ({}) failed and left nothing behind: {other}", step.number, step.name)),
    }
}

/// Keeps a copy of a file that has something in it. The writer's turn is held meanwhile: programs that start at once copy one
/// after the other, and none copies what another has already changed.
fn keep_copy(database: &Database, list: &[Migration], next: Migration) -> Result<()> {
    let Some(file) = database.file().cloned() else { return Ok(()) };
    let list = list.to_vec();
    database.write_wait(move |tx| {
        tx.lock("migration")?;
        let applied = applied(tx)?;
        if applied.is_empty() || !missing(&applied, &list)?.contains(&next) {
            return Ok(());
        }
        let copy = backup::beside(&file, &format!("before-{}", next.number));
        backup::copy(&file, &copy, Existing::Replace)?;
        tracing::info!(copy = %copy.display(), "kept a copy of the database before changing its schema");
        Ok(())
    })
}

/// SHA-256 of the text in hexadecimal, whatever line ends a checkout gave it.
fn digest_of(sql: &str) -> String {
    let digest = Sha256::digest(sql.replace("\r\n", "\n").as_bytes());
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn now() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_millis() as i64)
}
