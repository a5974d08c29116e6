//! Floors stand on each other in one direction: a crate depends on lower floors only.

use super::Finding;
use super::source::File;

/// The floors, lowest first; `kernel` and what is in it lie under all.
const FLOORS: [&str; 6] = ["people", "estate", "promises", "desk", "books", "insight"];

/// See the module.
pub fn check(files: &[File]) -> Vec<Finding> {
    files.iter().filter(|file| file.name() == "Cargo.toml").flat_map(look).collect()
}

fn look(file: &File) -> Vec<Finding> {
    let Some(height) = height(&file.path) else {
        return Vec::new();
    };
    let mut section = "";
    let mut findings = Vec::new();
    for (at, line) in file.lines() {
        let line = line.trim();
        if line.starts_with('[') {
            section = line;
            continue;
        }
        let name = line.split(['.', '=', ' ']).next().unwrap_or("").trim_matches('"');
        let needed = FLOORS.iter().position(|floor| *floor == name).map(|at| at + 1);
        if leans(section) && needed.is_some_and(|needed| needed >= height) {
            let advice = format!(
                "a floor may need lower ones only; what {name} does \"when\" something happens here is a reaction or a panel there"
            );
            findings.push(Finding::new(file, at, "floor", advice));
        }
    }
    findings
}

/// What a crate is built with; its tests may stand on any floor.
fn leans(section: &str) -> bool {
    section.ends_with("dependencies]") && !section.contains("dev-dependencies")
}

/// 0 for the kernel, then one for each floor; nothing for what stands outside the house.
fn height(path: &str) -> Option<usize> {
    let crate_name = path.split('/').next()?;
    if crate_name == "kernel" {
        return Some(0);
    }
    FLOORS.iter().position(|floor| *floor == crate_name).map(|at| at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_floor_that_leans_upwards_is_found() {
        let down = "[package]\nname = \"desk\"\n[dependencies]\nkernel.workspace = true\nestate = { path = \"../estate\" }\n";
        assert_eq!(check(&[File::new("desk/Cargo.toml", down)]), vec![]);
        let up = "[dependencies]\nkernel.workspace = true\nbooks.workspace = true\n";
        let found = check(&[File::new("desk/Cargo.toml", up), File::new("reeve/Cargo.toml", up)]);
        assert_eq!((found.len(), found[0].line, found[0].file.as_str()), (1, 3, "desk/Cargo.toml"));
        assert_eq!(check(&[File::new("kernel/db/Cargo.toml", "[dependencies]\npeople.workspace = true\n")]).len(), 1);
        assert_eq!(check(&[File::new("kernel/db/Cargo.toml", "[dev-dependencies]\npeople.workspace = true\n")]), vec![]);
    }
}
