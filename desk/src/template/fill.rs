//! Placeholders: which there are, and a text with them filled in. Pure.

/// The placeholders, as they are written between braces.
pub const PLACEHOLDERS: [&str; 8] =
    ["requester.first_name", "requester.name", "reference", "summary", "service", "team", "me.first_name", "me.name"];

/// What the placeholders of a ticket stand for; what is not known is empty.
#[derive(Clone, Debug, Default)]
pub struct Values {
    /// Full name of whoever asked.
    pub requester: String,
    /// The ticket's reference.
    pub reference: String,
    /// Its summary.
    pub summary: String,
    /// The service it is about.
    pub service: String,
    /// The team that works on it.
    pub team: String,
    /// Full name of whoever writes.
    pub me: String,
}

impl Values {
    fn of(&self, placeholder: &str) -> Option<&str> {
        Some(match placeholder {
            "requester.first_name" => first(&self.requester),
            "requester.name" => &self.requester,
            "reference" => &self.reference,
            "summary" => &self.summary,
            "service" => &self.service,
            "team" => &self.team,
            "me.first_name" => first(&self.me),
            "me.name" => &self.me,
            _ => return None,
        })
    }
}

fn first(name: &str) -> &str {
    name.split_whitespace().next().unwrap_or_default()
}

/// A text in which every placeholder stands for its value; other braces stay as they are.
pub fn filled(text: &str, values: &Values) -> String {
    let mut out = String::with_capacity(text.len() + 64);
    for part in parts(text) {
        match part {
            Part::Plain(text) => out.push_str(text),
            Part::Placeholder(word) => out.push_str(values.of(word).unwrap_or_default()),
        }
    }
    out
}

/// The first word between braces that looks like a placeholder and is none.
pub(super) fn unknown(text: &str) -> Option<&str> {
    parts(text).into_iter().find_map(|part| match part {
        Part::Placeholder(word) if !PLACEHOLDERS.contains(&word) => Some(word),
        _ => None,
    })
}

enum Part<'a> {
    Plain(&'a str),
    Placeholder(&'a str),
}

/// A placeholder is a word of small letters, dots and underscores between braces.
fn parts(text: &str) -> Vec<Part<'_>> {
    let (mut all, mut rest) = (Vec::new(), text);
    while let Some(open) = rest.find('{') {
        let inside = &rest[open + 1..];
        let word = inside.find('}').map(|close| &inside[..close]).filter(|word| is_word(word));
        let end = match word {
            Some(word) => {
                all.push(Part::Plain(&rest[..open]));
                all.push(Part::Placeholder(word));
                open + word.len() + 2
            }
            None => {
                all.push(Part::Plain(&rest[..=open]));
                open + 1
            }
        };
        rest = &rest[end..];
    }
    all.push(Part::Plain(rest));
    all
}

fn is_word(word: &str) -> bool {
    !word.is_empty() && word.len() <= 40 && word.bytes().all(|byte| byte.is_ascii_lowercase() || matches!(byte, b'.' | b'_'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_filled_and_other_braces_stay() {
        let values = Values { requester: "Bao Tran".into(), reference: "INC-7".into(), me: "Dana Okafor".into(), ..Values::default() };
        let of = |text: &str| filled(text, &values);
        assert_eq!(of("Hello {requester.first_name}, {reference}. {me.name}"), "Hello Bao, INC-7. Dana Okafor");
        assert_eq!(of("{ } {} {\"a\": {1}} {{reference}}"), "{ } {} {\"a\": {1}} {INC-7}");
        assert_eq!(of("{service}."), ".", "what is not known is nothing");
        assert_eq!(of("ü{reference}ü{"), "üINC-7ü{");
    }

    #[test]
    fn a_word_that_is_no_placeholder_is_found() {
        assert_eq!(unknown("Dear {requester.firstname}"), Some("requester.firstname"));
        assert_eq!(unknown("{reference} { x } {1} {"), None);
        for placeholder in PLACEHOLDERS {
            assert!(Values::default().of(placeholder).is_some(), "{placeholder} is known");
        }
    }
}
