//! The letters after `g`: each place of the rail has one, by the scheme, by its name, or by a person's own choice.

use std::collections::BTreeMap;

use crate::reader;
use crate::text::t;

/// The letters that the scheme itself names, by page; other places get the first letter of their name that is free.
const SCHEME: &[(&str, char)] = &[
    ("/today", 't'),
    ("/queue", 'q'),
    ("/majors", 'm'),
    ("/changes", 'c'),
    ("/services", 's'),
    ("/risks", 'r'),
    ("/desk/dashboard", 'd'),
    ("/notifications", 'n'),
];

/// What a person has in place of the letters that come, by the path of a place; `None`: no letter goes there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Letters(BTreeMap<String, Option<char>>);

impl Letters {
    /// Takes up one word of what [`Letters::words`] wrote; whether it was one.
    pub(crate) fn take(&mut self, word: &str) -> bool {
        let Some((path, letter)) = word.split_once('=').filter(|(path, _)| path.len() > 1 && path.starts_with('/')) else { return false };
        let mut letters = letter.chars();
        let own = letters.next().filter(char::is_ascii_lowercase);
        let fits = letters.next().is_none() && own.is_some() != letter.is_empty();
        if fits {
            self.0.insert(path.to_owned(), own);
        }
        fits
    }

    /// As they are stored, a word each: `/services=v`, or `/services=` where no letter goes there.
    pub(crate) fn words(&self) -> impl Iterator<Item = String> {
        self.0.iter().map(|(path, own)| format!("{path}={}", own.map(String::from).unwrap_or_default()))
    }

    /// Whether all letters are as they come.
    pub fn is_plain(&self) -> bool {
        self.0.is_empty()
    }

    /// The letters that a person wants for places (path, name), by what the form sent for each; one that it does not name stays as it
    /// comes, and so does one that asks for what comes. Those of places that they may not open now are kept from `before`.
    ///
    /// # Errors
    /// Paths with what is wrong: not one small letter, or one that leads elsewhere already.
    pub fn of(before: &Letters, places: &[(&str, &str)], sent: impl Fn(&str) -> Option<String>) -> Result<Letters, Vec<(String, String)>> {
        let come = coming(places);
        let wanted = || places.iter().zip(&come).map(|((path, name), come)| (*path, *name, *come, sent(path)));
        let letter = |sent: &Option<String>, come: Option<char>| sent.as_ref().map_or(come, |it| it.chars().next());
        let mut wrong = Vec::new();
        for (path, _, come, asked) in wanted() {
            let mine = letter(&asked, come);
            let one = asked.as_ref().is_none_or(|it| it.chars().count() < 2) && mine.is_none_or(|it| it.is_ascii_lowercase());
            let other = wanted().find(|other| mine.is_some() && other.0 != path && letter(&other.3, other.2) == mine);
            if !one {
                wrong.push((path.to_owned(), t("One small letter, or nothing where none is to lead there.").to_owned()));
            } else if let Some((_, name, ..)) = other {
                let mine = mine.unwrap_or_default();
                wrong.push((path.to_owned(), format!("“{mine}” already leads to “{name}”. Choose another.")));
            }
        }
        if !wrong.is_empty() {
            return Err(wrong);
        }
        let own = wanted().map(|(path, _, come, asked)| (path, come, letter(&asked, come))).filter(|(_, come, own)| come != own);
        let unseen = before.0.iter().filter(|(path, _)| places.iter().all(|(here, _)| here != path));
        let unseen = unseen.map(|(path, own)| (path.clone(), *own));
        Ok(Letters(own.map(|(path, _, own)| (path.to_owned(), own)).chain(unseen).collect()))
    }
}

/// The letter of each of some places (path, name), in their order, for the present reader.
pub fn letters(places: &[(&str, &str)]) -> Vec<Option<char>> {
    reader::with(|it| deal(it.keys.letters(), places))
}

/// The letters as they come, whatever the reader has in their place: what the scheme says, else the first letter of the name that
/// nothing before has.
pub fn coming(places: &[(&str, &str)]) -> Vec<Option<char>> {
    let mut taken = Vec::new();
    let mut letter = |path: &str, name: &str| {
        let come = named(path).or_else(|| free(name, |it| taken.contains(&it)));
        taken.extend(come);
        come
    };
    places.iter().map(|(path, name)| letter(path, name)).collect()
}

/// Deals out letters: what a person chose; else what comes; else, where somebody chose that for another place, the first letter of the
/// name that nothing has.
fn deal(own: &Letters, places: &[(&str, &str)]) -> Vec<Option<char>> {
    let come = coming(places);
    let chosen = |letter: char| own.0.values().any(|it| *it == Some(letter));
    let mut found = Vec::new();
    let mut other = |name: &str| {
        let letter = free(name, |it| chosen(it) || come.contains(&Some(it)) || found.contains(&it));
        found.extend(letter);
        letter
    };
    let places = places.iter().zip(&come);
    places
        .map(|((path, name), come)| match own.0.get(*path) {
            Some(own) => *own,
            None if come.is_some_and(chosen) => other(name),
            None => *come,
        })
        .collect()
}

fn named(path: &str) -> Option<char> {
    SCHEME.iter().find(|(to, _)| *to == path).map(|(_, letter)| *letter)
}

/// The first letter of a name that neither the scheme nor another place has.
fn free(name: &str, taken: impl Fn(char) -> bool) -> Option<char> {
    let free = |it: &char| it.is_ascii_lowercase() && !taken(*it) && SCHEME.iter().all(|(_, letter)| it != letter);
    name.to_lowercase().chars().find(free)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLACES: &[(&str, &str)] = &[("/queue", "Queue"), ("/incidents", "Incidents"), ("/items", "Items"), ("/1", "123")];

    fn own(asked: &[(&str, &str)]) -> Result<Letters, Vec<(String, String)>> {
        Letters::of(&Letters::default(), PLACES, |path| asked.iter().find(|(to, _)| *to == path).map(|(_, letter)| (*letter).to_owned()))
    }

    #[test]
    fn the_scheme_names_each_letter_once() {
        for (at, (_, letter)) in SCHEME.iter().enumerate() {
            assert!(SCHEME[..at].iter().all(|(_, it)| it != letter), "{letter}");
        }
    }

    #[test]
    fn places_the_scheme_does_not_name_get_a_letter_of_their_name() {
        assert_eq!(deal(&Letters::default(), PLACES), [Some('q'), Some('i'), Some('e'), None], "t is Today's");
    }

    #[test]
    fn a_letter_of_ones_own_leads_there_and_the_others_stay() {
        let mine = own(&[("/queue", "w"), ("/incidents", "x"), ("/1", "z")]).expect("letters");
        assert_eq!(deal(&mine, PLACES), [Some('w'), Some('x'), Some('e'), Some('z')]);
        let swapped = own(&[("/queue", "i"), ("/incidents", "q")]).expect("letters change places");
        assert_eq!(deal(&swapped, PLACES)[..2], [Some('i'), Some('q')]);
        let none = own(&[("/queue", "")]).expect("no letter");
        assert_eq!(deal(&none, PLACES)[0], None);
        assert!(own(&[("/queue", "q"), ("/items", "e")]).expect("as they come").is_plain());
    }

    #[test]
    fn whichever_two_places_change_letters_no_other_letter_moves() {
        let places = [("/incidents", "Incidents"), ("/assets", "Assets"), ("/events", "Events"), ("/items", "Items"), ("/queue", "Queue")];
        let come = coming(&places);
        for (one, other) in (0..places.len()).flat_map(|one| (0..one).map(move |other| (one, other))) {
            let mut wanted = come.clone();
            wanted.swap(one, other);
            let sent = |path: &str| {
                let at = places.iter().position(|(it, _)| *it == path)?;
                Some(wanted[at].map(String::from).unwrap_or_default())
            };
            let mine = Letters::of(&Letters::default(), &places, sent).expect("letters change places");
            assert_eq!(deal(&mine, &places), wanted, "{one} and {other}");
        }
    }

    #[test]
    fn what_somebody_may_not_open_for_a_while_keeps_its_letter() {
        let mine = own(&[("/items", "x")]).expect("letters");
        let again = Letters::of(&mine, &PLACES[..2], |path| (path == "/queue").then(|| "w".to_owned())).expect("letters");
        assert_eq!(deal(&again, PLACES)[..3], [Some('w'), Some('i'), Some('x')]);
    }

    #[test]
    fn two_places_cannot_have_one_letter_and_other_signs_are_no_letters() {
        let wrong = own(&[("/queue", "i")]).expect_err("i is taken");
        assert_eq!(wrong.iter().map(|(path, _)| path.as_str()).collect::<Vec<_>>(), ["/queue", "/incidents"], "both are named");
        assert!(wrong[0].1.contains("Incidents"), "{wrong:?}");
        for bad in ["ab", "Q", " ", "ä", "1"] {
            assert!(own(&[("/queue", bad)]).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn what_is_stored_is_read_again_and_nonsense_is_not() {
        let mine = own(&[("/queue", ""), ("/items", "x")]).expect("letters");
        let mut again = Letters::default();
        assert!(mine.words().all(|word| again.take(&word)));
        assert_eq!(again, mine);
        for nonsense in ["/queue", "/=x", "e=d", "/queue=ab", "/queue=ä", "queue=a", ""] {
            assert!(!Letters::default().take(nonsense), "{nonsense:?}");
        }
    }

    #[test]
    fn a_place_that_came_later_does_not_take_a_letter_that_somebody_chose() {
        let mine = own(&[("/items", "m")]).expect("letters");
        let more: Vec<_> = PLACES.iter().copied().chain([("/majors", "Majors")]).collect();
        assert_eq!(deal(&mine, &more)[4], Some('a'));
    }
}
