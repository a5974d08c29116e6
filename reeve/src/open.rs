//! Opening: settings, database, migrations, house.

use crate::args::Place;
use crate::practices;
use anyhow::{Context, Result, bail};
use db::{Database, Options, Source};
use kernel::House;
use kernel::time::Clock;
use serde::Deserialize;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What `reeve.toml` may say. Flags and the environment come first.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct File {
    /// Folder of the embedded database and of files.
    pub data: Option<PathBuf>,
    /// PostgreSQL instead.
    pub database: Option<String>,
    /// Address and port.
    pub listen: Option<SocketAddr>,
    /// The address people use.
    pub url: Option<String>,
}

impl File {
    /// Reads `reeve.toml` of the current folder, if there is one.
    pub fn read() -> Result<File> {
        match std::fs::read_to_string("reeve.toml") {
            Ok(text) => toml::from_str(&text).context("reeve.toml is not as it should be; mend it or take it away"),
            Err(_) => Ok(File::default()),
        }
    }
}

/// An open house.
pub struct Opened {
    /// The database, migrated.
    pub db: Database,
    /// The house.
    pub house: Arc<House>,
    /// Folder for files; with PostgreSQL it is also where uploads are kept.
    pub folder: PathBuf,
}

/// The folder and the database a place means; the default folder is `reeve-data`.
pub fn locate(place: &Place) -> Result<(PathBuf, Source)> {
    let file = File::read()?;
    let folder = place.data.clone().or(file.data).unwrap_or_else(|| PathBuf::from("reeve-data"));
    let source = match place.database.clone().or(file.database) {
        Some(url) if place.data.is_none() || place.database.is_some() => Source::Postgres(url),
        _ => Source::Sqlite(database_file(&folder)),
    };
    Ok((folder, source))
}

/// What the embedded database is called in its folder.
pub const DATABASE: &str = "reeve.sqlite";

/// The file of the embedded database.
pub fn database_file(folder: &Path) -> PathBuf {
    folder.join(DATABASE)
}

/// Where a data folder keeps the address at which its server is met, for commands that print links.
const ADDRESS: &str = "address";

/// Remembers the address people use with the data that is served there. What cannot be kept costs only a guess later.
pub fn remember_address(folder: &Path, base: &str) {
    if let Err(error) = std::fs::write(folder.join(ADDRESS), format!("{base}\n")) {
        tracing::warn!(%error, folder = %folder.display(), "the address is not kept, so that commands guess it");
    }
}

/// The address at which the data of a folder was served last.
pub fn remembered_address(folder: &Path) -> Option<String> {
    let text = std::fs::read_to_string(folder.join(ADDRESS)).ok()?;
    Some(text.trim().to_owned()).filter(|it| it.starts_with("http://") || it.starts_with("https://"))
}

/// Opens for use: makes the folder, applies migrations, prepares the house.
pub fn open(place: &Place) -> Result<Opened> {
    let (folder, source) = locate(place)?;
    std::fs::create_dir_all(&folder).with_context(|| format!("The folder {} cannot be made", folder.display()))?;
    let db = Database::open(&source, Options::default()).context("The database cannot be opened")?;
    let house = House::new(&practices::all(), Clock::System, u64::from_be_bytes(kernel::id::random()));
    stand_up(&db, &house)?;
    Ok(Opened { db, house, folder })
}

/// Opens what must exist already.
pub fn open_existing(place: &Place) -> Result<Opened> {
    if let (folder, Source::Sqlite(file)) = locate(place)?
        && !file.exists()
    {
        bail!("There is no database in {}. Name its folder with --data, or begin with `reeve init` or `reeve demo`.", folder.display());
    }
    open(place)
}

/// Migrations and what the descriptions need; the same for tests.
pub fn stand_up(db: &Database, house: &Arc<House>) -> Result<()> {
    db::migrate(db, migrations::ALL).context("The database could not be brought up to date")?;
    let prepared = Arc::clone(house);
    db.write_wait(move |tx| {
        prepared.prepare(tx)?;
        let fields = kernel::register::custom::load(tx, &prepared);
        fields.map(drop)
    })?;
    Ok(())
}
