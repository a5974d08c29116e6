//! Rows that could not be taken, with the reason; never dropped silently.

use super::log::Place;
use kernel::{Error, Result};
use std::path::Path;

/// A row, or a whole case, that could not be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reject {
    /// Which input and line; line 0 is about the input as a whole.
    pub place: Place,
    /// The case, as far as it is known.
    pub case: String,
    /// What is wrong.
    pub reason: String,
}

/// Writes rejects as CSV: file, line, case, reason.
///
/// # Errors
/// When the file cannot be written.
pub(super) fn write(path: &Path, names: &[String], rejects: &[Reject]) -> Result<()> {
    let failed = |why: &dyn std::fmt::Display| {
        Error::Conflict(format!(
            "The list of rejected rows cannot be written to {}: {why}. Everything else was imported; choose another place and run the import again.",
            path.display()
        ))
    };
    let mut out = csv::Writer::from_path(path).map_err(|why| failed(&why))?;
    out.write_record(["file", "line", "case", "reason"]).map_err(|why| failed(&why))?;
    for reject in rejects {
        let name = names.get(reject.place.file as usize).map_or("", String::as_str);
        let line = reject.place.line.to_string();
        out.write_record([name, &line, &reject.case, &reject.reason]).map_err(|why| failed(&why))?;
    }
    out.flush().map_err(|why| failed(&why))
}
