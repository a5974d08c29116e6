//! What people typed, as HTML: everything escaped, line breaks kept, addresses of web and mail, people named, and numbers of records,
//! made links.

use crate::ticket::mention::begins_word;
use kernel::House;
use maud::{Markup, html};

/// What of a text leads to a record.
#[derive(Default)]
pub struct Leads<'a> {
    /// Names that may stand behind an @, each with the address it leads to.
    pub names: Vec<(String, String)>,
    /// Whose registers numbers such as INC-4127 belong to; none: numbers stay words.
    pub house: Option<&'a House>,
}

/// Most places in a text that are looked at for a name: it may be written to be slow.
const MOST_MENTIONS: usize = 50;
/// Most numbers of a text that are linked.
const MOST_NUMBERS: usize = 50;
/// Most digits of a number.
const DIGITS: usize = 12;

/// How many places of a text may still be made links.
struct Left {
    mentions: usize,
    numbers: usize,
}

impl Leads<'_> {
    /// The first mention in a text: what stands before it, the name, where it leads, and what stands behind it. Takes a place from
    /// `left` for each @ at the beginning of a word that it looks at.
    fn first<'a, 'b>(&'b self, text: &'a str, left: &mut usize) -> Option<(&'a str, &'b str, &'b str, &'a str)> {
        for (at, _) in text.match_indices('@').filter(|(at, _)| begins_word(text, *at)) {
            *left = left.checked_sub(1)?;
            let behind = &text[at + 1..];
            let named = self.names.iter().filter(|(name, _)| behind.starts_with(name.as_str()) && ends_word(&behind[name.len()..]));
            if let Some((name, to)) = named.max_by_key(|(name, _)| name.len()) {
                return Some((&text[..at], name, to, &behind[name.len()..]));
            }
        }
        None
    }

    /// The first number of a record in a text: what stands before it, the number, its address, and what stands behind it. Whether
    /// there is such a record, and whether the reader may see it, is told where it leads.
    fn number<'a>(&self, text: &'a str) -> Option<(&'a str, &'a str, String, &'a str)> {
        let house = self.house?;
        text.match_indices('-').find_map(|(dash, _)| {
            let begin = text[..dash]
                .rfind(|c: char| !c.is_ascii_uppercase())
                .map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
            let digits = text[dash + 1..].bytes().take_while(u8::is_ascii_digit).count();
            let end = dash + 1 + digits;
            let alone = begins_word(text, begin) && ends_word(&text[end..]) && !text[end..].starts_with('-');
            let number = Some(&text[begin..end]).filter(|_| alone && begin < dash && (1..=DIGITS).contains(&digits))?;
            let register = house.register_of(number)?;
            Some((&text[..begin], number, format!("/{}/{number}", register.key), &text[end..]))
        })
    }
}

/// Whether a name ends where this text goes on.
fn ends_word(behind: &str) -> bool {
    behind.chars().next().is_none_or(|next| !next.is_alphanumeric() && next != '@')
}

/// Plain text as paragraphs: an empty line parts them, a single line break stays one, lines that start with `>` are quoted.
pub fn words(text: &str) -> Markup {
    words_leading(text, &Leads::default())
}

/// The same, in which people named behind an @, and numbers of records, are linked.
pub fn words_leading(text: &str, leads: &Leads) -> Markup {
    let blocks = text.split("\n\n").map(|block| block.trim_matches('\n')).filter(|block| !block.trim().is_empty());
    let mut left = Left { mentions: if leads.names.is_empty() { 0 } else { MOST_MENTIONS }, numbers: MOST_NUMBERS };
    html! {
        @for block in blocks {
            @if block.lines().all(|line| line.starts_with('>')) {
                blockquote.quote { (lines(block.lines().map(|line| line.trim_start_matches('>').trim_start()), leads, &mut left)) }
            } @else { p { (lines(block.lines(), leads, &mut left)) } }
        }
    }
}

fn lines<'a>(all: impl Iterator<Item = &'a str>, leads: &Leads, left: &mut Left) -> Markup {
    html! {
        @for (place, line) in all.enumerate() {
            @if place > 0 { br; }
            @for part in parts(line) {
                @match part {
                    Part::Plain(text) => { (plain(text, leads, left)) }
                    Part::Link(address) => { a href=(address) rel="noopener noreferrer nofollow" { (address) } }
                }
            }
        }
    }
}

fn plain(text: &str, leads: &Leads, left: &mut Left) -> Markup {
    let (mut rest, mut linked) = (text, Vec::new());
    while let Some((before, name, to, behind)) = leads.first(rest, &mut left.mentions) {
        linked.push((before, name, to));
        rest = behind;
    }
    html! {
        @for (before, name, to) in linked { (numbers(before, leads, left)) a.at href=(to) { "@" (name) } }
        (numbers(rest, leads, left))
    }
}

fn numbers(text: &str, leads: &Leads, left: &mut Left) -> Markup {
    let (mut rest, mut linked) = (text, Vec::new());
    while left.numbers > 0
        && let Some((before, number, to, behind)) = leads.number(rest)
    {
        left.numbers -= 1;
        linked.push((before, number, to));
        rest = behind;
    }
    html! {
        @for (before, number, to) in linked { (before) a.ref href=(to) { (number) } }
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
        let names = vec![("Ann".into(), "/people/PER-1".into()), ("Ann <Lee>".into(), "/people/PER-2".into())];
        let known = Leads { names, house: None };
        let html = words_leading("@Ann <Lee>, ask @Ann or @Bo", &known).into_string();
        assert_eq!(
            html,
            "<p><a class=\"at\" href=\"/people/PER-2\">@Ann &lt;Lee&gt;</a>, ask <a class=\"at\" href=\"/people/PER-1\">@Ann</a> or @Bo</p>"
        );
    }

    #[test]
    fn a_text_full_of_names_is_drawn_at_once_and_in_bounds() {
        let known = Leads { names: vec![("IT".into(), "/teams/TEA-1".into())], house: None };
        let links = |text: &str| words_leading(text, &known).into_string().matches("<a ").count();
        assert_eq!(links(&"@IT".repeat(33_000)), 0, "no name ends there");
        assert_eq!(links(&"@IT ".repeat(25_000)), MOST_MENTIONS);
        assert_eq!(links(&"@IT\n\n".repeat(16_000)), MOST_MENTIONS);
        assert_eq!(links("mail@IT, @ITIL, @IT's and (@IT)"), 2);
        assert!(words_leading(&"@IT ".repeat(60), &known).into_string().ends_with("@IT @IT </p>"), "what is not linked stays");
    }
}
