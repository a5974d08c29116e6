//! A log in memory: every different text once, every row as numbers of texts, rows gathered by case.

use std::collections::HashMap;

/// Number of a text; 0 is no value.
pub type Symbol = u32;

/// Every different text once.
#[derive(Default)]
pub struct Texts {
    texts: Vec<Box<str>>,
    numbers: HashMap<Box<str>, Symbol>,
}

impl Texts {
    /// The number of a text.
    pub fn number(&mut self, text: &str) -> Symbol {
        if let Some(number) = self.numbers.get(text) {
            return *number;
        }
        self.texts.push(text.into());
        let number = self.texts.len() as Symbol;
        self.numbers.insert(text.into(), number);
        number
    }
    /// The text of a number; empty for 0.
    pub fn text(&self, number: Symbol) -> &str {
        number.checked_sub(1).and_then(|at| self.texts.get(at as usize)).map_or("", |it| it)
    }
}

/// One file's rows.
#[derive(Default)]
pub struct Table {
    /// Column names.
    pub header: Vec<String>,
    /// `header.len()` numbers a row.
    cells: Vec<Symbol>,
    /// Place of each row in its file.
    places: Vec<Place>,
}

/// Where a row came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Which input, from 0.
    pub file: u32,
    /// Line in it, from 1.
    pub line: u32,
}

impl Table {
    /// Adds a row, which must have a cell for every column.
    pub fn push(&mut self, cells: &[Symbol], place: Place) {
        self.cells.extend_from_slice(cells);
        self.places.push(place);
    }
    /// A row's cells.
    pub fn row(&self, row: usize) -> &[Symbol] {
        let width = self.header.len();
        &self.cells[row * width..(row + 1) * width]
    }
    /// Where a row came from.
    pub fn place(&self, row: usize) -> Place {
        self.places[row]
    }
    /// The number of rows.
    pub fn len(&self) -> usize {
        self.places.len()
    }
    /// The column of a name.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.header.iter().position(|it| it == name)
    }
}

/// A log as read.
#[derive(Default)]
pub struct Log {
    /// Its texts.
    pub texts: Texts,
    /// The updates.
    pub rows: Table,
    /// One row a case, if there is such a file.
    pub detail: Table,
}

impl Log {
    /// A row with the detail of its case behind it, as [`super::plan::Plan`] counts columns.
    pub fn cell(&self, row: usize, detail: Option<usize>, column: usize) -> Symbol {
        let width = self.rows.header.len();
        match column.checked_sub(width) {
            None => self.rows.row(row)[column],
            Some(column) => detail.map_or(0, |it| self.detail.row(it)[column]),
        }
    }
    /// The column of a name; `detail.NAME` is one of the detail's.
    pub fn column(&self, name: &str) -> Option<usize> {
        match name.strip_prefix("detail.") {
            Some(name) => self.detail.column(name).map(|it| it + self.rows.header.len()),
            None => self.rows.column(name),
        }
    }
}
