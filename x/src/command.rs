//! Other programs: run with a time limit, their words kept in a log.

use crate::{Done, places};
use std::fs::File;
use std::io::IsTerminal;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// How a program ended.
pub struct Ran {
    /// It ended by itself with exit code 0.
    pub ok: bool,
    /// Both of its streams, in the order they were written.
    pub words: String,
}

/// A program, at the project's root, without the traces `cargo run` leaves in the environment
/// (they would make a cargo inside this cargo build things again).
pub fn program(name: &str, words: &[&str]) -> Command {
    let mut command = Command::new(name);
    command.args(words).current_dir(places::root()).stdin(Stdio::null());
    for (key, _) in std::env::vars_os() {
        let key = key.to_string_lossy().into_owned();
        if key.starts_with("CARGO_PKG_") || key.starts_with("CARGO_MANIFEST_") || key == "LD_LIBRARY_PATH" {
            command.env_remove(key);
        }
    }
    command
}

/// Cargo, as this cargo was started. In CI, which compiles once, nothing is kept that would make a second time quicker: nearly half of the build folder.
pub fn cargo(words: &[&str]) -> Command {
    let mut cargo = program(&std::env::var("CARGO").unwrap_or_else(|_| "cargo".into()), words);
    if std::env::var_os("CI").is_some() {
        cargo.env("CARGO_INCREMENTAL", "0");
    }
    cargo
}

/// Runs a program to its end, its words kept in `log/NAME.log`; killed with all it started when over `limit`.
pub fn run(name: &str, command: &mut Command, limit: Duration) -> Done<Ran> {
    let log = places::scratch("log")?.join(format!("{name}.log"));
    let file = File::create(&log).map_err(|error| format!("cannot write {}: {error}", log.display()))?;
    let twin = file.try_clone().map_err(|error| error.to_string())?;
    // On a terminal Ctrl-C must reach the program too, so it stays in our group there.
    if !std::io::stdin().is_terminal() {
        command.process_group(0);
    }
    let begun = Instant::now();
    let mut child =
        command.stdout(file).stderr(twin).spawn().map_err(|error| format!("cannot start {}: {error}", command.get_program().display()))?;
    let mut ok = None;
    while ok.is_none() {
        ok = child.try_wait().map_err(|error| error.to_string())?.map(|status| status.success());
        if ok.is_none() && begun.elapsed() > limit {
            signal("KILL", &format!("-{}", child.id()));
            let _ = child.kill();
            let _ = child.wait();
            let words = read(&log) + &format!("\nstopped: it took over {} s\n", limit.as_secs());
            return Ok(Ran { ok: false, words });
        }
        if ok.is_none() {
            sleep(Duration::from_millis(if begun.elapsed().as_secs() < 2 { 5 } else { 50 }));
        }
    }
    Ok(Ran { ok: ok == Some(true), words: read(&log) })
}

/// Runs a program whose words go straight to the person; fails when it does.
pub fn show(command: &mut Command) -> Done {
    let name = command.get_program().display().to_string();
    let status = command.status().map_err(|error| format!("cannot start {name}: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("{name} did not succeed ({status})")) }
}

/// What a program prints on stdout, trimmed; `None` when it is missing or fails.
pub fn answer(name: &str, words: &[&str]) -> Option<String> {
    let out = program(name, words).stderr(Stdio::null()).output().ok()?;
    out.status.success().then(|| String::from_utf8_lossy(&out.stdout).trim().to_owned())
}

/// Sends a signal by name to a process, or with a leading minus to a group.
pub fn signal(name: &str, whom: &str) {
    let _ = Command::new("kill").args([&format!("-{name}"), "--", whom]).stderr(Stdio::null()).status();
}

/// A log as text; nothing when it cannot be read.
pub fn read(log: &Path) -> String {
    std::fs::read(log).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_and_the_end_of_a_program_are_kept() {
        let ran = run("t-ends", &mut program("sh", &["-c", "echo out; echo err >&2; exit 3"]), Duration::from_secs(5)).unwrap();
        assert!(!ran.ok);
        assert_eq!(ran.words, "out\nerr\n");
    }

    #[test]
    fn a_program_over_its_limit_is_stopped() {
        let begun = Instant::now();
        let ran = run("t-hangs", &mut program("sleep", &["30"]), Duration::from_millis(200)).unwrap();
        assert!(!ran.ok && begun.elapsed() < Duration::from_secs(5));
        assert!(ran.words.contains("stopped"));
    }
}
