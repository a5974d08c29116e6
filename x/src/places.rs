//! Where things are: the project's root, the build folder, the workshop's own scratch folders.

use crate::Done;
use std::fs;
use std::path::{Path, PathBuf};

/// The project's root: the folder above this crate's, or the nearest workspace above the current folder.
pub fn root() -> PathBuf {
    let own = std::env::var_os("CARGO_MANIFEST_DIR");
    if let Some(above) = own.as_ref().and_then(|own| Path::new(own).parent()) {
        return above.to_owned();
    }
    let here = std::env::current_dir().unwrap_or_default();
    here.ancestors().find(|folder| folder.join("x/Cargo.toml").is_file()).unwrap_or(&here).to_owned()
}

/// Cargo's build folder.
pub fn target() -> PathBuf {
    match std::env::var_os("CARGO_TARGET_DIR") {
        Some(folder) => root().join(folder),
        None => root().join("target"),
    }
}

/// A folder of the workshop's own below the build folder, made when missing.
pub fn scratch(name: &str) -> Done<PathBuf> {
    let folder = target().join("x").join(name);
    fs::create_dir_all(&folder).map_err(|error| format!("cannot make {}: {error}", folder.display()))?;
    Ok(folder)
}

/// The same, emptied first.
pub fn fresh(name: &str) -> Done<PathBuf> {
    let folder = target().join("x").join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder).map_err(|error| format!("cannot empty {}: {error}", folder.display()))?;
    }
    scratch(name)
}

/// A `reeve` that was built elsewhere and is to be used as it is, named by `REEVE_BINARY`.
pub fn given_binary() -> Option<PathBuf> {
    std::env::var_os("REEVE_BINARY").map(PathBuf::from)
}

/// Where `reeve` lies, or will when it is built.
pub fn binary(release: bool) -> PathBuf {
    if let Some(given) = given_binary() {
        return given;
    }
    target().join(if release { "release" } else { "debug" }).join("reeve")
}

/// A path as a person types it from the root.
pub fn short(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).display().to_string()
}
