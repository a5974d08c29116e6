//! What people typed, as HTML: everything escaped, line breaks kept, addresses of web and mail, people named, and references of
//! records made links.

use crate::ticket::mention::begins_word;
use maud::{Markup, html};

/// What is linked besides addresses.
pub struct Known<'a> {
    /// Names that may stand behind an @, each with the address it leads to.
    pub mentions: Vec<(String, String)>,
    /// Where a reference leads; none: it is but a word. Whether there is such a record is not asked, so that a link tells nothing.
    pub reference: &'a dyn Fn(&str) -> Option<String>,
}

/// Most places in a text that are looked at for a name or a reference: it may be written to be slow.
const MOST_PLACES: usize = 50;

impl Known<'_> {
    /// The first mention in a text: what stands before it, the name, where it leads, and what stands behind it. Takes a place from
    /// `left` for each @ at the beginning of a word that it looks at.
    fn first<'a, 'b>(&'b self, text: &'a str, left: &mut usize) -> Option<(&'a str, &'b str, &'b str, &'a str)> {
        for (at, _) in text.match_indices('@').filter(|(at, _)| begins_word(text, *at)) {
            *left = left.checked_sub(1)?;
            let behind = &text[at + 1..];
            let named = self.mentions.iter().filter(|(name, _)| behind.starts_with(name.as_str()) && ends_word(&behind[name.len()..]));
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
    words_linking(text, &Known { mentions: Vec::new(), reference: &|_| None })
}

/// The same, in which people named behind an @ and references are linked.
pub fn words_linking(text: &str, known: &Known) -> Markup {
    let blocks = text.split("\n\n").map(|block| block.trim_matches('\n')).filter(|block| !block.trim().is_empty());
    let mut left = Left { mentions: if known.mentions.is_empty() { 0 } else { MOST_PLACES }, references: MOST_PLACES };
    html! {
        @for block in blocks {
            @if block.lines().all(|line| line.starts_with('>')) {
                blockquote.quote { (lines(block.lines().map(|line| line.trim_start_matches('>').trim_start()), known, &mut left)) }
            } @else { p { (lines(block.lines(), known, &mut left)) } }
        }
    }
}

/// Places that may still be looked at.
struct Left {
    mentions: usize,
    references: usize,
}

fn lines<'a>(all: impl Iterator<Item = &'a str>, known: &Known, left: &mut Left) -> Markup {
    html! {
        @for (place, line) in all.enumerate() {
            @if place > 0 { br; }
            @for part in parts(line) {
                @match part {
                    Part::Plain(text) => { (plain(text, known, left)) }
                    Part::Link(address) => { a href=(address) rel="noopener noreferrer nofollow" { (address) } }
                }
            }
        }
    }
}

fn plain(text: &str, known: &Known, left: &mut Left) -> Markup {
    let (mut rest, mut linked) = (text, Vec::new());
    while let Some((before, name, to, behind)) = known.first(rest, &mut left.mentions) {
        linked.push((before, name, to));
        rest = behind;
    }
    html! {
        @for (before, name, to) in linked { (referring(before, known, left)) a.at href=(to) { "@" (name) } }
        (referring(rest, known, left))
    }
}

/// A text in which the references of records are linked.
fn referring(text: &str, known: &Known, left: &mut Left) -> Markup {
    let (mut rest, mut linked) = (text, Vec::new());
    while let Some((before, reference, behind)) = next_reference(rest) {
        let Some(fewer) = left.references.checked_sub(1) else { break };
        left.references = fewer;
        linked.push((before, reference, (known.reference)(reference)));
        rest = behind;
    }
    html! {
        @for (before, reference, to) in linked {
            (before) @match to { Some(to) => { a.ref href=(to) { (reference) } } None => { (reference) } }
        }
        (rest)
    }
}

/// Most capitals and digits of what may be a reference.
const LONGEST: usize = 12;

/// The first word that is written as a reference is, like INC-42, and what stands before and behind it.
fn next_reference(text: &str) -> Option<(&str, &str, &str)> {
    text.match_indices('-').find_map(|(dash, _)| {
        let prefix = text.as_bytes()[..dash].iter().rev().take(LONGEST + 1).take_while(|it| it.is_ascii_uppercase()).count();
        let digits = text.as_bytes()[dash + 1..].iter().take(LONGEST + 1).take_while(|it| it.is_ascii_digit()).count();
        let (begin, end) = (dash - prefix, dash + 1 + digits);
        let sized = (1..=LONGEST).contains(&prefix) && (1..=LONGEST).contains(&digits);
        let alone = begins_word(text, begin) && !text[..begin].ends_with(['-', '/', '_', '@']) && whole(&text[end..]);
        (sized && alone).then(|| (&text[..begin], &text[begin..end], &text[end..]))
    })
}

/// Whether a reference ends where this text goes on.
fn whole(behind: &str) -> bool {
    let mut next = behind.chars();
    match next.next() {
        Some('-' | '.' | ':') => next.next().is_none_or(|it| !it.is_alphanumeric()),
        Some(it) => !it.is_alphanumeric() && !matches!(it, '_' | '/' | '@'),
        None => true,
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

    fn naming(all: &[(&str, &str)]) -> Known<'static> {
        Known { mentions: all.iter().map(|(name, to)| ((*name).to_owned(), (*to).to_owned())).collect(), reference: &|_| None }
    }

    #[test]
    fn references_of_registers_are_links_and_what_only_looks_like_one_is_not() {
        let to = |reference: &str| reference.starts_with("INC-").then(|| format!("/incidents/{reference}"));
        let known = Known { mentions: vec![("Ann".into(), "/people/PER-1".into())], reference: &to };
        let told = |text: &str| words_linking(text, &known).into_string();
        assert_eq!(
            told("As in INC-42, @Ann: <b>INC-7."),
            "<p>As in <a class=\"ref\" href=\"/incidents/INC-42\">INC-42</a>, <a class=\"at\" href=\"/people/PER-1\">@Ann</a>: \
             &lt;b&gt;<a class=\"ref\" href=\"/incidents/INC-7\">INC-7</a>.</p>"
        );
        for plain in
            ["UTF-8", "XINC-4x", "inc-4", "INC-", "INC-4a", "ÄINC-4", "INC-4-5", "A-INC-4", "/INC-4", "INC-4.5", "INC-1234567890123"]
        {
            assert_eq!(told(plain), format!("<p>{plain}</p>"));
        }
        assert_eq!(told("https://example.org/INC-4").matches("<a ").count(), 1, "an address stays one link");
        assert_eq!(told(&"INC-4 ".repeat(60)).matches("<a ").count(), MOST_PLACES);
        assert_eq!(told(&"-".repeat(100_000)).len(), 100_007, "and nothing is slow");
    }

    #[test]
    fn people_named_are_linked_the_longest_name_first() {
        let known = naming(&[("Ann", "/people/PER-1"), ("Ann <Lee>", "/people/PER-2")]);
        let html = words_linking("@Ann <Lee>, ask @Ann or @Bo", &known).into_string();
        assert_eq!(
            html,
            "<p><a class=\"at\" href=\"/people/PER-2\">@Ann &lt;Lee&gt;</a>, ask <a class=\"at\" href=\"/people/PER-1\">@Ann</a> or @Bo</p>"
        );
    }

    #[test]
    fn a_text_full_of_names_is_drawn_at_once_and_in_bounds() {
        let known = naming(&[("IT", "/teams/TEA-1")]);
        let links = |text: &str| words_linking(text, &known).into_string().matches("<a ").count();
        assert_eq!(links(&"@IT".repeat(33_000)), 0, "no name ends there");
        assert_eq!(links(&"@IT ".repeat(25_000)), MOST_PLACES);
        assert_eq!(links(&"@IT\n\n".repeat(16_000)), MOST_PLACES);
        assert_eq!(links("mail@IT, @ITIL, @IT's and (@IT)"), 2);
        assert!(words_linking(&"@IT ".repeat(60), &known).into_string().ends_with("@IT @IT </p>"), "what is not linked stays");
    }
}
