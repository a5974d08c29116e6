//! Reading SQL text just well enough to change it outside strings, quoted names and comments.

use std::borrow::Cow;

/// A stretch of SQL: code, or something whose inside must be left alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Piece<'a> {
    Code(&'a str),
    Quoted(&'a str),
    Comment(&'a str),
}

/// Cuts SQL into pieces; put together again they are the text.
pub(crate) fn pieces(sql: &str) -> Pieces<'_> {
    Pieces { rest: sql }
}

pub(crate) struct Pieces<'a> {
    rest: &'a str,
}

impl<'a> Iterator for Pieces<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        if self.rest.is_empty() {
            return None;
        }
        let code = code_length(self.rest);
        if code > 0 {
            return Some(Piece::Code(self.split(code)));
        }
        let first = self.rest.as_bytes()[0];
        match first {
            b'-' => {
                let length = self.rest.find('\n').unwrap_or(self.rest.len());
                Some(Piece::Comment(self.split(length)))
            }
            b'/' => {
                let length = block_comment_length(self.rest);
                Some(Piece::Comment(self.split(length)))
            }
            b'$' => {
                let length = dollar_length(self.rest).unwrap_or(1);
                Some(Piece::Quoted(self.split(length)))
            }
            quote => {
                let length = quoted_length(self.rest, quote);
                Some(Piece::Quoted(self.split(length)))
            }
        }
    }
}

impl<'a> Pieces<'a> {
    fn split(&mut self, length: usize) -> &'a str {
        let (piece, rest) = self.rest.split_at(length);
        self.rest = rest;
        piece
    }
}

/// How many bytes of code come before the next quote or comment.
fn code_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let starts = |at: usize| match bytes[at] {
        b'\'' | b'"' => true,
        b'-' => bytes.get(at + 1) == Some(&b'-'),
        b'/' => bytes.get(at + 1) == Some(&b'*'),
        // A dollar inside a name is part of the name.
        b'$' => !(at > 0 && is_word(bytes[at - 1])) && dollar_length(&text[at..]).is_some(),
        _ => false,
    };
    (0..bytes.len()).find(|at| starts(*at)).unwrap_or(bytes.len())
}

/// Both engines double a quote to mean itself, so a doubled one simply begins the next quoted piece.
fn quoted_length(text: &str, quote: u8) -> usize {
    text.as_bytes()[1..].iter().position(|byte| *byte == quote).map_or(text.len(), |at| at + 2)
}

fn block_comment_length(text: &str) -> usize {
    text[2..].find("*/").map_or(text.len(), |at| at + 4)
}

/// The length of a dollar-quoted string of PostgreSQL (`$$..$$`, `$tag$..$tag$`) at the start of the text.
fn dollar_length(text: &str) -> Option<usize> {
    let tag_end = text[1..].find('$')? + 2;
    let tag = &text[..tag_end];
    let name = &tag[1..tag_end - 1];
    let named = name.bytes().all(is_word) && !name.starts_with(|c: char| c.is_ascii_digit());
    named.then(|| text[tag_end..].find(tag).map_or(text.len(), |at| tag_end + at + tag_end))
}

pub(crate) fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80
}

/// `?7` becomes `$7` for PostgreSQL; a `?` without a number is an operator there and stays.
pub(crate) fn dollars(sql: &str) -> String {
    let mut out = String::with_capacity(sql.len());
    for piece in pieces(sql) {
        match piece {
            Piece::Quoted(text) | Piece::Comment(text) => out.push_str(text),
            Piece::Code(text) => {
                let bytes = text.as_bytes();
                let mut from = 0;
                for at in 0..bytes.len() {
                    if bytes[at] == b'?' && bytes.get(at + 1).is_some_and(u8::is_ascii_digit) {
                        out.push_str(&text[from..at]);
                        out.push('$');
                        from = at + 1;
                    }
                }
                out.push_str(&text[from..]);
            }
        }
    }
    out
}

const LOCK: &str = "FOR UPDATE";

/// Takes `FOR UPDATE`, with `SKIP LOCKED` or `NOWAIT`, out for SQLite, whose one writer needs no row locks. It is found in capitals only.
pub(crate) fn without_locks(sql: &str) -> Cow<'_, str> {
    if !sql.contains(LOCK) {
        return Cow::Borrowed(sql);
    }
    let mut out = String::with_capacity(sql.len());
    for piece in pieces(sql) {
        match piece {
            Piece::Quoted(text) | Piece::Comment(text) => out.push_str(text),
            Piece::Code(mut text) => {
                while let Some(at) = text.find(LOCK) {
                    out.push_str(&text[..at]);
                    let rest = &text[at + LOCK.len()..];
                    let word = rest.trim_start();
                    text = word.strip_prefix("SKIP LOCKED").or(word.strip_prefix("NOWAIT")).unwrap_or(rest);
                }
                out.push_str(text);
            }
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_translated_only_in_code() {
        let cases = [
            ("SELECT ?1, ?12", "SELECT $1, $12"),
            ("SELECT '?1' || ?1", "SELECT '?1' || $1"),
            ("SELECT 'it''s ?1', ?2", "SELECT 'it''s ?1', $2"),
            ("SELECT \"?1\", ?1", "SELECT \"?1\", $1"),
            ("SELECT \"a\"\"?1\", ?1", "SELECT \"a\"\"?1\", $1"),
            ("SELECT 1 -- ?1\n, ?1", "SELECT 1 -- ?1\n, $1"),
            ("SELECT /* ?1 ' */ ?1", "SELECT /* ?1 ' */ $1"),
            ("SELECT data ? 'key' AND data ?| ?1", "SELECT data ? 'key' AND data ?| $1"),
            ("SELECT $$?1 '$$, ?1", "SELECT $$?1 '$$, $1"),
            ("SELECT $x$?1$$ ?2$x$, ?1", "SELECT $x$?1$$ ?2$x$, $1"),
            ("SELECT a-?1, b/?2", "SELECT a-$1, b/$2"),
            ("SELECT 'open ?1", "SELECT 'open ?1"),
            ("SELECT 'é?1', 'ü' || ?1", "SELECT 'é?1', 'ü' || $1"),
            ("", ""),
        ];
        for (given, wanted) in cases {
            assert_eq!(dollars(given), wanted);
        }
    }

    #[test]
    fn row_locks_are_cut_only_from_code() {
        let cases = [
            ("SELECT 1 FROM t WHERE id = ?1 FOR UPDATE", "SELECT 1 FROM t WHERE id = ?1 "),
            ("SELECT (SELECT 1 FROM t LIMIT 1 FOR UPDATE SKIP LOCKED) x", "SELECT (SELECT 1 FROM t LIMIT 1 ) x"),
            ("SELECT 1 FOR UPDATE NOWAIT", "SELECT 1 "),
            ("SELECT 'FOR UPDATE', \"FOR UPDATE\" -- FOR UPDATE", "SELECT 'FOR UPDATE', \"FOR UPDATE\" -- FOR UPDATE"),
        ];
        for (given, wanted) in cases {
            assert_eq!(without_locks(given), wanted);
        }
        assert!(matches!(without_locks("SELECT 1"), Cow::Borrowed(_)));
    }

    #[test]
    fn pieces_put_together_are_the_text() {
        for text in ["a 'b' -- c\n/* d */ $e$ f $e$ \"g\" $1 $", "'", "--", "/*", "$$", "$", "a$b$c", "é'"] {
            let whole: String = pieces(text)
                .map(|piece| match piece {
                    Piece::Code(text) | Piece::Quoted(text) | Piece::Comment(text) => text,
                })
                .collect();
            assert_eq!(whole, text);
        }
    }
}
