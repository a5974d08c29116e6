//! `reeve doctor`: what is misconfigured and how to mend it.

use super::attachments::{each_named, few};
use crate::args::Place;
use crate::open::{File, locate};
use crate::store;
use anyhow::Result;
use db::{Database, Options, Source};
use kernel::file::Store;
use std::path::Path;
use std::process::ExitCode;

/// One thing looked at.
struct Look {
    what: &'static str,
    /// What is well, or what is wrong and how to mend it.
    said: std::result::Result<String, String>,
}

/// Looks at everything, prints a line each, and exits 1 if something is to be mended.
pub fn doctor(place: &Place) -> Result<ExitCode> {
    let mut looks = vec![settings_file()];
    if looks[0].said.is_ok() {
        let (folder, source) = locate(place)?;
        looks.push(folder_look(&folder));
        looks.push(clock());
        looks.extend(database(&source, &folder));
    }
    let mut ill = 0;
    for look in &looks {
        match &look.said {
            Ok(well) => println!("ok    {}: {well}", look.what),
            Err(wrong) => {
                ill += 1;
                println!("mend  {}: {wrong}", look.what);
            }
        }
    }
    Ok(if ill == 0 { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

fn settings_file() -> Look {
    let said = match File::read() {
        Ok(_) if Path::new("reeve.toml").exists() => Ok("read".into()),
        Ok(_) => Ok("none here; flags, environment and defaults hold".into()),
        Err(wrong) => Err(format!("{wrong:#}")),
    };
    Look { what: "reeve.toml", said }
}

fn folder_look(folder: &Path) -> Look {
    let probe = folder.join(".reeve-probe");
    let said = match std::fs::create_dir_all(folder).and_then(|()| std::fs::write(&probe, b"probe")) {
        Ok(()) => {
            let _ = std::fs::remove_file(&probe);
            Ok(format!("{} can be written", folder.display()))
        }
        Err(wrong) => Err(format!(
            "{} cannot be written ({wrong}). Give the user that runs Reeve the right to, or name another with --data.",
            folder.display()
        )),
    };
    Look { what: "data folder", said }
}

/// A clock before the release of this version is wrong: sessions and tokens would not end when they should.
fn clock() -> Look {
    const RELEASE: i64 = 1_795_000_000_000;
    let now = kernel::time::Clock::System.now();
    let said = match now < RELEASE - 31_536_000_000 {
        true => Err("the system's clock is more than a year before this version was made. Set it, or run a time service.".into()),
        false => Ok(kernel::time::rfc3339(now)),
    };
    Look { what: "clock", said }
}

/// Whether every file that a record names lies in the data folder.
fn attachments(db: &Database, folder: &Path) -> Look {
    let (store, mut named, mut missing) = (Store::new(folder), 0, Vec::new());
    let looked = each_named(db, |digest| {
        named += 1;
        if !store.has(digest) {
            missing.push(digest.to_owned());
        }
        Ok(())
    });
    let said = match (looked, missing.len()) {
        (Err(wrong), _) => Err(format!("they cannot be listed: {wrong:#}")),
        (Ok(()), 0) => Ok(format!("all {named} are there")),
        (Ok(()), lost) => Err(format!(
            "{lost} of {named} that records name are not in {}: {}. Bring them there from a backup (FILE.files).",
            folder.join("files").display(),
            few(&missing)
        )),
    };
    Look { what: "attachments", said }
}

fn database(source: &Source, folder: &Path) -> Vec<Look> {
    if let Source::Sqlite(file) = source
        && !file.exists()
    {
        return vec![Look { what: "database", said: Ok("none yet; `reeve init` or `reeve demo` makes it".into()) }];
    }
    let db = match Database::open(source, Options::default()) {
        Ok(db) => db,
        Err(wrong) => return vec![Look { what: "database", said: Err(format!("it cannot be opened: {wrong}")) }],
    };
    let newest = migrations::newest();
    let files = attachments(&db, folder);
    let looks = db.read_wait(move |tx| {
        let at = store::schema_step(tx)?;
        let version = match at {
            at if at > newest => Err("it was written by a newer version of Reeve. Install that one.".to_owned()),
            at if at < newest => Ok(format!("at step {at}; the next start brings it to {newest}")),
            at => Ok(format!("at step {at}, the newest")),
        };
        let unsealed = store::unsealed(tx)?;
        let sealed = match unsealed {
            0..=100_000 => Ok(format!("{unsealed} entries wait to be sealed")),
            many => Err(format!("{many} entries are not sealed. Run `reeve serve` or `reeve verify`; both seal.")),
        };
        let people = match store::administrators(tx)? {
            0 if at == 0 || !store::has_organisation(tx)? => {
                Err("nobody is here yet. Begin with `reeve init`, with `reeve demo`, or start the server and open it in a browser."
                    .to_owned())
            }
            0 => {
                Err("nobody who may sign in is an administrator. Add one: reeve user add EMAIL --name NAME --role administrator".to_owned())
            }
            some => Ok(format!("{some} may administer")),
        };
        Ok::<_, kernel::Error>([("schema", version), ("journal", sealed), ("administrators", people)])
    });
    match looks {
        Ok(looks) => looks.into_iter().map(|(what, said)| Look { what, said }).chain([files]).collect(),
        Err(wrong) => vec![Look { what: "database", said: Err(format!("it cannot be read: {wrong}")) }],
    }
}
