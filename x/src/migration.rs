//! `cargo x migration NAME`: drafts the step from the schema as it is to the descriptions as they are.

use crate::args::Args;
use crate::{Done, places, server};
use std::fs;
use std::path::Path;

/// Builds `reeve`, which knows both sides, and keeps the statements that it prints.
pub fn run(args: Args) -> Done {
    let words = args.words()?;
    let [name] = words.as_slice() else {
        return Err("name the migration in a word or two: cargo x migration add-vendor-site".into());
    };
    draft(name)
}

/// Writes it under `migrations/` with the next number, and its line into the list; a person reads it before it is committed.
fn draft(name: &str) -> Done {
    let plain = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_' || letter == '-';
    if name.is_empty() || !name.chars().all(plain) {
        return Err(format!("{name:?}: a migration is named in lower case, with hyphens between words"));
    }
    let statements = server::ask(&server::build(false)?, &["migration-draft", name], &places::root())?;
    if statements.is_empty() {
        eprintln!("the schema is as the descriptions want it: nothing to migrate");
        return Ok(());
    }
    let folder = places::root().join("migrations");
    let number = next(&folder);
    let called = format!("{number:04}_{}", name.replace('-', "_"));
    let file = folder.join(format!("{called}.sql"));
    fs::write(&file, statements + "\n").map_err(|error| format!("{}: {error}", file.display()))?;
    let list = places::root().join("migrations/list.rs");
    let text = fs::read_to_string(&list).map_err(|error| format!("{}: {error}", list.display()))?;
    let listed = listed(&text, number, &called).ok_or_else(|| format!("{} has no list that ends with ];", places::short(&list)))?;
    fs::write(&list, listed).map_err(|error| format!("{}: {error}", list.display()))?;
    eprintln!("{}: it stands in the list; read it, mend it, commit it", places::short(&file));
    Ok(())
}

/// The list with one more line at its end.
fn listed(text: &str, number: u32, called: &str) -> Option<String> {
    let begin = text.find("migrations![\n")?;
    let end = begin + text[begin..].find("];")?;
    Some(format!("{}    {number} \"{called}\",\n{}", &text[..end], &text[end..]))
}

/// One more than the highest number in the folder.
fn next(folder: &Path) -> u32 {
    let names = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.file_name().to_string_lossy().into_owned());
    names.filter_map(|name| name.split_once('_')?.0.parse().ok()).max().unwrap_or(0) + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_go_up() {
        let folder = places::fresh("t-migrations").unwrap();
        assert_eq!(next(&folder), 1);
        for name in ["0001_kernel.sql", "0012_vendor.sql", "README.md"] {
            fs::write(folder.join(name), "").unwrap();
        }
        assert_eq!(next(&folder), 13);
    }

    #[test]
    fn a_draft_stands_last_in_the_list() {
        let list = "pub const ALL: &[Migration] = migrations![\n    1 \"0001_kernel\",\n];\n";
        let longer = "pub const ALL: &[Migration] = migrations![\n    1 \"0001_kernel\",\n    2 \"0002_visit\",\n];\n";
        assert_eq!(listed(list, 2, "0002_visit").as_deref(), Some(longer));
        assert_eq!(listed("nothing", 2, "0002_visit"), None);
        let ours = listed(include_str!("../../migrations/list.rs"), 99, "0099_visit").expect("our own list is found");
        assert!(ours.find("0099_visit") < ours.find("pub fn newest"), "{ours}");
    }
}
