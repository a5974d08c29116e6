//! A condition on a field: `priority=1,2`, `opened_at__gte=2026-01-01`, `review_on__lt=today+14`, `assignee__empty=true`.

use super::parse::{THOUSANDTHS, WHOLE, exponent};
use super::{Cell, Shape, Source, parse, resolve};
use crate::describe::{Field, Kind, Register};
use crate::house::House;
use crate::who::View;
use crate::who::guard::mark;
use crate::{Result, time};
use db::{Tx, Value};
use serde_json::Value as Json;

/// How a field is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Op {
    /// Any of the values.
    Is,
    /// None of the values.
    Not,
    /// Greater.
    Over,
    /// Greater or equal.
    From,
    /// Less.
    Under,
    /// Less or equal.
    To,
    /// The text contains it, in any case.
    Contains,
    /// Has no value (`true`) or has one (`false`).
    Empty,
}

impl Op {
    /// As people read it between a field of this kind and a value: "Priority is not 4", "Opened before Fri".
    pub fn said(self, kind: Option<Kind>) -> &'static str {
        let when = matches!(kind, Some(Kind::Date | Kind::Time));
        match self {
            Op::Is => "is",
            Op::Not => "is not",
            Op::Over if when => "after",
            Op::Over => "over",
            Op::From => "from",
            Op::Under if when => "before",
            Op::Under => "under",
            Op::To => "up to",
            Op::Contains => "contains",
            Op::Empty => "is empty",
        }
    }

    /// Whether fields of a kind can be compared so.
    pub fn fits(self, kind: Kind) -> bool {
        match self {
            Op::Empty => true,
            Op::Is | Op::Not => !matches!(kind, Kind::Text { .. }),
            Op::Contains => matches!(kind, Kind::Line { .. } | Kind::Text { .. }),
            Op::Over | Op::From | Op::Under | Op::To => {
                matches!(kind, Kind::Int { .. } | Kind::Real | Kind::Date | Kind::Time | Kind::Duration | Kind::Money | Kind::Level(_))
            }
        }
    }
}

/// The operators as they are written after `__`.
pub const OPS: &[(&str, Op)] = &[
    ("", Op::Is),
    ("ne", Op::Not),
    ("gt", Op::Over),
    ("gte", Op::From),
    ("lt", Op::Under),
    ("lte", Op::To),
    ("contains", Op::Contains),
    ("empty", Op::Empty),
];

/// A condition, checked and with links resolved.
#[derive(Clone, Debug, PartialEq)]
pub struct Filter {
    /// Field key or common column.
    pub key: String,
    /// Comparison.
    pub op: Op,
    /// Values to compare with.
    pub values: Vec<Value>,
    /// As it was written, for the chip and the URL.
    pub written: String,
}

/// Most values in one condition.
const MOST_VALUES: usize = 100;

pub(super) fn parse_filter(
    tx: &mut Tx,
    house: &House,
    view: &View,
    shape: &Shape,
    key: &str,
    value: &str,
) -> Result<std::result::Result<Filter, String>> {
    let (name, op) = key.split_once("__").unwrap_or((key, ""));
    let Some((_, op)) = OPS.iter().find(|(word, _)| *word == op) else {
        let known: Vec<&str> = OPS.iter().skip(1).map(|(word, _)| *word).collect();
        return Ok(Err(format!("There is no operator __{op}. Those that exist: {}.", known.join(", "))));
    };
    let common = common(name);
    let field = shape.field(name).filter(|field| view.reads(shape.register, field)).copied().or(common);
    let Some(field) = field else { return Ok(Err(unknown(view, shape))) };
    if !op.fits(field.kind) {
        return Ok(Err(format!("This operator does not fit the field {name}.")));
    }
    let values = match values(tx, house, view, shape, (&field, *op), value)? {
        Ok(values) => values,
        Err(message) => return Ok(Err(message)),
    };
    Ok(Ok(Filter { key: name.to_owned(), op: *op, values, written: value.to_owned() }))
}

/// The column of the state.
const STATE: &str = "state";

/// Columns every record has, as fields.
fn common(name: &str) -> Option<Field> {
    Some(match name {
        "created_at" => crate::describe::time("created_at", "Created"),
        "updated_at" => crate::describe::time("updated_at", "Updated"),
        STATE => crate::describe::line(STATE, "State"),
        "reference" => crate::describe::line("reference", "Reference"),
        "organisation" => crate::describe::link("organisation", "Organisation", "organisations"),
        "version" => crate::describe::int("version", "Version", 1, i64::MAX),
        _ => return None,
    })
}

fn unknown(view: &View, shape: &Shape) -> String {
    let own = shape.fields.iter().filter(|field| view.reads(shape.register, field)).map(|field| field.key);
    let known: Vec<&str> = own.chain(["state", "reference", "organisation", "created_at", "updated_at"]).collect();
    format!("There is no such field. Those that exist: {}.", known.join(", "))
}

/// A state by its key, or by its label in any case.
fn state(register: &Register, part: &str) -> std::result::Result<Value, String> {
    let found = register.states.iter().find(|it| it.key == part || it.label.eq_ignore_ascii_case(part));
    found.map(|it| Value::from(it.key)).ok_or_else(|| {
        let known: Vec<&str> = register.states.iter().map(|it| it.key).collect();
        format!("There is no such state. Those that exist: {}.", known.join(", "))
    })
}

type Values = std::result::Result<Vec<Value>, String>;

fn values(tx: &mut Tx, house: &House, view: &View, shape: &Shape, (field, op): (&Field, Op), value: &str) -> Result<Values> {
    if op == Op::Empty {
        return Ok(match value {
            "true" => Ok(vec![Value::Int(1)]),
            "false" => Ok(vec![Value::Int(0)]),
            _ => Err("This must be true or false.".into()),
        });
    }
    if op == Op::Contains {
        return Ok(Ok(vec![Value::from(value)]));
    }
    let parts: Vec<&str> = if matches!(op, Op::Is | Op::Not) { value.split(',').collect() } else { vec![value] };
    if parts.len() > MOST_VALUES {
        return Ok(Err(format!("At most {MOST_VALUES} values can be compared with.")));
    }
    if field.key == STATE && matches!(op, Op::Is | Op::Not) && shape.field(STATE).is_none() {
        return Ok(parts.into_iter().map(|part| state(shape.register, part.trim())).collect());
    }
    let mut all = Vec::with_capacity(parts.len());
    for part in parts {
        match one(tx, house, view, field, part.trim())? {
            Ok(value) => all.push(value),
            Err(message) => return Ok(Err(message)),
        }
    }
    Ok(Ok(all))
}

fn one(tx: &mut Tx, house: &House, view: &View, field: &Field, part: &str) -> Result<std::result::Result<Value, String>> {
    match field.kind {
        Kind::Link(to) | Kind::Many(to) => {
            // A reference that leads nowhere matches nothing, the same as one that may not be seen.
            let target = house.register(to);
            let id = target.map(|target| resolve(tx, house, view, target, part)).transpose()?.flatten();
            Ok(Ok(Value::Int(id.unwrap_or(-1))))
        }
        Kind::LinkAny => {
            let target = house.register_of(part);
            let id = target.map(|target| resolve(tx, house, view, target, part)).transpose()?.flatten();
            Ok(Ok(Value::Int(id.unwrap_or(-1))))
        }
        Kind::Money => {
            let thousandths = part.parse::<f64>().ok().filter(|it| it.is_finite()).map(|it| Value::Int((it * 1_000.0).round() as i64));
            Ok(thousandths.ok_or_else(|| "This must be a number, like 250 or 12.50. It counts whole units, whatever the currency.".into()))
        }
        Kind::Time => {
            Ok(time::parse_local(part, &view.zone).map(Value::Int).ok_or("This must be a time, like 2026-11-24T08:00:00Z.".into()))
        }
        Kind::Date if part.starts_with("today") => {
            let day = time::from_today(part, house.clock.now(), &view.zone);
            Ok(day.map(Value::Text).ok_or("This must be a day, like 2026-11-24, today, today+14 or today-7.".into()))
        }
        Kind::Line { .. } | Kind::Text { .. } => Ok(Ok(Value::Text(part.to_owned()))),
        _ => Ok(parse(tx, house, view, field, &Json::from(part), Source::Text)?.and_then(|cell| match cell {
            Cell::Int(number) => Ok(Value::Int(number)),
            Cell::Real(number) => Ok(Value::Real(number)),
            Cell::Text(text) => Ok(Value::Text(text)),
            _ => Err("A value to compare with is missing.".into()),
        })),
    }
}

impl Filter {
    /// The condition as SQL over alias `t`.
    pub(super) fn sql(&self, shape: &Shape, args: &mut Vec<Value>) -> String {
        let field = shape.field(&self.key);
        if let Some(field) = field.filter(|field| matches!(field.kind, Kind::Many(_))) {
            return self.many_sql(field, args);
        }
        let column = match field {
            None => format!("t.{}", self.key),
            Some(field) if measures(field) && self.op != Op::Empty => thousandths_sql(&shape.column(field)),
            Some(field) => shape.column(field),
        };
        match self.op {
            Op::Is => among(&column, &self.values, args),
            Op::Not => format!("({column} is null or not ({}))", among(&column, &self.values, args)),
            Op::Over => format!("{column} > {}", mark(args, self.first())),
            Op::From => format!("{column} >= {}", mark(args, self.first())),
            Op::Under => format!("{column} < {}", mark(args, self.first())),
            Op::To => format!("{column} <= {}", mark(args, self.first())),
            Op::Contains => {
                let pattern = format!("%{}%", escape_like(&self.first()));
                let (text, like) = (Tx::lower_sql(&column), Tx::lower_sql(&mark(args, pattern)));
                format!("{text} like {like} escape '\\'")
            }
            Op::Empty if self.first() == Value::Int(1) => format!("{column} is null"),
            Op::Empty => format!("{column} is not null"),
        }
    }

    /// What a bound on the field that a list is ordered by says of the expression it is ordered by: true wherever the condition is,
    /// so that reading in that order ends where nothing more can match.
    pub(super) fn bound(&self, shape: &Shape, order: &str, args: &mut Vec<Value>) -> Option<String> {
        let sign = match self.op {
            // A list orders amounts by their minor units.
            _ if shape.field(&self.key).is_some_and(measures) => return None,
            Op::Over => ">",
            Op::From => ">=",
            Op::Under => "<",
            Op::To => "<=",
            _ => return None,
        };
        Some(format!("{order} {sign} {}", mark(args, self.first())))
    }

    /// Who names something is found from what is named: there are few of those, and each knows who names it.
    fn many_sql(&self, field: &Field, args: &mut Vec<Value>) -> String {
        let of = format!("e.field = {} and e.valid_until is null", mark(args, field.key));
        let any = || format!("exists (select 1 from relation e where e.source = t.id and {of})");
        match self.op {
            Op::Empty if self.first() == Value::Int(1) => format!("not {}", any()),
            Op::Empty => any(),
            op => {
                let not = if op == Op::Not { "not " } else { "" };
                format!("t.id {not}in (select e.source from relation e where {of} and {})", among("e.target", &self.values, args))
            }
        }
    }

    fn first(&self) -> Value {
        self.values.first().cloned().unwrap_or(Value::Null)
    }

    /// Whether a record satisfies it: for records as they were at another time, which no SQL can ask for.
    pub(super) fn holds(&self, record: &super::Record) -> bool {
        let value = match self.key.as_str() {
            "state" => Value::Text(record.state.clone()),
            "reference" => Value::Text(record.reference.clone()),
            "organisation" => Value::Int(record.organisation),
            "created_at" => Value::Int(record.created_at),
            "updated_at" => Value::Int(record.updated_at),
            "version" => Value::Int(record.version),
            key => match record.get(key) {
                Cell::Many(ids) => return self.holds_many(ids),
                Cell::Money(minor, currency) => Value::Int(minor * 10_i64.pow(3 - exponent(currency))),
                Cell::Int(number) | Cell::Any(_, number) => Value::Int(*number),
                Cell::Real(number) => Value::Real(*number),
                Cell::Text(text) => Value::Text(text.clone()),
                Cell::Null => Value::Null,
            },
        };
        let order = |with: &Value| match (&value, with) {
            (Value::Int(a), Value::Int(b)) => Some(a.cmp(b)),
            (Value::Real(a), Value::Real(b)) => a.partial_cmp(b),
            (Value::Text(a), Value::Text(b)) => Some(a.cmp(b)),
            _ => None,
        };
        let first = order(&self.first());
        match self.op {
            Op::Is => self.values.contains(&value),
            Op::Not => !self.values.contains(&value),
            Op::Over => first.is_some_and(|it| it.is_gt()),
            Op::From => first.is_some_and(|it| it.is_ge()),
            Op::Under => first.is_some_and(|it| it.is_lt()),
            Op::To => first.is_some_and(|it| it.is_le()),
            Op::Contains => match (&value, self.first()) {
                (Value::Text(text), Value::Text(part)) => text.to_lowercase().contains(&part.to_lowercase()),
                _ => false,
            },
            Op::Empty => (value == Value::Null) == (self.first() == Value::Int(1)),
        }
    }

    fn holds_many(&self, ids: &[i64]) -> bool {
        let any = self.values.iter().any(|value| matches!(value, Value::Int(id) if ids.contains(id)));
        match self.op {
            Op::Not => !any,
            Op::Empty => ids.is_empty() == (self.first() == Value::Int(1)),
            _ => any,
        }
    }
}

/// Whether a field is an amount in a currency, beside it in a column of its own.
fn measures(field: &Field) -> bool {
    field.kind == Kind::Money && !field.custom
}

/// An amount in thousandths of its currency's unit: the least that any currency counts.
fn thousandths_sql(column: &str) -> String {
    let named = |all: &[&str]| all.iter().map(|it| format!("'{it}'")).collect::<Vec<_>>().join(", ");
    let (whole, thousandths) = (named(WHOLE), named(THOUSANDTHS));
    format!("{column} * case when {column}_currency in ({whole}) then 1000 when {column}_currency in ({thousandths}) then 1 else 10 end")
}

fn among(column: &str, values: &[Value], args: &mut Vec<Value>) -> String {
    let marks: Vec<String> = values.iter().map(|value| mark(args, value.clone())).collect();
    match marks.as_slice() {
        [one] => format!("{column} = {one}"),
        several => format!("{column} in ({})", several.join(", ")),
    }
}

fn escape_like(value: &Value) -> String {
    match value {
        Value::Text(text) => text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_"),
        _ => String::new(),
    }
}
