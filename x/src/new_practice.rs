//! `cargo x new-practice NAME FLOOR`: a folder for a practice, and its line in the list.

use crate::args::Args;
use crate::{Done, migration, places};
use std::fs;
use std::path::Path;

/// Makes `FLOOR/src/NAME`, adds it to its floor and to the list of practices, and drafts its migration.
pub fn run(args: Args) -> Done {
    let words = args.words()?;
    let [name, floor] = words.as_slice() else {
        return Err("cargo x new-practice NAME FLOOR, e.g. supplier books".into());
    };
    make(&places::root(), name, floor)?;
    eprintln!("{floor}/src/{name} is there and in the list. Describe its fields in register.rs, then: cargo x migration {name}");
    // The draft needs a tree that compiles; when the template no longer does, the folder is still worth keeping.
    migration::draft(name)
}

fn make(root: &Path, name: &str, floor: &str) -> Done {
    let plain = |word: &str| word.starts_with(|c: char| c.is_ascii_lowercase()) && word.chars().all(|c| c.is_ascii_lowercase() || c == '_');
    if !plain(name) {
        return Err(format!("{name:?}: a practice is named in lower case, one word, singular: vendor, improvement"));
    }
    let library = root.join(floor).join("src/lib.rs");
    if !plain(floor) || !library.is_file() {
        return Err(format!("{floor:?} is no floor; there is no {floor}/src/lib.rs"));
    }
    let folder = root.join(floor).join("src").join(name);
    if folder.exists() {
        return Err(format!("{} exists already", places::short(&folder)));
    }
    fs::create_dir(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    write(&folder.join("mod.rs"), &fill(MODULE, name))?;
    write(&folder.join("register.rs"), &fill(REGISTER, name))?;
    insert(&library, "pub mod ", &format!("pub mod {name};"))?;
    insert(&root.join("reeve/src/practices.rs"), &format!("    &{floor}::"), &format!("    &{floor}::{name}::PRACTICE,"))
}

/// Puts a line after the last one that begins so, or at the end.
fn insert(path: &Path, after: &str, line: &str) -> Done {
    let text = fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let mut lines: Vec<&str> = text.lines().collect();
    let list_end = lines.iter().rposition(|have| have.trim() == "];").filter(|_| after.starts_with(' '));
    let at = lines.iter().rposition(|have| have.starts_with(after)).map(|at| at + 1).or(list_end).unwrap_or(lines.len());
    lines.insert(at, line);
    write(path, &(lines.join("\n") + "\n"))
}

fn write(path: &Path, text: &str) -> Done {
    fs::write(path, text).map_err(|error| format!("{}: {error}", path.display()))
}

fn fill(template: &str, name: &str) -> String {
    let mut letters = name.replace('_', " ");
    letters[..1].make_ascii_uppercase();
    let prefix: String = name.chars().filter(|c| *c != '_').take(3).collect::<String>().to_uppercase();
    let kebab = name.replace('_', "-");
    template.replace("NAME", name).replace("KEBAB", &kebab).replace("TITLE", &letters).replace("PREFIX", &prefix)
}

const MODULE: &str = "//! TITLE: what it is, in one sentence that a newcomer understands.

mod register;

use kernel::practice::Practice;

/// The practice.
pub const PRACTICE: Practice = Practice { key: \"NAME\", registers: &[&register::REGISTER], ..Practice::PLAIN };
";

const REGISTER: &str = "//! What a NAME is.

use kernel::register::*;

/// The register.
pub const REGISTER: Register = Register {
    key: \"KEBABs\",
    prefix: \"PREFIX\",
    one: \"TITLE\",
    many: \"TITLEs\",
    about: \"What it is for, in one sentence.\",
    fields: &[line(\"summary\", \"Summary\").title().required().searched()],
    ..Register::PLAIN
};
";

#[cfg(test)]
mod tests {
    use super::*;

    fn house() -> std::path::PathBuf {
        let root = places::fresh("t-house").unwrap();
        fs::create_dir_all(root.join("books/src")).unwrap();
        fs::create_dir_all(root.join("reeve/src")).unwrap();
        fs::write(root.join("books/src/lib.rs"), "//! Books.\n\npub mod risk;\n").unwrap();
        fs::write(root.join("reeve/src/practices.rs"), "pub const ALL: &[&Practice] = &[\n    &books::risk::PRACTICE,\n];\n").unwrap();
        root
    }

    #[test]
    fn a_practice_gets_its_folder_and_its_lines() {
        let root = house();
        make(&root, "site_visit", "books").unwrap();
        let read = |path: &str| fs::read_to_string(root.join(path)).unwrap();
        assert!(read("books/src/site_visit/register.rs").contains("key: \"site-visits\""));
        assert_eq!(read("books/src/lib.rs"), "//! Books.\n\npub mod risk;\npub mod site_visit;\n");
        assert!(read("reeve/src/practices.rs").ends_with("    &books::risk::PRACTICE,\n    &books::site_visit::PRACTICE,\n];\n"));
        assert!(make(&root, "site_visit", "books").unwrap_err().contains("exists"));
        assert!(make(&root, "Site", "books").unwrap_err().contains("lower case"));
        assert!(make(&root, "site", "attic").unwrap_err().contains("no floor"));
    }
}
