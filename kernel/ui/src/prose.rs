//! Text that people wrote in a little Markdown, as the guide is: headings, paragraphs, lists, pictures, and within a line
//! **names of verbs**, `keys and commands` and [links](/queue). Anything else stands as it is written; nothing of it is HTML.

use maud::{Markup, html};

/// A picture that the text shows.
#[derive(Debug, Clone, Copy)]
pub struct Picture {
    /// Its address.
    pub href: &'static str,
    /// Its size in pixels, so that nothing moves when it arrives.
    pub size: (u32, u32),
}

/// Where the names in a text lead: of pictures, and of links that are no paths.
pub struct Names<'a> {
    /// The picture of a name such as `pictures/queue.webp`; none: it is left out.
    pub picture: &'a dyn Fn(&str) -> Option<Picture>,
    /// The address of a link such as `agent.md`.
    pub link: &'a dyn Fn(&str) -> String,
}

/// What the first line says after its `# `; empty if the text has no title.
pub fn title(text: &str) -> &str {
    text.lines().next().and_then(|line| line.strip_prefix("# ")).unwrap_or_default()
}

/// The text below its title.
pub fn prose(text: &str, names: &Names) -> Markup {
    let blocks = text.split("\n\n").map(str::trim).filter(|block| !block.is_empty() && !block.starts_with("# "));
    html! { @for part in blocks { (block(part, names)) } }
}

fn block(text: &str, names: &Names) -> Markup {
    if let Some(heading) = text.strip_prefix("## ") {
        return html! { h2 id=(anchor(heading)) { (line(heading, names)) } };
    }
    if let Some((alt, name)) = text.strip_prefix("![").and_then(|rest| rest.strip_suffix(')')?.split_once("](")) {
        let picture = (names.picture)(name);
        return html! { @if let Some(it) = picture { p.picture { img src=(it.href) alt=(alt) width=(it.size.0) height=(it.size.1) loading="lazy"; } } };
    }
    if text.starts_with("- ") {
        return html! { ul { @for item in items(text, |line| line.strip_prefix("- ")) { li { (line(&item, names)) } } } };
    }
    if text.starts_with("1. ") {
        return html! { ol { @for item in items(text, numbered) { li { (line(&item, names)) } } } };
    }
    html! { p { (line(&text.replace('\n', " "), names)) } }
}

/// `## See how it stands` is reached as `#see-how-it-stands`.
fn anchor(heading: &str) -> String {
    heading.to_lowercase().split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty()).collect::<Vec<_>>().join("-")
}

fn numbered(line: &str) -> Option<&str> {
    line.split_once(". ").filter(|(number, _)| !number.is_empty() && number.bytes().all(|it| it.is_ascii_digit())).map(|(_, rest)| rest)
}

/// The items of a list; a line without a mark goes on with the item before.
fn items(text: &str, mark: fn(&str) -> Option<&str>) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for line in text.lines() {
        match (mark(line), all.last_mut()) {
            (Some(item), _) => all.push(item.to_owned()),
            (None, Some(last)) => {
                last.push(' ');
                last.push_str(line.trim());
            }
            (None, None) => all.push(line.to_owned()),
        }
    }
    all
}

/// One line, with what is marked in it.
fn line(text: &str, names: &Names) -> Markup {
    let marks = ["**", "`", "["].into_iter().filter_map(|mark| text.find(mark).map(|at| (at, mark)));
    let Some((at, mark)) = marks.min() else { return html! { (text) } };
    let (before, rest) = (&text[..at], &text[at + mark.len()..]);
    let Some((marked, after)) = inside(mark, rest, names) else { return html! { (before) (mark) (line(rest, names)) } };
    html! { (before) (marked) (line(after, names)) }
}

/// What begins with the mark, and what comes after it; none if it has no end.
fn inside<'a>(mark: &str, rest: &'a str, names: &Names) -> Option<(Markup, &'a str)> {
    match mark {
        "**" => rest.split_once("**").map(|(words, after)| (html! { b { (words) } }, after)),
        "`" => rest.split_once('`').map(|(words, after)| (key_or_code(words), after)),
        _ => {
            let (words, more) = rest.split_once("](")?;
            let (to, after) = more.split_once(')')?;
            Some((html! { a href=((names.link)(to)) { (words) } }, after))
        }
    }
}

fn key_or_code(words: &str) -> Markup {
    if words.chars().count() == 1 || words.starts_with("Ctrl ") {
        html! { kbd { (words) } }
    } else {
        html! { code { (words) } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> String {
        let picture = |name: &str| (name == "a.webp").then_some(Picture { href: "/p/a.webp", size: (4, 3) });
        prose(text, &Names { picture: &picture, link: &|to| to.replace(".md", "") }).into_string()
    }

    #[test]
    fn every_block_becomes_what_it_is() {
        assert_eq!(title("# Asking\n\nText"), "Asking");
        assert_eq!(told("# Asking\n\nOne\ntwo"), "<p>One two</p>");
        assert_eq!(told("## See how it stands"), "<h2 id=\"see-how-it-stands\">See how it stands</h2>");
        assert_eq!(told("- one\n- two\n  goes on"), "<ul><li>one</li><li>two goes on</li></ul>");
        assert_eq!(told("1. one\n2. two"), "<ol><li>one</li><li>two</li></ol>");
        let picture = "<p class=\"picture\"><img src=\"/p/a.webp\" alt=\"A\" width=\"4\" height=\"3\" loading=\"lazy\"></p>";
        assert_eq!(told("![A](a.webp)"), picture);
        assert_eq!(told("![B](b.webp)"), "");
    }

    #[test]
    fn marks_within_a_line_are_heeded_and_html_is_not() {
        assert_eq!(
            told("Press `r`, then **Send**; [more](agent.md)"),
            "<p>Press <kbd>r</kbd>, then <b>Send</b>; <a href=\"agent\">more</a></p>"
        );
        assert_eq!(told("`reeve verify`"), "<p><code>reeve verify</code></p>");
        assert_eq!(told("<script> & 2 ** 3 [x"), "<p>&lt;script&gt; &amp; 2 ** 3 [x</p>");
    }
}
