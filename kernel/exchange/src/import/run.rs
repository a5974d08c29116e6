//! The import itself: rows in chunks, what was rejected in a list, and an end that can be repeated.

use super::chunk::{ROWS, Work, write};
use super::currency;
use super::one::Outcome;
use super::plan::{Item, Plan};
use super::reason::reason;
use super::rejects::Rejects;
use super::rows::Row;
use super::table::Table;
use super::{Mapping, Report};
use db::Database;
use kernel::describe::Register;
use kernel::who::{Means, View};
use kernel::{FieldError, House, Result};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::io::Write;
use std::ops::ControlFlow;
use std::sync::Arc;

/// Rows that point at what is not there yet and are tried again at the end; more than these are rejected at once.
const MOST_LATER: usize = 20_000;

/// How often they are tried: links that go this many times back and forth through the file.
const MOST_ROUNDS: usize = 20;

/// How an import is done.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Names the source: together with a row's key it tells what was imported before. Stands in the journal.
    pub source: String,
    /// Try everything and keep nothing. Links between rows of different chunks (200 rows) cannot be followed then; on
    /// PostgreSQL it uses up numbers of references.
    pub dry_run: bool,
}

impl Options {
    /// The viewer as an importer.
    pub(super) fn importer(&self, view: &View) -> View {
        View { means: Means::Import(self.source.clone()), ..view.clone() }
    }
}

/// Imports a file into a register. Every row goes through the register's create or edit, so its rules, the viewer's grants
/// and the journal hold. It may be stopped at any moment and run again: rows that are in are compared, not added. Rejected
/// rows are written to `rejects` as CSV. Blocks; for a thread that may wait.
///
/// `progress` hears how far it is after each chunk and may break off there.
///
/// # Errors
/// The viewer lacks the grant `import`; the mapping does not fit; `rejects` cannot be written. What ends the import later (the
/// database is full, the file cannot be read on) is in the report.
#[allow(clippy::too_many_arguments, reason = "what is imported, by whom, from what, how, and who hears of it")]
pub fn run(
    db: &Database,
    house: &Arc<House>,
    view: &View,
    register: &'static Register,
    table: &mut Table,
    mapping: &Mapping,
    options: &Options,
    rejects: &mut dyn Write,
    progress: &mut dyn FnMut(&Report) -> ControlFlow<()>,
) -> Result<Report> {
    view.demand(register, "import")?;
    let shape = house.shape(register);
    let (own, reader, read) = (shape.clone(), view.clone(), mapping.clone());
    let currency = db.read_wait(move |tx| currency::only(tx, &reader, &own, &read))?;
    let plan = Plan::new(view, &shape, table, mapping, currency)?;
    let work = Work {
        house: Arc::clone(house),
        view: options.importer(view),
        register,
        plan,
        source: options.source.clone(),
        dry: options.dry_run,
    };
    let report = Report { source: options.source.clone(), dry_run: options.dry_run, notes: table.notes.clone(), ..Report::default() };
    let rejects = Rejects::new(rejects, &table.columns);
    let mut running = Running { db, work: Arc::new(work), report, rejects, later: Vec::new(), seen: HashMap::new(), progress };
    running.all(table)?;
    running.rejects.end()?;
    Ok(running.report)
}

struct Running<'a> {
    db: &'a Database,
    work: Arc<Work>,
    report: Report,
    rejects: Rejects<'a>,
    later: Vec<(Item, Vec<String>)>,
    /// First line of each key of the file, by its digest.
    seen: HashMap<u128, u64>,
    progress: &'a mut dyn FnMut(&Report) -> ControlFlow<()>,
}

impl Running<'_> {
    fn all(&mut self, table: &mut Table) -> Result<()> {
        let mut chunk = Vec::with_capacity(ROWS);
        for row in table.rows()? {
            match row {
                Ok(row) => self.take(row, &mut chunk)?,
                Err(error) => {
                    self.report.stopped = Some(error.to_string());
                    break;
                }
            }
            if chunk.len() == ROWS && self.flush(std::mem::take(&mut chunk))?.is_break() {
                return self.give_up_later();
            }
        }
        if !chunk.is_empty() && self.flush(chunk)?.is_break() {
            return self.give_up_later();
        }
        self.again()
    }

    fn take(&mut self, row: Row, chunk: &mut Vec<Item>) -> Result<()> {
        self.report.rows += 1;
        if row.is_blank() {
            self.report.blank += 1;
            return Ok(());
        }
        match self.work.plan.item(row) {
            // What is refused for itself identifies nothing that a later row could be the same as.
            Ok(item) if !item.wrong.is_empty() => {
                chunk.push(item);
                Ok(())
            }
            Ok(item) => match self.seen_before(&item) {
                Some(line) if self.work.plan.by_values() => {
                    self.reject(&item.row, &[format!("The row is the same as the one on line {line}.")])
                }
                Some(line) => self.reject(&item.row, &[format!("{} identifies the row on line {line} already.", item.foreign)]),
                None => {
                    chunk.push(item);
                    Ok(())
                }
            },
            Err((row, wrong)) => self.reject(&row, &self.reasons(&wrong)),
        }
    }

    /// The line of an earlier row with the same key.
    fn seen_before(&mut self, item: &Item) -> Option<u64> {
        let digest = Sha256::digest(item.foreign.as_bytes());
        let mut short = [0; 16];
        short.copy_from_slice(&digest[..16]);
        match self.seen.entry(u128::from_be_bytes(short)) {
            Entry::Occupied(first) => Some(*first.get()),
            Entry::Vacant(place) => {
                place.insert(item.row.line);
                None
            }
        }
    }

    /// Writes a chunk. Breaks when the database cannot be written or whoever watches wants an end.
    fn flush(&mut self, chunk: Vec<Item>) -> Result<ControlFlow<()>> {
        let items = Arc::new(chunk);
        let outcomes = match write(self.db, &self.work, &items) {
            Ok(outcomes) => outcomes,
            Err(error) => {
                self.report.stopped = Some(format!(
                    "{error}. Rows before line {} are in or rejected. Mend that and run the import again: it goes on where it stopped.",
                    items.first().map_or(0, |it| it.row.line)
                ));
                return Ok(ControlFlow::Break(()));
            }
        };
        for (item, outcome) in items.iter().zip(outcomes) {
            match outcome {
                Outcome::Refused { reasons, link: true } if self.later.len() < MOST_LATER => self.later.push((item.clone(), reasons)),
                Outcome::Refused { reasons, .. } => self.reject(&item.row, &reasons)?,
                done => self.count(&done),
            }
        }
        let flow = (self.progress)(&self.report);
        if flow.is_break() {
            self.report.stopped = Some("It was stopped. Run the import again: it goes on where it stopped.".into());
        }
        Ok(flow)
    }

    fn count(&mut self, outcome: &Outcome) {
        match outcome {
            Outcome::Created => self.report.created += 1,
            Outcome::Changed => self.report.changed += 1,
            Outcome::Same | Outcome::Refused { .. } => self.report.same += 1,
        }
    }

    /// Tries rows again that pointed at what later rows have brought, as long as that helps: backwards first, since a file
    /// that names the part before the whole does so all along.
    fn again(&mut self) -> Result<()> {
        for _ in 0..MOST_ROUNDS {
            if self.later.is_empty() || self.report.stopped.is_some() {
                break;
            }
            let before = self.later.len();
            let mut rows = std::mem::take(&mut self.later);
            rows.reverse();
            for (at, part) in rows.chunks(ROWS).enumerate() {
                if self.flush(part.iter().map(|(item, _)| item.clone()).collect())?.is_break() {
                    self.later.extend(rows.into_iter().skip(at * ROWS));
                    return self.give_up_later();
                }
            }
            if self.later.len() == before {
                break;
            }
        }
        self.give_up_later()
    }

    fn give_up_later(&mut self) -> Result<()> {
        self.later.sort_by_key(|(item, _)| item.row.line);
        for (item, reasons) in std::mem::take(&mut self.later) {
            self.reject(&item.row, &reasons)?;
        }
        Ok(())
    }

    fn reject(&mut self, row: &Row, reasons: &[String]) -> Result<()> {
        self.report.reject(row.line, reasons);
        self.rejects.add(row, reasons)
    }

    fn reasons(&self, wrong: &[FieldError]) -> Vec<String> {
        let shape = self.work.house.shape(self.work.register);
        wrong.iter().map(|it| reason(&shape, it)).collect()
    }
}
