//! Words of a question and of a text.

/// Most words of a question that count.
const MOST_TERMS: usize = 8;

/// The words of a question, lower-case, without punctuation; at most eight.
pub fn terms(q: &str) -> Vec<String> {
    let words = q.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.take(MOST_TERMS).map(|word| word.chars().take(60).collect::<String>().to_lowercase()).collect()
}

/// A piece of a text around the first hit, in parts: `(text, is a hit)`. At most about `length` characters.
pub fn highlight(text: &str, terms: &[String], length: usize) -> Vec<(String, bool)> {
    let spans = spans(text, terms);
    let start = spans.first().map_or(0, |first| first.0.saturating_sub(length / 3));
    let start = (0..=start).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let end = (start + length).min(text.len());
    let end = (end..=text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len());
    let mut parts = Vec::new();
    let mut at = start;
    for (from, to) in spans.into_iter().filter(|(from, to)| *from >= start && *to <= end) {
        if from > at {
            parts.push((text[at..from].to_owned(), false));
        }
        parts.push((text[from..to].to_owned(), true));
        at = to;
    }
    if at < end {
        parts.push((text[at..end].to_owned(), false));
    }
    if start > 0
        && let Some(first) = parts.first_mut()
    {
        first.0.insert(0, '…');
    }
    if end < text.len()
        && let Some(last) = parts.last_mut()
    {
        last.0.push('…');
    }
    parts
}

/// Byte ranges of words that begin with one of the terms.
fn spans(text: &str, terms: &[String]) -> Vec<(usize, usize)> {
    let mut spans = Vec::new();
    let mut begin = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (begin, c.is_alphanumeric()) {
            (None, true) => begin = Some(at),
            (Some(from), false) => {
                let word = text[from..at].to_lowercase();
                if terms.iter().any(|term| word.starts_with(term.as_str())) {
                    spans.push((from, at));
                }
                begin = None;
            }
            _ => {}
        }
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hit_is_shown_with_its_surroundings() {
        let terms = terms("Print, über");
        assert_eq!(terms, ["print", "über"]);
        let parts = highlight("The Printer on floor 3 prints Überweisungen twice", &terms, 400);
        let hits: Vec<&str> = parts.iter().filter(|(_, hit)| *hit).map(|(text, _)| text.as_str()).collect();
        assert_eq!(hits, ["Printer", "prints", "Überweisungen"]);
        let whole: String = parts.iter().map(|(text, _)| text.as_str()).collect();
        assert_eq!(whole, "The Printer on floor 3 prints Überweisungen twice");
    }

    #[test]
    fn a_long_text_is_cut_at_character_boundaries() {
        let text = format!("{}Drucker{}", "ä".repeat(500), "ö".repeat(500));
        let text = text.replace("Drucker", " Drucker ");
        let parts = highlight(&text, &terms("drucker"), 80);
        assert!(parts.iter().any(|(text, hit)| *hit && text == "Drucker"));
        assert!(parts.iter().map(|(text, _)| text.len()).sum::<usize>() < 120);
    }
}
