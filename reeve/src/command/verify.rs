//! `reeve verify`: the seals, and every practice's own data.

use crate::args::Place;
use crate::open::{Opened, open_existing};
use crate::store;
use anyhow::{Result, bail};
use kernel::journal::{self, Finding, Redaction};
use kernel::time::rfc3339;
use std::path::Path;
use std::process::ExitCode;

/// What was checked and found.
pub struct Report {
    /// Sealed entries walked.
    pub entries: i64,
    /// What was erased by redactions, and by whom, the latest first.
    pub redacted: Vec<(Redaction, String)>,
    /// What is wrong.
    pub findings: Vec<Finding>,
}

/// Redactions named one by one.
const NAMED: i64 = 100;

/// Seals what is not sealed yet, then checks everything.
pub fn check(opened: &Opened) -> Result<Report> {
    let house = &opened.house;
    journal::seal_all(&opened.db, house)?;
    let practices = house.practices.clone();
    let (entries, redacted, findings) = opened.db.read_wait(move |tx| {
        tx.set_statement_time(None)?;
        let (entries, broken) = journal::verify(tx)?;
        let mut findings: Vec<Finding> = broken.into_iter().collect();
        for practice in &practices {
            findings.extend((practice.verify)(tx)?);
        }
        let redacted = journal::redactions(tx, NAMED)?.into_iter().map(|it| {
            let by = store::person_name(tx, it.person)?.unwrap_or_else(|| "the house".into());
            Ok((it, by))
        });
        let redacted = redacted.collect::<kernel::Result<Vec<_>>>()?;
        Ok::<_, kernel::Error>((entries, redacted, findings))
    })?;
    Ok(Report { entries, redacted, findings })
}

/// The command: exit 1 names the first broken entry.
pub fn verify(place: &Place, pack: Option<&Path>) -> Result<ExitCode> {
    if let Some(pack) = pack {
        bail!("{} is not an evidence pack that this version can read. Leave the argument out to check the journal here.", pack.display());
    }
    let report = check(&open_existing(place)?)?;
    for (Redaction { entry, at, .. }, by) in &report.redacted {
        println!("journal entry {entry}: its content was erased by {by}, {}", rfc3339(*at));
    }
    for finding in &report.findings {
        println!("{}: {}", finding.what, finding.wrong);
    }
    if report.findings.is_empty() {
        println!("{} journal entries are sealed, in order and unaltered; every practice's own data agrees.", report.entries);
        return Ok(ExitCode::SUCCESS);
    }
    Ok(ExitCode::from(1))
}
