//! One JSON object a line, as the API's lists give them.

use super::column::Column;
use super::{Shown, unwritten};
use kernel::Result;
use kernel::register::to_json;
use std::io::{BufWriter, Write};

/// A file of JSON lines being written.
pub(super) struct Sheet<'a> {
    out: BufWriter<&'a mut (dyn Write + Send)>,
    fields: Vec<String>,
    expand: Vec<String>,
}

impl<'a> Sheet<'a> {
    /// Begins; there is no heading.
    pub fn begin(out: &'a mut (dyn Write + Send), fields: &[String], expand: &[String]) -> Sheet<'a> {
        Sheet { out: BufWriter::new(out), fields: fields.to_vec(), expand: expand.to_vec() }
    }
}

impl super::Sheet for Sheet<'_> {
    fn row(&mut self, _: &[Column], shown: &Shown) -> Result<()> {
        let item = to_json(shown.view, shown.record, shown.names, &self.fields, &self.expand);
        writeln!(self.out, "{item}").map_err(unwritten)
    }
    fn end(mut self: Box<Self>) -> Result<()> {
        self.out.flush().map_err(unwritten)
    }
}
