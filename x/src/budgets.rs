//! `cargo x budgets`: how quick the workshop itself is, against what it promises its people.

use crate::args::Args;
use crate::{Done, command, paint, places};
use std::fs;
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// A practice high in the house: few crates stand on it. The first that exists is edited.
const LEAVES: [&str; 3] = ["books/src/risk/register.rs", "books/src/vendor/register.rs", "books/src/lib.rs"];

/// One budget: CPU seconds where waiting for another's load says nothing, else wall seconds.
struct Budget {
    name: &'static str,
    unit: &'static str,
    limit: f64,
    words: &'static [&'static str],
    edits: bool,
}

#[rustfmt::skip]
const BUDGETS: &[Budget] = &[
    Budget { name: "leaf edit to checked", unit: "s CPU", limit: 3.0, words: &["check", "--package", "reeve"], edits: true },
    Budget { name: "leaf edit to built", unit: "s CPU", limit: 5.0, words: &["build", "--package", "reeve"], edits: true },
    Budget { name: "whole suite on SQLite", unit: "s", limit: 60.0, words: &["test", "--workspace"], edits: false },
];

/// Measures each once warm, prints a table, fails when one is over.
pub fn run(mut args: Args) -> Done {
    let root = places::root();
    let leaf = match args.value("--leaf")? {
        Some(named) => root.join(named),
        None => LEAVES.iter().map(|path| root.join(path)).find(|path| path.is_file()).ok_or("no leaf to edit; name one with --leaf")?,
    };
    args.none()?;
    let mut over = Vec::new();
    println!("{:<24} {:>9} {:>9}", "", "measured", "budget");
    for budget in BUDGETS {
        let measured = measure(budget, &leaf)?;
        let ok = measured <= budget.limit;
        let verdict = if ok { paint::good("ok") } else { paint::bad("over") };
        println!("{:<24} {measured:>9.1} {:>9.1} {:<6} {verdict}", budget.name, budget.limit, budget.unit);
        if !ok {
            over.push(budget.name);
        }
    }
    println!(
        "{}",
        paint::quiet(&format!("the leaf is {}; the time of everything is the last line of `cargo x test`", places::short(&leaf)))
    );
    if over.is_empty() { Ok(()) } else { Err(format!("over budget: {}", over.join(", "))) }
}

fn measure(budget: &Budget, leaf: &PathBuf) -> Done<f64> {
    cargo(budget)?;
    let edited = if budget.edits { Some(Edited::with_one_more_function(leaf)?) } else { None };
    let (wall, cpu) = (Instant::now(), children_cpu()?);
    cargo(budget)?;
    let spent = if budget.edits { (children_cpu()? - cpu).as_secs_f64() } else { wall.elapsed().as_secs_f64() };
    drop(edited);
    Ok(spent)
}

fn cargo(budget: &Budget) -> Done {
    let mut cargo = command::cargo(budget.words);
    let ran = command::run("budget", cargo.env("REEVE_TEST_ENGINE", "sqlite"), Duration::from_secs(2400))?;
    if ran.ok { Ok(()) } else { Err(format!("cargo {} failed:\n{}", budget.words.join(" "), ran.words.trim_end())) }
}

/// A file with a function added, as a person would; the file is itself again when this value goes.
struct Edited {
    path: PathBuf,
    before: Vec<u8>,
}

impl Edited {
    fn with_one_more_function(path: &PathBuf) -> Done<Edited> {
        let before = fs::read(path).map_err(|error| format!("{}: {error}", path.display()))?;
        let added = b"\n/// Measures the workshop.\npub fn measured_edit() -> usize {\n    \"an edit\".len()\n}\n";
        fs::write(path, [before.as_slice(), added].concat()).map_err(|error| format!("{}: {error}", path.display()))?;
        Ok(Edited { path: path.clone(), before })
    }
}

impl Drop for Edited {
    fn drop(&mut self) {
        if let Err(error) = fs::write(&self.path, &self.before) {
            eprintln!("{}: could not take the measuring edit out: {error}", self.path.display());
        }
    }
}

/// User and system time of all children that ended, and of theirs. The kernel counts in hundredths of a second.
fn children_cpu() -> Done<Duration> {
    let stat = fs::read_to_string("/proc/self/stat").map_err(|error| format!("/proc/self/stat: {error}"))?;
    // The program's name stands in brackets and may hold anything; fields are counted after it.
    let after = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
    let ticks: u64 = after.split_whitespace().skip(13).take(2).filter_map(|field| field.parse::<u64>().ok()).sum();
    Ok(Duration::from_millis(ticks * 10))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_of_children_is_counted() {
        let before = children_cpu().unwrap();
        let spin = "i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done";
        command::run("t-spin", &mut command::program("sh", &["-c", spin]), Duration::from_secs(30)).unwrap();
        assert!(children_cpu().unwrap() > before);
    }

    #[test]
    fn an_edit_is_taken_out_again() {
        let path = places::fresh("t-edit").unwrap().join("leaf.rs");
        fs::write(&path, "//! Leaf.\n").unwrap();
        let edited = Edited::with_one_more_function(&path).unwrap();
        assert!(fs::read_to_string(&path).unwrap().contains("pub fn"));
        drop(edited);
        assert_eq!(fs::read_to_string(&path).unwrap(), "//! Leaf.\n");
    }
}
