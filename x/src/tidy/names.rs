//! A file is named for the one thing in it, not for being useful.

use super::Finding;
use super::source::File;

/// Names that say nothing.
const EMPTY: [&str; 9] = ["util", "utils", "helper", "helpers", "manager", "managers", "common", "misc", "stuff"];

/// See the module.
pub fn check(files: &[File]) -> Vec<Finding> {
    files.iter().filter(|file| !file.path.starts_with("docs/")).filter_map(look).collect()
}

fn look(file: &File) -> Option<Finding> {
    let parts = file.path.split('/').map(|part| part.split('.').next().unwrap_or(part));
    let empty = parts.flat_map(|part| part.split(['_', '-'])).find(|word| EMPTY.contains(&word.to_lowercase().as_str()))?;
    Some(Finding::new(file, 0, "name", format!("{empty:?} names nothing; name the file for the one thing in it")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_names_of_files_and_folders_are_found() {
        for path in ["desk/src/utils.rs", "kernel/src/common/mod.rs", "web/date-helper.js", "desk/src/ticket_manager.rs"] {
            assert_eq!(check(&[File::new(path, "")]).len(), 1, "{path}");
        }
        assert_eq!(check(&[File::new("desk/src/community.rs", ""), File::new("kernel/src/id.rs", "")]), vec![]);
    }
}
