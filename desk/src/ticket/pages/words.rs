//! What people typed, as HTML: everything escaped, line breaks kept, addresses of web and mail, and people named, made links.

use crate::ticket::mention::begins_word;
use maud::{Markup, html};

/// Names that may stand behind an @, each with the address it leads to.
pub struct Mentions(pub Vec<(String, String)>);

/// Most places in a text that are looked at for a name: it may be written to be slow.
const MOST_MENTIONS: usize = 50;

impl Mentions {
    /// The first mention in a text: what stands before it, the name, where it leads, and what stands behind it. Takes a place from
    /// `left` for each @ at the beginning of a word that it looks at.
    fn first<'a, 'b>(&'b self, text: &'a str, left: &mut usize) -> Option<(&'a str, &'b str, &'b str, &'a str)> {
        for (at, _) in text.match_indices('@').filter(|(at, _)| begins_word(text, *at)) {
            *left = left.checked_sub(1)?;
            let behind = &text[at + 1..];
            let named = self.0.iter().filter(|(name, _)| behind.starts_with(name.as_str()) && ends_word(&behind[name.len()..]));
            if let Some((name, to)) = named.max_by_key(|(name, _)| name.len()) {
                return Some((&text[..at], name, to, &behind[name.len()..]));
            }
        }
        None
    }
}

/// Whether a name ends where this text goes on.
fn ends_word(behind: &str) -> bool {
    behind.chars().next().is_none_or(|next| !next.is_alphanumeric() && next != '@')
}

/// Plain text as paragraphs: an empty line parts them, a single line break stays one, lines that start with `>` are quoted.
pub fn words(text: &str) -> Markup {
    words_naming(text, &Mentions(Vec::new()))
}

/// The same, in which people named behind an @ are linked.
pub fn words_naming(text: &str, mentions: &Mentions) -> Markup {
    let blocks = text.split("\n\n").map(|block| block.trim_matches('\n')).filter(|block| !block.trim().is_empty());
    let mut left = if mentions.0.is_empty() { 0 } else { MOST_MENTIONS };
    html! {
        @for block in blocks {
            @if block.lines().all(|line| line.starts_with('>')) {
                blockquote.quote { (lines(block.lines().map(|line| line.trim_start_matches('>').trim_start()), mentions, &mut left)) }
            } @else { p { (lines(block.lines(), mentions, &mut left)) } }
        }
    }
}

fn lines<'a>(all: impl Iterator<Item = &'a str>, mentions: &Mentions, left: &mut usize) -> Markup {
    html! {
        @for (place, line) in all.enumerate() {
            @if place > 0 { br; }
            @for part in parts(line) {
                @match part {
                    Part::Plain(text) => { (plain(text, mentions, left)) }
                    Part::Link(address) => { a href=(address) rel="noopener noreferrer nofollow" { (address) } }
                }
            }
        }
    }
}

fn plain(text: &str, mentions: &Mentions, left: &mut usize) -> Markup {
    let (mut rest, mut linked) = (text, Vec::new());
    while let Some((before, name, to, behind)) = mentions.first(rest, left) {
        linked.push((before, name, to));
        rest = behind;
    }
    html! {
        @for (before, name, to) in linked { (before) a.at href=(to) { "@" (name) } }
        (rest)
    }
}

#[derive(Debug, PartialEq, Eq)]
enum Part<'a> {
    Plain(&'a str),
    Link(&'a str),
}

/// The only schemes that become links.
const SCHEMES: [&str; 3] = ["https://", "http://", "mailto:"];

fn parts(line: &str) -> Vec<Part<'_>> {
    let (mut all, mut from, mut at) = (Vec::new(), 0, 0);
    while let Some(begin) = begins(line, at) {
        let end = ends(line, begin);
        at = end;
        if end - begin <= scheme(&line[begin..]).map_or(0, str::len) {
            at = begin + 1;
            continue;
        }
        if from < begin {
            all.push(Part::Plain(&line[from..begin]));
        }
        all.push(Part::Link(&line[begin..end]));
        from = end;
    }
    if from < line.len() {
        all.push(Part::Plain(&line[from..]));
    }
    all
}

fn scheme(text: &str) -> Option<&'static str> {
    SCHEMES.into_iter().find(|it| text.get(..it.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(it)))
}

/// Where the next address begins, at the start of a word.
fn begins(line: &str, from: usize) -> Option<usize> {
    let bytes = line.as_bytes();
    (from..line.len()).find(|&at| {
        matches!(bytes[at], b'h' | b'H' | b'm' | b'M')
            && (at == 0 || !bytes[at - 1].is_ascii_alphanumeric())
            && line.is_char_boundary(at)
            && scheme(&line[at..]).is_some()
    })
}

/// Where an address ends: at white space or a quote, without the punctuation of the sentence around it.
fn ends(line: &str, begin: usize) -> usize {
    let stop = |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '`' | '|' | '\\' | '^' | '{' | '}');
    let rest = &line[begin..];
    let address = &rest[..rest.find(stop).unwrap_or(rest.len())];
    let mut trimmed = address.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', ']']);
    if trimmed.ends_with(')') && !trimmed.contains('(') {
        trimmed = trimmed.trim_end_matches(')');
    }
    begin + trimmed.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_become_links_without_the_sentence_around_them() {
        let of = |text: &str| words(text).into_string();
        assert!(
            of("see https://example.org/a?b=1&c=2.")
                .contains(r#"<a href="https://example.org/a?b=1&amp;c=2" rel="noopener noreferrer nofollow">"#)
        );
        assert!(of("(http://example.org)").contains(r#"href="http://example.org""#));
        assert!(of("https://example.org/a_(b)").contains(r#"href="https://example.org/a_(b)""#));
        assert!(of("mailto:a@example.org!").contains(r#"href="mailto:a@example.org""#));
        assert_eq!(parts("https:// mailto:"), [Part::Plain("https:// mailto:")]);
        assert_eq!(parts("xhttp://a b"), [Part::Plain("xhttp://a b")]);
    }

    #[test]
    fn hostile_words_stay_words() {
        for text in
            ["<script>alert(1)</script>", "javascript:alert(1)", "data:text/html,x", "https://a\"onmouseover=\"x", "<img src=x onerror=y>"]
        {
            let html = words(text).into_string();
            assert!(
                !html.contains("<script") && !html.contains("<img") && !html.contains("href=\"javascript") && !html.contains("href=\"data"),
                "{html}"
            );
            assert!(!html.contains("\"onmouseover"), "{html}");
        }
        assert_eq!(words("ü https://ü.example/ü").into_string().matches("<a ").count(), 1);
    }

    #[test]
    fn line_breaks_are_kept_and_quotes_are_quotes() {
        assert_eq!(words("a\nb\n\nc").into_string(), "<p>a<br>b</p><p>c</p>");
        assert!(words("> said\n> before").into_string().starts_with("<blockquote"));
    }

    #[test]
    fn people_named_are_linked_the_longest_name_first() {
        let known = Mentions(vec![("Ann".into(), "/people/PER-1".into()), ("Ann <Lee>".into(), "/people/PER-2".into())]);
        let html = words_naming("@Ann <Lee>, ask @Ann or @Bo", &known).into_string();
        assert_eq!(
            html,
            "<p><a class=\"at\" href=\"/people/PER-2\">@Ann &lt;Lee&gt;</a>, ask <a class=\"at\" href=\"/people/PER-1\">@Ann</a> or @Bo</p>"
        );
    }

    #[test]
    fn a_text_full_of_names_is_drawn_at_once_and_in_bounds() {
        let known = Mentions(vec![("IT".into(), "/teams/TEA-1".into())]);
        let links = |text: &str| words_naming(text, &known).into_string().matches("<a ").count();
        assert_eq!(links(&"@IT".repeat(33_000)), 0, "no name ends there");
        assert_eq!(links(&"@IT ".repeat(25_000)), MOST_MENTIONS);
        assert_eq!(links(&"@IT\n\n".repeat(16_000)), MOST_MENTIONS);
        assert_eq!(links("mail@IT, @ITIL, @IT's and (@IT)"), 2);
        assert!(words_naming(&"@IT ".repeat(60), &known).into_string().ends_with("@IT @IT </p>"), "what is not linked stays");
    }
}
