//! The rows of a file, one after another, each with its line.

use super::encoding::Decoder;
use super::gate::{Budget, Gate, MOST_BYTES};
use super::lines::{Counted, Lines};
use super::table::{Form, Source};
use csv::ByteRecord;
use kernel::{Error, Result};
use serde_json::{Map, Value as Json};
use std::io::{BufRead, BufReader};

/// One row of a file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    /// The line it begins on, from 1.
    pub line: u64,
    /// One value per column of the table; `None` where a JSON object has no such member. A broken row may have any number.
    pub cells: Vec<Option<Json>>,
    /// Why it cannot be used.
    pub broken: Option<String>,
}

impl Row {
    /// Whether no value says anything.
    pub fn is_blank(&self) -> bool {
        self.broken.is_none() && self.cells.iter().flatten().all(|cell| cell.as_str().is_some_and(|text| text.trim().is_empty()))
    }
}

/// A reading of all rows.
pub(super) struct Rows<'a> {
    kind: Kind<'a>,
    columns: &'a [String],
    budget: Budget,
    first: u64,
    ended: bool,
}

type Text<'a> = Gate<Decoder<Whole<'a>>>;

/// The source, lent for one reading of it.
pub(super) type Whole<'a> = &'a mut (dyn Source + 'static);

enum Kind<'a> {
    Csv { reader: Box<csv::Reader<Counted<Text<'a>>>>, record: ByteRecord, lines: Lines },
    Lines { reader: BufReader<Text<'a>>, line: String, number: u64 },
}

impl<'a> Rows<'a> {
    /// Rows of a source that stands at its first row (CSV: at the heading, if `skip_heading`).
    pub fn new(source: Decoder<Whole<'a>>, form: Form, columns: &'a [String], first_line: u64, skip_heading: bool) -> Rows<'a> {
        let (gate, budget) = Gate::new(source);
        let kind = match form {
            Form::Csv { delimiter } => {
                let mut builder = csv::ReaderBuilder::new();
                builder.delimiter(delimiter).has_headers(skip_heading).flexible(true);
                let (counted, lines) = Counted::new(gate);
                Kind::Csv { reader: Box::new(builder.from_reader(counted)), record: ByteRecord::new(), lines }
            }
            Form::JsonLines => Kind::Lines { reader: BufReader::new(gate), line: String::new(), number: 0 },
        };
        Rows { kind, columns, budget, first: first_line, ended: false }
    }

    fn row(&mut self) -> Result<Option<Row>> {
        let Rows { kind, columns, first, .. } = self;
        match kind {
            Kind::Csv { reader, record, lines } => {
                let begins = reader.position().byte();
                if !reader.read_byte_record(record).map_err(|fault| unread(&self.budget, &fault, *first + lines.before(begins)))? {
                    return Ok(None);
                }
                let line = *first + lines.before(record.position().map_or(begins, |at| at.byte()));
                Ok(Some(csv_row(record, columns.len(), line)))
            }
            Kind::Lines { reader, line, number } => loop {
                line.clear();
                if reader.read_line(line).map_err(|fault| unread(&self.budget, &fault, *number + 1))? == 0 {
                    return Ok(None);
                }
                *number += 1;
                if !line.trim().is_empty() {
                    return Ok(Some(json_row(line.trim(), columns, *number)));
                }
                self.budget.renew();
            },
        }
    }

    /// The members of the next JSON object in their order; for a survey of the columns. None at the end or for CSV.
    pub fn keys(&mut self) -> Result<Option<Vec<String>>> {
        let Kind::Lines { reader, line, number } = &mut self.kind else { return Ok(None) };
        line.clear();
        self.budget.renew();
        if reader.read_line(line).map_err(|fault| unread(&self.budget, &fault, *number + 1))? == 0 {
            return Ok(None);
        }
        *number += 1;
        let object: Option<Map<String, Json>> = serde_json::from_str(line).ok();
        Ok(Some(object.map(|it| it.into_iter().map(|(key, _)| key).collect()).unwrap_or_default()))
    }
}

impl Iterator for Rows<'_> {
    type Item = Result<Row>;

    fn next(&mut self) -> Option<Result<Row>> {
        if self.ended {
            return None;
        }
        self.budget.renew();
        let row = self.row();
        self.ended = !matches!(row, Ok(Some(_)));
        row.transpose()
    }
}

fn unread(budget: &Budget, fault: &dyn std::fmt::Display, line: u64) -> Error {
    if budget.is_spent() {
        return Error::TooLarge(format!(
            "The row that begins on line {line} does not end within {} MB; a quote is probably not closed there. Nothing from that line on \
             was read. Mend the line and run the import again: rows already in are not added twice.",
            MOST_BYTES >> 20
        ));
    }
    super::unreadable(fault)
}

fn csv_row(record: &ByteRecord, width: usize, line: u64) -> Row {
    let text = |cell: &[u8]| Some(Json::String(String::from_utf8_lossy(cell).into_owned()));
    let mut cells: Vec<Option<Json>> = record.iter().map(text).collect();
    // Spreadsheets end rows with separators for columns they once had.
    while cells.len() > width && cells.last().is_some_and(|cell| *cell == Some(Json::String(String::new()))) {
        cells.pop();
    }
    let broken = if cells.len() != width {
        Some(format!("The row has {} values where the heading has {width}. Mend quotes and separators.", cells.len()))
    } else if record.as_slice().windows(3).any(|it| it == "\u{FFFD}".as_bytes()) {
        Some("The row has bytes that are no UTF-8. Save the file as UTF-8 again.".to_owned())
    } else {
        None
    };
    Row { line, cells, broken }
}

fn json_row(line: &str, columns: &[String], number: u64) -> Row {
    let broken = |why: String| Row { line: number, cells: vec![Some(Json::from(line))], broken: Some(why) };
    if line.contains('\u{FFFD}') {
        return broken("The line has bytes that are no UTF-8. Save the file as UTF-8 again.".into());
    }
    match serde_json::from_str(line) {
        Ok(Json::Object(mut object)) => {
            Row { line: number, cells: columns.iter().map(|column| object.remove(column)).collect(), broken: None }
        }
        Ok(_) => broken("The line is no JSON object. Write one object a line.".into()),
        Err(fault) => broken(format!("The line is no JSON: {fault}.")),
    }
}
