//! `reeve backup` and `reeve restore`.

use super::attachments::{self, Brought, few, folder_of};
use crate::args::Place;
use crate::open::{DATABASE, database_file, locate, open_existing};
use anyhow::{Context, Result, bail};
use db::{Engine, Source};
use kernel::file::Store;
use kernel::journal::{self, Finding};
use std::path::Path;

/// Writes a copy of everything while serving: the database to `file`, the attachments to a folder beside it.
pub fn backup(place: &Place, file: &Path) -> Result<()> {
    let opened = open_existing(place)?;
    if opened.db.engine() == Engine::Postgres {
        bail!(
            "A PostgreSQL database is backed up with pg_dump (pg_dump --format=custom). Copy the folder {} after it: the attachments \
             lie there. Nothing was written.",
            opened.folder.join("files").display()
        );
    }
    let (folder, store) = (folder_of(file), Store::new(&opened.folder));
    for taken in [file, folder.as_path()] {
        if taken.exists() {
            bail!("{} exists already and was left alone; choose another name. No backup was written.", taken.display());
        }
    }
    let copied = attachments::begin(&opened.db, &store, file).and_then(|()| Ok(opened.db.backup(file)?));
    if copied.is_err() {
        // Ours alone: it was not there a moment ago.
        let _ = std::fs::remove_dir_all(&folder);
    }
    copied.with_context(|| format!("No backup was written to {}", file.display()))?;
    said(file, &attachments::complete(&store, file)?)
}

/// Says what lies where; attachments that are lost make it a failure, though the rest is kept.
fn said(file: &Path, brought: &Brought) -> Result<()> {
    let folder = folder_of(file);
    eprintln!("Everything as of now is in two places that belong together:");
    eprintln!("  {}   the database", file.display());
    eprintln!("  {}   {}", folder.display(), counted(brought.count));
    if !brought.lost.is_empty() {
        bail!(
            "{} more that records name are missing or damaged in the data folder and so are not in the backup: {}. All else is in it \
             and can be restored.",
            counted(brought.lost.len()),
            few(&brought.lost)
        );
    }
    Ok(())
}

fn counted(attachments: usize) -> String {
    if attachments == 1 { "1 attachment".into() } else { format!("{attachments} attachments") }
}

/// Puts a backup in place. A damaged, altered or newer one, or one that lacks attachments, is refused and touches nothing.
pub fn restore(place: &Place, file: &Path) -> Result<()> {
    let (folder, source) = locate(place)?;
    if let Source::Postgres(_) = source {
        bail!(
            "A PostgreSQL database is restored with pg_restore, and its attachments by copying their folder to {}. Nothing was changed.",
            folder.join("files").display()
        );
    }
    let (newest, store) = (migrations::newest(), Store::new(&folder));
    db::check(file, newest).context("Nothing was restored")?;
    unaltered(file).context("Nothing was restored and nothing was changed")?;
    let (wanted, lost) = attachments::check(file, &store).context("Nothing was restored")?;
    std::fs::create_dir_all(&folder).with_context(|| format!("The folder {} cannot be made", folder.display()))?;
    // The attachments first: the database then never names one that is not there.
    attachments::place(file, &store, &wanted).context("The attachments could not be put in place, and the database was left as it was")?;
    db::restore(file, &database_file(&folder), newest).context("Nothing was restored and nothing was changed")?;
    eprintln!(
        "{} now stands in {}, and {} put in place. Check it with `reeve verify`.",
        file.display(),
        folder.display(),
        were(wanted.len())
    );
    if lost > 0 {
        eprintln!("{} had been lost before the backup was made; `reeve doctor` names them.", counted(lost));
    }
    Ok(())
}

/// Refuses a backup whose seals do not hold.
fn unaltered(file: &Path) -> Result<()> {
    let (_, broken) = db::within(file, journal::verify)?;
    let Some(Finding { what, wrong }) = broken else { return Ok(()) };
    bail!(
        "{} was tampered with: {what}: {wrong}. Use another backup. To look into this one, copy it into a folder of its own as {DATABASE}, \
         and run `reeve verify --data FOLDER` on that",
        file.display()
    )
}

fn were(attachments: usize) -> String {
    format!("{} {}", counted(attachments), if attachments == 1 { "was" } else { "were" })
}
