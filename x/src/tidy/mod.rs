//! `cargo x tidy`: reads the source tree and holds it to the rules of the house.

mod floors;
mod html;
mod locks;
mod machine;
mod names;
mod printing;
mod sizes;
mod source;
mod sql;
mod unfinished;

use crate::args::Args;
use crate::step::End;
use crate::{Done, command, places};
use source::File;
use std::fmt;

/// Something against a rule: where, which rule, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The file, from the root.
    pub file: String,
    /// The line, from 1; 0 for the file as a whole.
    pub line: usize,
    /// The rule, in a word.
    pub rule: &'static str,
    /// What to do.
    pub advice: String,
}

impl Finding {
    /// One finding.
    pub fn new(file: &File, line: usize, rule: &'static str, advice: impl Into<String>) -> Finding {
        Finding { file: file.path.clone(), line, rule, advice: advice.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let line = if self.line == 0 { String::new() } else { format!(":{}", self.line) };
        write!(to, "{}{line}: {}: {}", self.file, self.rule, self.advice)
    }
}

/// Every rule reads all files, because some compare them.
type Rule = fn(&[File]) -> Vec<Finding>;

const RULES: &[Rule] =
    &[sizes::check, sql::check, html::check, names::check, unfinished::check, printing::check, locks::check, machine::check, floors::check];

/// Runs every rule over the tree and prints what it finds on stdout, one line each.
pub fn run(args: Args) -> Done {
    args.none()?;
    let findings = look(&tree()?);
    findings.iter().for_each(|finding| println!("{finding}"));
    if findings.is_empty() { Ok(()) } else { Err(format!("{} findings", findings.len())) }
}

/// The same as a step of a longer task.
pub fn step() -> Done<End> {
    let files = tree()?;
    let findings = look(&files);
    Ok(if findings.is_empty() {
        End::Held(None, format!("{} files", files.len()))
    } else {
        End::Failed(None, findings.iter().map(|finding| format!("{finding}\n")).collect())
    })
}

fn look(files: &[File]) -> Vec<Finding> {
    RULES.iter().flat_map(|rule| rule(files)).collect()
}

/// Every text file that git knows or would take.
fn tree() -> Done<Vec<File>> {
    let list = command::answer("git", &["ls-files", "--cached", "--others", "--exclude-standard"])
        .ok_or("git could not list the files; tidy needs git and a clone")?;
    let read = |path: &str| {
        // What is not UTF-8 is a picture, a typeface or an archive; what is gone is a deletion yet to be committed.
        let text = std::fs::read_to_string(places::root().join(path)).ok()?;
        Some(File::new(path, text))
    };
    Ok(list.lines().filter_map(read).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finding_says_where_what_and_what_to_do() {
        let file = File::new("desk/src/lib.rs", String::new());
        assert_eq!(Finding::new(&file, 7, "size", "split it").to_string(), "desk/src/lib.rs:7: size: split it");
        assert_eq!(Finding::new(&file, 0, "size", "split it").to_string(), "desk/src/lib.rs: size: split it");
    }
}
