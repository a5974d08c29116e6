//! Names of files as people send them, made harmless.

/// Longest name kept, in bytes.
const LONGEST: usize = 150;

/// The last part of a path, without control characters, direction overrides and characters that some system forbids in names.
/// An empty or dotted name becomes `file`. The ending survives a cut.
pub fn tidy_name(sent: &str) -> String {
    let last = sent.rsplit(['/', '\\']).next().unwrap_or_default();
    let forbidden = |c: char| {
        c.is_control() || matches!(c, ':' | '*' | '?' | '"' | '<' | '>' | '|' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
    };
    let clean: String = last.chars().map(|c| if forbidden(c) { '_' } else { c }).collect();
    let clean = clean.trim().trim_start_matches('.').trim_end_matches(['.', ' ']);
    if clean.is_empty() { "file".into() } else { cut(clean) }
}

fn cut(name: &str) -> String {
    if name.len() <= LONGEST {
        return name.to_owned();
    }
    let (stem, ending) = match name.rfind('.') {
        Some(at) if name.len() - at <= 16 => name.split_at(at),
        _ => (name, ""),
    };
    let mut end = LONGEST - ending.len();
    while !stem.is_char_boundary(end) {
        end -= 1;
    }
    format!("{}{ending}", &stem[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_names_become_harmless() {
        let cases = [
            ("../../etc/passwd", "passwd"),
            ("C:\\Users\\x\\report.pdf", "report.pdf"),
            (".htaccess", "htaccess"),
            ("", "file"),
            ("..", "file"),
            ("a\u{202E}fdp.exe", "a_fdp.exe"),
            ("line\nbreak.txt", "line_break.txt"),
            ("😀.png", "😀.png"),
        ];
        for (sent, kept) in cases {
            assert_eq!(tidy_name(sent), kept, "{sent:?}");
        }
        let long = format!("{}.pdf", "ä".repeat(300));
        let kept = tidy_name(&long);
        assert!(kept.len() <= LONGEST && kept.ends_with(".pdf"));
    }
}
