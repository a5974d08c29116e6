//! Copying a SQLite database while it is in use.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::OpenFlags;
use rusqlite::backup::{Backup, StepResult};

use crate::sqlite::fault;
use crate::{Error, Result};

/// What to do with a file that is already at the destination.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Existing {
    Refuse,
    Replace,
}

/// Pages of one step, 4 MiB, and the pause after it in which others have the disk.
const PAGES: i32 = 1024;
const PAUSE: Duration = Duration::from_millis(1);

/// Copies the state that the database has now. The copy has its name only once it is whole and on the disk.
pub(crate) fn copy(from: &Path, to: &Path, existing: Existing) -> Result<()> {
    if existing == Existing::Refuse && to.exists() {
        return Err(Error::Refused(format!("{} exists already and was left alone; choose another name", to.display())));
    }
    let part = beside(to, "part");
    let copied = copy_pages(from, &part).and_then(|()| publish(&part, to));
    if copied.is_err() && part.exists() {
        let _ = fs::remove_file(&part);
    }
    copied
}

/// The path with a further ending.
pub(crate) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    name.into()
}

pub(crate) fn copy_pages(from: &Path, to: &Path) -> Result<()> {
    if to.exists() {
        fs::remove_file(to).map_err(|error| on_disk(to, &error))?;
    }
    let source = rusqlite::Connection::open_with_flags(from, OpenFlags::SQLITE_OPEN_READ_WRITE).map_err(fault)?;
    source.busy_timeout(Duration::from_secs(5)).map_err(fault)?;
    // An open read keeps to one state; without it every write of another connection would begin the copy anew.
    source.execute_batch("BEGIN; SELECT count(*) FROM sqlite_schema").map_err(fault)?;
    let mut target = rusqlite::Connection::open(to).map_err(fault)?;
    target.execute_batch("PRAGMA synchronous = OFF; PRAGMA journal_mode = OFF").map_err(fault)?;
    step_through(&Backup::new(&source, &mut target).map_err(fault)?)?;
    // A copy is one file that can be read from where nothing may be written.
    target.execute_batch("PRAGMA journal_mode = DELETE").map_err(fault)
}

fn step_through(backup: &Backup<'_, '_>) -> Result<()> {
    loop {
        match backup.step(PAGES).map_err(fault)? {
            StepResult::Done => return Ok(()),
            StepResult::More => std::thread::sleep(PAUSE),
            _ => std::thread::sleep(PAUSE * 20),
        }
    }
}

/// Gives a finished file its name, so that a crash leaves the old file or the new one.
pub(crate) fn publish(part: &Path, to: &Path) -> Result<()> {
    let sync = |path: &Path| File::open(path).and_then(|file| file.sync_all()).map_err(|error| on_disk(path, &error));
    sync(part)?;
    fs::rename(part, to).map_err(|error| on_disk(to, &error))?;
    let folder = to.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    sync(folder)
}

pub(crate) fn on_disk(path: &Path, error: &std::io::Error) -> Error {
    match error.kind() {
        std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => Error::DiskFull,
        _ => Error::Refused(format!("{}: {error}; nothing was replaced", path.display())),
    }
}
