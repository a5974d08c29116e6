//! Words for the records that a grant reaches.

use kernel::describe::{Scope, Scopes};
use kernel::who::grants::{parse_scopes, scope_words, worth};

/// The word that puts a grant back to what ships.
pub const SHIPPED: &str = "shipped";

/// Why nothing is taken from the role that grants.
pub const STAYS_WHOLE: &str =
    "The administrator may do everything, so that somebody always can. Make a role of your own and grant that less.";

/// Reads `all`, `none`, or some of `team`, `own` and `requester` parted by commas; none for anything else, and for what the permission
/// cannot be granted on.
pub fn rows(permission: &str, text: &str) -> Option<Scopes> {
    let known = |word: &str| matches!(word.trim(), "all" | "team" | "own" | "requester");
    let fits = text == "none" || (!text.is_empty() && text.split(',').all(known));
    fits.then(|| parse_scopes(text)).filter(|scopes| worth(permission, *scopes) == *scopes)
}

/// What a text that names no records of a permission should have been.
pub fn wrong(permission: &str) -> &'static str {
    if offered(permission).count() == 2 {
        return "This must be all, none or shipped: it is read on all records or on none.";
    }
    "This must be all, none, shipped, or some of team, own and requester parted by commas."
}

/// The sets of records that a form offers for a permission, widest first: those that are worth what they say.
pub fn offered(permission: &str) -> impl Iterator<Item = Scopes> {
    let of = |scopes: &[Scope]| scopes.iter().fold(Scopes::NONE, |all, scope| all.with(*scope));
    [
        of(&[Scope::All]),
        of(&[Scope::Team, Scope::Own, Scope::Requester]),
        of(&[Scope::Team, Scope::Own]),
        of(&[Scope::Team]),
        of(&[Scope::Own, Scope::Requester]),
        of(&[Scope::Own]),
        of(&[Scope::Requester]),
        Scopes::NONE,
    ]
    .into_iter()
    .filter(move |scopes| worth(permission, *scopes) == *scopes)
}

/// The records in words: "all records", "records of their teams and their own".
pub fn said(scopes: Scopes) -> String {
    if scopes.has(Scope::All) {
        return "all records".into();
    }
    let words = [(Scope::Team, "those of their teams"), (Scope::Own, "their own"), (Scope::Requester, "those they asked for")];
    let named: Vec<&str> = words.iter().filter(|(scope, _)| scopes.has(*scope)).map(|(_, word)| *word).collect();
    match named.as_slice() {
        [] => "no records".into(),
        [one] => (*one).into(),
        [first, rest @ ..] => format!("{first} and {}", rest.join(" and ")),
    }
}

/// The same as a form posts it.
pub fn posted(scopes: Scopes) -> String {
    scope_words(scopes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_form_offers_is_what_the_verb_reads() {
        for permission in ["read", "internal"] {
            for scopes in offered(permission) {
                assert_eq!(rows(permission, &posted(scopes)), Some(scopes));
            }
        }
        for wrong in ["", "everything", "all,none", "own;team", "shipped"] {
            assert_eq!(rows("read", wrong), None, "{wrong}");
        }
        for narrow in ["team", "own", "requester", "team,own"] {
            assert_eq!((rows("internal", narrow), rows("confidential", narrow)), (None, None), "{narrow}");
        }
        let words: Vec<String> = offered("confidential").map(said).collect();
        assert_eq!(words, ["all records", "no records"]);
        assert_eq!(said(Scopes::NONE.with(Scope::Team).with(Scope::Own)), "those of their teams and their own");
    }
}
