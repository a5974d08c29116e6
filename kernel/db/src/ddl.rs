//! The common text of a migration, as each engine wants it. Its rules are in `migrations/README.md`.

use crate::Engine;
use crate::marks::{Piece, is_word, pieces};

/// The lines meant for one engine: a line `--! sqlite` or `--! postgres` begins a section for one, `--! both` ends it.
/// An unknown name after the mark is an error, holding the line.
pub(crate) fn section(sql: &str, engine: Engine) -> Result<String, String> {
    let mut out = String::with_capacity(sql.len());
    let mut ours = true;
    for line in sql.lines() {
        match line.trim().strip_prefix("--!").map(str::trim) {
            None if ours => out.push_str(line),
            None => {}
            Some("both") => ours = true,
            Some(name) if name == engine.name() => ours = true,
            Some("sqlite" | "postgres") => ours = false,
            Some(_) => return Err(line.into()),
        }
        out.push('\n');
    }
    Ok(out)
}

/// The types of the common language and what STRICT tables of SQLite call them.
const TYPES: [(&str, &str); 10] = [
    ("bigint", "INTEGER"),
    ("integer", "INTEGER"),
    ("smallint", "INTEGER"),
    ("boolean", "INTEGER"),
    ("text", "TEXT"),
    ("jsonb", "TEXT"),
    ("json", "TEXT"),
    ("bytea", "BLOB"),
    ("real", "REAL"),
    ("double", "REAL"),
];

/// Translates column types, and makes tables STRICT.
pub(crate) fn for_sqlite(sql: &str) -> String {
    let mut out = String::with_capacity(sql.len() + 64);
    let mut reader = Reader::default();
    for token in tokens(sql) {
        reader.take(token, &mut out);
    }
    reader.finish(&mut out);
    out
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Token<'a> {
    Word(&'a str),
    Name(&'a str),
    Sign(char),
    Space(&'a str),
}

fn tokens(sql: &str) -> Vec<Token<'_>> {
    let mut out = Vec::new();
    for piece in pieces(sql) {
        match piece {
            Piece::Quoted(text) => out.push(Token::Name(text)),
            Piece::Comment(text) => out.push(Token::Space(text)),
            Piece::Code(text) => words(text, &mut out),
        }
    }
    out
}

fn words<'a>(mut text: &'a str, out: &mut Vec<Token<'a>>) {
    while let Some(first) = text.chars().next() {
        let word = text.bytes().take_while(|byte| is_word(*byte)).count();
        let space = text.len() - text.trim_start().len();
        let length = if word > 0 {
            word
        } else if space > 0 {
            space
        } else {
            first.len_utf8()
        };
        let (token, rest) = text.split_at(length);
        out.push(match (word, space) {
            (0, 0) => Token::Sign(first),
            (0, _) => Token::Space(token),
            _ => Token::Word(token),
        });
        text = rest;
    }
}

/// Where in a statement the reader is.
#[derive(Default)]
struct Reader {
    /// Words of the statement's head, in small letters, up to the first parenthesis.
    head: Vec<String>,
    depth: usize,
    /// Words and names seen of the current column.
    column: usize,
    /// Whether the body of a table was closed and nothing came after it.
    closed: bool,
    /// Whether `precision` after `double` is to be left out.
    double: bool,
}

impl Reader {
    fn take(&mut self, token: Token<'_>, out: &mut String) {
        match token {
            Token::Space(text) => out.push_str(text),
            Token::Sign(';') if self.depth == 0 => {
                self.finish(out);
                out.push(';');
            }
            Token::Sign(sign) => self.sign(sign, out),
            Token::Name(text) => {
                self.word();
                out.push_str(text);
            }
            Token::Word(text) => {
                let translated = self.column_type(text);
                if self.depth == 0 {
                    self.head.push(text.to_ascii_lowercase());
                }
                if self.is_table() && self.closed {
                    // Options after the body, such as WITHOUT ROWID: STRICT goes before them.
                    out.push_str("STRICT, ");
                    self.closed = false;
                }
                self.word();
                out.push_str(translated.unwrap_or(text));
            }
        }
    }

    fn word(&mut self) {
        self.column += 1;
    }

    fn sign(&mut self, sign: char, out: &mut String) {
        match sign {
            '(' => self.depth += 1,
            ')' => {
                self.depth = self.depth.saturating_sub(1);
                self.closed = self.depth == 0 && self.is_table();
            }
            _ => {}
        }
        if (sign == '(' || sign == ',') && self.depth == 1 {
            self.column = 0;
        }
        out.push(sign);
    }

    /// The type that a word is to be replaced by, if it stands where the type of a column does.
    fn column_type(&mut self, word: &str) -> Option<&'static str> {
        if std::mem::take(&mut self.double) && word.eq_ignore_ascii_case("precision") {
            return Some("");
        }
        let in_table = self.is_table() && self.depth == 1 && self.column == 1;
        if !in_table && !self.after_added_column() {
            return None;
        }
        self.double = word.eq_ignore_ascii_case("double");
        TYPES.iter().find(|(name, _)| word.eq_ignore_ascii_case(name)).map(|(_, sqlite)| *sqlite)
    }

    fn is_table(&self) -> bool {
        matches!(self.head.first().map(String::as_str), Some("create")) && self.head.get(1).is_some_and(|word| word == "table")
    }

    /// `ALTER TABLE name ADD COLUMN name`, where the names may be quoted and then are no words of the head.
    fn after_added_column(&self) -> bool {
        self.depth == 0 && self.head.first().is_some_and(|word| word == "alter") && self.column == 6
    }

    fn finish(&mut self, out: &mut String) {
        if self.closed {
            out.push_str(" STRICT");
        }
        *self = Reader::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_become_strict_and_types_are_translated() {
        let cases = [
            (
                "CREATE TABLE t (id bigint PRIMARY KEY, name text NOT NULL, at bigint)",
                "CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT NOT NULL, at INTEGER) STRICT",
            ),
            ("create table t (x double precision not null);", "create table t (x REAL  not null) STRICT;"),
            (
                "CREATE TABLE t (a bytea, b jsonb, c boolean) WITHOUT ROWID",
                "CREATE TABLE t (a BLOB, b TEXT, c INTEGER) STRICT, WITHOUT ROWID",
            ),
            ("CREATE TABLE t (\"text\" text, text bigint)", "CREATE TABLE t (\"text\" TEXT, text INTEGER) STRICT"),
            (
                "CREATE TABLE t (a bigint DEFAULT (length('bigint')), CHECK (text > 1), PRIMARY KEY (a, bigint))",
                "CREATE TABLE t (a INTEGER DEFAULT (length('bigint')), CHECK (text > 1), PRIMARY KEY (a, bigint)) STRICT",
            ),
            (
                "CREATE TABLE t (a bigint REFERENCES u(id), b text) -- the end\n; CREATE INDEX i ON t(a)",
                "CREATE TABLE t (a INTEGER REFERENCES u(id), b TEXT) -- the end\n STRICT; CREATE INDEX i ON t(a)",
            ),
            ("ALTER TABLE t ADD COLUMN a jsonb NOT NULL DEFAULT '{}'", "ALTER TABLE t ADD COLUMN a TEXT NOT NULL DEFAULT '{}'"),
            ("ALTER TABLE \"t\" ADD COLUMN \"a\" bigint", "ALTER TABLE \"t\" ADD COLUMN \"a\" INTEGER"),
            ("CREATE UNIQUE INDEX i ON t(a, text)", "CREATE UNIQUE INDEX i ON t(a, text)"),
            ("INSERT INTO t(a, text) VALUES(1, 'bigint')", "INSERT INTO t(a, text) VALUES(1, 'bigint')"),
            ("CREATE VIRTUAL TABLE f USING fts5(body text, content='')", "CREATE VIRTUAL TABLE f USING fts5(body text, content='')"),
        ];
        for (given, wanted) in cases {
            assert_eq!(for_sqlite(given), wanted);
        }
    }

    #[test]
    fn sections_are_for_one_engine() {
        let text = "a\n--! sqlite\nb\n--! postgres\nc\n--! both\nd\n";
        assert_eq!(section(text, Engine::Sqlite).unwrap().split_whitespace().collect::<String>(), "abd");
        assert_eq!(section(text, Engine::Postgres).unwrap().split_whitespace().collect::<String>(), "acd");
        assert_eq!(section("--! mysql\n", Engine::Sqlite), Err("--! mysql".into()));
    }
}
