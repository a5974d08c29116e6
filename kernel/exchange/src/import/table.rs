//! A file that was looked through: its form, columns, first rows and what is odd about it.

use super::dates::Evidence;
use super::encoding::{self, Decoder, Encoding};
use super::rows::{Row, Rows};
use super::{delimiter, unreadable};
use kernel::{Error, Result};
use serde_json::Value as Json;
use std::collections::HashSet;
use std::io::{Read, Seek, SeekFrom};

/// Most rows of a file.
pub(super) const MOST_ROWS: u64 = 1_000_000;
/// Most columns of a file.
pub(super) const MOST_COLUMNS: usize = 200;
/// Most bytes of a file unless the hint says otherwise.
const MOST_BYTES: u64 = 1 << 30;
/// Rows kept to guess and show by.
const SAMPLE: usize = 200;

/// Columns of a list of rejected rows, which such a list may still have when it comes back mended.
pub(super) const LINE: &str = "_line";
/// See [`LINE`].
pub(super) const REASON: &str = "_reason";

/// Where the bytes of a file come from.
pub(super) trait Source: Read + Seek + Send {}
impl<T: Read + Seek + Send> Source for T {}

/// How rows are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Values with a separator between them, a heading first.
    Csv {
        /// The separator, an ASCII character.
        delimiter: u8,
    },
    /// One JSON object a line.
    JsonLines,
}

/// What is known of a file before it is looked at. Everything may be left to be found out.
#[derive(Clone, Debug, Default)]
pub struct Hint {
    /// Its name; an ending `.jsonl` or `.ndjson` means JSON lines.
    pub name: String,
    /// JSON lines (`Some(true)`) or CSV (`Some(false)`), whatever its name.
    pub json_lines: Option<bool>,
    /// The separator, an ASCII character.
    pub delimiter: Option<u8>,
    /// Its encoding, where the bytes would say another.
    pub encoding: Option<Encoding>,
    /// Most bytes it may have; 1 GiB unless said.
    pub most_bytes: Option<u64>,
}

/// A file that can be imported.
pub struct Table {
    /// How rows are written.
    pub form: Form,
    /// How letters are written.
    pub encoding: Encoding,
    /// Headings, each once. A heading that is empty or there twice was given a name of its own.
    pub columns: Vec<String>,
    /// The first rows.
    pub sample: Vec<Row>,
    /// How many rows there are, broken ones included.
    pub rows: u64,
    /// How many of them are broken.
    pub broken: u64,
    /// What a person should know about it.
    pub notes: Vec<String>,
    pub(super) dates: Vec<Evidence>,
    source: Box<dyn Source>,
    begins: u64,
    first_line: u64,
}

/// Looks through a file: form, encoding, separator, heading, and every row once. Nothing of it is kept in memory but a sample.
///
/// # Errors
/// It is no text, has no heading, or is larger than an import takes (1 GiB, 1,000,000 rows, 200 columns), with what to do about it.
pub fn read(source: impl Read + Seek + Send + 'static, hint: &Hint) -> Result<Table> {
    let mut source: Box<dyn Source> = Box::new(source);
    let found = encoding::find(&mut source, hint.most_bytes.unwrap_or(MOST_BYTES))?;
    let encoding = hint.encoding.unwrap_or(found.encoding);
    let head = head(&mut source, found.mark, encoding)?;
    let by_name = || hint.name.ends_with(".jsonl") || hint.name.ends_with(".ndjson");
    let json = hint.json_lines.unwrap_or_else(|| by_name() || head.trim_start().starts_with('{'));
    if json && head.trim_start().starts_with('[') {
        return Err(Error::Conflict(
            "This is one JSON array. Write its objects one a line (jq -c '.[]' does it). Nothing was imported.".into(),
        ));
    }
    let (guessed, said) = delimiter::guess(&head);
    let form = if json { Form::JsonLines } else { Form::Csv { delimiter: hint.delimiter.unwrap_or(guessed) } };
    let said = if json { 0 } else { said as u64 };
    let mut table = Table {
        form,
        encoding,
        columns: Vec::new(),
        sample: Vec::new(),
        rows: 0,
        broken: 0,
        notes: found.note.into_iter().collect(),
        dates: Vec::new(),
        source,
        begins: found.mark + if encoding_is_wide(encoding) { said * 2 } else { said },
        first_line: if said > 0 { 2 } else { 1 },
    };
    table.find_columns()?;
    table.survey()?;
    Ok(table)
}

fn encoding_is_wide(encoding: Encoding) -> bool {
    matches!(encoding, Encoding::Utf16Little | Encoding::Utf16Big)
}

/// The beginning of the text.
fn head(source: &mut Box<dyn Source>, mark: u64, encoding: Encoding) -> Result<String> {
    source.seek(SeekFrom::Start(mark)).map_err(|fault| unreadable(&fault))?;
    let mut bytes = Vec::new();
    Decoder::new(source.as_mut(), encoding).take(64 * 1024).read_to_end(&mut bytes).map_err(|fault| unreadable(&fault))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

impl Table {
    /// Its rows from the first on. A row that cannot be used says why; what stops the reading is an error and the last item.
    pub(super) fn rows(&mut self) -> Result<Rows<'_>> {
        self.source.seek(SeekFrom::Start(self.begins)).map_err(|fault| unreadable(&fault))?;
        let source = Decoder::new(self.source.as_mut(), self.encoding);
        Ok(Rows::new(source, self.form, &self.columns, self.first_line, true))
    }

    fn raw_rows(&mut self) -> Result<Rows<'_>> {
        self.source.seek(SeekFrom::Start(self.begins)).map_err(|fault| unreadable(&fault))?;
        let source = Decoder::new(self.source.as_mut(), self.encoding);
        Ok(Rows::new(source, self.form, &[], self.first_line, false))
    }

    fn find_columns(&mut self) -> Result<()> {
        let found = match self.form {
            Form::Csv { .. } => self.heading()?,
            Form::JsonLines => self.members()?,
        };
        if found.is_empty() || found.iter().all(|it| it.is_empty()) {
            let what = if self.form == Form::JsonLines { "no JSON object" } else { "no heading: the first line must name the columns" };
            return Err(Error::Conflict(format!("The file has {what}. Nothing was imported.")));
        }
        if found.len() > MOST_COLUMNS {
            return Err(Error::TooLarge(format!(
                "The file has {} columns; at most {MOST_COLUMNS} can be imported. Leave out those that are not needed.",
                found.len()
            )));
        }
        self.columns = self.named(found);
        Ok(())
    }

    fn heading(&mut self) -> Result<Vec<String>> {
        let first = self.raw_rows()?.next().transpose()?.unwrap_or_default();
        let mut names: Vec<String> = first.cells.iter().flatten().map(|it| tidy(it.as_str().unwrap_or_default())).collect();
        while names.last().is_some_and(String::is_empty) {
            names.pop();
        }
        Ok(names)
    }

    fn members(&mut self) -> Result<Vec<String>> {
        let mut seen = HashSet::new();
        let mut names = Vec::new();
        let mut rows = self.raw_rows()?;
        while let Some(keys) = rows.keys()? {
            for key in keys {
                if names.len() <= MOST_COLUMNS && seen.insert(key.clone()) {
                    names.push(key);
                }
            }
        }
        Ok(names)
    }

    /// Gives each column a name of its own.
    fn named(&mut self, found: Vec<String>) -> Vec<String> {
        let mut seen = HashSet::new();
        let mut names = Vec::with_capacity(found.len());
        for (at, name) in found.into_iter().enumerate() {
            let mut own = if name.is_empty() { format!("column {}", at + 1) } else { name.clone() };
            let mut count = 1;
            while !seen.insert(own.clone()) {
                count += 1;
                own = format!("{name} ({count})");
            }
            if own != name {
                let said = if name.is_empty() { "has no heading".to_owned() } else { format!("is headed {name} like another") };
                self.notes.push(format!("Column {} {said}; it is called {own} here.", at + 1));
            }
            names.push(own);
        }
        names
    }

    /// Goes through all rows once.
    fn survey(&mut self) -> Result<()> {
        let mut dates = vec![Evidence::default(); self.columns.len()];
        let (mut sample, mut count, mut broken) = (Vec::new(), 0, 0);
        let mut stopped = None;
        for row in self.rows()? {
            let row = match row {
                Ok(row) => row,
                Err(error) => {
                    stopped = Some(error.to_string());
                    break;
                }
            };
            count += 1;
            broken += u64::from(row.broken.is_some());
            if row.broken.is_none() {
                for (evidence, cell) in dates.iter_mut().zip(&row.cells) {
                    if let Some(Json::String(text)) = cell {
                        see(evidence, text);
                    }
                }
            }
            if sample.len() < SAMPLE && !row.is_blank() {
                sample.push(row);
            }
        }
        if count > MOST_ROWS {
            return Err(Error::TooLarge(format!(
                "The file has {count} rows; one import takes at most {MOST_ROWS}. Nothing was imported; divide it and import the parts."
            )));
        }
        self.notes.extend(stopped);
        (self.rows, self.broken, self.sample, self.dates) = (count, broken, sample, dates);
        Ok(())
    }
}

fn see(evidence: &mut Evidence, text: &str) {
    if (6..40).contains(&text.len()) && text.starts_with(|c: char| c.is_ascii_digit() || c == ' ') {
        evidence.see(text);
    }
}

/// A heading without control characters and white space at its ends.
fn tidy(name: &str) -> String {
    let plain: String = name.chars().map(|c| if c.is_control() { ' ' } else { c }).filter(|c| *c != '\u{FEFF}').collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}
