//! Exports: a list as a file, under the same guard, filters and order as on the page.

mod column;
pub(crate) mod csv;
mod json_lines;
mod parquet;
pub(crate) mod value;
mod xlsx;

use self::column::Column;
use db::Tx;
use kernel::describe::Register;
use kernel::register::{Names, Query, Record, names_of, walk};
use kernel::who::View;
use kernel::{Error, House, Result};
use std::io::Write;
use std::ops::ControlFlow;

/// What a file of records can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// RFC 4180, UTF-8. Texts that a spreadsheet would take for formulas get an apostrophe.
    Csv {
        /// Begin with a byte order mark, by which older spreadsheets know UTF-8.
        mark: bool,
    },
    /// CSV for people: labels as headings, names of what is linked, labels of choices, times in the viewer's zone. It does not come back in.
    ReadableCsv,
    /// One JSON object a line, equal to an item of the API's list.
    JsonLines,
    /// A workbook. Numbers are numbers, everything else is text, nothing is a formula.
    Xlsx,
    /// A workbook for people, in the same way.
    ReadableXlsx,
    /// Apache Parquet, snappy; durations in seconds, money with three decimals and its currency beside it.
    Parquet,
}

impl Format {
    /// Those for programs, in the order in which they are offered.
    pub const ALL: [Format; 4] = [Format::Csv { mark: false }, Format::JsonLines, Format::Xlsx, Format::Parquet];

    /// The format of a name or file ending: `csv`, `jsonl`, `xlsx`, `parquet`.
    ///
    /// # Errors
    /// Any other, naming these.
    pub fn parse(name: &str) -> Result<Format> {
        Format::ALL.into_iter().find(|it| it.ending() == name).ok_or_else(|| {
            let known = Format::ALL.map(Format::ending).join(", ");
            Error::malformed("format", format!("There is no such format. Those that exist: {known}."))
        })
    }
    /// What people call it.
    pub fn label(self) -> &'static str {
        match self {
            Format::Csv { .. } | Format::ReadableCsv => "CSV",
            Format::JsonLines => "JSON lines",
            Format::Xlsx | Format::ReadableXlsx => "Excel",
            Format::Parquet => "Parquet",
        }
    }
    /// Whether an import reads it.
    pub fn comes_back(self) -> bool {
        matches!(self, Format::Csv { .. } | Format::JsonLines)
    }
    /// The same for people instead of programs.
    ///
    /// # Errors
    /// It is only for programs.
    pub fn readable(self) -> Result<Format> {
        match self {
            Format::Csv { .. } | Format::ReadableCsv => Ok(Format::ReadableCsv),
            Format::Xlsx | Format::ReadableXlsx => Ok(Format::ReadableXlsx),
            Format::JsonLines | Format::Parquet => {
                Err(Error::malformed("for", "JSON lines and Parquet are for programs. For reading there are csv and xlsx."))
            }
        }
    }
    /// Whether it is for people.
    pub fn is_readable(self) -> bool {
        matches!(self, Format::ReadableCsv | Format::ReadableXlsx)
    }
    /// Its file ending, which is also its name.
    pub fn ending(self) -> &'static str {
        match self {
            Format::Csv { .. } | Format::ReadableCsv => "csv",
            Format::JsonLines => "jsonl",
            Format::Xlsx | Format::ReadableXlsx => "xlsx",
            Format::Parquet => "parquet",
        }
    }
    /// What a server says it is.
    pub fn media(self) -> &'static str {
        match self {
            Format::Csv { .. } | Format::ReadableCsv => "text/csv; charset=utf-8",
            Format::JsonLines => "application/x-ndjson",
            Format::Xlsx | Format::ReadableXlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Format::Parquet => "application/vnd.apache.parquet",
        }
    }
}

/// A record with what is needed to write it.
struct Shown<'a> {
    view: &'a View,
    record: &'a Record,
    names: &'a Names,
}

/// A file being written.
trait Sheet {
    fn row(&mut self, columns: &[Column], shown: &Shown) -> Result<()>;
    fn end(self: Box<Self>) -> Result<()>;
}

/// Rows read at a time.
const PAGE: usize = 500;

/// Writes every record of a list that the viewer may see: the query's conditions and order, its limit and cursor left aside.
/// `columns` are field keys in the order wanted; none: all that the viewer may read. A link field that the query expands
/// is followed by a column `{key}_name` (in JSON lines it becomes an object, as in the API). Answers how many rows there are.
/// Memory stays that of a page.
///
/// # Errors
/// The viewer lacks the grant `export`; a column that does not exist or may not be read; `out` cannot be written.
#[allow(clippy::too_many_arguments, reason = "what is looked at, by whom, and where it goes")]
pub fn export(
    tx: &mut Tx,
    house: &House,
    view: &View,
    register: &'static Register,
    query: &Query,
    columns: &[String],
    format: Format,
    out: &mut (dyn Write + Send),
) -> Result<u64> {
    view.demand(register, "export")?;
    let shape = house.shape(register);
    let chosen = column::columns(view, &shape, query, columns, format.is_readable())?;
    let mut sheet: Box<dyn Sheet + '_> = match format {
        Format::Csv { mark } => Box::new(csv::Sheet::begin(out, &chosen, mark)?),
        // By the mark spreadsheets know what they open by a double click.
        Format::ReadableCsv => Box::new(csv::Sheet::begin(out, &chosen, true)?),
        Format::JsonLines => Box::new(json_lines::Sheet::begin(out, columns, &query.expand)),
        Format::Xlsx | Format::ReadableXlsx => Box::new(xlsx::Sheet::begin(out, &chosen, register.many)?),
        Format::Parquet => Box::new(parquet::Sheet::begin(out, &chosen)?),
    };
    let lean = !chosen.iter().any(Column::is_long);
    let query = Query { limit: PAGE, lean, ..query.clone() };
    let mut rows = 0;
    walk(tx, house, view, register, &query, &mut |tx, records| {
        let names = names_of(tx, house, view, &records, &[])?;
        for record in &records {
            sheet.row(&chosen, &Shown { view, record, names: &names })?;
        }
        rows += records.len() as u64;
        Ok(ControlFlow::Continue(()))
    })?;
    sheet.end()?;
    Ok(rows)
}

/// The file cannot be written.
fn unwritten(why: impl std::fmt::Display) -> Error {
    Error::Conflict(format!(
        "The export cannot be written: {why}. What was written so far is incomplete; make room or choose another place and export again."
    ))
}
