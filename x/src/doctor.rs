//! `cargo x doctor`: what this machine has and lacks for development. Installs nothing.

use crate::args::Args;
use crate::setup::{browser, postgres};
use crate::{Done, command, paint, passing, places};

/// A program, what it is for, and whether nothing works without it.
#[rustfmt::skip]
const PROGRAMS: &[(&str, &[&str], &str, bool)] = &[
    ("cargo", &["--version"], "builds everything", true),
    ("cc", &["--version"], "compiles SQLite", true),
    ("git", &["--version"], "lists the files that tidy reads", true),
    ("node", &["--version"], "bundles styles and scripts, drives the browser tests", true),
    ("npm", &["--version"], "installs the front-end packages", true),
    ("python3", &["--version"], "runs schemathesis", false),
    ("kill", &["-l"], "stops servers in tests", true),
];

/// What the disk must have room for.
pub const NEEDED: &str = "a build of everything takes about 6 GB";

/// Prints a line for each thing; fails when something needed is missing.
pub fn run(args: Args) -> Done {
    args.none()?;
    let mut missing = Vec::new();
    for (name, words, purpose, needed) in PROGRAMS {
        let found = command::answer(name, words);
        let version = found.as_ref().map(|text| text.lines().next().unwrap_or("").chars().take(48).collect());
        line(name, version, purpose, *needed);
        if found.is_none() && *needed {
            missing.push(*name);
        }
    }
    line("PostgreSQL", postgres::present().ok().map(|bin| bin.display().to_string()), "second database of the tests", false);
    line("Chromium", browser::present().map(|path| path.display().to_string()), "browser tests", false);
    line("free disk", room(), NEEDED, true);
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    line("cores", Some(cores.to_string()), "the time budgets are for 2", true);
    if missing.is_empty() { Ok(()) } else { Err(format!("install {}", missing.join(", "))) }
}

/// What is free on the disk the project is on, as a person reads it; nothing when nobody can say.
pub fn room() -> Option<String> {
    passing::free(&places::root()).map(|megabytes| format!("{:.1} GB", megabytes as f64 / 1000.0))
}

fn line(name: &str, found: Option<String>, purpose: &str, needed: bool) {
    let state = match (&found, needed) {
        (Some(version), _) => paint::good(version),
        (None, true) => paint::bad("missing, needed"),
        (None, false) => paint::warn("missing; `cargo x test` installs it where it can"),
    };
    println!("{name:<12} {state}  {}", paint::quiet(purpose));
}
