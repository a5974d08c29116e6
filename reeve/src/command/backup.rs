//! `reeve backup` and `reeve restore`.

use crate::args::Place;
use crate::open::{database_file, locate, open_existing};
use anyhow::{Context, Result, bail};
use db::Source;
use std::path::Path;

/// Writes a copy of everything while serving.
pub fn backup(place: &Place, file: &Path) -> Result<()> {
    let opened = open_existing(place)?;
    opened.db.backup(file).with_context(|| format!("No backup was written to {}", file.display()))?;
    eprintln!("Everything as of now is in {}.", file.display());
    Ok(())
}

/// Puts a backup in place. A damaged or newer file is refused and touches nothing.
pub fn restore(place: &Place, file: &Path) -> Result<()> {
    let (folder, source) = locate(place)?;
    if let Source::Postgres(_) = source {
        bail!("A PostgreSQL database is restored with pg_restore. Nothing was changed.");
    }
    std::fs::create_dir_all(&folder).with_context(|| format!("The folder {} cannot be made", folder.display()))?;
    let newest = migrations::newest();
    db::restore(file, &database_file(&folder), newest).context("Nothing was restored and nothing was changed")?;
    eprintln!("{} now stands in {}. Check it with `reeve verify`.", file.display(), folder.display());
    Ok(())
}
