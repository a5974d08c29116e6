//! A workbook (ECMA-376), written as a stream: numbers and yes-or-no as such, everything else as text, no formula ever.

use super::column::Column;
use super::value::Out;
use super::{Shown, unwritten};
use kernel::Result;
use std::fmt::Write as _;
use std::io::Write;
use zip::write::{SimpleFileOptions, StreamWriter};
use zip::{CompressionMethod, ZipWriter};

/// Rows of a sheet, heading included. Further ones go to another sheet.
const MOST_ROWS: u32 = 1_048_576;
/// Characters (UTF-16) of a cell.
const MOST_CHARACTERS: usize = 32_767;
/// Whole numbers beyond this lose digits in a spreadsheet, so they are written as text.
const EXACT: u64 = 999_999_999_999_999;

const BEGINS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>"#;
const ENDS: &str = "</sheetData></worksheet>";

/// A workbook being written.
pub(super) struct Sheet<'a> {
    zip: ZipWriter<StreamWriter<&'a mut (dyn Write + Send)>>,
    name: String,
    letters: Vec<String>,
    headings: Vec<String>,
    sheets: u32,
    row: u32,
    line: String,
}

impl<'a> Sheet<'a> {
    /// Begins the first sheet with its heading.
    pub fn begin(out: &'a mut (dyn Write + Send), columns: &[Column], name: &str) -> Result<Sheet<'a>> {
        let mut sheet = Sheet {
            zip: ZipWriter::new_stream(out),
            name: name.chars().filter(|c| !r"[]:*?/\'".contains(*c)).take(24).collect(),
            letters: (0..columns.len()).map(letters).collect(),
            headings: columns.iter().map(|it| it.key.clone()).collect(),
            sheets: 0,
            row: 0,
            line: String::new(),
        };
        sheet.next_sheet()?;
        Ok(sheet)
    }

    fn part(&mut self, name: &str, content: &str) -> Result<()> {
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        self.zip.start_file(name, options).map_err(unwritten)?;
        self.zip.write_all(content.as_bytes()).map_err(unwritten)
    }

    fn next_sheet(&mut self) -> Result<()> {
        if self.sheets > 0 {
            self.zip.write_all(ENDS.as_bytes()).map_err(unwritten)?;
        }
        self.sheets += 1;
        self.row = 0;
        self.part(&format!("xl/worksheets/sheet{}.xml", self.sheets), BEGINS)?;
        let headings: Vec<Out> = self.headings.iter().cloned().map(Out::Text).collect();
        self.cells(headings.into_iter())
    }

    fn cells(&mut self, values: impl Iterator<Item = Out>) -> Result<()> {
        self.row += 1;
        self.line.clear();
        let _ = write!(self.line, r#"<row r="{}">"#, self.row);
        for (value, letters) in values.zip(&self.letters) {
            cell(&mut self.line, letters, self.row, &value);
        }
        self.line.push_str("</row>");
        self.zip.write_all(self.line.as_bytes()).map_err(unwritten)
    }

    fn book(&mut self) -> Result<()> {
        const MAIN: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml";
        const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
        const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;
        let (mut types, mut links, mut sheets) = (String::new(), String::new(), String::new());
        for number in 1..=self.sheets {
            let suffix = if number == 1 { String::new() } else { format!(" {number}") };
            let _ = write!(types, r#"<Override PartName="/xl/worksheets/sheet{number}.xml" ContentType="{MAIN}.worksheet+xml"/>"#);
            let _ = write!(links, r#"<Relationship Id="s{number}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{number}.xml"/>"#);
            let name = format!("{}{suffix}", self.name);
            let _ = write!(sheets, r#"<sheet name="{}" sheetId="{number}" r:id="s{number}"/>"#, escaped(&name));
        }
        self.part(
            "xl/workbook.xml",
            &format!(
                r#"{HEAD}<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="{OFFICE}"><sheets>{sheets}</sheets></workbook>"#
            ),
        )?;
        self.part(
            "xl/_rels/workbook.xml.rels",
            &format!(r#"{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{links}</Relationships>"#),
        )?;
        self.part(
            "_rels/.rels",
            &format!(
                r#"{HEAD}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="book" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
            ),
        )?;
        let rels = "application/vnd.openxmlformats-package.relationships+xml";
        self.part(
            "[Content_Types].xml",
            &format!(
                r#"{HEAD}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="{rels}"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="{MAIN}.sheet.main+xml"/>{types}</Types>"#
            ),
        )
    }
}

impl super::Sheet for Sheet<'_> {
    fn row(&mut self, columns: &[Column], shown: &Shown) -> Result<()> {
        if self.row >= MOST_ROWS {
            self.next_sheet()?;
        }
        self.cells(columns.iter().map(|column| column.value(shown.record, shown.names)))
    }
    fn end(mut self: Box<Self>) -> Result<()> {
        self.zip.write_all(ENDS.as_bytes()).map_err(unwritten)?;
        self.book()?;
        let mut stream = self.zip.finish().map_err(unwritten)?;
        stream.flush().map_err(unwritten)
    }
}

fn cell(line: &mut String, letters: &str, row: u32, value: &Out) {
    let _ = match value {
        Out::None => Ok(()),
        Out::Int(number) if number.unsigned_abs() <= EXACT => write!(line, r#"<c r="{letters}{row}"><v>{number}</v></c>"#),
        Out::Real(number) if number.is_finite() => write!(line, r#"<c r="{letters}{row}"><v>{number}</v></c>"#),
        Out::Bool(yes) => write!(line, r#"<c r="{letters}{row}" t="b"><v>{}</v></c>"#, u8::from(*yes)),
        other => {
            let text = escaped(&fitting(&other.written()));
            write!(line, r#"<c r="{letters}{row}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>"#)
        }
    };
}

/// A text as long as a cell may be, saying so when it was cut.
fn fitting(text: &str) -> String {
    if text.len() <= MOST_CHARACTERS || text.encode_utf16().count() <= MOST_CHARACTERS {
        return text.to_owned();
    }
    const SAID: &str = "… [cut here: a cell holds no more; export as CSV or JSON lines for all of it]";
    let mut room = MOST_CHARACTERS - SAID.encode_utf16().count();
    let fits = |c: &char| {
        let needed = c.len_utf16();
        let fits = room >= needed;
        room = room.saturating_sub(needed);
        fits
    };
    text.chars().take_while(fits).chain(SAID.chars()).collect()
}

/// Escaped for XML: what XML cannot hold is left out, and what a spreadsheet would read as an escape of its own (`_x0041_`) stays.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for (at, c) in text.char_indices() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '_' if own_escape(&text[at..]) => out.push_str("_x005F_"),
            '\n' | '\t' => out.push(c),
            '\r' => out.push_str("&#13;"),
            '\u{FFFE}' | '\u{FFFF}' => {}
            c if c < ' ' => {}
            c => out.push(c),
        }
    }
    out
}

fn own_escape(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() >= 7 && bytes[1] == b'x' && bytes[2..6].iter().all(u8::is_ascii_hexdigit) && bytes[6] == b'_'
}

/// `A`, `B`, ... `Z`, `AA`, ...
fn letters(mut at: usize) -> String {
    let mut all = String::new();
    loop {
        all.insert(0, char::from(b'A' + (at % 26) as u8));
        if at < 26 {
            return all;
        }
        at = at / 26 - 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_letters() {
        assert_eq!([0, 25, 26, 51, 52, 701, 702].map(letters), ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]);
    }

    #[test]
    fn texts_are_escaped_and_cut_visibly() {
        assert_eq!(escaped("a<b>&\"\u{1}_x0041_ _x_"), "a&lt;b&gt;&amp;&quot;_x005F_x0041_ _x_");
        let long = fitting(&"ü".repeat(40_000));
        assert_eq!(long.encode_utf16().count(), MOST_CHARACTERS);
        assert!(long.contains("[cut here"));
        assert_eq!(fitting("short"), "short");
    }
}
