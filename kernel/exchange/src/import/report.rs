//! What an import did.

use crate::progress::grouped;
use std::fmt;

/// Rejections named in a report; the list of rejected rows has all of them.
pub(super) const MOST_NAMED: usize = 1_000;

/// A row that was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejection {
    /// The line it begins on.
    pub line: u64,
    /// Why: a sentence for each thing that is wrong.
    pub reasons: Vec<String>,
}

/// What an import did, or would have done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Name of the source.
    pub source: String,
    /// Rows read so far, blank ones included.
    pub rows: u64,
    /// Rows that made a record.
    pub created: u64,
    /// Rows that changed one.
    pub changed: u64,
    /// Rows that changed nothing.
    pub same: u64,
    /// Rows not taken.
    pub rejected: u64,
    /// Rows without any value.
    pub blank: u64,
    /// The first 1,000 rejections, by line.
    pub rejections: Vec<Rejection>,
    /// Why it ended before the end of the file.
    pub stopped: Option<String>,
    /// What a person should know about the file.
    pub notes: Vec<String>,
    /// Nothing was written.
    pub dry_run: bool,
}

impl Report {
    /// Rows are refused out of order: at once for what they are, with their chunk for what they say, at the end for what they point at.
    pub(super) fn reject(&mut self, line: u64, reasons: &[String]) {
        self.rejected += 1;
        let place = self.rejections.partition_point(|it| it.line <= line);
        if place < MOST_NAMED {
            self.rejections.insert(place, Rejection { line, reasons: reasons.to_vec() });
            self.rejections.truncate(MOST_NAMED);
        }
    }

    /// Whether every row was taken.
    pub fn is_clean(&self) -> bool {
        self.rejected == 0 && self.stopped.is_none()
    }
}

/// One line: `1,200 rows: 1,100 created, 50 changed, 48 the same, 2 rejected.`
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let would = if self.dry_run { "would be " } else { "" };
        write!(f, "{} rows: {} {would}created, {} {would}changed", grouped(self.rows), grouped(self.created), grouped(self.changed))?;
        write!(f, ", {} the same, {} rejected", grouped(self.same), grouped(self.rejected))?;
        if self.blank > 0 {
            write!(f, ", {} blank", grouped(self.blank))?;
        }
        f.write_str(if self.dry_run { ". Nothing was written." } else { "." })?;
        match &self.stopped {
            Some(why) => write!(f, " Stopped: {why}"),
            None => Ok(()),
        }
    }
}
