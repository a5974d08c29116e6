//! `reeve import csv|jsonl FILE...`.

use super::register_of;
use crate::progress::Progress;
use crate::{ColumnGuess, Hint, Mapping, MatchGuess, Options, Report, Table, guess_identity, guess_mapping, read, run};
use db::Database;
use kernel::describe::Register;
use kernel::who::View;
use kernel::{Error, House, Result};
use std::fs::{self, File};
use std::io::{self, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What is to be imported.
#[derive(Clone, Debug, Default)]
pub struct ImportFiles {
    /// The files are JSON lines, not CSV.
    pub json_lines: bool,
    /// The files.
    pub files: Vec<PathBuf>,
    /// Kind of record: `people`.
    pub kind: String,
    /// File of the mapping; none: guessed by names and values.
    pub mapping: Option<PathBuf>,
    /// The column that identifies a row in its source, instead of the mapping's.
    pub key: Option<String>,
    /// The field by which records that are here are found, instead of the mapping's.
    pub matching: Option<String>,
    /// Name of the source, instead of the mapping's; without either, the file's name without endings, dates and numbers.
    pub source: Option<String>,
    /// Where rejected rows go; none: beside each file, as `FILE.rejects.csv`.
    pub rejects: Option<PathBuf>,
    /// Try everything and keep nothing.
    pub dry_run: bool,
}

/// Imports files one after another, and answers with a report of each. How it goes is said on standard error.
///
/// # Errors
/// Unknown kind; a file or mapping that cannot be read; a guess that needs a person's word. Files before are in by then.
pub fn import_files(db: &Database, house: &Arc<House>, view: &View, wanted: &ImportFiles) -> Result<Vec<(PathBuf, Report)>> {
    let register = register_of(house, &wanted.kind)?;
    if wanted.rejects.is_some() && wanted.files.len() > 1 {
        return Err(Error::malformed(
            "rejects",
            "One list cannot take the rejected rows of several files. Leave it out: each gets its own.",
        ));
    }
    let mapping = wanted.mapping.as_ref().map(|path| {
        let text = fs::read_to_string(path).map_err(|fault| unread(path, &fault))?;
        Mapping::parse(&text)
    });
    let mapping = mapping.transpose()?;
    let mut reports = Vec::with_capacity(wanted.files.len());
    for file in &wanted.files {
        let report = import_file(db, house, view, register, wanted, mapping.as_ref(), file)?;
        reports.push((file.clone(), report));
    }
    Ok(reports)
}

fn import_file(
    db: &Database,
    house: &Arc<House>,
    view: &View,
    register: &'static Register,
    wanted: &ImportFiles,
    mapping: Option<&Mapping>,
    file: &Path,
) -> Result<Report> {
    let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let opened = File::open(file).map_err(|fault| unread(file, &fault))?;
    let mut table = read(opened, &Hint { name: name.clone(), json_lines: Some(wanted.json_lines), ..Hint::default() })?;
    table.notes.iter().for_each(|note| eprintln!("{name}: {note}"));
    let mut mapping = match mapping {
        Some(mapping) => mapping.clone(),
        None => guessed(house, view, register, wanted, &table, &name)?,
    };
    mapping.key = wanted.key.clone().or(mapping.key);
    mapping.matching = wanted.matching.clone().or(mapping.matching);
    let source = wanted.source.clone().or(mapping.source.clone()).unwrap_or_else(|| source_of(&name));
    let options = Options { source, dry_run: wanted.dry_run };
    let mut rejects = Late::new(wanted.rejects.clone().unwrap_or_else(|| beside(file)), file)?;
    let mut progress = Some(Progress::begin(name.clone(), "rows", Some(table.rows)));
    let mut said = |report: &Report| {
        if let Some(progress) = &mut progress {
            progress.at(report.rows, &remark(report));
        }
        ControlFlow::Continue(())
    };
    let report = run(db, house, view, register, &mut table, &mapping, &options, &mut rejects, &mut said)?;
    if let Some(progress) = progress.take() {
        progress.end(report.rows, &remark(&report));
    }
    if rejects.file.is_some() {
        eprintln!("{name}: rejected rows and why: {}", rejects.path.display());
    }
    Ok(report)
}

fn remark(report: &Report) -> String {
    if report.rejected == 0 { String::new() } else { format!("{} rejected", report.rejected) }
}

/// The mapping of a file for which none was written.
fn guessed(house: &House, view: &View, register: &'static Register, wanted: &ImportFiles, table: &Table, name: &str) -> Result<Mapping> {
    let shape = house.shape(register);
    let (columns, identity) = (guess_mapping(view, &shape, table), guess_identity(&shape, table));
    let mapping = Mapping::guessed(&columns, &identity);
    if mapping.columns.is_empty() {
        return Err(Error::Conflict(format!(
            "{name}: no column is like a field of {}. Nothing was imported; write a mapping and name it with --mapping.",
            register.many.to_lowercase()
        )));
    }
    eprintln!("{name}: read as follows; save this as a mapping, change it and name it with --mapping where it is not right.");
    eprintln!("{}", mapping.write());
    doubtful(&columns, &mapping, name)?;
    if own_references(&identity, wanted) {
        return Err(Error::Conflict(format!(
            "{name}: the column reference has references of {}. If these records are meant, say --match reference; if the file comes \
             from another installation, say --key reference. Nothing was imported.",
            register.many.to_lowercase()
        )));
    }
    Ok(mapping)
}

fn own_references(identity: &MatchGuess, wanted: &ImportFiles) -> bool {
    identity.own_references && wanted.key.is_none() && wanted.matching.is_none()
}

fn doubtful(columns: &[ColumnGuess], mapping: &Mapping, name: &str) -> Result<()> {
    let open: Vec<&str> =
        columns.iter().filter(|it| it.dates_open && mapping.columns.contains_key(&it.column)).map(|it| it.column.as_str()).collect();
    if open.is_empty() {
        return Ok(());
    }
    Err(Error::Conflict(format!(
        "{name}: days in {} can be read with the day or the month first. Say dates = \"day-first\" or \"month-first\" in a mapping. \
         Nothing was imported.",
        open.join(", ")
    )))
}

fn unread(path: &Path, why: &io::Error) -> Error {
    Error::Conflict(format!("{} cannot be read: {why}. Nothing of it was imported.", path.display()))
}

/// `people-2026-11.csv` and `people (2).csv.rejects.csv` both come from `people`.
fn source_of(name: &str) -> String {
    let mut name = name;
    while let Some((stem, ending)) = name.rsplit_once('.')
        && ["csv", "tsv", "txt", "jsonl", "ndjson", "json", "rejects"].contains(&ending.to_ascii_lowercase().as_str())
        && !stem.is_empty()
    {
        name = stem;
    }
    let stem = name.trim_end_matches(|c: char| c.is_ascii_digit() || " -_.()".contains(c));
    if stem.is_empty() { name.to_owned() } else { stem.to_owned() }
}

fn beside(file: &Path) -> PathBuf {
    let mut name = file.file_name().unwrap_or_default().to_owned();
    name.push(".rejects.csv");
    file.with_file_name(name)
}

/// A file that comes to be with its first byte.
struct Late {
    path: PathBuf,
    file: Option<File>,
}

impl Late {
    fn new(path: PathBuf, input: &Path) -> Result<Late> {
        let same = fs::canonicalize(&path).is_ok_and(|it| fs::canonicalize(input).is_ok_and(|input| it == input));
        match same {
            true => Err(Error::malformed("rejects", "The list of rejected rows would replace the file itself. Name another file.")),
            false => Ok(Late { path, file: None }),
        }
    }
}

impl Write for Late {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.file.is_none() && !bytes.is_empty() {
            self.file = Some(File::create(&self.path)?);
        }
        self.file.as_mut().map_or(Ok(0), |file| file.write(bytes))
    }
    fn flush(&mut self) -> io::Result<()> {
        self.file.as_mut().map_or(Ok(()), File::flush)
    }
}

#[cfg(test)]
mod tests {
    use super::source_of;

    #[test]
    fn a_source_is_named_after_its_file_without_dates_and_endings() {
        for name in ["people.csv", "people-2026-11.csv", "people (2).csv", "people.csv.rejects.csv", "people_20261124.JSONL"] {
            assert_eq!(source_of(name), "people", "{name}");
        }
        assert_eq!(source_of("hr.people.csv"), "hr.people");
        assert_eq!(source_of("2026.csv"), "2026");
    }
}
