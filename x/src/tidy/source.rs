//! A file as the rules read it: its lines, and for Rust its code and its string literals apart.

/// A text file of the project.
pub struct File {
    /// Its path from the root, with `/`.
    pub path: String,
    /// All of it.
    pub text: String,
    /// For Rust: the code with comments dropped and strings emptied, line for line.
    pub code: String,
    /// For Rust: every string literal with the line it begins on.
    pub strings: Vec<(usize, String)>,
}

impl File {
    /// From its path and text.
    pub fn new(path: &str, text: impl Into<String>) -> File {
        let text = text.into();
        let (code, strings) = if path.ends_with(".rs") { split(&text) } else { (String::new(), Vec::new()) };
        File { path: path.to_owned(), text, code, strings }
    }

    /// Its last part.
    pub fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(&self.path)
    }

    /// True when one of the folders it lies in has this name.
    pub fn within(&self, folder: &str) -> bool {
        self.path.split('/').rev().skip(1).any(|part| part == folder)
    }

    /// How it is written: the part after the last dot.
    pub fn kind(&self) -> &str {
        self.name().rsplit_once('.').map_or("", |(_, kind)| kind)
    }

    /// Its text's lines, from 1.
    pub fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text.lines().enumerate().map(|(at, line)| (at + 1, line))
    }

    /// Its code's lines, from 1.
    pub fn code_lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.code.lines().enumerate().map(|(at, line)| (at + 1, line))
    }
}

/// Takes Rust apart: enough of its grammar to know code from comments and strings, and no more.
fn split(text: &str) -> (String, Vec<(usize, String)>) {
    let letters: Vec<char> = text.chars().collect();
    let (mut code, mut strings, mut at, mut line) = (String::new(), Vec::new(), 0, 1);
    while at < letters.len() {
        let end = match (letters[at], letters.get(at + 1)) {
            ('/', Some('/')) => find(&letters, at, &['\n']),
            ('/', Some('*')) => block(&letters, at),
            ('"', _) => quoted(&letters, at),
            ('r', Some('"' | '#')) if !follows_word(&letters, at) => raw(&letters, at),
            ('\'', _) => letter(&letters, at),
            _ => at,
        };
        if end == at {
            code.push(letters[at]);
            line += usize::from(letters[at] == '\n');
            at += 1;
            continue;
        }
        let part: String = letters[at..end].iter().collect();
        if matches!(letters[at], '"' | 'r') {
            strings.push((line, part.trim_matches(['r', '#']).trim_matches('"').to_owned()));
            code.push_str("\"\"");
        }
        let breaks = part.matches('\n').count();
        code.push_str(&"\n".repeat(breaks));
        line += breaks;
        at = end;
    }
    (code, strings)
}

fn follows_word(letters: &[char], at: usize) -> bool {
    // `br"..."` is a string too.
    at > 0 && (letters[at - 1].is_alphanumeric() || letters[at - 1] == '_') && letters[at - 1] != 'b'
}

fn find(letters: &[char], from: usize, end: &[char]) -> usize {
    letters[from..].windows(end.len()).position(|window| window == end).map_or(letters.len(), |found| from + found)
}

fn block(letters: &[char], from: usize) -> usize {
    (find(letters, from + 2, &['*', '/']) + 2).min(letters.len())
}

fn quoted(letters: &[char], from: usize) -> usize {
    let mut at = from + 1;
    while at < letters.len() && letters[at] != '"' {
        at += if letters[at] == '\\' { 2 } else { 1 };
    }
    (at + 1).min(letters.len())
}

/// `r"..."` or `r#"..."#`; a raw name such as `r#type` is no string.
fn raw(letters: &[char], from: usize) -> usize {
    let hashes = letters[from + 1..].iter().take_while(|letter| **letter == '#').count();
    if letters.get(from + 1 + hashes) != Some(&'"') {
        return from;
    }
    let end: Vec<char> = std::iter::once('"').chain(std::iter::repeat_n('#', hashes)).collect();
    (find(letters, from + hashes + 2, &end) + end.len()).min(letters.len())
}

/// `'"'` and `'\''` are letters; `'a` alone is a lifetime.
fn letter(letters: &[char], from: usize) -> usize {
    match (letters.get(from + 1), letters.get(from + 2)) {
        (Some('\\'), _) => (find(letters, from + 3, &['\'']) + 1).min(letters.len()),
        (Some(_), Some('\'')) => from + 3,
        _ => from,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_comments_and_code_are_told_apart() {
        let file = File::new(
            "a.rs",
            "let a = \"one \\\" two\"; // \"not a string\"\nlet b = r#\"raw \" text\nmore\"#; /* gone\n */ let c: &'static str = x;\nlet d = '\"'; let e = \"last\";\n",
        );
        assert_eq!(file.strings, vec![(1, "one \\\" two".to_owned()), (2, "raw \" text\nmore".to_owned()), (5, "last".to_owned())]);
        assert!(!file.code.contains("gone") && !file.code.contains("not a") && !file.code.contains("raw"));
        assert_eq!(file.code.lines().count(), 5);
        assert!(file.code.contains("&'static str = x"));
    }

    #[test]
    fn raw_names_are_code() {
        let file = File::new("a.rs", "let r#type = for_each(r\"x\");");
        assert!(file.code.contains("r#type"));
        assert_eq!(file.strings, vec![(1, "x".to_owned())]);
    }
}
