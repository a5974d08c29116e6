//! A register as it is in this installation: its own fields and those the organisation added, with the SQL that follows.

use crate::describe::{Field, Kind, Register};
use std::collections::HashMap;

/// Columns that every record has, in the order every read selects them.
pub const COMMON: &str = "id, reference, organisation, state, version, created_at, updated_at, retired_at";
/// How many of them there are.
pub const COMMON_COUNT: usize = 8;

/// A register with all its fields, and the texts of its statements.
pub struct Shape {
    /// The register.
    pub register: &'static Register,
    /// Its fields, the organisation's own last.
    pub fields: Vec<Field>,
    places: HashMap<&'static str, usize>,
    /// `select id, ..., custom from table`, without a `where`. Columns are qualified by the alias `t`.
    pub select: String,
    /// The same without long texts (`null` in their place): for lists that do not show them.
    pub lean: String,
    /// `insert into table (...) values (...)`.
    pub insert: String,
    /// Whether the table has a `custom` column read (there are fields of the organisation's own).
    pub has_custom: bool,
}

impl Shape {
    /// Puts the fields together and writes the statements.
    pub fn new(register: &'static Register, custom: Vec<Field>) -> Shape {
        let has_custom = !custom.is_empty();
        let fields: Vec<Field> = register.fields.iter().copied().chain(custom).collect();
        let places = fields.iter().enumerate().map(|(place, field)| (field.key, place)).collect();
        let own = columns(&fields);
        Shape {
            register,
            select: select(register, &own, &[]),
            lean: select(register, &own, &long(&fields)),
            insert: insert(register, &own),
            fields,
            places,
            has_custom,
        }
    }
    /// The questions of a verb as a shape, so that its input is parsed, checked and read like a record. It has no table.
    pub fn asked(register: &'static Register, asks: &'static [Field]) -> Shape {
        let places = asks.iter().enumerate().map(|(place, field)| (field.key, place)).collect();
        let none = String::new;
        Shape { register, fields: asks.to_vec(), places, select: none(), lean: none(), insert: none(), has_custom: false }
    }
    /// [`Shape::select`] with `null` in place of all fields but some: for lists that show few of many.
    pub fn narrow(&self, wanted: &dyn Fn(&str) -> bool) -> String {
        let stored = self.fields.iter().filter(|field| field.stored() && !field.custom && !wanted(field.key));
        let without: Vec<String> = stored.flat_map(|field| columns_of(field).map(|suffix| format!("{}{suffix}", field.key))).collect();
        let without: Vec<&str> = without.iter().map(String::as_str).collect();
        select(self.register, &columns(&self.fields), &without)
    }
    /// Where a field stands among the cells of a record.
    pub fn place(&self, key: &str) -> Option<usize> {
        self.places.get(key).copied()
    }
    /// A field by key.
    pub fn field(&self, key: &str) -> Option<&Field> {
        self.place(key).map(|place| &self.fields[place])
    }
    /// The SQL expression of a field's column, qualified by the alias `t`.
    pub fn column(&self, field: &Field) -> String {
        match (field.custom, field.kind) {
            (false, _) => format!("t.{}", field.key),
            (true, Kind::Int { .. } | Kind::Bool | Kind::Time | Kind::Duration | Kind::Level(_) | Kind::Link(_)) => {
                format!("cast(t.custom->>'{}' as bigint)", field.key)
            }
            (true, Kind::Real) => format!("cast(t.custom->>'{}' as double precision)", field.key),
            (true, _) => format!("t.custom->>'{}'", field.key),
        }
    }
}

/// Columns of the fields that live in columns, in order.
fn columns(fields: &[Field]) -> Vec<String> {
    let stored = fields.iter().filter(|field| field.stored() && !field.custom);
    stored.flat_map(|field| columns_of(field).map(|suffix| format!("{}{suffix}", field.key))).collect()
}

/// The columns of a field, as what follows its key in their names. Money and links to anything have two.
pub(super) fn columns_of(field: &Field) -> impl Iterator<Item = &'static str> {
    let second = match field.kind {
        Kind::Money => Some("_currency"),
        Kind::LinkAny => Some("_kind"),
        _ => None,
    };
    std::iter::once("").chain(second)
}

/// Columns of long texts.
fn long(fields: &[Field]) -> Vec<&'static str> {
    fields.iter().filter(|field| !field.listed && matches!(field.kind, Kind::Text { .. })).map(|field| field.key).collect()
}

fn select(register: &Register, own: &[String], without: &[&str]) -> String {
    let common = COMMON.split(", ").map(|column| format!("t.{column}"));
    let one = |column: &String| if without.contains(&column.as_str()) { "null".to_owned() } else { format!("t.{column}") };
    let all: Vec<String> = common.chain(own.iter().map(one)).collect();
    format!("select {}, t.custom from {} t", all.join(", "), register.table)
}

/// Parameters: the common columns, the own columns, `custom`, then the constant column if there is one.
fn insert(register: &Register, own: &[String]) -> String {
    let mut names = format!("{COMMON}{}, custom", own.iter().map(|column| format!(", {column}")).collect::<String>());
    let mut count = COMMON_COUNT + own.len() + 1;
    if let Some((column, _)) = register.within {
        names.push_str(&format!(", {column}"));
        count += 1;
    }
    let marks: Vec<String> = (1..=count).map(|mark| format!("?{mark}")).collect();
    format!("insert into {} ({names}) values ({})", register.table, marks.join(", "))
}
