//! Files are small: a Rust file is under 120 lines in the median, and no source file is over 500.

use super::Finding;
use super::source::File;

/// Lines that no source file exceeds.
const MOST: usize = 500;

/// Lines that the median Rust file stays under.
const MEDIAN: usize = 120;

/// What people write by hand; data, lists and prose may be as long as they need.
const SOURCE: [&str; 8] = ["rs", "mjs", "js", "ts", "css", "py", "sh", "sql"];

/// See the module.
pub fn check(files: &[File]) -> Vec<Finding> {
    let written = files.iter().filter(|file| SOURCE.contains(&file.kind()));
    let mut findings: Vec<Finding> = written.filter_map(too_long).collect();
    let mut rust: Vec<(usize, &File)> = files.iter().filter(|file| file.kind() == "rs").map(|file| (length(file), file)).collect();
    rust.sort_by_key(|(lines, _)| *lines);
    if let Some((median, _)) = rust.get(rust.len() / 2).filter(|(lines, _)| *lines >= MEDIAN) {
        let (_, longest) = rust[rust.len() - 1];
        let advice = format!("the median Rust file has {median} lines, the limit is {MEDIAN}; split the long ones, this first");
        findings.push(Finding::new(longest, 0, "size", advice));
    }
    findings
}

fn too_long(file: &File) -> Option<Finding> {
    let lines = length(file);
    let advice = format!("{lines} lines, the limit is {MOST}; split it by what its parts are for");
    (lines > MOST).then(|| Finding::new(file, 0, "size", advice))
}

fn length(file: &File) -> usize {
    file.text.lines().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn long(path: &str, lines: usize) -> File {
        File::new(path, "x\n".repeat(lines))
    }

    #[test]
    fn a_long_file_is_found_and_data_is_not() {
        let found = check(&[long("a.rs", 1), long("b.rs", 1), long("c.rs", 501), long("data.json", 9000)]);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].file, "c.rs");
    }

    #[test]
    fn the_median_is_held() {
        assert_eq!(check(&[long("a.rs", 119), long("b.rs", 119), long("c.rs", 400)]), vec![]);
        let found = check(&[long("a.rs", 10), long("b.rs", 120), long("c.rs", 400)]);
        assert_eq!((found.len(), found[0].file.as_str()), (1, "c.rs"));
    }
}
