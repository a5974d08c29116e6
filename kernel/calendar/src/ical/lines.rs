//! Content lines: unfolding, and name, parameters and value apart.

use super::{MAX_LINE, Refused};

/// One content line.
pub(super) struct Line {
    /// Number of its first physical line, from 1.
    pub(super) number: usize,
    /// Name in upper case.
    pub(super) name: String,
    /// Parameters, names in upper case, quotes removed.
    pub(super) params: Vec<(String, String)>,
    pub(super) value: String,
}

impl Line {
    pub(super) fn param(&self, name: &str) -> Option<&str> {
        self.params.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }
}

/// The content lines of a text; empty lines are skipped, a byte order mark too.
pub(super) fn unfold(text: &str) -> impl Iterator<Item = Result<Line, Refused>> {
    let mut physical = text.trim_start_matches('\u{feff}').lines().enumerate().peekable();
    std::iter::from_fn(move || {
        let (index, first) = physical.by_ref().find(|(_, l)| !l.trim().is_empty())?;
        let mut whole = first.to_owned();
        while let Some((_, more)) = physical.next_if(|(_, l)| l.starts_with([' ', '\t'])) {
            if whole.len() <= MAX_LINE {
                whole.push_str(&more[1..]);
            }
        }
        Some(parse(index + 1, &whole))
    })
}

fn parse(number: usize, text: &str) -> Result<Line, Refused> {
    let refuse = |message: String| Refused { line: number, message };
    if text.len() > MAX_LINE {
        return Err(refuse(format!("longer than {MAX_LINE} bytes")));
    }
    let colon = outside_quotes(text, ':').ok_or_else(|| refuse("not an iCalendar line: it has no “:”".into()))?;
    let (mut head, value) = (&text[..colon], &text[colon + 1..]);
    let mut parts = Vec::new();
    while let Some(at) = outside_quotes(head, ';') {
        parts.push(&head[..at]);
        head = &head[at + 1..];
    }
    parts.push(head);
    let name = parts[0].to_ascii_uppercase();
    if name.is_empty() || !name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') {
        return Err(refuse("not an iCalendar line: it does not start with a name".into()));
    }
    let params = parts[1..].iter().filter_map(|p| p.split_once('='));
    let params = params.map(|(n, v)| (n.to_ascii_uppercase(), v.trim_matches('"').to_owned())).collect();
    Ok(Line { number, name, params, value: value.trim_end().to_owned() })
}

/// Where `wanted` first stands outside double quotes.
fn outside_quotes(text: &str, wanted: char) -> Option<usize> {
    let mut quoted = false;
    text.char_indices().find_map(|(i, c)| {
        quoted ^= c == '"';
        (c == wanted && !quoted).then_some(i)
    })
}
