//! `reeve import` and `reeve export`.

use super::init::first_organisation;
use crate::args::{Export, Import};
use crate::open::{Opened, open_existing};
use anyhow::{Context, Result, bail};
use desk::incident_log::{self, Doing, Input, Mapping, Options, Progress};
use kernel::who::{Means, View};
use std::io::{IsTerminal, Write};
use std::process::ExitCode;
use std::time::Instant;

/// The command `import`. Exit 1 when something was rejected, so that a script notices.
pub fn import(import: &Import) -> Result<ExitCode> {
    match import.source.as_str() {
        "incident-log" => import_log(import),
        other => bail!("There is no source {other}. Those that exist: incident-log, csv, jsonl. Nothing was imported."),
    }
}

fn import_log(import: &Import) -> Result<ExitCode> {
    let inputs = import.files.iter().map(|file| Input::file(file)).collect::<kernel::Result<Vec<_>>>()?;
    let mapping = import.mapping.as_ref().map(|file| {
        let text = std::fs::read_to_string(file).with_context(|| format!("The mapping {} cannot be read", file.display()))?;
        Ok::<_, anyhow::Error>(Mapping::parse(&text)?)
    });
    let mapping = mapping.transpose()?;
    let Opened { db, house, .. } = open_existing(&import.place)?;
    let view = View::unguarded_house_itself(&house, first_organisation(&db)?, Means::Import("incident-log".into()));
    let options = Options { dry_run: import.dry_run, rejects: Some(import.rejects.clone().unwrap_or_else(|| "rejects.csv".into())) };
    let mut bar = Bar::new();
    let begin = Instant::now();
    let report = incident_log::import(&db, &house, &view, inputs, mapping, &options, &mut |progress| bar.show(&progress))?;
    bar.end();
    let would = if import.dry_run { " would be" } else { "" };
    println!("{} rows of {} cases read with the mapping {}", report.rows, report.cases, report.source);
    println!("{} tickets{would} new, {} grown, {} the same as before", report.new, report.grown, report.same);
    println!("{} journal entries of updates, {} people, teams, services and items", report.entries, report.names);
    println!("{} rejected", report.rejects.len());
    for reject in report.rejects.iter().take(10) {
        eprintln!("  line {}: {}: {}", reject.place.line, reject.case, reject.reason);
    }
    eprintln!("{:.1} s", begin.elapsed().as_secs_f64());
    db.close();
    Ok(if report.rejects.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

/// A line that is written over on a terminal; silent elsewhere.
struct Bar {
    terminal: bool,
    begin: Instant,
    shown: Option<Instant>,
}

impl Bar {
    fn new() -> Bar {
        Bar { terminal: std::io::stderr().is_terminal(), begin: Instant::now(), shown: None }
    }
    fn show(&mut self, progress: &Progress) {
        if !self.terminal || self.shown.is_some_and(|at| at.elapsed().as_millis() < 100) {
            return;
        }
        self.shown = Some(Instant::now());
        let doing = match progress.doing {
            Doing::Reading => "reading",
            Doing::Naming => "people, teams, services",
            Doing::Writing => "updates",
        };
        let share = progress.done as f64 / progress.total.max(1) as f64;
        let rate = progress.done as f64 / self.begin.elapsed().as_secs_f64().max(0.001);
        let left = (progress.total - progress.done.min(progress.total)) as f64 / rate.max(1.0);
        let filled = (share * 30.0) as usize;
        eprint!("\r[{}{}] {:3.0} % {doing}, {rate:.0}/s, {left:.0} s left   ", "=".repeat(filled), " ".repeat(30 - filled.min(30)), share * 100.0);
        let _ = std::io::stderr().flush();
    }
    fn end(&self) {
        if self.terminal {
            eprintln!();
        }
    }
}

/// The command `export`.
pub fn export(export: &Export) -> Result<()> {
    bail!("{} cannot be exported yet.", export.kind)
}
