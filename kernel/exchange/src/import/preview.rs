//! How the first rows would be read. Nothing is written.

use super::Mapping;
use super::currency;
use super::one::{all_wrong, find_matched, made_earlier, sent};
use super::plan::{Item, Plan};
use super::rows::Row;
use super::run::Options;
use super::table::Table;
use crate::export::value::Out;
use db::Tx;
use kernel::describe::Register;
use kernel::register::{Draft, Record, blank, fill, names_of};
use kernel::who::View;
use kernel::{Act, Error, FieldError, House, Result};

/// What would become of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Would {
    /// A new record.
    Create,
    /// A change of the record with this reference.
    Change(String),
    /// Nothing: it was imported before and is the same.
    Nothing,
    /// It cannot be used as it is.
    Reject,
}

/// One row as it would be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preview {
    /// The line it begins on.
    pub line: u64,
    /// Field key and value, in the order of the columns: as it would read in the record, or as the file has it if the row cannot be used.
    pub values: Vec<(String, String)>,
    /// What is wrong with it; empty field key: with the row as a whole.
    pub wrong: Vec<FieldError>,
    /// What would become of it.
    pub would: Would,
}

/// Reads up to `rows` of the file's first rows as an import would, with links looked up and the register's rules applied. What a
/// register checks only while it writes is left to a dry run.
///
/// # Errors
/// The viewer lacks the grant `import`; the mapping does not fit the file or the register.
#[allow(clippy::too_many_arguments, reason = "what is imported, by whom, from what, how")]
pub fn preview(
    tx: &mut Tx,
    house: &House,
    view: &View,
    register: &'static Register,
    table: &Table,
    mapping: &Mapping,
    options: &Options,
    rows: usize,
) -> Result<Vec<Preview>> {
    view.demand(register, "import")?;
    let shape = house.shape(register);
    let currency = currency::only(tx, view, &shape, mapping)?;
    let plan = Plan::new(view, &shape, table, mapping, currency)?;
    let view = options.importer(view);
    let some = table.sample.iter().filter(|row| !row.is_blank()).take(rows);
    some.map(|row| match plan.item(row.clone()) {
        Ok(item) => one(tx, house, &view, register, &plan, &item, &options.source),
        Err((row, wrong)) => Ok(rejected(&plan, &row, wrong)),
    })
    .collect()
}

fn one(tx: &mut Tx, house: &House, view: &View, register: &'static Register, plan: &Plan, item: &Item, source: &str) -> Result<Preview> {
    let here = match made_earlier(tx, house, view, register, source, item) {
        Ok(Some((record, same))) => Ok((Some(record), same)),
        Ok(None) => find_matched(tx, house, view, register, plan, item).map(|found| (found, false)),
        Err(error) => Err(error),
    };
    let (here, same) = match here {
        Ok(here) => here,
        Err(Error::Db(fault)) => return Err(Error::Db(fault)),
        Err(refused) => {
            let wrong = item.wrong.iter().cloned().chain([FieldError::new("", refused.to_string())]).collect();
            return Ok(rejected(plan, &item.row, wrong));
        }
    };
    let mut act = Act::new(tx, view, house);
    let reference = here.as_ref().map(|it| it.reference.clone());
    let mut draft = match here {
        Some(record) => Draft::of(record),
        None => blank(&mut act, register)?,
    };
    let sent = sent(plan, item);
    fill(act.tx, house, view, &mut draft, sent.fields, sent.source)?;
    if draft.errors.is_empty() {
        (register.rules)(&mut draft);
    }
    required(&mut draft, view, register);
    if !draft.errors.is_empty() || !item.wrong.is_empty() {
        return Ok(rejected(plan, &item.row, all_wrong(item, draft.errors)));
    }
    let values = values(tx, house, view, &draft.record, plan, item)?;
    let would = match reference {
        _ if same => Would::Nothing,
        Some(reference) => Would::Change(reference),
        None => Would::Create,
    };
    Ok(Preview { line: item.row.line, values, wrong: Vec::new(), would })
}

/// A row as the file has it, with what is wrong.
fn rejected(plan: &Plan, row: &Row, wrong: Vec<FieldError>) -> Preview {
    let values = if row.broken.is_some() { Vec::new() } else { plan.told(row) };
    let values = values.into_iter().map(|(key, text)| (key.to_owned(), text)).collect();
    Preview { line: row.line, values, wrong, would: Would::Reject }
}

/// Notes required fields without a value and verbs the viewer lacks, which would be refused on writing.
fn required(draft: &mut Draft, view: &View, register: &'static Register) {
    let verb = if draft.is_new() { "create" } else { "edit" };
    if let Err(refused) = view.demand(register, verb) {
        draft.refuse("", refused.to_string());
    }
    let shape = draft.record.shape.clone();
    for field in shape.fields.iter().filter(|field| field.required && !field.computed) {
        if draft.get(field.key).is_null() && !draft.errors.iter().any(|it| it.field == field.key) {
            draft.refuse(field.key, format!("{} is required.", field.label));
        }
    }
}

/// What would stand in the record, as it reads.
fn values(tx: &mut Tx, house: &House, view: &View, record: &Record, plan: &Plan, item: &Item) -> Result<Vec<(String, String)>> {
    let names = names_of(tx, house, view, std::slice::from_ref(record), &[])?;
    let written = |(key, told): (&str, String)| {
        let out = record.shape.place(key).map(|place| Out::read(&record.shape.fields[place], &record.cells[place], &names, &view.zone));
        (key.to_owned(), out.map_or(told, |out| out.written().into_owned()))
    };
    Ok(plan.told(&item.row).into_iter().filter(|(key, _)| item.fields.contains_key(*key)).map(written).collect())
}
