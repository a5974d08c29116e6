//! Wrong passwords for addresses that nobody signs in with: they are locked as those of people are, so that an answer tells nothing.

use kernel::id::digest;
use kernel::who::account::{LOCKED_FOR as LOCK, MOST_FAILURES};
use std::collections::HashMap;
use std::sync::Mutex;

/// Addresses remembered at most; then all are forgotten.
const MOST: usize = 50_000;

/// By a digest of the address, which may be as long as somebody likes: wrong tries in a row, and until when it waits. In memory, per node.
#[derive(Default)]
pub(crate) struct Guesses(Mutex<HashMap<String, (i64, i64)>>);

impl Guesses {
    /// Whether the address waits.
    pub(crate) fn locked(&self, email: &str, now: i64) -> bool {
        let known = self.0.lock().unwrap_or_else(|broken| broken.into_inner());
        known.get(&digest(email)).is_some_and(|(_, until)| *until > now)
    }

    /// Notes a wrong try.
    pub(crate) fn failed(&self, email: &str, now: i64) {
        let address = digest(email);
        let mut known = self.0.lock().unwrap_or_else(|broken| broken.into_inner());
        if known.len() >= MOST && !known.contains_key(&address) {
            known.clear();
        }
        let (failed, until) = known.entry(address).or_default();
        *failed += 1;
        if *failed >= MOST_FAILURES {
            *until = now + LOCK;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_waits_after_as_many_tries_as_an_account() {
        let guesses = Guesses::default();
        for _ in 1..MOST_FAILURES {
            guesses.failed("nobody@example.org", 0);
        }
        assert!(!guesses.locked("nobody@example.org", 0));
        guesses.failed("nobody@example.org", 0);
        assert!(guesses.locked("nobody@example.org", LOCK - 1) && !guesses.locked("nobody@example.org", LOCK));
        assert!(!guesses.locked("else@example.org", 0));
        guesses.failed(&"x".repeat(1 << 20), 0);
        assert!(guesses.0.lock().unwrap().keys().all(|address| address.len() < 100), "a long address takes no more room");
    }
}
