//! What every value must satisfy, whoever set it.

use super::{Cell, Draft};
use crate::describe::{Field, Kind};
use crate::who::View;

/// Notes in the draft what is missing or out of bounds. Fields that did not change are not checked again, so that an old
/// record stays editable after a rule got stricter. An added field is not demanded of those who cannot see it.
pub(super) fn validate(view: &View, draft: &mut Draft) {
    let shape = std::sync::Arc::clone(&draft.record.shape);
    for (place, field) in shape.fields.iter().enumerate() {
        let cell = &draft.record.cells[place];
        let same = draft.before.as_ref().is_some_and(|before| before.cells[place] == *cell);
        let unseen = cell.is_null() && field.custom && !view.reads(shape.register, field);
        if same || unseen || draft.errors.iter().any(|it| it.field == field.key) {
            continue;
        }
        if let Some(message) = wrong(field, cell) {
            draft.refuse(field.key, message);
        }
    }
}

/// Most minor units of an amount: a thousand million million. Nine thousand such amounts still have a sum.
const MOST_MONEY: i64 = 1_000_000_000_000_000;

/// What is wrong with a value of a field in itself; none: nothing.
pub fn wrong(field: &Field, cell: &Cell) -> Option<String> {
    if cell.is_null() {
        return field.required.then(|| format!("{} is required.", field.label));
    }
    match (field.kind, cell) {
        (Kind::Line { limit } | Kind::Text { limit }, Cell::Text(text)) => {
            let length = if text.len() <= limit { 0 } else { text.chars().count() };
            (length > limit).then(|| format!("This is {length} characters long; at most {limit} fit."))
        }
        (Kind::Int { min, max }, Cell::Int(number)) => {
            (!(min..=max).contains(number)).then(|| format!("This must be a whole number from {min} to {max}."))
        }
        (Kind::Money, Cell::Money(minor, _)) => {
            (!(-MOST_MONEY..=MOST_MONEY).contains(minor)).then(|| "This amount is beyond what can be added up.".into())
        }
        (Kind::Duration, Cell::Int(seconds)) => {
            (!(0..=3_153_600_000).contains(seconds)).then(|| "This must be a duration from 0 to 100 years.".into())
        }
        (Kind::Time, Cell::Int(at)) => {
            const YEARS_1900_TO_2200: std::ops::Range<i64> = -2_208_988_800_000..7_258_118_400_000;
            (!YEARS_1900_TO_2200.contains(at)).then(|| "This must be a time between the years 1900 and 2200.".into())
        }
        (Kind::Choice(of), Cell::Text(text)) => (!of.iter().any(|it| it.key == text)).then(|| "This is not one of the choices.".into()),
        (Kind::Level(of), Cell::Int(rung)) => (!of.iter().any(|it| it.rung == *rung)).then(|| "This is not one of the choices.".into()),
        _ => None,
    }
}
