//! The list of rejected rows: a CSV file that can be mended and imported again.

use super::rows::Row;
use super::table::{LINE, REASON};
use crate::formula::protect;
use csv::{Terminator, Writer, WriterBuilder};
use kernel::{Error, Result};
use serde_json::Value as Json;
use std::io::Write;

/// Rows held back so that they are written in the order of their lines; of more, each lot is in order.
const MOST_HELD: usize = 20_000;

/// A list being written; it stays empty, without a heading even, while nothing is rejected.
pub(super) struct Rejects<'a> {
    writer: Writer<&'a mut dyn Write>,
    columns: Vec<String>,
    held: Vec<(Row, Vec<String>)>,
    begun: bool,
}

impl<'a> Rejects<'a> {
    /// A list of rows with these columns.
    pub fn new(out: &'a mut dyn Write, columns: &[String]) -> Rejects<'a> {
        let writer = WriterBuilder::new().terminator(Terminator::CRLF).flexible(true).from_writer(out);
        Rejects { writer, columns: columns.to_vec(), held: Vec::new(), begun: false }
    }

    /// Adds a row.
    pub fn add(&mut self, row: &Row, reasons: &[String]) -> Result<()> {
        self.held.push((row.clone(), reasons.to_vec()));
        if self.held.len() < MOST_HELD { Ok(()) } else { self.write_held() }
    }

    fn write_held(&mut self) -> Result<()> {
        self.held.sort_by_key(|(row, _)| row.line);
        let held = std::mem::take(&mut self.held);
        held.iter().try_for_each(|(row, reasons)| self.write(row, reasons))
    }

    /// Line and reason come first, so that a row with too many values keeps them in their columns.
    fn write(&mut self, row: &Row, reasons: &[String]) -> Result<()> {
        if !self.begun {
            self.begun = true;
            let own = |name: &&String| *name != LINE && *name != REASON;
            let heading = [LINE, REASON].into_iter().chain(self.columns.iter().filter(own).map(String::as_str));
            self.writer.write_record(heading.map(|it| protect(it).into_owned())).map_err(unkept)?;
        }
        let line = row.line.to_string();
        let told = [line, reasons.join(" ")];
        let back = |at: usize| self.columns.get(at).is_some_and(|name| name == LINE || name == REASON);
        let cells = row.cells.iter().enumerate().filter(|(at, _)| !back(*at)).map(|(_, cell)| match cell {
            None | Some(Json::Null) => String::new(),
            Some(Json::String(text)) => text.clone(),
            Some(other) => other.to_string(),
        });
        let all = told.into_iter().chain(cells).map(|text| protect(&text).into_owned());
        self.writer.write_record(all).map_err(unkept)
    }

    /// Sees to it that all of it is written.
    pub fn end(&mut self) -> Result<()> {
        self.write_held()?;
        self.writer.flush().map_err(unkept)
    }
}

fn unkept(why: impl std::fmt::Display) -> Error {
    Error::Conflict(format!(
        "The list of rejected rows cannot be written: {why}. Rows taken so far are in; make room or choose another place and run the \
         import again."
    ))
}
