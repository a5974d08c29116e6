//! Lock files name packages and digests, not the addresses one machine fetched them from.

use super::Finding;
use super::source::File;

/// The only source that Cargo writes for a package of the public index, whatever mirror served it.
const INDEX: &str = "registry+https://github.com/rust-lang/crates.io-index";

/// See the module.
pub fn check(files: &[File]) -> Vec<Finding> {
    files
        .iter()
        .flat_map(|file| match file.name() {
            "package-lock.json" => npm(file),
            "Cargo.lock" => cargo(file),
            _ => Vec::new(),
        })
        .collect()
}

fn npm(file: &File) -> Vec<Finding> {
    let named = |line: &str| line.trim_start().starts_with("\"resolved\": \"http");
    let advice = "put omit-lockfile-registry-resolved=true in the .npmrc beside it and make the lock again";
    file.lines().filter(|(_, line)| named(line)).map(|(at, _)| Finding::new(file, at, "lock", advice)).collect()
}

fn cargo(file: &File) -> Vec<Finding> {
    let foreign = |line: &str| line.strip_prefix("source = ").is_some_and(|source| source.trim_matches('"') != INDEX);
    let advice = "packages come from the public index only; take this one from there";
    file.lines().filter(|(_, line)| foreign(line)).map(|(at, _)| Finding::new(file, at, "lock", advice)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_in_lock_files_are_found() {
        let npm =
            File::new("web/package-lock.json", "{\n  \"resolved\": \"https://mirror.example/a.tgz\",\n  \"integrity\": \"sha512-a\"\n}\n");
        let cargo = File::new("Cargo.lock", format!("source = \"{INDEX}\"\nsource = \"git+https://example.org/a\"\n"));
        let found = check(&[npm, cargo]);
        assert_eq!(found.iter().map(|finding| finding.line).collect::<Vec<_>>(), vec![2, 2]);
    }
}
