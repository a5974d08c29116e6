//! Putting a backup in the place of a SQLite database.

use std::fs;
use std::path::Path;

use rusqlite::{Connection, OpenFlags};

use crate::backup::{beside, copy_pages, on_disk, publish};
use crate::sqlite::{self, Role, fault};
use crate::tx::Link;
use crate::{Error, Options, Result, Tx};

/// Puts the backup `from` in the place of the database `to`. `newest_known` is the number of the last migration the program has.
///
/// The backup is checked first: whole (every page, index and foreign key) and not newer than the program; otherwise it is
/// refused and nothing is touched. The database must not be in use. What was there before stays beside it as `.replaced`.
pub fn restore(from: &Path, to: &Path, newest_known: i64) -> Result<()> {
    check(from, newest_known)?;
    let part = beside(to, "part");
    let ready = copy_pages(from, &part).and_then(|()| check(&part, newest_known)).and_then(|()| set_aside(to));
    if let Err(error) = ready {
        let _ = fs::remove_file(&part);
        return Err(error);
    }
    publish(&part, to)
}

/// Refuses a backup that is damaged, of another program or newer than this one.
pub fn check(file: &Path, newest_known: i64) -> Result<()> {
    let name = file.display();
    if !file.is_file() {
        return Err(Error::Refused(format!("{name} is not a file; nothing was changed")));
    }
    let number = examine(file)
        .map_err(|why| Error::Refused(format!("{name} is damaged or no database ({why}); nothing was changed. Use another backup")))?;
    match number {
        None => Err(Error::Refused(format!("{name} is a database of another program; nothing was changed"))),
        Some(number) if number > newest_known => Err(Error::Refused(format!(
            "{name} was made by a newer program (migration {number}, this one knows up to {newest_known}); nothing was changed. Restore it with the newer program"
        ))),
        Some(_) => Ok(()),
    }
}

/// Answers a question about a backup, which is only read. Statements take as long as they need.
pub fn within<T, E: From<Error>>(file: &Path, ask: impl FnOnce(&mut Tx<'_>) -> std::result::Result<T, E>) -> std::result::Result<T, E> {
    let options = Options::default();
    let connection = sqlite::Connection::open(file, Role::Read, &options)?;
    connection.control("BEGIN")?;
    let mut tx = Tx::new(Link::Sqlite(&connection), 0, options.statement_time);
    tx.set_statement_time(None)?;
    ask(&mut tx)
}

/// The number of the last migration of a file that is sound.
fn examine(file: &Path) -> std::result::Result<Option<i64>, String> {
    let say = |error: rusqlite::Error| error.to_string();
    let raw = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_WRITE).map_err(say)?;
    let sound: String = raw.query_row("PRAGMA quick_check(1)", [], |row| row.get(0)).map_err(say)?;
    if sound != "ok" {
        return Err(sound);
    }
    let mut statement = raw.prepare("PRAGMA foreign_key_check").map_err(say)?;
    if let Some(row) = statement.query([]).map_err(say)?.next().map_err(say)? {
        let (child, parent): (String, String) = (row.get(0).map_err(say)?, row.get(2).map_err(say)?);
        return Err(format!("a row of {child} points at a row of {parent} that is not there"));
    }
    let known: i64 = raw
        .query_row("SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'migration'", [], |row| row.get(0))
        .map_err(say)?;
    if known == 0 {
        return Ok(None);
    }
    raw.query_row("SELECT coalesce(max(number), 0) FROM migration", [], |row| row.get(0)).map(Some).map_err(say)
}

/// Keeps what is at the destination under another name. Its log goes into the file first: a log left behind would be
/// taken for that of the restored file.
fn set_aside(to: &Path) -> Result<()> {
    if !to.exists() {
        return Ok(());
    }
    let kept = beside(to, "replaced");
    match fold_log(to) {
        Ok(()) => {}
        Err(Error::Busy) => {
            return Err(Error::Refused(format!("{} is in use; nothing was changed. Stop the server and restore again", to.display())));
        }
        // What cannot even be opened is the reason for restoring: it is kept as it is, with its log.
        Err(_) => {
            for log in ["-wal", "-shm"] {
                let with = |path: &Path| std::path::PathBuf::from(format!("{}{log}", path.display()));
                if with(to).exists() {
                    fs::rename(with(to), with(&kept)).map_err(|error| on_disk(to, &error))?;
                }
            }
        }
    }
    if kept.exists() {
        fs::remove_file(&kept).map_err(|error| on_disk(&kept, &error))?;
    }
    // A second name, so that there is a database under the first one at every instant.
    fs::hard_link(to, &kept).or_else(|_| fs::copy(to, &kept).map(drop)).map_err(|error| on_disk(&kept, &error))
}

/// Leaves the mode with a log, which only the sole user of a file can do.
fn fold_log(file: &Path) -> Result<()> {
    let raw = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_WRITE).map_err(fault)?;
    let mode: String = raw.pragma_update_and_check(None, "journal_mode", "DELETE", |row| row.get(0)).map_err(fault)?;
    if mode == "delete" { Ok(()) } else { Err(Error::Busy) }
}
