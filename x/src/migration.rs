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

/// Writes it under `migrations/` with the next number; a person reads it before it is committed.
pub fn draft(name: &str) -> Done {
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
    let file = folder.join(format!("{:04}_{}.sql", next(&folder), name.replace('-', "_")));
    fs::write(&file, statements + "\n").map_err(|error| format!("{}: {error}", file.display()))?;
    eprintln!("{}: read it, mend it, commit it", places::short(&file));
    Ok(())
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
}
