//! `reeve import` and `reeve export`.

use super::init::first_organisation;
use crate::args::{Export, Import};
use crate::open::{Opened, open_existing};
use anyhow::{Context, Result, bail};
use desk::incident_log::{self, Doing, Input, Mapping, Options, Progress};
use exchange::command::{ExportKind, ImportFiles};
use exchange::progress::Progress as Shown;
use kernel::who::{Means, View};
use std::process::ExitCode;
use std::time::Instant;

/// The command `import`. Exit 1 when something was rejected, so that a script notices.
pub fn import(import: &Import) -> Result<ExitCode> {
    match import.source.as_str() {
        "incident-log" => import_log(import),
        "csv" => import_files(import, false),
        "jsonl" => import_files(import, true),
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
    let mut bar = Bar::default();
    let begin = Instant::now();
    let report = incident_log::import(&db, &house, &view, inputs, mapping, &options, &mut |progress| bar.show(&progress))?;
    if let Some((_, shown)) = bar.now.take() {
        shown.end(report.rows as u64, "");
    }
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

/// The bar of a log's import: one for each thing it does.
#[derive(Default)]
struct Bar {
    now: Option<(Doing, Shown)>,
}

impl Bar {
    fn show(&mut self, progress: &Progress) {
        if self.now.as_ref().is_none_or(|(doing, _)| *doing != progress.doing) {
            let (what, unit) = match progress.doing {
                Doing::Reading => ("Reading", "bytes"),
                Doing::Naming => ("People, teams, services, items", "names"),
                Doing::Writing => ("Writing", "updates"),
            };
            self.now = Some((progress.doing, Shown::begin(what, unit, Some(progress.total))));
        }
        if let Some((_, shown)) = &mut self.now {
            shown.at(progress.done, "");
        }
    }
}

fn import_files(import: &Import, json_lines: bool) -> Result<ExitCode> {
    let Some(kind) = import.kind.clone() else { bail!("--kind says what the rows are, e.g. --kind people. Nothing was imported.") };
    let Opened { db, house, .. } = open_existing(&import.place)?;
    let view = View::unguarded_house_itself(&house, first_organisation(&db)?, Means::Import(import.source.clone()));
    let wanted = ImportFiles {
        json_lines,
        files: import.files.clone(),
        kind,
        mapping: import.mapping.clone(),
        key: import.key.clone(),
        matching: import.matching.clone(),
        source: None,
        rejects: import.rejects.clone(),
        dry_run: import.dry_run,
    };
    let reports = exchange::command::import_files(&db, &house, &view, &wanted)?;
    for (file, report) in &reports {
        println!("{}: {report}", file.display());
    }
    db.close();
    Ok(if reports.iter().all(|(_, report)| report.is_clean()) { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

/// The command `export`.
pub fn export(export: &Export) -> Result<()> {
    let Opened { db, house, .. } = open_existing(&export.place)?;
    let view = View::unguarded_house_itself(&house, first_organisation(&db)?, Means::Cli);
    let pair = |text: &String| match text.split_once('=') {
        Some((key, value)) => Ok((key.to_owned(), value.to_owned())),
        None => bail!("--where takes a condition like state=new,assigned, not {text}."),
    };
    let wanted = ExportKind {
        kind: export.kind.clone(),
        format: export.format.clone(),
        readable: export.for_reading,
        columns: export.columns.clone(),
        query: export.wheres.iter().map(pair).collect::<Result<_>>()?,
        as_of: export.as_of.clone(),
        out: export.out.clone(),
    };
    exchange::command::export_kind(&db, &house, &view, &wanted)?;
    db.close();
    Ok(())
}
