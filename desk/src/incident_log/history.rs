//! The history of one case: each row becomes a journal entry, the last row the record.

use super::derived::Derived;
use super::digest::Digest;
use super::gather::{Case, Checked, link_name};
use super::log::{Log, Symbol};
use super::names::Names;
use super::plan::{Entered, Plan};
use super::verb::{Moment, verb};
use crate::ticket::course;
use kernel::House;
use kernel::describe::Kind;
use kernel::journal::Content;
use kernel::register::{Cell, Record};
use promises::clock::Past;
use promises::level::About;
use serde_json::Value as Json;
use std::collections::HashMap;

/// A journal entry to be.
#[derive(Clone, Debug)]
pub struct Update {
    /// When it happened.
    pub at: i64,
    /// Id of the person.
    pub actor: Option<i64>,
    /// The verb.
    pub verb: &'static str,
    /// From what to what.
    pub content: Content,
}

/// A case told.
pub struct History {
    /// What the source calls it.
    pub case: String,
    /// As the last row leaves it. Whoever writes it sets id, reference and organisation.
    pub record: Record,
    /// One a row.
    pub updates: Vec<Update>,
    /// What moved its clocks, with the number of the update. The ticket and its organisation are not known yet.
    pub past: Vec<(usize, Past)>,
    /// What tells whether it changed since.
    pub digest: Digest,
}

/// Tells cases.
pub struct Teller<'a> {
    log: &'a Log,
    plan: &'a Plan,
    names: &'a Names,
    checked: &'a mut Checked,
    house: &'a House,
    derived: Derived,
    links: HashMap<(usize, Symbol), Option<i64>>,
}

/// A case while it is told.
struct Course<'c> {
    case: &'c Case,
    record: Record,
    content: Content,
    /// The row before.
    before: Option<usize>,
    /// When the state began.
    since: i64,
    /// What clocks look at, as it was in the row before; none before the first.
    looks: Option<(course::Moment, About)>,
    past: Vec<(usize, Past)>,
}

impl Course<'_> {
    /// Notes what a row means for clocks.
    fn tick(&mut self, number: usize, at: i64) {
        let now = course::Moment::of(&self.record);
        let about = About {
            ticket: 0,
            organisation: 0,
            service: self.record.int("service"),
            item: self.record.int("item"),
            request: self.record.shape.register.key == crate::ticket::REQUESTS.key,
            priority: self.record.int("priority").unwrap_or(4),
        };
        let (events, terms) = match &self.looks {
            None => (course::events(&course::Moment::default(), &now), None),
            Some((was, before)) => {
                let terms = match before {
                    _ if before.service != about.service => Some("The service changed"),
                    _ if before.priority != about.priority => Some("The priority changed"),
                    _ => None,
                };
                (course::events(was, &now), terms)
            }
        };
        let other_item = self.looks.as_ref().is_some_and(|(_, before)| before.item != about.item);
        if self.looks.is_none() || !events.is_empty() || terms.is_some() || other_item {
            self.past.push((number, Past { at, about, events, terms }));
        }
        self.looks = Some((now, about));
    }
    fn put(&mut self, place: usize, cell: Cell) {
        let old = &self.record.cells[place];
        if *old != cell && !(old.is_null() && cell.is_null()) {
            self.content.change(self.record.shape.fields[place].key, old, &cell);
            self.record.cells[place] = cell;
        }
    }
    fn hands(&self) -> (Option<i64>, Option<i64>) {
        (self.record.int("team"), self.record.int("assignee"))
    }
}

impl<'a> Teller<'a> {
    /// A teller of the cases of one log.
    pub fn new(log: &'a Log, plan: &'a Plan, names: &'a Names, checked: &'a mut Checked, house: &'a House) -> Teller<'a> {
        Teller { log, plan, names, checked, house, derived: Derived::new(plan), links: HashMap::new() }
    }

    /// The whole history of a case.
    pub fn tell(&mut self, case: &Case) -> History {
        let mut course = self.blank(case);
        let (mut updates, mut digest) = (Vec::with_capacity(case.rows.len()), Digest::default());
        for (at, row) in &case.rows {
            let (at, row) = (*at, *row);
            let before = (course.record.state.clone(), course.hands(), course.record.cells[self.derived.team].int());
            let entered = self.plan.entered(self.symbol(case, row, self.plan.state));
            self.enter(&mut course, entered, at);
            self.fields(&mut course, row, at);
            if let Some(entered) = entered.filter(|it| it.state.as_ref() == Some(&course.record.state)) {
                set(&mut course, &self.plan.state_places, entered);
            }
            let was = Moment { state: &before.0, hands: before.1 };
            let verb = verb(was, Moment { state: &course.record.state, hands: course.hands() });
            self.derive(&mut course, row, verb, before.2, updates.len());
            if before.0 != course.record.state {
                course.content.change("state", &Cell::from(before.0.as_str()), &Cell::from(course.record.state.as_str()));
            }
            self.notes(&mut course, row);
            course.content.reason = entered.and_then(|it| it.note.clone());
            course.tick(updates.len(), at);
            digest.row(self, case, row, at, &course.record.state);
            let actor = self.plan.actor.map_or(0, |column| self.symbol(case, row, column));
            let actor = if actor == 0 { None } else { self.actor(actor) };
            updates.push(Update { at, actor, verb, content: std::mem::take(&mut course.content) });
            course.before = Some(row);
            course.record.updated_at = at;
        }
        course.record.version = updates.len() as i64;
        History { case: self.log.texts.text(case.number).to_owned(), record: course.record, updates, past: course.past, digest }
    }

    fn blank<'c>(&self, case: &'c Case) -> Course<'c> {
        let shape = self.house.shape(case.register);
        let cells = shape.fields.iter().map(|it| if let Kind::Many(_) = it.kind { Cell::Many(Vec::new()) } else { Cell::Null });
        let (first, _) = case.rows[0];
        let record = Record {
            id: 0,
            reference: String::new(),
            organisation: 0,
            state: String::new(),
            version: 0,
            created_at: first,
            updated_at: first,
            retired_at: None,
            cells: cells.collect(),
            shape,
        };
        Course { case, record, content: Content::default(), before: None, since: first, looks: None, past: Vec::new() }
    }

    /// Moves to the state of a row.
    fn enter(&self, course: &mut Course, entered: Option<&Entered>, at: i64) {
        if course.record.state.is_empty() {
            course.record.state = course.case.register.first_state().to_owned();
            course.since = at;
        }
        let Some(Entered { state: Some(state), from, .. }) = entered else { return };
        if *state != course.record.state && (from.is_empty() || from.contains(&course.record.state)) {
            course.record.state.clone_from(state);
            course.since = at;
        }
    }

    /// The fields of a row that the mapping names.
    fn fields(&mut self, course: &mut Course, row: usize, at: i64) {
        let (plan, detail) = (self.plan, course.case.detail);
        for (number, rule) in plan.rules.iter().enumerate() {
            let symbol = rule.column.map_or(0, |column| self.log.cell(row, detail, column));
            if let (Some(before), true) = (course.before, rule.said.when.is_empty()) {
                let same = rule.column.is_none_or(|column| self.log.cell(before, detail, column) == symbol);
                if same {
                    continue;
                }
            }
            let cell = match (rule.rests(&course.record.state), rule.field.kind) {
                (true, _) => Cell::Null,
                (false, Kind::Link(_)) => self.link(number, symbol).into(),
                (false, _) => self.value(number, symbol),
            };
            let cell = match (rule.said.moment && !rule.rests(&course.record.state), cell.int()) {
                (true, None) => Cell::Int(course.since),
                (true, Some(time)) if time > at => Cell::Int(course.since),
                _ => cell,
            };
            course.put(rule.place, cell);
        }
    }

    fn value(&mut self, number: usize, symbol: Symbol) -> Cell {
        match (&self.plan.rules[number].said.value, symbol) {
            (Some(constant), _) => super::value::cell(&self.plan.rules[number], &self.plan.times, constant).unwrap_or_default(),
            (None, 0) => Cell::Null,
            (None, symbol) => self.checked.cell(self.plan, self.log, number, symbol).clone().unwrap_or_default(),
        }
    }

    fn link(&mut self, number: usize, symbol: Symbol) -> Option<i64> {
        let (plan, log, names) = (self.plan, self.log, self.names);
        *self.links.entry((number, symbol)).or_insert_with(|| {
            let target = plan.rules[number].field.target().filter(|_| symbol != 0)?;
            names.get(&(target, link_name(plan, log, number, symbol))).copied()
        })
    }

    fn actor(&mut self, symbol: Symbol) -> Option<i64> {
        let (plan, log, names) = (self.plan, self.log, self.names);
        let find = || names.get(&("people", plan.actor_name(log.texts.text(symbol)))).copied();
        *self.links.entry((usize::MAX, symbol)).or_insert_with(find)
    }

    /// What follows from the rest.
    fn derive(&self, course: &mut Course, row: usize, verb: &str, team: Option<i64>, count: usize) {
        let changed = course.before.is_none_or(|before| {
            self.plan.summary.iter().any(|it| self.symbol(course.case, before, it.1) != self.symbol(course.case, row, it.1))
        });
        if changed {
            course.put(self.derived.summary, Cell::from(self.summary(course.case, row)));
        }
        if course.before.is_none() {
            course.put(self.derived.opened_at, Cell::Int(course.case.opened));
            course.put(self.derived.source, Cell::from(self.plan.mapping.title.as_str()));
        }
        for (place, cell) in self.derived.follows(&course.record, verb, team, count) {
            course.put(place, cell);
        }
    }

    fn summary(&self, case: &Case, row: usize) -> String {
        let mut summary = String::new();
        for (before, column, after) in &self.plan.summary {
            let symbol = self.symbol(case, row, *column);
            if symbol != 0 {
                summary.extend([before.as_str(), self.log.texts.text(symbol), after.as_str()]);
            }
        }
        let limit = 300;
        match summary.trim() {
            "" => "No subject was recorded".to_owned(),
            some => some.chars().take(limit).collect(),
        }
    }

    fn notes(&self, course: &mut Course, row: usize) {
        for (name, column, always) in &self.plan.notes {
            let symbol = self.symbol(course.case, row, *column);
            let before = course.before.map(|before| self.symbol(course.case, before, *column));
            let differs = before.map_or(symbol != 0, |before| before != symbol);
            if differs || (*always && symbol != 0) {
                let text = if symbol == 0 { Json::Null } else { Json::from(self.log.texts.text(symbol)) };
                course.content.input.insert(name.trim_start_matches("detail.").to_owned(), text);
            }
        }
    }

    pub(super) fn symbol(&self, case: &Case, row: usize, column: usize) -> Symbol {
        self.log.cell(row, case.detail, column)
    }
    pub(super) fn text(&self, case: &Case, row: usize, column: usize) -> &str {
        self.log.texts.text(self.symbol(case, row, column))
    }
    pub(super) fn plan(&self) -> &Plan {
        self.plan
    }
}

/// The fields that go with a state: those it sets, and no others of their kind.
fn set(course: &mut Course, places: &[usize], entered: &Entered) {
    for place in places {
        let cell = entered.set.iter().find(|it| it.0 == *place).map_or(Cell::Null, |it| it.1.clone());
        course.put(*place, cell);
    }
}
