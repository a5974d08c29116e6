//! `reeve export KIND`.

use super::register_of;
use crate::progress::Progress;
use crate::{Format, export};
use db::{Database, Tx};
use kernel::describe::Register;
use kernel::register::Query;
use kernel::who::View;
use kernel::{Error, House, Result};
use std::fs::{self, File};
use std::io::{self, Write, stdout};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

/// What is to be exported.
#[derive(Clone, Debug, Default)]
pub struct ExportKind {
    /// Kind of record: `incidents`.
    pub kind: String,
    /// `csv`, `jsonl`, `xlsx` or `parquet`.
    pub format: String,
    /// For people: labels, names, times as a clock shows them. Only CSV and XLSX.
    pub readable: bool,
    /// Columns in their order; none: all.
    pub columns: Vec<String>,
    /// Conditions, order and the like, as in the query of a list: `("priority", "1,2")`, `("sort", "-opened_at")`.
    pub query: Vec<(String, String)>,
    /// As it was at this time (RFC 3339).
    pub as_of: Option<String>,
    /// The file to write; none: standard output.
    pub out: Option<PathBuf>,
}

/// Exports a kind of record and answers how many there were. A file appears under its name only when it is whole; until then it is
/// `NAME.part` beside it.
///
/// # Errors
/// Unknown kind, format, column or condition, by name; the viewer lacks the grant; the file cannot be written.
pub fn export_kind(db: &Database, house: &Arc<House>, view: &View, wanted: &ExportKind) -> Result<u64> {
    let register = register_of(house, &wanted.kind)?;
    let format = Format::parse(&wanted.format)?;
    let format = if wanted.readable { format.readable()? } else { format };
    let (out, part): (Box<dyn Write + Send>, _) = match &wanted.out {
        Some(path) => {
            let part = part_of(path);
            (Box::new(File::create(&part).map_err(|fault| unwritten(&part, &fault))?), Some(part))
        }
        None => (Box::new(stdout()), None),
    };
    let counted = Counted { out, progress: Some(Progress::begin(format!("{} ", register.many), "rows", None)), bytes: 0 };
    let done = write(db, house, view, register, wanted, format, counted);
    match (&wanted.out, part) {
        (Some(path), Some(part)) if done.is_ok() => fs::rename(&part, path).map_err(|fault| unwritten(path, &fault))?,
        (_, Some(part)) => drop(fs::remove_file(part)),
        _ => {}
    }
    done
}

fn part_of(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".part");
    path.with_file_name(name)
}

fn write(
    db: &Database,
    house: &Arc<House>,
    view: &View,
    register: &'static Register,
    wanted: &ExportKind,
    format: Format,
    out: Counted,
) -> Result<u64> {
    let (house, view, wanted, out) = (Arc::clone(house), view.clone(), wanted.clone(), Arc::new(Mutex::new(out)));
    let given = Arc::clone(&out);
    let rows = db.read_wait(move |tx: &mut Tx| {
        let mut out = given.lock().unwrap_or_else(|broken| broken.into_inner());
        if tx.attempt() > 0 && out.bytes > 0 {
            return Err(Error::Conflict(
                "The connection to the database broke during the export. What was written is incomplete; export again.".into(),
            ));
        }
        let as_of = wanted.as_of.iter().map(|at| ("as_of".to_owned(), at.clone()));
        let pairs: Vec<(String, String)> = wanted.query.iter().cloned().chain(as_of).collect();
        let query = Query::parse(tx, &house, &view, register, &pairs)?;
        export(tx, &house, &view, register, &query, &wanted.columns, format, &mut *out)
    })?;
    let mut out = out.lock().unwrap_or_else(|broken| broken.into_inner());
    out.flush().map_err(|fault| {
        Error::Conflict(format!("The export cannot be written: {fault}. Make room or choose another place and export again."))
    })?;
    if let Some(progress) = out.progress.take() {
        progress.end(rows, "");
    }
    Ok(rows)
}

fn unwritten(path: &Path, why: &io::Error) -> Error {
    Error::Conflict(format!("{} cannot be written: {why}. Nothing was exported; choose another place.", path.display()))
}

/// Passes bytes on, counts them and says so.
struct Counted {
    out: Box<dyn Write + Send>,
    progress: Option<Progress>,
    bytes: u64,
}

impl Write for Counted {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.out.write(bytes)?;
        self.bytes += count as u64;
        if let Some(progress) = &mut self.progress {
            progress.bytes(self.bytes);
        }
        Ok(count)
    }
    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
