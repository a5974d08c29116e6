//! Records of a list taken together: how many of each pair of values, and what their amounts add up to.

use super::list::conditions;
use super::{Query, Shape};
use crate::Result;
use crate::describe::{Field, Kind, Register};
use crate::house::House;
use crate::who::View;
use db::{Row, Tx};

/// Most pairs or currencies that are told.
const MOST: usize = 400;

/// What is taken together is of all records that match, however many hits their words have.
fn every_hit(query: &Query) -> Query {
    Query { every_hit: true, ..query.clone() }
}

/// How many records that match have each pair of values of two numbers or levels; records without one of them are left out.
/// Nothing where the viewer may not read both.
pub fn pairs(
    tx: &mut Tx,
    house: &House,
    view: &View,
    register: &'static Register,
    query: &Query,
    of: [&str; 2],
) -> Result<Vec<(i64, i64, i64)>> {
    let shape = house.shape(register);
    let number = |kind| matches!(kind, Kind::Int { .. } | Kind::Level(_));
    let [Some(first), Some(second)] = of.map(|key| readable(&shape, view, key, &number)) else { return Ok(Vec::new()) };
    let (first, second) = (shape.column(&first), shape.column(&second));
    let mut args = Vec::new();
    let Some(wheres) = conditions(tx.engine(), &shape, view, &every_hit(query), &mut args) else { return Ok(Vec::new()) };
    let sql = format!(
        "select {first}, {second}, count(*) from {} t where {wheres} and {first} is not null and {second} is not null \
         group by {first}, {second} order by 1, 2 limit {MOST}",
        register.table
    );
    let pair = |row: &Row| Ok((row.int(0)?, row.int(1)?, row.int(2)?));
    tx.all(&sql, &args)?.iter().map(pair).collect()
}

/// What the amounts of a field add up to over the records that match: minor units, currency, and of how many records. One for each
/// currency, as they do not add up; nothing where the viewer may not read the field.
pub fn sums(
    tx: &mut Tx,
    house: &House,
    view: &View,
    register: &'static Register,
    query: &Query,
    of: &str,
) -> Result<Vec<(i64, String, i64)>> {
    let shape = house.shape(register);
    let Some(field) = readable(&shape, view, of, &|kind| kind == Kind::Money).filter(|field| !field.custom) else { return Ok(Vec::new()) };
    let mut args = Vec::new();
    let Some(wheres) = conditions(tx.engine(), &shape, view, &every_hit(query), &mut args) else { return Ok(Vec::new()) };
    let key = field.key;
    let sql = format!(
        "select cast(sum(t.{key}) as bigint), t.{key}_currency, count(*) from {} t where {wheres} and t.{key} is not null \
         and t.{key}_currency is not null group by t.{key}_currency order by 1 desc limit {MOST}",
        register.table
    );
    let sum = |row: &Row| Ok((row.int(0)?, row.text(1)?.to_owned(), row.int(2)?));
    tx.all(&sql, &args)?.iter().map(sum).collect()
}

fn readable(shape: &Shape, view: &View, key: &str, fits: &dyn Fn(Kind) -> bool) -> Option<Field> {
    shape.field(key).copied().filter(|field| fits(field.kind) && view.reads(shape.register, field))
}
