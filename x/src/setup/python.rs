//! Schemathesis, which tries the API's document against the API, in a Python environment of its own.

use crate::{Done, command, places};
use std::fs;
use std::path::PathBuf;
use std::time::Duration;

/// The program, installed from `e2e/requirements.txt` when that changed.
pub fn schemathesis() -> Done<PathBuf> {
    let wanted = places::root().join("e2e/requirements.txt");
    let lines = fs::read(&wanted).map_err(|error| format!("e2e/requirements.txt: {error}"))?;
    let home = places::target().join("x/python");
    let (program, stamp) = (home.join("bin/schemathesis"), home.join("installed.txt"));
    if program.is_file() && fs::read(&stamp).is_ok_and(|installed| installed == lines) {
        return Ok(program);
    }
    if command::answer("python3", &["--version"]).is_none() {
        return Err("Python is not installed; install Python 3.10 or newer with venv".into());
    }
    let place = home.display().to_string();
    step("python-venv", "python3", &["-m", "venv", "--clear", &place])?;
    let pip = home.join("bin/pip").display().to_string();
    let list = wanted.display().to_string();
    step("pip-install", &pip, &["install", "--quiet", "--disable-pip-version-check", "-r", &list])?;
    fs::write(&stamp, lines).map_err(|error| format!("{}: {error}", stamp.display()))?;
    Ok(program)
}

fn step(name: &str, program: &str, words: &[&str]) -> Done {
    let ran = command::run(name, &mut command::program(program, words), Duration::from_secs(600))?;
    if ran.ok { Ok(()) } else { Err(format!("{program} {} failed:\n{}", words.join(" "), ran.words.trim_end())) }
}
