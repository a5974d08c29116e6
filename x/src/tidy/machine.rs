//! Nothing in the tree knows the machine it was written on.

use super::Finding;
use super::source::File;

// Written in halves, so that this file does not find itself.
const HOMES: [&str; 3] = [concat!("/wo", "rk/"), concat!("/ro", "ot/"), concat!("/ho", "me/")];

/// See the module.
pub fn check(files: &[File]) -> Vec<Finding> {
    files.iter().flat_map(look).collect()
}

fn look(file: &File) -> Vec<Finding> {
    let found = |line: &str| HOMES.into_iter().find(|home| begins(line, home));
    let lines = file.lines().filter_map(|(at, line)| Some((at, found(line)?)));
    lines.map(|(at, home)| Finding::new(file, at, "machine", format!("a path below {home} is one machine's; make it relative"))).collect()
}

/// True when the path begins there; in the middle of a longer path or an address it is something else.
fn begins(line: &str, home: &str) -> bool {
    let middle = |at: usize| line[..at].ends_with(|letter: char| letter.is_alphanumeric() || "/.}_-".contains(letter));
    line.match_indices(home).any(|(at, _)| !middle(at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_machines_path_is_found_in_any_text() {
        let text = format!("fine\nsee {}main/x\n", HOMES[0]);
        let found = check(&[File::new("README.md", text)]);
        assert_eq!((found.len(), found[0].line), (1, 2));
        assert_eq!(check(&[File::new("a.md", format!("https://example.org{}page and src{}", HOMES[2], HOMES[0]))]), vec![]);
    }
}
