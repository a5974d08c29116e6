//! The tasks of development: `cargo x TASK`. Each task is one file; this one only finds it.

mod args;
mod bench;
mod budgets;
mod chance;
mod check;
mod cluster;
mod command;
mod crash;
mod demo;
mod dev;
mod docs;
mod doctor;
mod guide;
mod http;
mod migration;
mod new_practice;
mod pace;
mod paint;
mod passing;
mod places;
mod server;
mod setup;
mod shots;
mod step;
mod stories;
mod tally;
mod test;
mod tidy;

use args::Args;
use std::process::ExitCode;

/// What a task gives back: nothing, or a sentence for the person who ran it
/// (empty when everything has been said).
pub type Done<T = ()> = Result<T, String>;

/// One task of the workshop.
struct Task {
    name: &'static str,
    takes: &'static str,
    about: &'static str,
    run: fn(Args) -> Done,
}

#[rustfmt::skip]
const TASKS: &[Task] = &[
    Task { name: "test", takes: "[--quick] [--engine sqlite|postgres|both] [FILTER]", about: "everything CI proves; installs what it needs where it can", run: test::run },
    Task { name: "check", takes: "", about: "the quick look before a commit: format, lints, tidy", run: check::run },
    Task { name: "tidy", takes: "", about: "rooms, floors, sizes and names of the source tree", run: tidy::run },
    Task { name: "dev", takes: "[-- ARGUMENTS OF reeve]", about: "watch the sources, rebuild, restart the server", run: dev::run },
    Task { name: "stories", takes: "[WORD...]", about: "the stories in the browser, or those of files with such a word in their names", run: stories::run },
    Task { name: "bench", takes: "[--postgres] [ARGUMENTS OF bench]", about: "speed, each figure beside a limit of the same run", run: bench::run },
    Task { name: "crash", takes: "[--rounds N] [--engine sqlite|postgres] [--seed N] [--release]", about: "kill the server at random under writing clients; check every acknowledgement", run: crash::run },
    Task { name: "docs", takes: "[--check]", about: "the reference in docs/reference, printed from the tables", run: docs::run },
    Task { name: "shots", takes: "[--out DIR] [--url URL] [--only NAME] [PATH...]", about: "pictures of pages: wide and narrow, light and dark; without a path those in docs/pictures", run: shots::run },
    Task { name: "guide", takes: "[NAME...]", about: "the pictures of the guide in docs/guide, from a demo and an empty house", run: guide::run },
    Task { name: "pace", takes: "[--folder DIR]", about: "how quick pages feel in a browser over the bench's million tickets", run: pace::run },
    Task { name: "new-practice", takes: "NAME FLOOR", about: "a folder for a practice and its line in the list", run: new_practice::run },
    Task { name: "migration", takes: "NAME", about: "draft the migration from the descriptions to the schema", run: migration::run },
    Task { name: "budgets", takes: "[--leaf FILE]", about: "measure the workshop's own speed against its budgets", run: budgets::run },
    Task { name: "doctor", takes: "", about: "what this machine has and lacks for development", run: doctor::run },
];

fn main() -> ExitCode {
    let mut words = std::env::args().skip(1);
    let name = words.next().unwrap_or_default();
    let Some(task) = TASKS.iter().find(|task| task.name == name) else {
        usage();
        return ExitCode::from(if name.is_empty() || name == "help" { 0 } else { 2 });
    };
    match (task.run)(Args::new(words.collect())) {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            if !sentence.is_empty() {
                eprintln!("{} {sentence}", paint::bad("cargo x:"));
            }
            ExitCode::FAILURE
        }
    }
}

fn usage() {
    eprintln!("cargo x TASK\n");
    for task in TASKS {
        eprintln!("  {:<13} {}", task.name, task.about);
        if !task.takes.is_empty() {
            eprintln!("  {:<13} {}", "", paint::quiet(task.takes));
        }
    }
}
