//! People and teams that a message names with an @: they are linked and told; a person named in public follows the ticket from then on.

use super::store;
use super::verbs::follow;
use kernel::register::Draft;
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
/// Most words of a name.
const WORDS: usize = 5;

/// Whom a text names. A name counts as it is written in the directory, the longest that fits.
pub fn find(act: &mut Act, text: &str) -> Result<Vec<Named>> {
    let all = candidates(text);
    if all.is_empty() {
        return Ok(Vec::new());
    }
    let mut wanted: Vec<&str> = all.iter().flatten().copied().collect();
    wanted.sort_unstable();
    wanted.dedup();
    let known = store::mention::known(act.tx, act.view, &wanted)?;
    let mut named = Vec::new();
    for names in all {
        let found = names.iter().rev().find_map(|name| known.iter().find(|(it, _)| it == name));
        if let Some((_, who)) = found.filter(|(_, who)| !named.contains(who)) {
            named.push(*who);
        }
    }
    Ok(named)
}

/// For each @ at the beginning of a word, the names that may follow it, the shortest first.
fn candidates(text: &str) -> Vec<Vec<&str>> {
    let begins = |at: usize| text[..at].chars().next_back().is_none_or(|before| !before.is_alphanumeric());
    text.match_indices('@')
        .filter(|(at, _)| begins(*at))
        .take(MOST)
        .map(|(at, _)| names(&text[at + 1..]))
        .filter(|it| !it.is_empty())
        .collect()
}

/// Beginnings of a line of one to five words, without the punctuation at their ends.
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

/// Notes that those named are to be told; people named in public follow the ticket.
pub(super) fn note(act: &mut Act, draft: &mut Draft, message: i64, internal: bool, named: &[Named]) -> Result<()> {
    for who in named {
        match *who {
            Named::Person(person) => {
                // A note must not show in what the requester sees, and the list of watchers is a part of that.
                if !internal && act.view.may(draft.record.shape.register, "watch") {
                    follow(act, draft, person)?;
                }
                store::mention::insert(act, draft.record.id, message, person, internal)?;
            }
            Named::Team(team) => {
                for person in store::mention::members(act.tx, team)? {
                    store::mention::insert(act, draft.record.id, message, person, internal)?;
                }
            }
        }
    }
    Ok(())
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
