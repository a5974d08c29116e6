//! Passwords: argon2id with the parameters OWASP recommends (19 MiB, two passes, one lane).
//!
//! Hashing takes tens of milliseconds of a core by intent: never on the writer thread and never on an async thread.

use crate::{Error, Result};
use argon2::{Argon2, PasswordHash, PasswordHasher, PasswordVerifier};

/// Fewest characters of a password.
pub const LEAST: usize = 10;
/// Most bytes of a password: longer ones only cost time.
pub const MOST: usize = 500;

/// What is stored of a password: a PHC string with its own salt and parameters.
pub fn hash(password: &str) -> Result<String> {
    let hash: argon2::password_hash::Result<PasswordHash> = Argon2::default().hash_password(password.as_bytes());
    hash.map(|it| it.to_string()).map_err(|fault| Error::Fault(format!("The password could not be hashed: {fault}")))
}

/// Whether a password is the one that was hashed. Without a hash it takes as long and is false, so that nobody learns from
/// the time taken which addresses have an account.
pub fn matches(password: &str, hash: Option<&str>) -> bool {
    let Some(parsed) = hash.and_then(|text| PasswordHash::new(text).ok()) else {
        let _ = self::hash(password);
        return false;
    };
    password.len() <= MOST && Argon2::default().verify_password(password.as_bytes(), &parsed).is_ok()
}

/// Why a password is not good enough to be set; none if it is.
pub fn refusal(password: &str, email: &str) -> Option<String> {
    let length = password.chars().count();
    let first = password.chars().next();
    let name = email.split('@').next().unwrap_or_default();
    if length < LEAST {
        Some(format!("This has {length} characters; at least {LEAST} are needed. A few words in a row are easy to remember."))
    } else if password.len() > MOST {
        Some(format!("This is too long; at most {MOST} bytes fit."))
    } else if password.chars().all(|letter| Some(letter) == first) || "12345678901234567890".contains(password) {
        Some("This is among the first things anybody would try. Choose a few words in a row.".into())
    } else if password.eq_ignore_ascii_case(email) || password.eq_ignore_ascii_case(name) {
        Some("This is your address. Choose something that others cannot know.".into())
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_password_that_was_hashed_matches() {
        let hash = hash("seven small boats").unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert!(matches("seven small boats", Some(&hash)));
        assert!(!matches("seven small boat", Some(&hash)));
        assert!(!matches("seven small boats", None));
        assert!(!matches("seven small boats", Some("not a hash")));
    }

    #[test]
    fn weak_passwords_are_refused() {
        let email = "dana.okafor@example.org";
        for weak in ["", "short", "aaaaaaaaaaaaaa", "1234567890", "dana.okafor@example.org", "Dana.Okafor"] {
            assert!(refusal(weak, email).is_some(), "{weak}");
        }
        assert_eq!(refusal("seven small boats", email), None);
    }
}
