//! `cargo x new-practice NAME FLOOR`: a folder for a practice, and its line in the list.

use crate::args::Args;
use crate::{Done, command, places};
use std::fs;
use std::path::Path;

/// Makes `FLOOR/src/NAME` and adds it to its floor's list of practices. Its migration is drafted when its fields are described.
pub fn run(args: Args) -> Done {
    let words = args.words()?;
    let [name, floor] = words.as_slice() else {
        return Err("cargo x new-practice NAME FLOOR, e.g. supplier books".into());
    };
    make(&places::root(), name, floor)?;
    command::show(&mut command::cargo(&["fmt", "--package", floor]))?;
    eprintln!("{floor}/src/{name} is there and in the list. Describe its fields in register.rs, then: cargo x migration {name}");
    Ok(())
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
    write(&folder.join("mod.rs"), &fill(MODULE, name, floor))?;
    write(&folder.join("register.rs"), &fill(REGISTER, name, floor))?;
    let text = fs::read_to_string(&library).map_err(|error| format!("{}: {error}", library.display()))?;
    let listed = list(&declare(&text, name), name).ok_or_else(|| format!("{} has no list PRACTICES", places::short(&library)))?;
    write(&library, &listed)
}

/// Puts `pub mod NAME;` after the last such line, or at the end.
fn declare(text: &str, name: &str) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let last = lines.iter().rposition(|line| line.starts_with("pub mod ") || line.starts_with("mod "));
    lines.insert(last.map_or(lines.len(), |at| at + 1), format!("pub mod {name};"));
    lines.join("\n") + "\n"
}

/// Adds the practice at the end of the floor's `PRACTICES`; nothing when there is no such list.
fn list(text: &str, name: &str) -> Option<String> {
    let begin = text.find("const PRACTICES")?;
    let open = begin + text[begin..].find("= &[")? + 4;
    let close = open + text[open..].find("];")?;
    let inside = text[open..close].trim().trim_end_matches(',');
    let comma = if inside.is_empty() { "" } else { ", " };
    Some(format!("{}{inside}{comma}&{name}::PRACTICE{}", &text[..open], &text[close..]))
}

fn write(path: &Path, text: &str) -> Done {
    fs::write(path, text).map_err(|error| format!("{}: {error}", path.display()))
}

fn fill(template: &str, name: &str, floor: &str) -> String {
    let capital = |word: &str| word[..1].to_uppercase() + &word[1..];
    let prefix: String = name.chars().filter(|letter| *letter != '_').take(3).collect::<String>().to_uppercase();
    let words = [("KEBAB", name.replace('_', "-")), ("TITLE", capital(&name.replace('_', " "))), ("PREFIX", prefix)];
    let words = words.into_iter().chain([("FLOOR", capital(floor)), ("NAME", name.to_owned())]);
    words.fold(template.to_owned(), |text, (mark, word)| text.replace(mark, &word))
}

const MODULE: &str = "//! TITLE: what it is, in one sentence that a newcomer understands.

mod register;

use kernel::describe::{Floor, Practice};

/// The practice.
pub const PRACTICE: Practice = Practice {
    key: \"NAME\",
    about: \"What it is, in one sentence.\",
    floor: Floor::FLOOR,
    registers: &[&register::REGISTER],
    ..Practice::PLAIN
};
";

const REGISTER: &str = "//! What is kept of each.

use kernel::describe::{Register, Scope, grant, line};

/// The register.
pub static REGISTER: Register = Register {
    key: \"KEBABs\",
    table: \"NAME\",
    prefix: \"PREFIX\",
    one: \"TITLE\",
    many: \"TITLEs\",
    about: \"What one of them is, in one sentence.\",
    icon: \"file-text\",
    room: \"FLOOR\",
    fields: &[line(\"summary\", \"Summary\").title().required().searched()],
    grants: &[grant(\"manager\", \"*\", Scope::All), grant(\"agent\", \"read\", Scope::All)],
    ..Register::PLAIN
};
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_practice_gets_its_folder_and_its_lines() {
        let root = places::fresh("t-house").unwrap();
        fs::create_dir_all(root.join("books/src")).unwrap();
        let before = "//! Books.\n\npub mod risk;\n\n/// All.\npub const PRACTICES: &[&Practice] = &[&risk::PRACTICE];\n";
        fs::write(root.join("books/src/lib.rs"), before).unwrap();
        make(&root, "site_visit", "books").unwrap();
        let read = |path: &str| fs::read_to_string(root.join(path)).unwrap();
        let register = read("books/src/site_visit/register.rs");
        assert!(register.contains("key: \"site-visits\"") && register.contains("room: \"Books\""), "{register}");
        assert!(read("books/src/site_visit/mod.rs").contains("floor: Floor::Books"));
        let after = read("books/src/lib.rs");
        assert!(after.contains("pub mod risk;\npub mod site_visit;\n"));
        assert!(after.ends_with("= &[&risk::PRACTICE, &site_visit::PRACTICE];\n"));
        assert!(make(&root, "site_visit", "books").unwrap_err().contains("exists"));
        assert!(make(&root, "Site", "books").unwrap_err().contains("lower case"));
        assert!(make(&root, "site", "attic").unwrap_err().contains("no floor"));
    }

    #[test]
    fn an_empty_list_and_a_long_one_take_another() {
        assert_eq!(list("pub const PRACTICES: &[&P] = &[];", "a").as_deref(), Some("pub const PRACTICES: &[&P] = &[&a::PRACTICE];"));
        let long = "const PRACTICES: &[&P] = &[\n    &a::PRACTICE,\n    &b::PRACTICE,\n];";
        assert!(list(long, "c").unwrap().ends_with("&b::PRACTICE, &c::PRACTICE];"));
        assert_eq!(list("nothing", "a"), None);
    }
}
