//! What a set of roles may do: the defaults of the registers, with what the organisation changed.

use crate::describe::{Scope, Scopes};
use crate::house::House;
use std::collections::HashMap;

/// A difference from the defaults, as the table `role_grant` keeps it.
#[derive(Clone, Debug)]
pub struct Override {
    /// Role key.
    pub role: String,
    /// Register key.
    pub register: String,
    /// Verb key.
    pub verb: String,
    /// The scopes now granted; none: taken away.
    pub scopes: Scopes,
}

/// register -> verb -> rows.
#[derive(Clone, Debug, Default)]
pub struct Grants(HashMap<&'static str, HashMap<&'static str, Scopes>>);

impl Grants {
    /// Everything on every register: for the command line and jobs of the house itself.
    pub fn all(house: &House) -> Grants {
        let full = |register: &'static crate::describe::Register| register.permissions().map(|verb| (verb, Scopes::ALL)).collect();
        Grants(house.registers.iter().map(|register| (register.key, full(register))).collect())
    }

    /// What the roles grant together. A role the organisation made has only overrides.
    pub fn of(house: &House, roles: &[String], overrides: &[Override]) -> Grants {
        let mut all = Grants::default();
        for role in roles {
            for (register, verb, scopes) in role_grants(house, role, overrides) {
                let now = all.0.entry(register).or_default().entry(verb).or_default();
                *now = now.or(scopes);
            }
        }
        all
    }

    /// Rows of `register` to which `verb` may be done.
    pub fn scopes(&self, register: &str, verb: &str) -> Scopes {
        self.0.get(register).and_then(|verbs| verbs.get(verb)).copied().unwrap_or_default()
    }

    /// Keeps only what the scopes of a token name: `register.verb`, `register.*`, `*.verb` or `*`.
    pub fn narrowed(mut self, token_scopes: &[String]) -> Grants {
        let named = |register: &str, verb: &str| {
            token_scopes.iter().any(|scope| match scope.split_once('.') {
                None => scope == "*",
                Some((of, may)) => (of == "*" || of == register) && (may == "*" || may == verb),
            })
        };
        for (register, verbs) in &mut self.0 {
            verbs.retain(|verb, _| named(register, verb));
        }
        self
    }
}

/// What one role grants: (register, verb, rows).
pub fn role_grants(house: &House, role: &str, overrides: &[Override]) -> Vec<(&'static str, &'static str, Scopes)> {
    let mut granted = Vec::new();
    for register in &house.registers {
        for verb in register.permissions() {
            let changed = overrides.iter().find(|it| it.role == role && it.register == register.key && it.verb == verb);
            let scopes = changed.map_or_else(|| default_scopes(register, role, verb), |it| it.scopes);
            if !scopes.is_empty() {
                granted.push((register.key, verb, scopes));
            }
        }
    }
    granted
}

/// Permissions that reach all records or none: pages ask of a whole register whether its inner notes and guarded fields are read, so
/// a narrower grant would open them on every record.
pub const WHOLE: &[&str] = &["confidential", "internal"];

/// What a grant of a permission is worth: of those that reach [all records or none](WHOLE), one that is narrower is none.
pub fn worth(verb: &str, scopes: Scopes) -> Scopes {
    if WHOLE.contains(&verb) && !scopes.has(Scope::All) { Scopes::NONE } else { scopes }
}

/// What ships: the rows of `register` to which a role may do `verb` unless the organisation says otherwise.
pub fn default_scopes(register: &crate::describe::Register, role: &str, verb: &str) -> Scopes {
    if role == "administrator" {
        return Scopes::ALL;
    }
    // What cannot be taken back is granted by its name alone.
    let named = |verbs: &str| verbs.split(' ').any(|it| it == verb || (it == "*" && verb != "redact"));
    let mine = register.grants.iter().filter(|grant| grant.role == role && named(grant.verbs));
    worth(verb, mine.fold(Scopes::NONE, |scopes, grant| scopes.with(grant.scope)))
}

/// Reads what the table keeps: scope words joined by `,`; `none` for taken away.
pub fn parse_scopes(text: &str) -> Scopes {
    text.split(',').fold(Scopes::NONE, |scopes, word| match word.trim() {
        "all" => scopes.with(Scope::All),
        "team" => scopes.with(Scope::Team),
        "own" => scopes.with(Scope::Own),
        "requester" => scopes.with(Scope::Requester),
        _ => scopes,
    })
}

/// Words for scopes, as [`parse_scopes`] reads them.
pub fn scope_words(scopes: Scopes) -> String {
    let all = [(Scope::All, "all"), (Scope::Team, "team"), (Scope::Own, "own"), (Scope::Requester, "requester")];
    let words: Vec<&str> = all.iter().filter(|(scope, _)| scopes.has(*scope)).map(|(_, word)| *word).collect();
    if words.is_empty() { "none".into() } else { words.join(",") }
}
