//! A mapping put onto a log and a register: columns by number, fields by place, values checked once.

use super::log::{Log, Symbol};
use super::mapping::{FieldRule, Mapping, Otherwise};
use super::times::Times;
use kernel::describe::{Field, Kind, Register};
use kernel::register::{Cell, Shape};
use kernel::{Error, House, Result};
use std::collections::HashMap;
use std::sync::Arc;

/// What to do with each row.
pub struct Plan {
    /// The mapping it was made of.
    pub mapping: Mapping,
    /// How times are read.
    pub times: Times,
    /// Column of the row's time.
    pub at: usize,
    /// Column that orders rows of the same time.
    pub order: Option<usize>,
    /// Column of the actor.
    pub actor: Option<usize>,
    /// Column of the opening time.
    pub opened: Option<usize>,
    /// Column of the state.
    pub state: usize,
    /// What its values mean.
    pub states: HashMap<Symbol, Entered>,
    /// Places that only states set.
    pub state_places: Vec<usize>,
    /// Fields.
    pub rules: Vec<Rule>,
    /// Parts of the summary: what stands before, the column, what stands after.
    pub summary: Vec<(String, usize, String)>,
    /// Columns kept with the entry: name, column, always.
    pub notes: Vec<(String, usize, bool)>,
    /// Column and values that tell the register; else incidents.
    pub register: Option<(usize, HashMap<Symbol, &'static Register>)>,
}

/// What a state of the log means.
#[derive(Default)]
pub struct Entered {
    /// The state; none: as before.
    pub state: Option<String>,
    /// From which states; empty: any.
    pub from: Vec<String>,
    /// Cells that go with it.
    pub set: Vec<(usize, Cell)>,
    /// What the entry says about it.
    pub note: Option<String>,
}

/// Where a field comes from.
pub struct Rule {
    /// Place among the record's cells.
    pub place: usize,
    /// The field.
    pub field: Field,
    /// Column; none: the constant.
    pub column: Option<usize>,
    /// As the mapping says it.
    pub said: FieldRule,
}

impl Rule {
    /// The name a link's value stands for, or the text a value becomes.
    pub fn phrase(&self, text: &str) -> String {
        self.said.text.as_ref().map_or_else(|| text.to_owned(), |it| it.replace("{}", text))
    }
    /// Whether it is a final value that does not count in this state.
    pub fn rests(&self, state: &str) -> bool {
        !self.said.when.is_empty() && !self.said.when.iter().any(|it| it == state)
    }
}

/// Puts a mapping onto a log.
///
/// # Errors
/// When the mapping names a column, field, state or value that does not exist.
pub fn plan(mapping: Mapping, log: &mut Log, house: &House, shape: &Arc<Shape>) -> Result<Plan> {
    let times = Times::new(&mapping.time)?;
    let column = |name: &String| {
        log.column(name).ok_or_else(|| {
            let missing = if name.starts_with("detail.") && log.detail.header.is_empty() {
                format!("The mapping takes {name} from a second file. Name both files; the second has the columns {}.", wanted(&mapping))
            } else {
                format!("The mapping names the column {name}, which the log does not have.")
            };
            Error::invalid("mapping", format!("{missing} Nothing was imported."))
        })
    };
    let maybe = |name: &Option<String>| name.as_ref().map(column).transpose();
    let (at, state) = (column(&mapping.at)?, column(&mapping.state.column)?);
    let (order, actor, opened) = (maybe(&mapping.order)?, maybe(&mapping.actor)?, maybe(&mapping.opened)?);
    let mut rules = Vec::new();
    for said in &mapping.field {
        let (place, field) = known(shape, &said.field)?;
        let rule = Rule { place, field, column: maybe(&said.column)?, said: said.clone() };
        check(&rule, shape)?;
        rules.push(rule);
    }
    let summary = mapping.summary.iter().map(|it| part(it, &column)).collect::<Result<_>>()?;
    let notes = mapping.note.iter().map(|it| Ok((it.column.clone(), column(&it.column)?, it.always))).collect::<Result<_>>()?;
    let by = mapping.register.as_ref().map(|it| column(&it.column)).transpose()?;
    let register = registers(&mapping, by, log, house)?;
    let (states, state_places) = states(&mapping, log, shape)?;
    Ok(Plan { times, at, order, actor, opened, state, states, state_places, rules, summary, notes, register, mapping })
}

fn wanted(mapping: &Mapping) -> String {
    mapping.detail.as_ref().map_or(String::new(), |it| it.columns.join(", "))
}

fn known(shape: &Shape, key: &str) -> Result<(usize, Field)> {
    let place = shape.place(key).filter(|place| !matches!(shape.fields[*place].kind, Kind::Many(_) | Kind::LinkAny | Kind::Money));
    let place =
        place.ok_or_else(|| Error::invalid("mapping", format!("The mapping fills {key}, which is no field that an import can fill.")))?;
    Ok((place, shape.fields[place]))
}

/// Refuses values that the field has not, before anything is read by them.
fn check(rule: &Rule, shape: &Shape) -> Result<()> {
    let wrong = |why: String| Err(Error::invalid("mapping", format!("In the mapping, {}: {why}", rule.said.field)));
    if rule.said.column.is_some() == rule.said.value.is_some() {
        return wrong("say either the column or the value.".into());
    }
    let values = rule.said.values.iter().flat_map(|it| it.values()).chain(&rule.said.value);
    for value in values.filter(|it| !it.is_empty()) {
        if let Err(why) = super::value::plain(&rule.field, value) {
            return wrong(why);
        }
    }
    match rule.said.when.iter().find(|it| shape.register.state(it).is_none()) {
        Some(state) => wrong(format!("there is no state {state}.")),
        None => Ok(()),
    }
}

/// `text {column} text`.
fn part(text: &str, column: &dyn Fn(&String) -> Result<usize>) -> Result<(String, usize, String)> {
    let parts = text.split_once('{').and_then(|(before, rest)| Some((before, rest.split_once('}')?)));
    let (before, (name, after)) = parts
        .ok_or_else(|| Error::invalid("mapping", format!("{text:?} in the summary names no column. Write it like \" / {{category}}\".")))?;
    Ok((before.to_owned(), column(&name.to_owned())?, after.to_owned()))
}

type ByValue = Option<(usize, HashMap<Symbol, &'static Register>)>;

fn registers(mapping: &Mapping, column: Option<usize>, log: &mut Log, house: &House) -> Result<ByValue> {
    let (Some(said), Some(column)) = (&mapping.register, column) else { return Ok(None) };
    let mut values = HashMap::new();
    for (value, key) in &said.values {
        let register = house.register(key).filter(|it| it.table == crate::ticket::INCIDENTS.table && !it.closed);
        let register = register.ok_or_else(|| Error::invalid("mapping", format!("{key} are no tickets; incidents and requests are.")))?;
        values.insert(log.texts.number(value), register);
    }
    Ok(Some((column, values)))
}

fn states(mapping: &Mapping, log: &mut Log, shape: &Shape) -> Result<(HashMap<Symbol, Entered>, Vec<usize>)> {
    let (mut states, mut places) = (HashMap::new(), Vec::new());
    for (value, said) in &mapping.state.values {
        if let Some(wrong) = said.state.iter().chain(&said.from).find(|it| shape.register.state(it).is_none()) {
            return Err(Error::invalid("mapping", format!("The mapping names the state {wrong}, which tickets do not have.")));
        }
        let mut entered = Entered { state: said.state.clone(), from: said.from.clone(), set: Vec::new(), note: said.note.clone() };
        for (key, text) in &said.set {
            let (place, field) = known(shape, key)?;
            let cell =
                super::value::plain(&field, text).map_err(|why| Error::invalid("mapping", format!("In the mapping, {key}: {why}")))?;
            entered.set.push((place, cell));
            places.push(place);
        }
        states.insert(log.texts.number(value), entered);
    }
    places.sort_unstable();
    places.dedup();
    Ok((states, places))
}

impl Plan {
    /// What the state of a row means; none: the row is to be rejected.
    pub fn entered(&self, symbol: Symbol) -> Option<&Entered> {
        const KEEP: &Entered = &Entered { state: None, from: Vec::new(), set: Vec::new(), note: None };
        self.states.get(&symbol).or_else(|| (self.mapping.state.otherwise == Otherwise::Keep).then_some(KEEP))
    }
    /// The name of an actor.
    pub fn actor_name(&self, text: &str) -> String {
        self.mapping.actor_text.as_ref().map_or_else(|| text.to_owned(), |it| it.replace("{}", text))
    }
}
