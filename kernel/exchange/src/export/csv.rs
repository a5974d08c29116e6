//! CSV as RFC 4180 says, safe to open in a spreadsheet.

use super::column::Column;
use super::value::Out;
use super::{Shown, unwritten};
use crate::formula::protect;
use csv::{QuoteStyle, Terminator, Writer, WriterBuilder};
use kernel::Result;
use std::io::Write;

/// A table of figures as CSV: a heading and rows, what a spreadsheet would take for a formula made harmless.
pub fn table(heads: &[String], rows: &[Vec<String>]) -> Result<Vec<u8>> {
    // The mark tells spreadsheets that it is UTF-8.
    let mut bytes = "\u{FEFF}".as_bytes().to_vec();
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).flexible(true).from_writer(&mut bytes);
    for row in [heads].into_iter().chain(rows.iter().map(Vec::as_slice)) {
        writer.write_record(row.iter().map(|cell| protect(cell).into_owned())).map_err(unwritten)?;
    }
    writer.flush().map_err(unwritten)?;
    drop(writer);
    Ok(bytes)
}

/// A CSV file being written.
pub(super) struct Sheet<'a> {
    writer: Writer<&'a mut (dyn Write + Send)>,
}

impl<'a> Sheet<'a> {
    /// Writes the heading.
    pub fn begin(out: &'a mut (dyn Write + Send), columns: &[Column], mark: bool) -> Result<Sheet<'a>> {
        if mark {
            out.write_all("\u{FEFF}".as_bytes()).map_err(unwritten)?;
        }
        let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).quote_style(QuoteStyle::Necessary).from_writer(out);
        // Labels of added fields are words that somebody wrote.
        writer.write_record(columns.iter().map(|it| protect(&it.key).into_owned())).map_err(unwritten)?;
        Ok(Sheet { writer })
    }
}

impl super::Sheet for Sheet<'_> {
    fn row(&mut self, columns: &[Column], shown: &Shown) -> Result<()> {
        for column in columns {
            let value = column.value(shown.record, shown.names);
            let written = value.written();
            let safe = if let Out::Text(text) = &value { protect(text) } else { written };
            self.writer.write_field(safe.as_bytes()).map_err(unwritten)?;
        }
        self.writer.write_record(None::<&[u8]>).map_err(unwritten)
    }
    fn end(mut self: Box<Self>) -> Result<()> {
        self.writer.flush().map_err(unwritten)
    }
}
