//! The key map: one scheme for every page, described once. Hints in verbs and menus, the list that `?` shows, the profile and the
//! script all follow it. A key is named by the one it comes with; a person may put another in its place.

use std::borrow::Cow;
use std::collections::BTreeMap;

use maud::{Markup, html};

use crate::go::Letters;
use crate::overlay::KeyGroup;
use crate::reader;
use crate::text::t;

/// Where a key acts, and under which heading it is listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// On every page.
    Everywhere,
    /// Where there are rows.
    Lists,
    /// On the page of a record, and on the row under the cursor.
    Record,
}

/// A key of the scheme.
#[derive(Debug, Clone, Copy)]
pub struct Key {
    /// The key as it comes: one character. Verbs name it in their description.
    pub name: &'static str,
    /// Where it acts.
    pub group: Group,
    /// What it does, whatever the kind of record.
    pub does: &'static str,
}

const fn key(name: &'static str, group: Group, does: &'static str) -> Key {
    Key { name, group, does }
}

/// Every key that a person may change.
pub const MAP: &[Key] = &[
    key("/", Group::Everywhere, "Find in this list"),
    key("n", Group::Everywhere, "New"),
    key("g", Group::Everywhere, "Go to, with a second letter"),
    key("?", Group::Everywhere, "This list of keys"),
    key("j", Group::Lists, "Next row"),
    key("k", Group::Lists, "Row before"),
    key("o", Group::Lists, "Open"),
    key("x", Group::Lists, "Select"),
    key("f", Group::Lists, "Add a filter"),
    key("u", Group::Lists, "Show newer rows"),
    key("z", Group::Lists, "Snooze, wait"),
    key("r", Group::Record, "Reply"),
    key("c", Group::Record, "Internal note"),
    key("i", Group::Record, "Switch public, internal"),
    key("a", Group::Record, "Assign"),
    key("t", Group::Record, "Take"),
    key("p", Group::Record, "Priority"),
    key("e", Group::Record, "Resolve, finish"),
    key("l", Group::Record, "Link"),
    key("m", Group::Record, "Merge"),
    key("+", Group::Record, "Add time"),
    key("w", Group::Record, "Why?"),
    key(".", Group::Record, "Copy link with number"),
];

/// The key that takes the last verb back.
pub const UNDO: &str = "Ctrl Z";

/// Keys that stay as they are: shown with their parts parted by spaces.
const FIXED: &[(Group, &str, &str)] = &[
    (Group::Everywhere, "Ctrl K", "Search, go to, do"),
    (Group::Everywhere, "Esc", "Close, step back"),
    (Group::Record, "Ctrl ↵", "Send"),
    (Group::Record, UNDO, "Undo the last verb"),
];

/// What a person has in place of some keys. Empty: the scheme as it comes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Keys {
    own: BTreeMap<String, String>,
    letters: Letters,
}

impl Keys {
    /// Reads what [`Keys::written`] wrote; what makes no sense any more is left out.
    pub fn read(text: &str) -> Keys {
        let mut letters = Letters::default();
        let keys: Vec<&str> = text.split(' ').filter(|word| !letters.take(word)).collect();
        let pairs =
            keys.iter().filter_map(|pair| pair.split_at_checked(1)).filter_map(|(name, rest)| Some((name, rest.strip_prefix('=')?)));
        Keys::of(pairs).unwrap_or_default().with(letters)
    }

    /// The keys that a person wants, by the names of the scheme. What is the same as it comes is not kept.
    ///
    /// # Errors
    /// Names of keys with what is wrong: not one plain character, or one that does something else already.
    pub fn of<'a>(wanted: impl Iterator<Item = (&'a str, &'a str)>) -> Result<Keys, Vec<(&'static str, String)>> {
        let wanted: BTreeMap<&str, &str> = wanted.collect();
        let own = |key: &Key| wanted.get(key.name).copied().unwrap_or(key.name);
        let mut wrong = Vec::new();
        for key in MAP {
            let mine = own(key);
            if !plain(mine) {
                wrong.push((key.name, t("A key is one small letter, figure or sign.").to_owned()));
            } else if let Some(other) = MAP.iter().find(|other| other.name != key.name && own(other) == mine) {
                wrong.push((key.name, format!("“{mine}” is already “{}”. Each key does one thing; choose another.", other.does)));
            }
        }
        if !wrong.is_empty() {
            return Err(wrong);
        }
        let changed = MAP.iter().filter(|key| own(key) != key.name).map(|key| (key.name.to_owned(), own(key).to_owned()));
        Ok(Keys { own: changed.collect(), letters: Letters::default() })
    }

    /// The same keys, with letters after `g`.
    #[must_use]
    pub fn with(self, letters: Letters) -> Keys {
        Keys { letters, ..self }
    }

    /// The letters after `g`.
    pub fn letters(&self) -> &Letters {
        &self.letters
    }

    /// As it is stored: `e=d j=n /services=v`.
    pub fn written(&self) -> String {
        self.mapped().into_iter().chain(self.letters.words()).collect::<Vec<_>>().join(" ")
    }

    /// As the script reads it, without letters after `g`, which places say themselves: `e=d j=n`. Nothing if no key was changed.
    pub fn mapped(&self) -> Option<String> {
        let pairs: Vec<String> = self.own.iter().map(|(name, own)| format!("{name}={own}")).collect();
        (!pairs.is_empty()).then(|| pairs.join(" "))
    }

    /// Whether the scheme is as it comes.
    pub fn is_plain(&self) -> bool {
        self.own.is_empty() && self.letters.is_plain()
    }

    /// The person's key for a key of the scheme; anything else stays as it is.
    pub fn own<'a>(&'a self, name: &'a str) -> &'a str {
        self.own.get(name).map_or(name, String::as_str)
    }
}

fn plain(key: &str) -> bool {
    let mut letters = key.chars();
    let one = letters.next().filter(|_| letters.next().is_none());
    one.is_some_and(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || it.is_ascii_punctuation())
}

/// The hint of a key as its reader has it.
pub fn hint(name: &str) -> Markup {
    html! { kbd { (reader::with(|it| it.keys.own(name).to_owned())) } }
}

/// The whole scheme as its reader has it, for [`crate::overlay::key_table`].
pub fn groups() -> Vec<KeyGroup> {
    let groups = [(Group::Everywhere, "Everywhere"), (Group::Lists, "Lists"), (Group::Record, "A record")];
    groups.iter().map(|(group, title)| (t(title).to_owned(), of(*group))).collect()
}

fn of(group: Group) -> Vec<(String, String)> {
    let fixed = FIXED.iter().filter(|it| it.0 == group).map(|(_, keys, does)| ((*keys).to_owned(), t(does).to_owned()));
    let mut all: Vec<_> = fixed.collect();
    for key in MAP.iter().filter(|key| key.group == group) {
        let own = own(key.name);
        all.push((own.clone().into_owned(), t(key.does).to_owned()));
        if key.name == "x" {
            all.push((format!("⇧ {own}"), t("Select up to here").to_owned()));
        }
    }
    all
}

/// The reader's own key for one of the scheme.
pub fn own(name: &'static str) -> Cow<'static, str> {
    reader::with(|it| match it.keys.own(name) {
        same if same == name => Cow::Borrowed(name),
        other => Cow::Owned(other.to_owned()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_of_the_scheme_does_one_thing() {
        for (at, key) in MAP.iter().enumerate() {
            assert!(plain(key.name), "{}", key.name);
            assert!(MAP[..at].iter().all(|it| it.name != key.name), "{}", key.name);
        }
    }

    #[test]
    fn keys_may_change_places_but_not_collide() {
        let swapped = Keys::of([("j", "k"), ("k", "j")].into_iter()).expect("two keys change places");
        assert_eq!((swapped.own("j"), swapped.own("k"), swapped.own("e")), ("k", "j", "e"));
        assert_eq!(Keys::read(&swapped.written()), swapped);
        let wrong = Keys::of([("e", "r")].into_iter()).expect_err("r is taken");
        let named: Vec<&str> = wrong.iter().map(|(key, _)| *key).collect();
        assert_eq!(named, ["r", "e"], "both are named");
        assert!(wrong[1].1.contains("Reply"), "{wrong:?}");
        for bad in ["", "ab", "E", " ", "ä"] {
            assert!(Keys::of([("e", bad)].into_iter()).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn what_is_as_it_comes_is_not_kept_and_nonsense_is_not_read() {
        assert!(Keys::of([("e", "e")].into_iter()).is_ok_and(|keys| keys.is_plain()));
        for nonsense in ["", "e", "e=", "e=r", "=x", "ä=x", "long=x", "e==="] {
            assert!(Keys::read(nonsense).is_plain(), "{nonsense:?}");
        }
        assert_eq!(Keys::read("e=d").own("e"), "d");
        assert_eq!(Keys::read("/== ").own("/"), "=", "an equals sign is a key like others");
    }

    #[test]
    fn keys_and_letters_stand_in_one_line_and_the_script_reads_the_keys() {
        let both = Keys::read("/== /services=v e=d /risks=");
        assert_eq!((both.own("/"), both.own("e")), ("=", "d"), "a key may be a slash");
        assert_eq!(both.written(), "/== e=d /risks= /services=v");
        assert_eq!(both.mapped().as_deref(), Some("/== e=d"));
        assert_eq!(Keys::read(&both.written()), both);
        assert!(!Keys::read("/services=v").is_plain() && Keys::read("/services=v").mapped().is_none());
    }
}
