//! Chromium: the one of this machine, or Debian's. Its headless shell, where there is one, draws the same pages in three quarters of
//! the time, as it has no windows, no extensions and no calls home.

use crate::{Done, command};
use std::path::{Path, PathBuf};
use std::time::Duration;

const NAMES: [&str; 5] = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// The browser on this machine: `REEVE_CHROMIUM` when set, else the first known name on the path.
pub fn present() -> Option<PathBuf> {
    if let Some(named) = std::env::var_os("REEVE_CHROMIUM") {
        return Some(named.into()).filter(|path: &PathBuf| path.is_file());
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders: Vec<_> = std::env::split_paths(&path).collect();
    NAMES.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name))).find(|file| file.is_file())
}

/// The browser, installed by apt when missing and allowed.
pub fn find_or_install() -> Done<PathBuf> {
    if let Some(found) = present() {
        return Ok(found);
    }
    if !Path::new("/usr/bin/apt-get").exists() || !super::postgres::am_root() {
        return Err("not installed; install your system's chromium package, or set REEVE_CHROMIUM".into());
    }
    apt("update", &["update"])?;
    let install = |package| apt(package, &["install", "-y", "--no-install-recommends", package, "fonts-dejavu-core"]);
    install("chromium-headless-shell").or_else(|_| install("chromium"))?;
    present().ok_or_else(|| "apt-get installed chromium, but it is not on the path".into())
}

fn apt(name: &str, words: &[&str]) -> Done {
    let mut apt = command::program("apt-get", words);
    let ran = command::run(&format!("apt-{name}"), apt.env("DEBIAN_FRONTEND", "noninteractive"), Duration::from_secs(600))?;
    if ran.ok { Ok(()) } else { Err(format!("apt-get {} failed:\n{}", words.join(" "), ran.words.trim_end())) }
}
