//! The attachments of a backup: the folder `FILE.files` beside `FILE`, where they lie by digest as they do in the data folder.

use anyhow::{Context, Result, bail};
use db::Database;
use kernel::file::{Store, pointed};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Digests looked up in one transaction.
const SOME: i64 = 5_000;
/// Digests named in one sentence.
const NAMED: usize = 20;
/// The list, in the folder of a backup, of what was lost before it was made: one digest a line. A restore does without these.
const LOST: &str = "missing";

/// The folder of the attachments that belong to a backup.
pub fn folder_of(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".files");
    name.into()
}

/// What came of bringing attachments along.
pub struct Brought {
    /// How many lie in the backup.
    pub count: usize,
    /// Digests that records name and whose bytes are missing or damaged in the data folder.
    pub lost: Vec<String>,
}

/// Copies what records name now, each checked against its digest. Called before the database is copied: what is taken off its
/// record meanwhile is then there already, however soon its bytes are collected. What is lost is told by [`complete`].
pub fn begin(db: &Database, from: &Store, file: &Path) -> Result<()> {
    let to = Store::at(folder_of(file));
    fs::create_dir_all(folder_of(file)).with_context(|| format!("The folder {} cannot be made", folder_of(file).display()))?;
    each_named(db, |digest| bring(from, &to, digest).map(drop))
}

/// Calls `run` with each digest that records name.
pub fn each_named(db: &Database, mut run: impl FnMut(&str) -> Result<()>) -> Result<()> {
    let mut after = String::new();
    loop {
        let begun = after.clone();
        let some = db.read_wait(move |tx| pointed(tx, &begun, SOME))?;
        let Some(last) = some.last() else { return Ok(()) };
        after.clone_from(last);
        for digest in &some {
            run(digest)?;
        }
    }
}

/// Makes the folder fit the copy of the database: what came since is added, what went is taken away, what is lost is listed.
pub fn complete(from: &Store, file: &Path) -> Result<Brought> {
    let (folder, named) = (folder_of(file), named(file)?);
    let to = Store::at(folder.clone());
    let mut lost = Vec::new();
    for digest in &named {
        if !bring(from, &to, digest)? {
            lost.push(digest.clone());
        }
    }
    let now = std::time::SystemTime::now() + std::time::Duration::from_secs(1);
    for digest in to.stored_before(now).iter().filter(|it| !named.contains(*it)) {
        to.remove_stored_before(digest, now);
    }
    if !lost.is_empty() {
        fs::write(folder.join(LOST), lost.join("\n") + "\n").context("The list of missing attachments cannot be written")?;
    }
    Ok(Brought { count: named.len() - lost.len(), lost })
}

/// Copies the bytes of a digest unless they are there; false when they are lost.
fn bring(from: &Store, to: &Store, digest: &str) -> Result<bool> {
    if to.has(digest) {
        return Ok(true);
    }
    match from.get(digest) {
        Ok(bytes) => Ok(to.replace(&bytes).map(|()| true)?),
        Err(_) => Ok(false),
    }
}

/// The digests that the records of a backup name.
fn named(file: &Path) -> Result<BTreeSet<String>> {
    let mut all = BTreeSet::new();
    let read = db::within(file, |tx| {
        loop {
            let some = pointed(tx, all.last().map_or("", String::as_str), SOME)?;
            if some.is_empty() {
                return Ok::<_, kernel::Error>(());
            }
            all.extend(some);
        }
    });
    read.context("The attachments that the backup names cannot be listed")?;
    Ok(all)
}

/// Reads every attachment that a backup names, in its folder or where it is to go, and refuses when one is missing or damaged.
/// Changes nothing. Gives the digests that have to be put in place, and how many the backup says were lost before it was made.
pub fn check(file: &Path, to: &Store) -> Result<(Vec<String>, usize)> {
    let folder = folder_of(file);
    let (from, list) = (Store::at(folder.clone()), fs::read_to_string(folder.join(LOST)).unwrap_or_default());
    let lost: BTreeSet<&str> = list.lines().map(str::trim).collect();
    let (mut wanted, mut given_up, mut wrong) = (Vec::new(), 0, Vec::new());
    for digest in named(file)? {
        if to.get(&digest).is_ok() {
            continue;
        }
        match from.get(&digest) {
            Ok(_) => wanted.push(digest),
            Err(_) if lost.contains(digest.as_str()) => given_up += 1,
            Err(_) if from.has(&digest) => wrong.push(format!("{digest} is damaged")),
            Err(_) => wrong.push(format!("{digest} is missing")),
        }
    }
    if wrong.is_empty() {
        return Ok((wanted, given_up));
    }
    let list = folder.join(LOST);
    bail!(
        "{} of its attachments cannot be read in {}: {}. Nothing was changed. Bring them there from another copy; to restore \
         without them, list their digests in {}, one a line",
        wrong.len(),
        folder.display(),
        few(&wrong),
        list.display()
    )
}

/// Puts attachments of a backup in place. They lie there unnoticed until the database names them.
pub fn place(file: &Path, to: &Store, wanted: &[String]) -> Result<()> {
    let from = Store::at(folder_of(file));
    for digest in wanted {
        to.replace(&from.get(digest)?)?;
    }
    Ok(())
}

/// The first of many in one sentence, and how many more there are.
pub fn few(all: &[String]) -> String {
    let named = all.iter().take(NAMED).map(String::as_str).collect::<Vec<_>>().join(", ");
    match all.len().saturating_sub(NAMED) {
        0 => named,
        more => format!("{named} and {more} more"),
    }
}
