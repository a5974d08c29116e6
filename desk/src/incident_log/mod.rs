//! Imports a log of updates: every row becomes one journal entry at its own time by its own actor, and the last row of a
//! case its ticket. What a column means stands in a mapping ([`mapping`]); mappings for some logs ship with the program.
//!
//! Running it again compares instead of adding: a case that is known and the same is left alone, one that has more rows
//! gets those, one whose earlier rows differ is rejected, as history is not rewritten. It writes in small transactions and
//! so may be stopped at any time and run again.

mod derived;
mod digest;
mod gather;
mod history;
mod input;
mod log;
pub mod mapping;
mod names;
mod plan;
mod read;
mod reject;
mod report;
mod store;
mod times;
mod value;
mod verb;
mod write;

pub use input::Input;
pub use mapping::Mapping;
pub use reject::Reject;
pub use report::{Doing, Progress, Report};

use crate::ticket::INCIDENTS;
use db::Database;
use digest::Digest;
use gather::{Case, Checked};
use history::Teller;
use kernel::who::View;
use kernel::{House, Result};
use log::{Log, Place};
use plan::Plan;
use std::path::PathBuf;
use std::sync::Arc;
use store::Earlier;
use write::{Became, Task};

/// Updates written in one transaction, about.
const CHUNK: usize = 600;

/// How an import is to be done.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Say what would happen; write nothing.
    pub dry_run: bool,
    /// Where the list of rejected rows goes, if there are any. A dry run writes none.
    pub rejects: Option<PathBuf>,
}

/// Imports a log into the organisation the viewer acts in. Without a mapping, the shipped one that knows the log's columns
/// is taken. Blocks until done; never to be called from the database's own threads.
///
/// # Errors
/// When the viewer may not import incidents, an input cannot be read, or the mapping does not fit: nothing was imported then.
/// When the database fails on the way: what was written stays, and the import can be run again.
pub fn import(
    db: &Database,
    house: &Arc<House>,
    view: &View,
    inputs: Vec<Input>,
    mapping: Option<Mapping>,
    options: &Options,
    progress: &mut dyn FnMut(Progress),
) -> Result<Report> {
    view.demand(&INCIDENTS, "import")?;
    let mut read = read::read(inputs, mapping, progress)?;
    let plan = plan::plan(read.mapping, &mut read.log, house, &house.shape(&INCIDENTS))?;
    let mut checked = Checked::default();
    let cases = gather::gather(&read.log, &plan, &mut checked, &mut read.rejects);
    let mut work = Work { db, house, view, plan: &plan, log: &read.log, options, report: Report::default() };
    work.report = Report {
        source: plan.mapping.source.clone(),
        rows: read.log.rows.len(),
        cases: cases.len(),
        rejects: std::mem::take(&mut read.rejects),
        ..Report::default()
    };
    work.run(&cases, &mut checked, progress)?;
    let report = work.report;
    if let (Some(path), false, false) = (&options.rejects, options.dry_run, report.rejects.is_empty()) {
        reject::write(path, &read.names, &report.rejects)?;
    }
    Ok(report)
}

struct Work<'a> {
    db: &'a Database,
    house: &'a Arc<House>,
    view: &'a View,
    plan: &'a Plan,
    log: &'a Log,
    options: &'a Options,
    report: Report,
}

impl Work<'_> {
    fn run(&mut self, cases: &[Case], checked: &mut Checked, progress: &mut dyn FnMut(Progress)) -> Result<()> {
        let (source, plan, log) = (self.plan.mapping.source.as_str(), self.plan, self.log);
        let (asked, met) = (source.to_owned(), gather::names(log, plan, cases));
        let (mut names, earlier) =
            self.db.read_wait(move |tx| Ok::<_, kernel::Error>((store::names(tx, &asked)?, store::earlier(tx, &asked)?)))?;
        if self.options.dry_run {
            self.report.names = met.iter().filter(|it| !names.contains_key(&(it.0, it.1.clone()))).count();
        } else {
            self.report.names = names::make(self.db, self.house, self.view, source, met, &mut names, progress)?;
        }
        let mut teller = Teller::new(log, plan, &names, checked, self.house);
        let (mut tasks, mut held, mut done) = (Vec::new(), 0, 0);
        let total = cases.iter().map(|it| it.rows.len()).sum::<usize>() as u64;
        for case in cases {
            let history = teller.tell(case);
            done += case.rows.len() as u64;
            if let Some(task) = self.sort(case, history, &earlier) {
                held += task.history.updates.len();
                tasks.push(task);
            }
            if held >= CHUNK {
                held = 0;
                self.flush(&mut tasks)?;
                progress(Progress { doing: Doing::Writing, done, total });
            }
        }
        self.flush(&mut tasks)?;
        progress(Progress { doing: Doing::Writing, done: total, total });
        Ok(())
    }

    /// What is to be done with a case, if anything.
    fn sort(&mut self, case: &Case, history: history::History, earlier: &Earlier) -> Option<Task> {
        let Some((register, id, stored)) = earlier.get(&history.case) else {
            self.report.new += 1;
            return Some(Task { history, earlier: None });
        };
        let count = Digest::count(stored).unwrap_or_default();
        if register != case.register.key || history.digest.stored(count).as_ref() != Some(stored) {
            let reason = "updates of this case that were imported before differ now, or are fewer; history is not rewritten";
            self.reject(case, &history.case, reason);
            return None;
        }
        if count == history.updates.len() {
            self.report.same += 1;
            return None;
        }
        self.report.grown += 1;
        let id = *id;
        Some(Task { history, earlier: Some((id, count)) })
    }

    fn reject(&mut self, case: &Case, name: &str, reason: &str) {
        let place = case.rows.first().map_or(Place { file: 0, line: 0 }, |it| self.log.rows.place(it.1));
        self.report.rejects.push(Reject { place, case: name.to_owned(), reason: reason.to_owned() });
    }

    fn flush(&mut self, tasks: &mut Vec<Task>) -> Result<()> {
        let tasks = Arc::new(std::mem::take(tasks));
        let entries = |it: &Task| it.history.updates.len() - it.earlier.map_or(0, |it| it.1);
        if self.options.dry_run {
            self.report.entries += tasks.iter().map(entries).sum::<usize>();
            return Ok(());
        }
        let (house, view, source) = (Arc::clone(self.house), self.view.clone(), self.plan.mapping.source.clone());
        let given = Arc::clone(&tasks);
        let became = self.db.write_wait(move |tx| write::write(tx, &house, &view, &source, &given))?;
        for (task, became) in tasks.iter().zip(became) {
            match became {
                Became::Written(count) => self.report.entries += count,
                Became::Worked(reference) => {
                    self.report.grown -= 1;
                    let reason = format!("{reference} was worked on since it was imported, so its new updates were left out");
                    self.report.rejects.push(Reject { place: Place { file: 0, line: 0 }, case: task.history.case.clone(), reason });
                }
            }
        }
        Ok(())
    }
}
