//! From a text of the log to the cell of a field.

use super::plan::Rule;
use super::times::Times;
use kernel::describe::{Field, Kind};
use kernel::register::Cell;

/// The cell of a text for a field that is no link and no time.
///
/// # Errors
/// Says what is wrong with the text.
pub fn plain(field: &Field, text: &str) -> Result<Cell, String> {
    match field.kind {
        Kind::Line { limit } | Kind::Text { limit } => match text.len() > limit && text.chars().count() > limit {
            true => Err(format!("{} has room for {limit} characters", field.label)),
            false => Ok(Cell::from(text)),
        },
        Kind::Int { min, max } => {
            let number = text.parse().ok().filter(|it| (min..=max).contains(it));
            number.map(Cell::Int).ok_or_else(|| format!("{text:?} is no whole number from {min} to {max} ({})", field.label))
        }
        Kind::Duration => text.parse().map(Cell::Int).map_err(|_| format!("{text:?} is no number of seconds ({})", field.label)),
        Kind::Real => text.parse().map(Cell::Real).map_err(|_| format!("{text:?} is no number ({})", field.label)),
        Kind::Bool => match text.to_ascii_lowercase().as_str() {
            "true" | "yes" | "1" => Ok(Cell::from(true)),
            "false" | "no" | "0" => Ok(Cell::from(false)),
            _ => Err(format!("{text:?} is neither true nor false ({})", field.label)),
        },
        Kind::Level(of) => {
            let found = of.iter().find(|it| it.key == text).map(|it| Cell::Int(it.rung));
            found.ok_or_else(|| format!("{text:?} is not one of {}", field.label))
        }
        Kind::Choice(of) => {
            let found = of.iter().find(|it| it.key == text).map(|it| Cell::from(it.key));
            found.ok_or_else(|| format!("{text:?} is not one of {}", field.label))
        }
        Kind::Date => match kernel::time::is_day(text) {
            true => Ok(Cell::from(text)),
            false => Err(format!("{text:?} is no day ({})", field.label)),
        },
        Kind::Link(_) | Kind::Time => Ok(Cell::Null),
        Kind::Money | Kind::LinkAny | Kind::Many(_) => Err(format!("{} cannot be imported", field.label)),
    }
}

/// Longest name of a person, team, service or item.
const LONGEST_NAME: usize = 200;

/// The cell of a log's text under a rule. A link's cell is null here: names are looked up once they exist.
///
/// # Errors
/// Says what is wrong with the text.
pub fn cell(rule: &Rule, times: &Times, text: &str) -> Result<Cell, String> {
    let mapped = match &rule.said.values {
        None => text,
        Some(values) => {
            values.get(text).ok_or_else(|| format!("{text:?} in {} is not in the mapping of {}", column(rule), rule.said.field))?
        }
    };
    match rule.field.kind {
        Kind::Time => {
            let at = times.read(mapped);
            at.map(Cell::Int).ok_or_else(|| format!("{mapped:?} in {} is no time of the form {}", column(rule), times.format()))
        }
        Kind::Link(_) if mapped.chars().count() > LONGEST_NAME => {
            Err(format!("a name in {} is longer than {LONGEST_NAME} characters", column(rule)))
        }
        Kind::Link(_) => Ok(Cell::Null),
        _ => plain(&rule.field, &rule.phrase(mapped)),
    }
}

fn column(rule: &Rule) -> &str {
    rule.said.column.as_deref().unwrap_or("the mapping")
}
