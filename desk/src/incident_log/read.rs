//! Reads the inputs into a [`Log`].

use super::input::{Input, unreadable};
use super::log::{Log, Place, Symbol, Table, Texts};
use super::mapping::{Mapping, Part};
use super::reject::Reject;
use super::report::{Doing, Progress};
use csv::StringRecord;
use kernel::{Error, Result};
use std::sync::atomic::Ordering;

/// Most rows of one import.
const MOST_ROWS: usize = 5_000_000;
/// Rows between two words about progress.
const STEP: usize = 4_096;

/// What reading gave.
pub struct Read {
    /// The log.
    pub log: Log,
    /// The mapping it was read by.
    pub mapping: Mapping,
    /// Rows that are no rows.
    pub rejects: Vec<Reject>,
    /// Names of the inputs.
    pub names: Vec<String>,
}

/// Reads all inputs; without a mapping, the shipped one that recognises the first.
pub fn read(inputs: Vec<Input>, mapping: Option<Mapping>, progress: &mut dyn FnMut(Progress)) -> Result<Read> {
    let names = inputs.iter().map(|it| it.name.clone()).collect();
    let total = inputs.iter().map(|it| it.size).sum();
    let candidates = mapping.map_or_else(Mapping::shipped, |it| Ok(vec![it]))?;
    let (mut log, mut rejects, mut chosen, mut before) = (Log::default(), Vec::new(), None::<Mapping>, 0);
    for (file, input) in inputs.into_iter().enumerate() {
        let (name, size, taken) = (input.name.clone(), input.size, input.taken.clone());
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(input.text()?);
        let header = header(&mut reader, &name)?;
        let (mapping, part) = choose(chosen.take(), &candidates, &header, &name)?;
        let unknown = mapping.unknown.clone();
        chosen = Some(mapping);
        let table = if part == Part::Log { &mut log.rows } else { &mut log.detail };
        if !table.header.is_empty() && table.header != header {
            return Err(Error::Conflict(format!("{name} has other columns than the file before it. Import them one after the other.")));
        }
        table.header = header;
        let mut into = Into { table, texts: &mut log.texts, unknown: &unknown, file: file as u32, last: Vec::new(), rejects: &mut rejects };
        let mut report = || progress(Progress { doing: Doing::Reading, done: before + taken.load(Ordering::Relaxed), total });
        into.all(&mut reader, &name, &mut report)?;
        before += size;
    }
    let mapping = chosen.ok_or_else(|| Error::Conflict("There is no file to import.".into()))?;
    if log.rows.header.is_empty() {
        return Err(Error::Conflict("The file with the updates is missing: only the one with a row a case was given. Name both.".into()));
    }
    Ok(Read { log, mapping, rejects, names })
}

fn header<R: std::io::Read>(reader: &mut csv::Reader<R>, name: &str) -> Result<Vec<String>> {
    let header = reader.headers().map_err(|why| unreadable(name, &why))?;
    Ok(header.iter().map(|it| it.trim_start_matches('\u{feff}').trim().to_owned()).collect())
}

/// The mapping for a file, and which of its files it is. The first file decides on the mapping.
fn choose(chosen: Option<Mapping>, candidates: &[Mapping], header: &[String], name: &str) -> Result<(Mapping, Part)> {
    let candidates = chosen.map_or_else(|| candidates.to_vec(), |it| vec![it]);
    let found = candidates.iter().find_map(|it| it.recognises(header).map(|part| (it.clone(), part)));
    found.ok_or_else(|| {
        let wanted: Vec<String> = candidates.iter().map(|it| format!("{} ({})", it.source, it.columns.join(", "))).collect();
        Error::Conflict(format!(
            "{name} is not a log that a mapping knows. Nothing was imported. Known, with the columns they need: {}. Write a mapping and name it with --mapping.",
            wanted.join("; ")
        ))
    })
}

/// Where rows go.
struct Into<'a> {
    table: &'a mut Table,
    texts: &'a mut Texts,
    unknown: &'a [String],
    file: u32,
    /// The row before, with its texts: neighbours are alike, so that most texts need no search.
    last: Vec<(String, Symbol)>,
    rejects: &'a mut Vec<Reject>,
}

impl Into<'_> {
    fn all<R: std::io::Read>(&mut self, reader: &mut csv::Reader<R>, name: &str, report: &mut dyn FnMut()) -> Result<()> {
        let width = self.table.header.len();
        self.last = vec![(String::new(), 0); width];
        let (mut record, mut cells) = (StringRecord::new(), Vec::with_capacity(width));
        loop {
            let line = reader.position().line();
            match reader.read_record(&mut record) {
                Ok(false) => return Ok(()),
                Ok(true) => self.row(&record, line, &mut cells),
                Err(why) if matches!(why.kind(), csv::ErrorKind::Utf8 { .. }) => self.reject(line, "the row is not UTF-8 text"),
                Err(why) => return Err(unreadable(name, &why)),
            }
            if self.table.len() > MOST_ROWS {
                return Err(Error::TooLarge(format!(
                    "{name} has more than {MOST_ROWS} rows. Nothing was imported; cut the file and import the parts."
                )));
            }
            if self.table.len().is_multiple_of(STEP) {
                report();
            }
        }
    }

    fn row(&mut self, record: &StringRecord, line: u64, cells: &mut Vec<Symbol>) {
        let line = record.position().map_or(line, csv::Position::line);
        if record.len() != self.table.header.len() {
            return self.reject(line, &format!("the row has {} columns, the header {}", record.len(), self.table.header.len()));
        }
        if record.as_slice().contains('\0') {
            return self.reject(line, "the row contains the character NUL");
        }
        cells.clear();
        for (text, last) in record.iter().zip(&mut self.last) {
            if text != last.0 {
                let trimmed = text.trim();
                let none = trimmed.is_empty() || self.unknown.iter().any(|it| it == trimmed);
                last.1 = if none { 0 } else { self.texts.number(trimmed) };
                last.0.clear();
                last.0.push_str(text);
            }
            cells.push(last.1);
        }
        self.table.push(cells, Place { file: self.file, line: line as u32 });
    }

    fn reject(&mut self, line: u64, reason: &str) {
        let place = Place { file: self.file, line: line as u32 };
        self.rejects.push(Reject { place, case: String::new(), reason: reason.to_owned() });
    }
}
