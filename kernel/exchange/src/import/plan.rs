//! A mapping held against a register and a file: what is done with each row.

use super::currency::is_bare;
use super::dates::{self, Reading};
use super::mapping::{Mapping, Target};
use super::rows::Row;
use super::table::{Form, Table};
use crate::formula::unprotect;
use kernel::describe::{Field, Kind};
use kernel::register::{Shape, Source};
use kernel::who::View;
use kernel::{Error, FieldError, Result};
use serde_json::{Map, Value as Json};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, HashMap};

/// Most characters of what identifies a row.
const MOST_KEY: usize = 400;

/// A checked mapping.
pub(super) struct Plan {
    targets: Vec<Planned>,
    key: Option<usize>,
    pub matching: Option<Matching>,
    empty_clears: bool,
    /// What amounts are in that name no currency.
    currency: Option<String>,
    /// What sort of sender the values come from.
    pub source: Source,
}

struct Planned {
    at: usize,
    field: String,
    days: Option<bool>,
    amount: bool,
    reading: Reading,
    values: BTreeMap<String, String>,
}

/// How a record that is here already is found.
pub(super) struct Matching {
    at: usize,
    /// The field; none: the reference.
    pub field: Option<Field>,
}

/// A row ready to be brought in.
#[derive(Clone)]
pub(super) struct Item {
    /// The row as it was read.
    pub row: Row,
    /// What identifies it in its source.
    pub foreign: String,
    /// Digest of what is sent: the same row later sends the same.
    pub digest: String,
    /// The value to find a record by.
    pub matched: Option<Json>,
    /// What is sent to the register.
    pub fields: Map<String, Json>,
    /// What cannot be sent, so that the row is refused; the register says what else is wrong with it.
    pub wrong: Vec<FieldError>,
}

impl Plan {
    /// Checks a mapping. Amounts without a currency are in `currency`, if there is one.
    ///
    /// # Errors
    /// Columns the file has not, fields that cannot be sent or matched by; all of them at once.
    pub fn new(view: &View, shape: &Shape, table: &Table, mapping: &Mapping, currency: Option<String>) -> Result<Plan> {
        let places: HashMap<&str, usize> = table.columns.iter().enumerate().map(|(at, name)| (name.as_str(), at)).collect();
        let mut wrong = Vec::new();
        let mut targets: Vec<Planned> = Vec::new();
        for (column, target) in &mapping.columns {
            match planned(view, shape, table, &places, mapping, column, target) {
                Ok(planned) if targets.iter().any(|it| it.field == planned.field) => {
                    wrong.push(FieldError::new(column.as_str(), format!("Another column goes to {} already.", planned.field)));
                }
                Ok(planned) => targets.push(planned),
                Err(message) => wrong.push(FieldError::new(column.as_str(), message)),
            }
        }
        let key = mapping.key.as_deref().and_then(|key| {
            let at = places.get(key).copied();
            if at.is_none() {
                wrong.push(FieldError::new("key", format!("The file has no column {key}.")));
            }
            at
        });
        let matching = match mapping.matching.as_deref().map(|key| matching(view, shape, &places, &targets, key)) {
            Some(Ok(found)) => Some(found),
            Some(Err(message)) => {
                wrong.push(FieldError::new("match", message));
                None
            }
            None => None,
        };
        targets.retain(|it| it.field != "reference");
        if targets.is_empty() && wrong.is_empty() {
            wrong.push(FieldError::new("columns", "No column goes to a field. Say which column is which field."));
        }
        if !wrong.is_empty() {
            return Err(Error::Malformed(wrong));
        }
        let source = if table.form == Form::JsonLines { Source::Api } else { Source::Text };
        Ok(Plan { targets, key, matching, empty_clears: mapping.empty_clears, currency, source })
    }

    /// What is done with a row; `Err` says why it cannot be used at all.
    pub fn item(&self, row: Row) -> std::result::Result<Item, (Row, Vec<FieldError>)> {
        if let Some(broken) = &row.broken {
            let wrong = vec![FieldError::new("", broken.as_str())];
            return Err((row, wrong));
        }
        let mut fields = Map::new();
        let mut wrong = Vec::new();
        for target in &self.targets {
            match self.value(target, row.cells.get(target.at).and_then(Option::as_ref)) {
                Ok(Some(value)) => drop(fields.insert(target.field.clone(), value)),
                Ok(None) => {}
                Err(message) => wrong.push(FieldError::new(target.field.as_str(), message)),
            }
        }
        let matched = self.matching.as_ref().and_then(|it| said(row.cells.get(it.at).and_then(Option::as_ref)));
        let digest = hex(&Sha256::digest(Json::Object(fields.clone()).to_string()));
        match self.foreign(&row, matched.as_ref(), &digest) {
            Ok(foreign) => Ok(Item { row, foreign, digest, matched, fields, wrong }),
            Err(message) => {
                wrong.push(FieldError::new("", message));
                Err((row, wrong))
            }
        }
    }

    /// What the file says for each field, in the order of its columns.
    pub fn told<'a>(&'a self, row: &'a Row) -> Vec<(&'a str, String)> {
        let mut targets: Vec<&Planned> = self.targets.iter().collect();
        targets.sort_by_key(|it| it.at);
        let text = |cell: Option<&Json>| match said(cell) {
            Some(Json::String(text)) => text,
            Some(other) => other.to_string(),
            None => String::new(),
        };
        targets.into_iter().map(|it| (it.field.as_str(), text(row.cells.get(it.at).and_then(Option::as_ref)))).collect()
    }

    /// Whether a row without a key of its own is identified by its values.
    pub fn by_values(&self) -> bool {
        self.key.is_none() && self.matching.is_none()
    }

    fn value(&self, target: &Planned, cell: Option<&Json>) -> std::result::Result<Option<Json>, String> {
        let number;
        let text = match cell {
            Some(Json::String(text)) => text,
            Some(Json::Number(it)) if target.amount => {
                number = it.to_string();
                &number
            }
            other => return Ok(other.cloned()),
        };
        let text = if self.source == Source::Text { unprotect(text) } else { text };
        if text.trim().is_empty() {
            return Ok(self.empty_clears.then_some(Json::Null));
        }
        let text = target.values.get(text.trim()).map_or(text, String::as_str);
        match (target.days, &self.currency) {
            (Some(day_only), _) => dates::read(text, day_only, target.reading).map(|text| Some(Json::String(text))),
            (None, Some(currency)) if target.amount && is_bare(text) => Ok(Some(Json::from(format!("{text} {currency}")))),
            _ => Ok(Some(Json::from(text))),
        }
    }

    fn foreign(&self, row: &Row, matched: Option<&Json>, digest: &str) -> std::result::Result<String, String> {
        let text = match self.key {
            Some(at) => said(row.cells.get(at).and_then(Option::as_ref)),
            None if self.matching.is_some() => matched.cloned(),
            None => return Ok(format!("row {digest}")),
        };
        let text = text.map(|it| it.as_str().map_or_else(|| it.to_string(), str::to_owned)).unwrap_or_default();
        let text: String = text.chars().filter(|c| !c.is_control()).collect();
        match text.trim() {
            "" => Err("The row has no value in the column that identifies it.".into()),
            text if text.chars().count() > MOST_KEY => Err(format!("What identifies the row is longer than {MOST_KEY} characters.")),
            text => Ok(text.to_owned()),
        }
    }
}

/// A value that says something.
fn said(cell: Option<&Json>) -> Option<Json> {
    match cell? {
        Json::Null => None,
        Json::String(text) => Some(unprotect(text).trim()).filter(|it| !it.is_empty()).map(Json::from),
        other => Some(other.clone()),
    }
}

fn planned(
    view: &View,
    shape: &Shape,
    table: &Table,
    places: &HashMap<&str, usize>,
    mapping: &Mapping,
    column: &str,
    target: &Target,
) -> std::result::Result<Planned, String> {
    let at = *places.get(column).ok_or_else(|| format!("The file has no such column. It has {}.", table.columns.join(", ")))?;
    let key = target.field();
    let field = shape.field(key).filter(|field| view.reads(shape.register, field));
    let own = match key {
        "organisation" => true,
        "reference" => mapping.matching.as_deref() == Some("reference"),
        _ => field.is_some_and(|field| !field.computed),
    };
    if !own {
        let may = shape.fields.iter().filter(|field| !field.computed && view.reads(shape.register, field)).map(|field| field.key);
        let known: Vec<&str> = may.chain(["organisation"]).collect();
        return Err(format!("There is no field {key} that can be sent. Those that can: {}.", known.join(", ")));
    }
    let (order, values) = match target {
        Target::Field(_) => (None, BTreeMap::new()),
        Target::Read { dates, values, .. } => (*dates, values.clone()),
    };
    let days = field.and_then(|field| match field.kind {
        Kind::Date => Some(true),
        Kind::Time => Some(false),
        _ => None,
    });
    let amount = field.is_some_and(|field| field.kind == Kind::Money);
    let order = order.or(mapping.dates).or_else(|| table.dates.get(at).and_then(|it| it.order()));
    Ok(Planned { at, field: key.to_owned(), days, amount, reading: Reading { order, short_years: mapping.two_digit_years }, values })
}

fn matching(
    view: &View,
    shape: &Shape,
    places: &HashMap<&str, usize>,
    targets: &[Planned],
    key: &str,
) -> std::result::Result<Matching, String> {
    let column = targets.iter().find(|it| it.field == key).map(|it| it.at).or(places.get(key).copied());
    let at = column.ok_or_else(|| format!("No column goes to {key}, so records cannot be found by it."))?;
    if key == "reference" {
        return Ok(Matching { at, field: None });
    }
    let field = shape.field(key).filter(|field| view.reads(shape.register, field)).copied();
    match field {
        Some(field) if matches!(field.kind, Kind::Line { .. } | Kind::Int { .. }) => Ok(Matching { at, field: Some(field) }),
        Some(_) => Err(format!("Records can be found by a line of text or a whole number; {key} is neither.")),
        None => Err(format!("There is no field {key}.")),
    }
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
