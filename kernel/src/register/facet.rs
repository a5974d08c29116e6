//! Counts: how many in all, and how many of each choice.

use super::list::conditions;
use super::{Count, Query, names_of};
use crate::Result;
use crate::describe::{Field, Kind, Register};
use crate::house::House;
use crate::who::View;
use crate::who::guard::mark;
use db::{Tx, Value};
use std::collections::HashMap;
use std::ops::ControlFlow;

/// Counts are exact up to here and then say "10,000+".
pub const EXACT_TO: i64 = 10_000;

/// How many of each value of one field.
#[derive(Clone, Debug)]
pub struct Facet {
    /// The field.
    pub field: Field,
    /// Most frequent first.
    pub values: Vec<FacetValue>,
    /// Counted among the first 10,000 matches only.
    pub partial: bool,
}

/// One value with its count.
#[derive(Clone, Debug)]
pub struct FacetValue {
    /// As it is written in a URL.
    pub value: String,
    /// What a person reads.
    pub label: String,
    /// How many.
    pub count: i64,
    /// Whether the present query filters by it.
    pub chosen: bool,
}

/// How many records match, and whether there are or may be more than that.
pub fn count(tx: &mut Tx, house: &House, view: &View, register: &'static Register, query: &Query) -> Result<(i64, bool)> {
    let shape = house.shape(register);
    let mut args = Vec::new();
    let Some(wheres) = conditions(tx.engine(), &shape, view, query, &mut args) else { return Ok((0, false)) };
    let sql = match query.count {
        Count::Exact => format!("select count(*) from {} t where {wheres}", register.table),
        _ => format!("select count(*) from (select 1 from {} t where {wheres} limit {}) c", register.table, EXACT_TO + 1),
    };
    let count = tx.one(&sql, &args)?.int(0)?;
    if query.count != Count::Exact && count > EXACT_TO {
        return Ok((EXACT_TO, true));
    }
    Ok((count, query.misses_hits(tx, view, register)?))
}

/// Facets of a query: for each filtered choice, level, yes-or-no, link and set of links, counts of the values among the matches,
/// not counting the filter on that field itself.
pub fn facets(tx: &mut Tx, house: &House, view: &View, register: &'static Register, query: &Query) -> Result<Vec<Facet>> {
    let shape = house.shape(register);
    let state = crate::describe::line("state", "State").filtered();
    let fields = shape.fields.iter().copied().filter(|field| field.filtered && view.reads(register, field) && faceted(field));
    let fields: Vec<Field> = (!register.states.is_empty()).then_some(state).into_iter().chain(fields).collect();
    let (chosen, free): (Vec<Field>, Vec<Field>) =
        fields.iter().copied().partition(|field| query.filters.iter().any(|it| it.key == field.key));
    // A filter on a field narrows all facets but its own: the others are counted in one pass over the same records.
    let (stored, linked): (Vec<Field>, Vec<Field>) = free.iter().copied().partition(Field::stored);
    let mut counted = tally(tx, house, view, register, query, &stored)?;
    for field in &linked {
        counted.push(edges(tx, house, view, register, query, field)?);
    }
    for field in &chosen {
        let mut others = query.clone();
        others.filters.retain(|filter| filter.key != field.key);
        match field.stored() {
            true => counted.extend(tally(tx, house, view, register, &others, &[*field])?),
            false => counted.push(edges(tx, house, view, register, &others, field)?),
        }
    }
    let mut facets = Vec::with_capacity(fields.len());
    for field in fields {
        let Some(place) = counted.iter().position(|it| it.field.key == field.key) else { continue };
        facets.push(named(tx, house, view, register, query, counted.swap_remove(place))?);
    }
    Ok(facets)
}

fn faceted(field: &Field) -> bool {
    matches!(field.kind, Kind::Choice(_) | Kind::Level(_) | Kind::Bool | Kind::Link(_) | Kind::Many(_))
}

/// Most values of a facet that are shown.
const MOST_VALUES: usize = 12;

/// How often each value of a field occurs, most frequent first.
struct Tally {
    field: Field,
    values: Vec<(Value, i64)>,
    partial: bool,
}

/// Counts the values of some fields among the first 10,000 matches, in one pass.
fn tally(tx: &mut Tx, house: &House, view: &View, register: &'static Register, query: &Query, fields: &[Field]) -> Result<Vec<Tally>> {
    let shape = house.shape(register);
    let mut args = Vec::new();
    let wheres = conditions(tx.engine(), &shape, view, query, &mut args);
    let (Some(wheres), false) = (wheres, fields.is_empty()) else {
        return Ok(fields.iter().map(|field| Tally { field: *field, values: Vec::new(), partial: false }).collect());
    };
    let column = |field: &Field| if field.key == "state" { "t.state".to_owned() } else { shape.column(field) };
    let columns = fields.iter().map(column).collect::<Vec<_>>().join(", ");
    let sql = format!("select {columns} from {} t where {wheres} limit {EXACT_TO}", register.table);
    let mut seen = 0;
    let mut numbers: Vec<HashMap<i64, i64>> = vec![HashMap::new(); fields.len()];
    let mut texts: Vec<HashMap<String, i64>> = vec![HashMap::new(); fields.len()];
    tx.each(&sql, &args, &mut |row| {
        seen += 1;
        for place in 0..fields.len() {
            match row.value(place)? {
                Value::Int(number) => *numbers[place].entry(*number).or_default() += 1,
                Value::Text(text) => match texts[place].get_mut(text.as_str()) {
                    Some(count) => *count += 1,
                    None => drop(texts[place].insert(text.clone(), 1)),
                },
                _ => {}
            }
        }
        Ok(ControlFlow::Continue(()))
    })?;
    let counts = numbers.into_iter().zip(texts).map(|(numbers, texts)| {
        let mut numbers: Vec<(i64, i64)> = numbers.into_iter().collect();
        let mut texts: Vec<(String, i64)> = texts.into_iter().collect();
        numbers.sort_by_key(|(value, count)| (-count, *value));
        texts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        let all = numbers.into_iter().map(|(value, count)| (Value::Int(value), count));
        all.chain(texts.into_iter().map(|(value, count)| (Value::Text(value), count))).take(MOST_VALUES).collect()
    });
    Ok(fields.iter().zip(counts).map(|(field, values)| Tally { field: *field, values, partial: seen >= EXACT_TO }).collect())
}

/// Counts the links of a `Many` field among the first 10,000 matches.
fn edges(tx: &mut Tx, house: &House, view: &View, register: &'static Register, query: &Query, field: &Field) -> Result<Tally> {
    let shape = house.shape(register);
    let mut tally = Tally { field: *field, values: Vec::new(), partial: false };
    let mut args = Vec::new();
    let Some(wheres) = conditions(tx.engine(), &shape, view, query, &mut args) else { return Ok(tally) };
    let key = mark(&mut args, field.key);
    let sql = format!(
        "select e.target, count(*) from relation e where e.field = {key} and e.valid_until is null and e.source in \
         (select t.id from {} t where {wheres} limit {EXACT_TO}) group by e.target order by 2 desc, 1 limit {MOST_VALUES}",
        register.table
    );
    for row in tx.all(&sql, &args)? {
        tally.values.push((Value::Int(row.int(0)?), row.int(1)?));
    }
    Ok(tally)
}

fn named(tx: &mut Tx, house: &House, view: &View, register: &'static Register, query: &Query, tally: Tally) -> Result<Facet> {
    let Tally { field, values, partial } = tally;
    let named = name_values(tx, house, view, register, &field, &values)?;
    let chosen = query.filters.iter().find(|filter| filter.key == field.key);
    let is_chosen = |value: &Value| chosen.is_some_and(|filter| filter.values.contains(value));
    let values = values.iter().zip(named);
    let values = values.map(|((raw, count), (value, label))| FacetValue { value, label, count: *count, chosen: is_chosen(raw) }).collect();
    Ok(Facet { field, values, partial })
}

fn name_values(
    tx: &mut Tx,
    house: &House,
    view: &View,
    register: &'static Register,
    field: &Field,
    values: &[(Value, i64)],
) -> Result<Vec<(String, String)>> {
    let ids: Vec<(&'static str, i64)> = match field.kind {
        Kind::Link(to) | Kind::Many(to) => {
            values.iter().filter_map(|(value, _)| if let Value::Int(id) = value { Some((to, *id)) } else { None }).collect()
        }
        _ => Vec::new(),
    };
    let names = names_of(tx, house, view, &[], &ids)?;
    let name = |value: &Value| match (field.kind, value) {
        (Kind::Link(_) | Kind::Many(_), Value::Int(id)) => {
            names.get(id).map_or(("-".into(), "Not shown".into()), |it| (it.reference.clone(), it.title.clone()))
        }
        (Kind::Bool, Value::Int(yes)) => {
            if *yes == 1 {
                ("true".into(), "Yes".into())
            } else {
                ("false".into(), "No".into())
            }
        }
        (Kind::Level(of), Value::Int(rung)) => {
            of.iter().find(|it| it.rung == *rung).map_or((rung.to_string(), rung.to_string()), |it| (it.key.into(), it.label.into()))
        }
        (_, Value::Text(text)) if field.key == "state" => {
            (text.clone(), register.state(text).map_or(text.clone(), |it| it.label.to_owned()))
        }
        (_, Value::Text(text)) => {
            (text.clone(), field.choices().iter().find(|it| it.key == text).map_or(text.clone(), |it| it.label.to_owned()))
        }
        _ => (String::new(), String::new()),
    };
    Ok(values.iter().map(|(value, _)| name(value)).collect())
}
