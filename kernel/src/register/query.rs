//! What a list was asked for: read from a query string, the same for pages and the API.

use super::Shape;
use super::filter::{Filter, parse_filter};
use crate::describe::{Field, Kind, Register};
use crate::house::House;
use crate::who::View;
use crate::{Error, FieldError, Result, search, time};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use db::{Tx, Value};
use std::sync::Arc;

/// By what a list is ordered; the id always breaks ties.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sort {
    /// Field key, or `created_at`, `updated_at`, `reference`, `state`.
    pub key: String,
    /// Greatest first.
    pub descending: bool,
}

/// Whether to count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Count {
    /// Do not.
    #[default]
    None,
    /// Up to 10,000, then "10,000+".
    Rough,
    /// All of them.
    Exact,
}

/// Where a page goes on: the sort value and id of the row before it.
#[derive(Clone, Debug, PartialEq)]
pub struct Cursor {
    /// Sort value.
    pub value: Value,
    /// Id.
    pub id: i64,
    /// The page before that row instead of after it.
    pub backwards: bool,
}

/// A question to a register.
#[derive(Clone, Debug)]
pub struct Query {
    /// All must hold.
    pub filters: Vec<Filter>,
    /// Words to search for; empty: none.
    pub q: String,
    /// Look at every hit of the words, not only at the newest ([`search::NEWEST`]). An exact count does so too.
    pub every_hit: bool,
    /// Order.
    pub sort: Sort,
    /// Rows a page: 1 to 200.
    pub limit: usize,
    /// Where to go on.
    pub cursor: Option<Cursor>,
    /// Whether to count.
    pub count: Count,
    /// Fields to give; empty: all the viewer may read.
    pub fields: Vec<String>,
    /// Link fields to give with title.
    pub expand: Vec<String>,
    /// As it was at this time.
    pub as_of: Option<i64>,
    /// Also retired records.
    pub retired: bool,
    /// Leave out long texts that are not listed; with `fields`, everything but those and what the list is ordered by.
    pub lean: bool,
    /// A list of another time may be made from the newest records of that time, where there are too many; the page says so.
    pub newest: bool,
}

/// Most rows a page.
pub const MOST_ROWS: usize = 200;

impl Query {
    /// The register's own order, first page.
    pub fn plain(register: &Register) -> Query {
        Query {
            filters: Vec::new(),
            q: String::new(),
            every_hit: false,
            sort: Sort::read(register.sort),
            limit: 50,
            cursor: None,
            count: Count::None,
            fields: Vec::new(),
            expand: Vec::new(),
            as_of: None,
            retired: false,
            lean: false,
            newest: false,
        }
    }

    /// Whether only the newest hits of the words are looked at, and there are more.
    pub(super) fn misses_hits(&self, tx: &mut Tx, view: &View, register: &'static Register) -> Result<bool> {
        Ok(!self.q.is_empty() && !self.takes_every_hit() && search::beyond(tx, view, register, &self.q)?)
    }

    pub(super) fn takes_every_hit(&self) -> bool {
        self.every_hit || self.count == Count::Exact
    }

    /// Reads a query string. Unknown fields and operators are refused by name; fields the viewer may not read are unknown.
    pub fn parse(tx: &mut Tx, house: &House, view: &View, register: &'static Register, pairs: &[(String, String)]) -> Result<Query> {
        let shape = house.shape(register);
        let mut query = Query::plain(register);
        let mut wrong = Vec::new();
        for (key, value) in pairs {
            if let Err(message) = query.take(tx, house, view, &shape, key, value)? {
                wrong.push(FieldError::new(key.as_str(), message));
            }
        }
        if wrong.is_empty() { Ok(query) } else { Err(Error::Malformed(wrong)) }
    }

    fn take(
        &mut self,
        tx: &mut Tx,
        house: &House,
        view: &View,
        shape: &Arc<Shape>,
        key: &str,
        value: &str,
    ) -> Result<std::result::Result<(), String>> {
        Ok(match key {
            "q" => self.words(value),
            "sort" => self.order(view, shape, value),
            "limit" => self.rows(value),
            "cursor" => self.go_on(value),
            "count" => self.counting(value),
            "fields" => names(view, shape, value).map(|it| self.fields = it),
            "expand" => names(view, shape, value).map(|it| self.expand = it),
            "as_of" => self.then(view, value),
            "retired" => {
                self.retired = value == "true";
                Ok(())
            }
            _ => parse_filter(tx, house, view, shape, key, value)?.map(|filter| self.filters.push(filter)),
        })
    }

    fn then(&mut self, view: &View, value: &str) -> std::result::Result<(), String> {
        let at = time::parse_as_of(value, &view.zone).ok_or("This must be a day, or a time like 2026-11-24T08:00:00Z.")?;
        self.as_of = Some(at);
        Ok(())
    }

    fn words(&mut self, value: &str) -> std::result::Result<(), String> {
        if value.chars().count() > 400 {
            return Err("At most 400 characters can be searched for.".into());
        }
        self.q = value.trim().to_owned();
        Ok(())
    }

    fn order(&mut self, view: &View, shape: &Shape, value: &str) -> std::result::Result<(), String> {
        let sort = Sort::read(value);
        let common = ["created_at", "updated_at", "reference", "state"].contains(&sort.key.as_str());
        let field = shape.field(&sort.key).filter(|field| sortable(field) && view.reads(shape.register, field));
        if !common && field.is_none() {
            let may = shape.fields.iter().filter(|field| sortable(field) && view.reads(shape.register, field)).map(|field| field.key);
            let known: Vec<&str> = ["created_at", "updated_at", "reference", "state"].into_iter().chain(may).collect();
            return Err(format!("There is no such field to sort by. Those that exist: {}.", known.join(", ")));
        }
        self.sort = sort;
        Ok(())
    }

    fn rows(&mut self, value: &str) -> std::result::Result<(), String> {
        let rows = value.parse().ok().filter(|rows| (1..=MOST_ROWS).contains(rows));
        rows.map(|rows| self.limit = rows).ok_or(format!("This must be a whole number from 1 to {MOST_ROWS}."))
    }

    fn go_on(&mut self, value: &str) -> std::result::Result<(), String> {
        let cursor = Cursor::decode(value).ok_or("This cursor is not one that Reeve gave out. Begin without a cursor.")?;
        self.cursor = Some(cursor);
        Ok(())
    }

    fn counting(&mut self, value: &str) -> std::result::Result<(), String> {
        self.count = match value {
            "exact" => Count::Exact,
            "rough" => Count::Rough,
            "none" => Count::None,
            _ => return Err("This must be exact, rough or none.".into()),
        };
        Ok(())
    }
}

impl Sort {
    /// `-updated_at` is descending.
    pub fn read(text: &str) -> Sort {
        Sort { key: text.trim_start_matches('-').to_owned(), descending: text.starts_with('-') }
    }
}

fn sortable(field: &Field) -> bool {
    !matches!(field.kind, Kind::Many(_) | Kind::Text { .. } | Kind::LinkAny)
}

fn names(view: &View, shape: &Shape, value: &str) -> std::result::Result<Vec<String>, String> {
    let mut all = Vec::new();
    for name in value.split(',').map(str::trim).filter(|it| !it.is_empty()) {
        let common = ["id", "reference", "organisation", "state", "version", "created_at", "updated_at"].contains(&name);
        let readable = shape.field(name).is_some_and(|field| view.reads(shape.register, field));
        if !common && !readable {
            let known: Vec<&str> = shape.fields.iter().filter(|it| view.reads(shape.register, it)).map(|it| it.key).collect();
            return Err(format!("There is no field {name}. Those that exist: {}.", known.join(", ")));
        }
        all.push(name.to_owned());
    }
    Ok(all)
}

impl Cursor {
    /// Opaque text for a URL.
    pub fn encode(&self) -> String {
        let value = match &self.value {
            Value::Int(number) => serde_json::json!(number),
            Value::Real(number) => serde_json::json!({ "r": number }),
            Value::Text(text) => serde_json::json!(text),
            _ => serde_json::Value::Null,
        };
        URL_SAFE_NO_PAD.encode(serde_json::json!([value, self.id, self.backwards]).to_string())
    }

    /// Reads what [`Cursor::encode`] wrote; none for anything else.
    pub fn decode(text: &str) -> Option<Cursor> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok().filter(|it| it.len() < 2_000)?;
        let (value, id, backwards): (serde_json::Value, i64, bool) = serde_json::from_slice(&bytes).ok()?;
        let value = match value {
            serde_json::Value::Number(number) => Value::Int(number.as_i64()?),
            // No text that is stored holds a NUL, and PostgreSQL takes none.
            serde_json::Value::String(text) if !text.contains('\0') => Value::Text(text),
            serde_json::Value::Object(map) => Value::Real(map.get("r")?.as_f64()?),
            serde_json::Value::Null => Value::Null,
            _ => return None,
        };
        Some(Cursor { value, id, backwards })
    }
}

/// The SQL expression a list is ordered by; never null, so that row values compare. Figures and times that are missing come last,
/// whichever way the list is ordered.
pub(super) fn sort_expression(shape: &Shape, sort: &Sort) -> String {
    let key = sort.key.as_str();
    let Some(field) = shape.field(key) else { return format!("t.{key}") };
    let column = shape.column(field);
    // Records made before an added field was required have no value in it.
    let always = !field.custom && (field.required || field.computed && matches!(field.kind, Kind::Level(_)));
    match field.kind {
        Kind::Line { .. } => format!("lower(coalesce({column}, ''))"),
        Kind::Date | Kind::Choice(_) if !always => format!("coalesce({column}, '')"),
        Kind::Real => format!("coalesce({column}, {}1e300)", if sort.descending { "-" } else { "" }),
        _ if always => column,
        Kind::Date | Kind::Choice(_) => column,
        _ => format!("coalesce({column}, {}9223372036854775807)", if sort.descending { "-" } else { "" }),
    }
}
