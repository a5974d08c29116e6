//! Figures in a list: what they are the product of, their course over a year, and the sum of a page.

use db::Tx;
use kernel::describe::{Field, Kind};
use kernel::journal::{self, Step};
use kernel::register::{Cell, Record};
use kernel::web::Request;
use kernel::{Result, settings};
use maud::{Markup, html};
use std::collections::HashMap;
use ui::chart::spark;

use super::column::Col;
use crate::shown::{Shown, money_short, when};

/// A twelfth of a year, in milliseconds.
const MONTH: i64 = 365 * 24 * 3_600_000 / 12;
/// A rise is marked for so long, in milliseconds.
const OF_LATE: i64 = 7 * 24 * 3_600_000;

/// What is known of the shown figures besides their values.
#[derive(Default)]
pub struct Courses {
    /// Their courses, by field and record.
    steps: HashMap<&'static str, HashMap<i64, Vec<Step>>>,
    /// Above what a figure is an alarm, by field.
    alarms: HashMap<&'static str, i64>,
}

/// Reads the courses that the columns draw, and what is an alarm in this house.
pub fn courses(tx: &mut Tx, request: &Request, records: &[Record], columns: &[Col]) -> Result<Courses> {
    let ids: Vec<i64> = records.iter().map(|record| record.id).collect();
    let mut courses = Courses::default();
    for field in columns.iter().filter_map(Col::course) {
        courses.steps.insert(field.key, journal::course(tx, &ids, field.key, request.now - 12 * MONTH)?);
    }
    for column in columns {
        let Col::Field(Field { key, alarm: Some(above), .. }) = column else { continue };
        courses.alarms.extend(settings::get(tx, &request.house, above)?.int().map(|above| (*key, above)));
    }
    Ok(courses)
}

fn steps<'a>(courses: &'a Courses, record: &Record, field: &Field) -> &'a [Step] {
    courses.steps.get(field.key).and_then(|of| of.get(&record.id)).map_or(&[], Vec::as_slice)
}

/// A figure with what it is the product of, and a mark when it rose of late.
pub fn shown(shown: &Shown, record: &Record, field: &Field, courses: &Courses) -> Markup {
    let cell = record.get(field.key);
    let Some(value) = cell.int() else { return html! {} };
    let reads = |key: &&str| record.shape.field(key).is_some_and(|it| shown.request.view.reads(record.shape.register, it));
    let factors: Vec<String> = match field.factors.iter().all(reads) {
        true => field.factors.iter().filter_map(|key| record.int(key)).map(|factor| factor.to_string()).collect(),
        false => Vec::new(),
    };
    let rose = steps(courses, record, field).iter().rev().find(|step| step.at >= shown.request.now - OF_LATE);
    let rose = rose.filter(|step| step.from.is_some() && step.to > step.from);
    html! {
        b.bad[courses.alarms.get(field.key).is_some_and(|above| value > *above)] { (shown.text(field, cell)) }
        @if factors.len() > 1 { " " span.small.ink3 { (factors.join("×")) } }
        @if let Some(step) = rose { " " span.warn title={ "Rose from " (step.from.unwrap_or_default()) ", " (when(shown.request, step.at).shown) } { "↑" span.vh { " rose" } } }
    }
}

/// The course of a figure over twelve months.
pub fn course(request: &Request, record: &Record, field: &Field, courses: &Courses) -> Markup {
    spark(&series(request.now, steps(courses, record, field), record.int(field.key)))
}

/// What a figure was at the beginning of each of twelve months, and what it is; from when there was one.
fn series(now: i64, steps: &[Step], value: Option<i64>) -> Vec<f64> {
    let at = |moment: i64| steps.iter().find(|step| step.at > moment).map_or(value, |step| step.from);
    let mut values: Vec<f64> = (0..=12).rev().filter_map(|month| at(now - month * MONTH)).map(|value| value as f64).collect();
    if values.len() == 1 {
        values.extend_from_within(..);
    }
    values
}

/// The closing row: what the amounts of the page add up to, where they are of one currency. None without two amounts.
pub fn sums(records: &[Record], columns: &[Col]) -> Option<Vec<Markup>> {
    let mut any = false;
    let mut cells = vec![html! { "Sum of the " (records.len()) " shown" }];
    for column in columns {
        let sum = match column {
            Col::Field(field) if field.kind == Kind::Money => sum(records, field.key),
            _ => None,
        };
        any |= sum.is_some();
        cells.push(html! { @if let Some((minor, currency)) = &sum { (money_short(*minor, currency)) } });
        if column.course().is_some() {
            cells.push(html! {});
        }
    }
    any.then_some(cells)
}

fn sum(records: &[Record], key: &str) -> Option<(i64, String)> {
    let amounts = records
        .iter()
        .filter_map(|record| if let Cell::Money(minor, currency) = record.get(key) { Some((*minor, currency)) } else { None });
    let amounts: Vec<(i64, &String)> = amounts.collect();
    let (_, first) = amounts.first()?;
    let alike = amounts.len() > 1 && amounts.iter().all(|(_, currency)| currency == first);
    let sum = amounts.iter().try_fold(0_i64, |sum, (minor, _)| sum.checked_add(*minor));
    sum.filter(|_| alike).map(|sum| (sum, (*first).clone()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_course_begins_when_there_was_a_figure_and_ends_now() {
        let step = |month: i64, from: Option<i64>, to: i64| Step { at: -month * MONTH, from, to: Some(to), reason: String::new() };
        assert_eq!(series(0, &[step(3, None, 9), step(1, Some(9), 12)], Some(12)), [9.0, 9.0, 12.0, 12.0]);
        assert_eq!(series(0, &[], Some(5)), [5.0; 13]);
        assert_eq!(series(0, &[step(0, None, 4)], Some(4)), [4.0, 4.0], "one value is a level line");
        assert_eq!(series(0, &[], None), [0.0; 0]);
    }
}
