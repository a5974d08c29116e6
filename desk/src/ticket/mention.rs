//! People and teams that a message names with an @: they are linked and told; a person named in public follows the ticket from then on.

use super::store;
use super::verbs::follow;
use kernel::register::Draft;
use kernel::who::guard::permits;
use kernel::{Act, Result};

/// Somebody named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    /// A person.
    Person(i64),
    /// A team: everybody in it is told, nobody follows.
    Team(i64),
}

/// Most names looked for in one message.
const MOST: usize = 20;
/// Most words of a name, with the reference behind it.
const WORDS: usize = 6;

/// Whom a text names, and which names in it mean several and so nobody.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Each once, in the order of the text.
    pub named: Vec<Named>,
    /// Names that more than one person or team has, as written.
    pub several: Vec<String>,
}

/// A person or team that one of the names may mean.
#[derive(Clone, Debug)]
pub struct Known {
    /// Name, as in the directory.
    pub name: String,
    /// Reference.
    pub reference: String,
    /// Who it is.
    pub who: Named,
}

/// Whom a text names. A name counts as it is written in the directory, the longest that fits; a name that several have only with a
/// reference behind it: `@Anna Schmidt (PER-12)`.
pub fn find(act: &mut Act, text: &str) -> Result<Found> {
    let all = candidates(text);
    if all.is_empty() {
        return Ok(Found::default());
    }
    let mut wanted: Vec<&str> = all.iter().flatten().map(|it| split(it).0).collect();
    wanted.sort_unstable();
    wanted.dedup();
    let known = store::mention::known(act.tx, act.view, &wanted)?;
    let mut found = Found::default();
    for names in all {
        match names.iter().rev().map(|name| (name, meant(&known, name))).find(|(_, meant)| !meant.is_empty()) {
            Some((_, one)) if one.len() == 1 => {
                found.named.retain(|known| *known != one[0]);
                found.named.push(one[0]);
            }
            Some((name, _)) => found.several.push((*name).to_owned()),
            None => {}
        }
    }
    Ok(found)
}

/// Whom a name may mean; with a reference behind it, exactly that one.
fn meant(known: &[Known], candidate: &str) -> Vec<Named> {
    let (name, reference) = split(candidate);
    let fits = |it: &&Known| it.name == name && reference.is_none_or(|reference| it.reference == reference);
    known.iter().filter(fits).map(|it| it.who).collect()
}

/// `Anna Schmidt (PER-12`, as [`names`] leaves it, is a name with a reference.
fn split(candidate: &str) -> (&str, Option<&str>) {
    let reference =
        |text: &str| text.split_once('-').is_some_and(|(kind, number)| is(kind, u8::is_ascii_uppercase) && is(number, u8::is_ascii_digit));
    match candidate.rsplit_once(" (") {
        Some((name, behind)) if reference(behind) => (name, Some(behind)),
        _ => (candidate, None),
    }
}

fn is(text: &str, of: fn(&u8) -> bool) -> bool {
    !text.is_empty() && text.bytes().all(|byte| of(&byte))
}

/// Whether an @ at this place stands at the beginning of a word.
pub(super) fn begins_word(text: &str, at: usize) -> bool {
    text[..at].chars().next_back().is_none_or(|before| !before.is_alphanumeric())
}

/// For each @ at the beginning of a word, the names that may follow it, the shortest first.
fn candidates(text: &str) -> Vec<Vec<&str>> {
    text.match_indices('@')
        .filter(|(at, _)| begins_word(text, *at))
        .take(MOST)
        .map(|(at, _)| names(&text[at + 1..]))
        .filter(|it| !it.is_empty())
        .collect()
}

/// Beginnings of a line of some words, without the punctuation at their ends.
fn names(rest: &str) -> Vec<&str> {
    let line = rest.lines().next().unwrap_or_default();
    if line.starts_with(char::is_whitespace) {
        return Vec::new();
    }
    let ends = line.match_indices(' ').map(|(at, _)| at).chain([line.len()]);
    let mut all: Vec<&str> = ends.take(WORDS).map(|end| line[..end].trim_end_matches(|c: char| !c.is_alphanumeric())).collect();
    all.retain(|name| !name.is_empty() && name.len() <= 200);
    all.dedup();
    all
}

/// As the message keeps it: `p12 t7`.
pub fn write(named: &[Named]) -> String {
    let one = |who: &Named| match who {
        Named::Person(id) => format!("p{id}"),
        Named::Team(id) => format!("t{id}"),
    };
    named.iter().map(one).collect::<Vec<_>>().join(" ")
}

/// Reads [`write()`].
pub fn read(kept: &str) -> impl Iterator<Item = Named> + '_ {
    kept.split_whitespace().filter_map(|word| match (word.get(..1)?, word.get(1..)?.parse().ok()?) {
        ("p", id) => Some(Named::Person(id)),
        ("t", id) => Some(Named::Team(id)),
        _ => None,
    })
}

/// Notes that those named are to be told. People named in public who can see the ticket follow it; a name alone lets nobody in.
pub(super) fn note(act: &mut Act, draft: &mut Draft, message: i64, internal: bool, named: &[Named]) -> Result<()> {
    // A note must not show in what the requester sees, and the list of watchers is a part of that.
    let follows = !internal && permits(act.tx, act.view, &draft.record, "watch")?;
    for who in named {
        match *who {
            Named::Person(person) => {
                if follows {
                    follow(act, draft, person)?;
                }
                store::mention::insert(act, draft.record.id, message, person, internal)?;
            }
            Named::Team(team) => store::mention::insert_members(act, draft.record.id, message, team, internal)?,
        }
    }
    Ok(())
}

/// What the author of a text should know of the names in it: one sentence, if there is anything.
pub(super) fn warning(act: &mut Act, text: &str) -> Result<Option<String>> {
    let several = find(act, text)?.several;
    let name = several.first();
    Ok(name.map(|name| format!("Several are called {name}, so nobody was told. Pick one behind an @, and the name carries its reference.")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_may_follow_an_at_that_begins_a_word() {
        assert_eq!(candidates("@Tomasz Wójcik, can you?"), [["Tomasz", "Tomasz Wójcik", "Tomasz Wójcik, can", "Tomasz Wójcik, can you"]]);
        assert_eq!(candidates("(@Network)\nnext"), [["Network"]]);
        assert!(candidates("mail@example.org and @ nobody and @").is_empty());
        assert_eq!(candidates(&"@a ".repeat(50)).len(), MOST);
    }

    #[test]
    fn what_is_kept_is_read_back() {
        let named = [Named::Person(12), Named::Team(7)];
        assert_eq!(write(&named), "p12 t7");
        assert_eq!(read("p12 t7 x q9").collect::<Vec<_>>(), named);
    }
}
