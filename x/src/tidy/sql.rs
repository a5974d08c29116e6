//! SQL stands in `store.rs` files, in the kernel and in migrations; nowhere else.

use super::Finding;
use super::source::File;

/// How a statement begins, and what else it must hold so that a sentence is not taken for one.
const STATEMENTS: [(&str, &str); 12] = [
    ("select ", " from "),
    ("select ", "("),
    ("insert into ", "("),
    ("update ", " set "),
    ("delete from ", ""),
    ("create table ", ""),
    ("create index ", ""),
    ("create unique index ", ""),
    ("alter table ", ""),
    ("drop table ", ""),
    ("drop index ", ""),
    ("with ", " as ("),
];

/// See the module.
pub fn check(files: &[File]) -> Vec<Finding> {
    files.iter().filter(|file| !allowed(file)).flat_map(look).collect()
}

fn allowed(file: &File) -> bool {
    let kernel = file.path.starts_with("kernel/");
    let tools = ["x/", "bench/"].iter().any(|folder| file.path.starts_with(folder));
    kernel || tools || file.within("tests") || file.name() == "store.rs" || file.within("store")
}

fn look(file: &File) -> Vec<Finding> {
    let lines = file.strings.iter().filter(|(_, words)| statement(words)).map(|(line, _)| *line);
    lines.map(|line| Finding::new(file, line, "sql", "move this statement to the store.rs beside it")).collect()
}

/// Statements are written in one case throughout their first word; a sentence begins with one capital.
fn statement(words: &str) -> bool {
    let words = words.trim_start();
    let first: String = words.chars().take_while(char::is_ascii_alphabetic).collect();
    let one_case = first == first.to_uppercase() || first == first.to_lowercase();
    let flat = words.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase() + " ";
    one_case && STATEMENTS.iter().any(|(begin, hold)| flat.starts_with(begin) && flat.contains(hold))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_outside_a_store_is_found() {
        let text = "fn f() {\n    tx.query(\"SELECT id\\n FROM risk WHERE id = ?1\");\n}\n";
        let found = check(&[File::new("books/src/risk/verbs.rs", text)]);
        assert_eq!((found.len(), found[0].line, found[0].rule), (1, 2, "sql"));
        assert_eq!(check(&[File::new("books/src/risk/store.rs", text), File::new("kernel/db/src/tx.rs", text)]), vec![]);
    }

    #[test]
    fn statements_are_known_from_sentences() {
        for words in ["select 1 from a", "\n  insert into a (b) values (1)", "UPDATE a SET b = 1", "delete from a", "WITH x AS (SELECT 1)"]
        {
            assert!(statement(words), "{words}");
        }
        for words in ["Select a team from the list", "update", "Update it or set it aside", "with love as ever", "selected from"] {
            assert!(!statement(words), "{words}");
        }
    }
}
