//! Identifiers made in Rust: 63 bits that sort by time, and secrets.

use sha2::{Digest, Sha256};
use std::sync::atomic::{AtomicU64, Ordering};

/// 2000-01-01T00:00:00Z in milliseconds: where the identifiers' time begins, so that imported histories sort too. 42 bits last until 2139.
const EPOCH: i64 = 946_684_800_000;
const LOW_BITS: u32 = 21;

/// Makes identifiers: 42 bits of milliseconds, 21 bits that count on within this process from a random start.
///
/// Two nodes may share a millisecond; the random start and the count keep a clash below one in two million for
/// each pair made in the same millisecond, and the primary key refuses it (the verb is then run again).
#[derive(Debug)]
pub struct Ids {
    low: AtomicU64,
}

impl Ids {
    /// Starts from a seed: random when serving, fixed when a run is replayed.
    pub fn new(seed: u64) -> Ids {
        Ids { low: AtomicU64::new(seed) }
    }
    /// The next identifier at the time `now` (milliseconds since the epoch).
    pub fn next(&self, now: i64) -> i64 {
        let low = self.low.fetch_add(1, Ordering::Relaxed) & ((1 << LOW_BITS) - 1);
        ((now - EPOCH).max(0) << LOW_BITS) & i64::MAX | low as i64
    }
}

/// The least identifier that could have been made at the time `at`: for ranges by time over a key.
pub fn floor(at: i64) -> i64 {
    ((at - EPOCH).max(0) << LOW_BITS) & i64::MAX
}

/// `N` bytes from the operating system's generator.
///
/// # Panics
/// When the operating system has no randomness to give: nothing safe can be done then.
pub fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
    bytes
}

/// A secret for tokens, sessions and one-time links: 32 random bytes, base64url.
pub fn secret() -> String {
    use base64::Engine;
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(random::<32>())
}

/// What is stored of a secret: its SHA-256, in hex. The secret has 256 bits of chance, so no salt is needed.
pub fn digest(secret: &str) -> String {
    hex(&Sha256::digest(secret.as_bytes()))
}

/// Lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        text.push(DIGITS[usize::from(byte >> 4)] as char);
        text.push(DIGITS[usize::from(byte & 15)] as char);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_sort_by_time_and_do_not_repeat() {
        let ids = Ids::new(u64::MAX - 2);
        let first = ids.next(1_700_000_000_000);
        let same_millisecond: Vec<i64> = (0..1000).map(|_| ids.next(1_700_000_000_000)).collect();
        let later = ids.next(1_700_000_000_001);
        assert!(first > 0 && same_millisecond.iter().all(|id| *id != first && *id < later));
        assert!(floor(1_700_000_000_000) <= first && first < floor(1_700_000_000_001));
    }
}
