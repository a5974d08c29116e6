//! Gathers the rows of each case in order of time, and sets aside those that cannot be taken.

use super::log::{Log, Symbol};
use super::plan::Plan;
use super::reject::Reject;
use super::value;
use kernel::describe::{Kind, Register};
use kernel::register::Cell;
use std::collections::HashMap;

/// A case: its rows in the order they happened.
pub struct Case {
    /// What the source calls it.
    pub number: Symbol,
    /// The register it belongs to.
    pub register: &'static Register,
    /// Rows with their times.
    pub rows: Vec<(i64, usize)>,
    /// Its row in the detail file.
    pub detail: Option<usize>,
    /// When it was opened.
    pub opened: i64,
}

/// What was found out about a text under a rule, or about a time.
#[derive(Default)]
pub struct Checked {
    cells: HashMap<(usize, Symbol), Result<Cell, String>>,
    times: HashMap<Symbol, Option<i64>>,
}

impl Checked {
    /// The cell of a text under a rule; null for links.
    pub fn cell(&mut self, plan: &Plan, log: &Log, rule: usize, symbol: Symbol) -> &Result<Cell, String> {
        self.cells.entry((rule, symbol)).or_insert_with(|| value::cell(&plan.rules[rule], &plan.times, log.texts.text(symbol)))
    }
    fn time(&mut self, plan: &Plan, log: &Log, symbol: Symbol) -> Option<i64> {
        *self.times.entry(symbol).or_insert_with(|| plan.times.read(log.texts.text(symbol)))
    }
}

/// All cases in order of opening. Rows that cannot be taken go to the rejects.
pub fn gather(log: &Log, plan: &Plan, checked: &mut Checked, rejects: &mut Vec<Reject>) -> Vec<Case> {
    let details = details(log, plan);
    let case = log.column(&plan.mapping.case).unwrap_or_default();
    let (mut cases, mut places): (Vec<Case>, HashMap<Symbol, usize>) = (Vec::new(), HashMap::new());
    for row in 0..log.rows.len() {
        let number = log.rows.row(row)[case];
        let detail = details.get(&number).copied();
        match fault(log, plan, checked, row, number, detail) {
            Ok(at) => {
                let place = *places.entry(number).or_insert_with(|| {
                    cases.push(Case { number, register: &crate::ticket::INCIDENTS, rows: Vec::new(), detail, opened: at });
                    cases.len() - 1
                });
                cases[place].rows.push((at, row));
            }
            Err(reason) => rejects.push(Reject { place: log.rows.place(row), case: log.texts.text(number).to_owned(), reason }),
        }
    }
    for (number, row) in details {
        if !places.contains_key(&number) {
            let reason = "the case has no updates".to_owned();
            rejects.push(Reject { place: log.detail.place(row), case: log.texts.text(number).to_owned(), reason });
        }
    }
    for case in &mut cases {
        settle(log, plan, checked, case);
    }
    cases.sort_by_key(|it| (it.opened, it.rows[0].1));
    cases
}

/// The detail row of each case; of several the last.
fn details(log: &Log, plan: &Plan) -> HashMap<Symbol, usize> {
    let column = plan.mapping.detail.as_ref().and_then(|it| log.detail.column(&it.case));
    let Some(column) = column else { return HashMap::new() };
    (0..log.detail.len()).map(|row| (log.detail.row(row)[column], row)).collect()
}

/// The time of a row, or why it cannot be taken.
fn fault(log: &Log, plan: &Plan, checked: &mut Checked, row: usize, number: Symbol, detail: Option<usize>) -> Result<i64, String> {
    if number == 0 {
        return Err(format!("{} is empty", plan.mapping.case));
    }
    if plan.mapping.detail.is_some() && detail.is_none() {
        return Err("the case has no row in the second file".into());
    }
    let time = log.cell(row, detail, plan.at);
    let at = checked.time(plan, log, time);
    let at =
        at.ok_or_else(|| format!("{:?} in {} is no time of the form {}", log.texts.text(time), plan.mapping.at, plan.times.format()))?;
    let state = log.cell(row, detail, plan.state);
    if plan.entered(state).is_none() {
        return Err(format!("the state {:?} is not in the mapping", log.texts.text(state)));
    }
    for (place, rule) in plan.rules.iter().enumerate() {
        let symbol = rule.column.map_or(0, |column| log.cell(row, detail, column));
        if symbol != 0
            && let Err(why) = checked.cell(plan, log, place, symbol)
        {
            return Err(why.clone());
        }
    }
    Ok(at)
}

/// Sorts the rows of a case and finds its opening and its register.
fn settle(log: &Log, plan: &Plan, checked: &mut Checked, case: &mut Case) {
    let detail = case.detail;
    let order = |row: usize| {
        let text = plan.order.map_or("", |column| log.texts.text(log.cell(row, detail, column)));
        (text.parse::<i64>().unwrap_or(0), if text.bytes().all(|it| it.is_ascii_digit()) { "" } else { text })
    };
    case.rows.sort_by(|(a_at, a), (b_at, b)| a_at.cmp(b_at).then_with(|| order(*a).cmp(&order(*b))).then(a.cmp(b)));
    let (first_at, first) = case.rows[0];
    let opened = plan.opened.map(|column| log.cell(first, detail, column));
    case.opened = opened.and_then(|symbol| checked.time(plan, log, symbol)).unwrap_or(first_at);
    if let Some((column, values)) = &plan.register
        && let Some(register) = values.get(&log.cell(first, detail, *column))
    {
        case.register = register;
    }
}

/// Every name that the cases mention, in order of time: target register, name, first time met.
pub fn names(log: &Log, plan: &Plan, cases: &[Case]) -> Vec<(&'static str, String, i64)> {
    let mut met: HashMap<(&'static str, String), usize> = HashMap::new();
    let mut names: Vec<(&'static str, String, i64)> = Vec::new();
    let mut seen: HashMap<(usize, Symbol), usize> = HashMap::new();
    let mut meet = |key: (usize, Symbol), at: i64, name: &dyn Fn() -> (&'static str, String)| {
        let place = *seen.entry(key).or_insert_with(|| {
            let name = name();
            *met.entry(name.clone()).or_insert_with(|| {
                names.push((name.0, name.1, at));
                names.len() - 1
            })
        });
        names[place].2 = names[place].2.min(at);
    };
    for case in cases {
        for (at, row) in &case.rows {
            for (place, rule) in plan.rules.iter().enumerate() {
                let symbol = rule.column.map_or(0, |column| log.cell(*row, case.detail, column));
                if let (Kind::Link(target), true) = (rule.field.kind, symbol != 0) {
                    meet((place, symbol), *at, &|| (target, link_name(plan, log, place, symbol)));
                }
            }
            let actor = plan.actor.map_or(0, |column| log.cell(*row, case.detail, column));
            if actor != 0 {
                meet((usize::MAX, actor), *at, &|| ("people", plan.actor_name(log.texts.text(actor))));
            }
        }
    }
    names.sort_by_key(|it| it.2);
    names
}

/// The name a link's text stands for.
pub fn link_name(plan: &Plan, log: &Log, rule: usize, symbol: Symbol) -> String {
    let (rule, text) = (&plan.rules[rule], log.texts.text(symbol));
    let mapped = rule.said.values.as_ref().and_then(|it| it.get(text)).map_or(text, String::as_str);
    rule.phrase(mapped)
}
