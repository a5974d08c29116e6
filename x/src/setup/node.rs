//! The packages of the browser tests, installed from their lock file when it changed.

use crate::{Done, command, places};
use std::fs;
use std::time::Duration;

/// Installs `e2e/node_modules` from the lock file unless that was done already.
pub fn packages() -> Done {
    if command::answer("node", &["--version"]).is_none() {
        return Err("Node is not installed; install Node 20 or newer".into());
    }
    let folder = places::root().join("e2e");
    let lock = fs::read(folder.join("package-lock.json")).map_err(|error| format!("e2e/package-lock.json: {error}"))?;
    // The stamp lies inside the folder that it vouches for: whoever deletes one deletes the other.
    let stamp = folder.join("node_modules/.reeve-lock");
    if fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    let mut npm = command::program("npm", &["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"]);
    let ran = command::run("npm-ci", npm.current_dir(&folder), Duration::from_secs(600))?;
    if !ran.ok {
        return Err(format!("npm ci in e2e/ failed:\n{}", ran.words.trim_end()));
    }
    fs::write(&stamp, lock).map_err(|error| format!("{}: {error}", stamp.display()))
}
