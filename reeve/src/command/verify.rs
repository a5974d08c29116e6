//! `reeve verify`: the seals, and every practice's own data.

use crate::args::Place;
use crate::open::{Opened, open_existing};
use anyhow::{Result, bail};
use kernel::journal::{self, Finding};
use std::path::Path;
use std::process::ExitCode;

/// What was checked and found.
pub struct Report {
    /// Sealed entries walked.
    pub entries: i64,
    /// What is wrong.
    pub findings: Vec<Finding>,
}

/// Seals what is not sealed yet, then checks everything.
pub fn check(opened: &Opened) -> Result<Report> {
    let house = &opened.house;
    journal::seal_all(&opened.db, house)?;
    let practices = house.practices.clone();
    let (entries, findings) = opened.db.read_wait(move |tx| {
        tx.set_statement_time(None)?;
        let (entries, broken) = journal::verify(tx)?;
        let mut findings: Vec<Finding> = broken.into_iter().collect();
        for practice in &practices {
            findings.extend((practice.verify)(tx)?);
        }
        Ok::<_, kernel::Error>((entries, findings))
    })?;
    Ok(Report { entries, findings })
}

/// The command: exit 1 names the first broken entry.
pub fn verify(place: &Place, pack: Option<&Path>) -> Result<ExitCode> {
    if let Some(pack) = pack {
        bail!("{} is not an evidence pack that this version can read. Leave the argument out to check the journal here.", pack.display());
    }
    let report = check(&open_existing(place)?)?;
    for finding in &report.findings {
        println!("{}: {}", finding.what, finding.wrong);
    }
    if report.findings.is_empty() {
        println!("{} journal entries are sealed, in order and unaltered; every practice's own data agrees.", report.entries);
        return Ok(ExitCode::SUCCESS);
    }
    Ok(ExitCode::from(1))
}
