//! How the first rows would be read. Nothing is written.

use super::Mapping;
use super::one::{find_matched, made_earlier, sent};
use super::plan::{Item, Plan};
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
    /// Field key and the value as an export would write it.
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
    let plan = Plan::new(view, &house.shape(register), table, mapping)?;
    let view = options.importer(view);
    let some = table.sample.iter().filter(|row| !row.is_blank()).take(rows);
    some.map(|row| match plan.item(row.clone()) {
        Ok(item) => one(tx, house, &view, register, &plan, &item, &options.source),
        Err((row, wrong)) => Ok(Preview { line: row.line, values: Vec::new(), wrong, would: Would::Reject }),
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
            let wrong = vec![FieldError::new("", refused.to_string())];
            return Ok(Preview { line: item.row.line, values: Vec::new(), wrong, would: Would::Reject });
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
    let values = values(tx, house, view, &draft.record, item)?;
    let would = match reference {
        _ if !draft.errors.is_empty() => Would::Reject,
        _ if same => Would::Nothing,
        Some(reference) => Would::Change(reference),
        None => Would::Create,
    };
    Ok(Preview { line: item.row.line, values, wrong: draft.errors, would })
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

fn values(tx: &mut Tx, house: &House, view: &View, record: &Record, item: &Item) -> Result<Vec<(String, String)>> {
    let names = names_of(tx, house, view, std::slice::from_ref(record), &[])?;
    let written = |key: &String| {
        let place = record.shape.place(key)?;
        let out = Out::of(record.shape.fields[place].kind, &record.cells[place], &names);
        Some((key.clone(), out.written().into_owned()))
    };
    Ok(item.fields.keys().filter_map(written).collect())
}
