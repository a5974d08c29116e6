//! Nothing unfinished is committed: no notes to do something later, no stub, no debugging aid.

use super::Finding;
use super::source::File;

// Written in halves, so that this file does not find itself.
const NOTES: [&str; 3] = [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("XX", "X")];
const STUBS: [&str; 3] = [concat!("to", "do!"), concat!("unimple", "mented!"), concat!("db", "g!")];

/// What people write; a lock file or a data set may hold any letters.
const WRITTEN: [&str; 12] = ["rs", "mjs", "js", "ts", "css", "py", "sh", "sql", "toml", "md", "html", "yml"];

/// See the module.
pub fn check(files: &[File]) -> Vec<Finding> {
    files.iter().filter(|file| WRITTEN.contains(&file.kind())).flat_map(|file| [notes(file), stubs(file)].concat()).collect()
}

fn notes(file: &File) -> Vec<Finding> {
    let found = |line: &str| NOTES.into_iter().find(|note| words(line).any(|word| word == *note));
    let lines = file.lines().filter_map(|(at, line)| Some((at, found(line)?)));
    lines
        .map(|(at, note)| Finding::new(file, at, "unfinished", format!("{note}: do it now, or leave it out and say so in the docs")))
        .collect()
}

fn stubs(file: &File) -> Vec<Finding> {
    let found = |line: &str| STUBS.into_iter().find(|stub| calls(line, stub));
    let lines = file.code_lines().filter_map(|(at, line)| Some((at, found(line)?)));
    lines.map(|(at, stub)| Finding::new(file, at, "unfinished", format!("{stub} is for the time of writing; replace it"))).collect()
}

fn words(line: &str) -> impl Iterator<Item = &str> {
    line.split(|letter: char| !letter.is_alphanumeric() && letter != '_')
}

/// True when the macro is called as itself and not as the end of a longer name.
pub fn calls(code: &str, name: &str) -> bool {
    let whole = |at: usize| !code[..at].ends_with(|letter: char| letter.is_alphanumeric() || letter == '_');
    code.match_indices(name).any(|(at, _)| whole(at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_and_stubs_are_found_where_they_stand() {
        let text = format!("fn f() {{\n    // {} later\n    {}()\n}}\n", NOTES[0], STUBS[0]);
        let found = check(&[File::new("desk/src/a.rs", text)]);
        assert_eq!(found.iter().map(|finding| finding.line).collect::<Vec<_>>(), vec![2, 3]);
        assert_eq!(check(&[File::new("README.md", format!("{}: write this", NOTES[1]))]).len(), 1);
    }

    #[test]
    fn innocent_words_are_left_alone() {
        let text = "// mastodon, TODOS, a to-do list\nfn todo() { mytodo!(); }\n";
        assert_eq!(check(&[File::new("desk/src/a.rs", text)]), vec![]);
    }
}
