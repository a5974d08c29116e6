//! Apache Parquet: typed columns in groups of rows.

use super::column::{Column, Holds};
use super::value::Out;
use super::{Shown, unwritten};
use kernel::{Error, Result};
use parquet::basic::Compression;
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DoubleType, Int32Type, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::parser::parse_message_type;
use std::io::Write;
use std::sync::Arc;

/// Rows of a group, and bytes of text after which a group ends early: what is held in memory.
const GROUP: usize = 20_000;
const GROUP_BYTES: usize = 8 << 20;

/// A Parquet file being written.
pub(super) struct Sheet<'a> {
    writer: SerializedFileWriter<&'a mut (dyn Write + Send)>,
    held: Vec<Held>,
    rows: usize,
    bytes: usize,
}

/// Values of one column of the file in the group at hand. `there` is 1 for each row that has a value and 0 for the others.
struct Held {
    values: Values,
    there: Vec<i16>,
}

enum Values {
    Text(Vec<ByteArray>),
    Int(Vec<i64>),
    Day(Vec<i32>),
    Real(Vec<f64>),
    Bool(Vec<bool>),
}

impl<'a> Sheet<'a> {
    /// Writes the head of the file.
    pub fn begin(out: &'a mut (dyn Write + Send), columns: &[Column]) -> Result<Sheet<'a>> {
        let message = format!("message reeve {{ {} }}", columns.iter().map(declared).collect::<String>());
        let schema = parse_message_type(&message).map_err(|fault| Error::Fault(fault.to_string()))?;
        let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).set_created_by("Reeve".into()).build();
        let writer = SerializedFileWriter::new(out, Arc::new(schema), Arc::new(properties)).map_err(unwritten)?;
        Ok(Sheet { writer, held: columns.iter().flat_map(held).collect(), rows: 0, bytes: 0 })
    }

    fn flush(&mut self) -> std::result::Result<(), ParquetError> {
        let mut group = self.writer.next_row_group()?;
        for held in &mut self.held {
            if let Some(mut column) = group.next_column()? {
                held.write(&mut column)?;
                column.close()?;
            }
        }
        group.close()?;
        (self.rows, self.bytes) = (0, 0);
        Ok(())
    }
}

impl super::Sheet for Sheet<'_> {
    fn row(&mut self, columns: &[Column], shown: &Shown) -> Result<()> {
        let mut held = self.held.iter_mut();
        for column in columns {
            let value = column.value(shown.record, shown.names);
            if let Out::Text(text) = &value {
                self.bytes += text.len();
            }
            if column.holds == Holds::Money {
                let (amount, currency) = money(value);
                held.next().into_iter().for_each(|held| held.push(amount.clone()));
                held.next().into_iter().for_each(|held| held.push(currency.clone()));
            } else if let Some(held) = held.next() {
                held.push(value);
            }
        }
        self.rows += 1;
        if self.rows >= GROUP || self.bytes >= GROUP_BYTES { self.flush().map_err(unwritten) } else { Ok(()) }
    }
    fn end(mut self: Box<Self>) -> Result<()> {
        if self.rows > 0 {
            self.flush().map_err(unwritten)?;
        }
        self.writer.close().map(drop).map_err(unwritten)
    }
}

fn declared(column: &Column) -> String {
    let key = &column.key;
    match column.holds {
        Holds::Text => format!("optional binary {key} (STRING); "),
        Holds::Int | Holds::Duration => format!("optional int64 {key}; "),
        Holds::Real => format!("optional double {key}; "),
        Holds::Bool => format!("optional boolean {key}; "),
        Holds::Day => format!("optional int32 {key} (DATE); "),
        Holds::Time => format!("optional int64 {key} (TIMESTAMP(MILLIS,true)); "),
        Holds::Money => format!("optional int64 {key} (DECIMAL(18,3)); optional binary {key}_currency (STRING); "),
    }
}

fn held(column: &Column) -> Vec<Held> {
    let one = |values| Held { values, there: Vec::new() };
    let text = || one(Values::Text(Vec::new()));
    match column.holds {
        Holds::Text => vec![text()],
        Holds::Int | Holds::Duration | Holds::Time => vec![one(Values::Int(Vec::new()))],
        Holds::Real => vec![one(Values::Real(Vec::new()))],
        Holds::Bool => vec![one(Values::Bool(Vec::new()))],
        Holds::Day => vec![one(Values::Day(Vec::new()))],
        Holds::Money => vec![one(Values::Int(Vec::new())), text()],
    }
}

/// The amount in thousandths, which every currency's minor unit fits into, and the currency.
fn money(value: Out) -> (Out, Out) {
    let Out::Money(minor, currency) = value else { return (Out::None, Out::None) };
    let written = kernel::register::amount(1, &currency);
    let decimals = written.split_once('.').map_or(0, |(_, part)| part.len() as u32);
    let thousandths = minor.checked_mul(10_i64.pow(3_u32.saturating_sub(decimals)));
    (thousandths.map_or(Out::None, Out::Int), Out::Text(currency))
}

/// Days since the epoch.
fn days(day: &str) -> Option<i32> {
    kernel::time::parse(day).map(|at| at.div_euclid(86_400_000) as i32)
}

impl Held {
    fn push(&mut self, value: Out) {
        let there = match (&mut self.values, value) {
            (Values::Text(all), Out::Text(text)) => keep(all, Some(ByteArray::from(text.into_bytes()))),
            (Values::Int(all), Out::Int(number) | Out::Time(number) | Out::Duration(number)) => keep(all, Some(number)),
            (Values::Day(all), Out::Text(day)) => keep(all, days(&day)),
            (Values::Real(all), Out::Real(number)) => keep(all, Some(number)),
            (Values::Bool(all), Out::Bool(yes)) => keep(all, Some(yes)),
            _ => 0,
        };
        self.there.push(there);
    }

    fn write(&mut self, column: &mut SerializedColumnWriter) -> std::result::Result<(), ParquetError> {
        let there = Some(self.there.as_slice());
        match &self.values {
            Values::Text(all) => column.typed::<ByteArrayType>().write_batch(all, there, None)?,
            Values::Int(all) => column.typed::<Int64Type>().write_batch(all, there, None)?,
            Values::Day(all) => column.typed::<Int32Type>().write_batch(all, there, None)?,
            Values::Real(all) => column.typed::<DoubleType>().write_batch(all, there, None)?,
            Values::Bool(all) => column.typed::<BoolType>().write_batch(all, there, None)?,
        };
        self.there.clear();
        match &mut self.values {
            Values::Text(all) => all.clear(),
            Values::Int(all) => all.clear(),
            Values::Day(all) => all.clear(),
            Values::Real(all) => all.clear(),
            Values::Bool(all) => all.clear(),
        }
        Ok(())
    }
}

fn keep<T>(all: &mut Vec<T>, value: Option<T>) -> i16 {
    let there = i16::from(value.is_some());
    all.extend(value);
    there
}
